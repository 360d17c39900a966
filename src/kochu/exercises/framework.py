"""The words an exercise may be filed under, and where they come from."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["BLOOM", "CEFR", "FILTERS", "JLPT", "OPTIONS", "SKILLS", "STRANDS", "TYPES", "USES"]

STRANDS: dict[str, str] = {
    "comprehension": "Gist and detail",
    "japanese": "Japanese",
    "translation": "Translation criticism",
    "context": "Context",
    "critical": "Critical reading",
}
"""What an exercise is about; each strand is a part of the workbook."""

SKILLS: dict[str, str] = {
    # Scales of the CEFR Companion Volume (Council of Europe, 2020).
    "reading-for-orientation": "Reading for orientation (CEFR)",
    "reading-for-information": "Reading for information and argument (CEFR)",
    "inferring": "Identifying cues and inferring (CEFR)",
    "vocabulary": "Vocabulary range (CEFR)",
    "grammar": "Grammatical accuracy (CEFR)",
    "orthography": "Orthographic control (CEFR)",
    "register": "Sociolinguistic appropriateness (CEFR)",
    "translating": "Translating a written text (CEFR)",
    "processing-text": "Processing text (CEFR)",
    # Machine-translation literacy, after the ladder of post-editing courses: classify,
    # assess, repair. See the teacher's guide for the courses compared.
    "error-annotation": "Classifying translation errors (MQM)",
    "quality-assessment": "Assessing translation quality (MQM)",
    "post-editing": "Post-editing machine translation",
}
"""What an exercise trains. An editor's estimate, like the levels."""

BLOOM = ("remember", "understand", "apply", "analyse", "evaluate", "create")
"""Bloom's taxonomy as revised by Anderson and Krathwohl (2001)."""

CEFR = ("A1", "A2", "B1", "B2", "C1", "C2")
JLPT = ("N5", "N4", "N3", "N2", "N1")

USES: dict[str, str] = {
    "practice": "Practice: the page can check the answers.",
    "assignment": "Assignment: answers are handed in and marked by the teacher.",
}
"""Practice may be checked by the page; what counts for a mark may not."""

TYPES: dict[str, str] = {
    "choice": "Choose one",
    "choices": "Choose all that apply",
    "true-false": "True or false",
    "order": "Put into order",
    "match": "Match",
    "reading": "Readings",
    "vocabulary": "Vocabulary in context",
    "cloze": "Fill the gaps",
    "correction": "Correct the marked words",
    "spot": "Point to the fault",
    "mqm": "Classify the fault",
    "repair": "Choose and justify a repair",
    "reconstruct": "Reconstruct the source",
    "post-edit": "Post-edit",
    "short": "Short answers",
    "classify": "Classify statements",
}
"""What a student does."""

FILTERS: dict[str, Sequence[str]] = {
    "strand": tuple(STRANDS),
    "skill": tuple(SKILLS),
    "type": tuple(TYPES),
    "cefr": CEFR,
    "jlpt": JLPT,
    "use": tuple(USES),
}
"""Fields of the front matter to choose exercises by; each takes one value or several."""

OPTIONS = frozenset({*FILTERS, "course", "only"})
"""All options that choose exercises."""
