"""How high the head of a note is, and whether its prose is higher.

Typst would measure both, and by that set every note twice. Lengths are in ems of the notes'
type. What is reckoned here leaves a margin: of a head rather too much, of prose too little.
"""

from __future__ import annotations

from collections.abc import Iterable

from kochu.typst.widths import lines

__all__ = ["head_height", "least_height"]

_HEAD = 10.9
"""What a line of a head has for its words, on the paper on which that is least."""
_KIND = 0.76
"""The size of the line that says what kind of note it is."""
_LABEL_GAP = "\u3000"
_LEADING, _SPACING = 0.35, 0.45
_PROSE, _FACTS = 39.5, 46.0
"""What a line of prose and one of facts have, on the paper on which that is most."""
_LINE, _SMALL_LINE = 1.3, 1.15


def head_height(label: str, words: str, remedy: str, kind: str) -> float:
    """Reckon how high a head is, and a little more: its label and words, the remedy, its kind."""
    height = 0.0
    for text, size in (
        (f"{label}{_LABEL_GAP}{words}", 1.0),
        (f"→ {remedy}" if remedy else "", 1.0),
        (kind, _KIND),
    ):
        if text.strip():
            count = lines(text, _HEAD / size)
            height += count * (size + _LEADING) - _LEADING + _SPACING
    return height


def least_height(prose: Iterable[str], facts: str) -> float:
    """Reckon how high a note's paragraphs and facts are, or a little less."""
    return sum(lines(text, _PROSE) * _LINE for text in prose if text.strip()) + (
        lines(facts, _FACTS) * _SMALL_LINE if facts.strip() else 0
    )
