"""The TOML of a task, one shape for each type."""

from __future__ import annotations

import msgspec

from kochu.exercises.rows import (
    Blank,
    Classified,
    Criterion,
    Event,
    Fault,
    Free,
    Lines,
    Original,
    Pair,
    Points,
    ReadingItem,
    Right,
    Span,
    Statement,
    Target,
    Task,
    WordItem,
    Wrong,
)

__all__ = [
    "SHAPES",
    "ChoiceTask",
    "ClassifyTask",
    "ClozeTask",
    "CorrectionTask",
    "MatchTask",
    "MqmTask",
    "OrderTask",
    "PostEditTask",
    "ReadingTask",
    "ReconstructTask",
    "RepairTask",
    "ShortTask",
    "SpotTask",
    "TrueFalseTask",
    "VocabularyTask",
]


class ChoiceTask(Task, frozen=True, kw_only=True):
    """Options to choose from."""

    points: Points = 1
    right: tuple[Right, ...]
    wrong: tuple[Wrong, ...]


class TrueFalseTask(Task, frozen=True, kw_only=True):
    """Statements that are true, false or not stated."""

    window: str = ""
    point: bool = True
    statement: tuple[Statement, ...]


class OrderTask(Task, frozen=True, kw_only=True):
    """Things in their right order."""

    by: str = "text"
    points: Points = 1
    event: tuple[Event, ...]
    also: tuple[tuple[str, ...], ...] = ()
    why: str = ""


class MatchTask(Task, frozen=True, kw_only=True):
    """Pairs that were taken apart."""

    pair: tuple[Pair, ...]
    extra: tuple[Wrong, ...] = ()


class ReadingTask(Task, frozen=True, kw_only=True):
    """Words whose readings are asked."""

    kana: bool = True
    item: tuple[ReadingItem, ...]


class VocabularyTask(Task, frozen=True, kw_only=True):
    """Words whose meanings are asked."""

    item: tuple[WordItem, ...]


class ClozeTask(Task, frozen=True, kw_only=True):
    """Sentences with gaps."""

    layer: str = ""
    choose: bool = False
    kana: bool = False
    blank: tuple[Blank, ...]


class CorrectionTask(Task, frozen=True, kw_only=True):
    """Marked words that are to be replaced."""

    otherwise: str = "queue"
    fault: tuple[Fault, ...]


class SpotTask(Task, frozen=True, kw_only=True):
    """A sentence in which faults are to be found."""

    at: str
    chunks: str
    points: Points = 1
    target: tuple[Target, ...]
    why: str = ""
    whys: dict[str, str] = msgspec.field(default_factory=dict)


class MqmTask(Task, frozen=True, kw_only=True):
    """Faults that are to be classified."""

    types: tuple[str, ...]
    span: tuple[Span, ...]


class RepairTask(ChoiceTask, frozen=True, kw_only=True):
    """Repairs to choose from, and a reason to give."""

    justify: Free


class ReconstructTask(Task, frozen=True, kw_only=True):
    """Words whose source is to be reconstructed."""

    otherwise: str = "queue"
    item: tuple[Original, ...]


class PostEditTask(Task, frozen=True, kw_only=True):
    """A sentence that is to be rewritten."""

    at: str
    lines: Lines = 3
    rubric: tuple[Criterion, ...]
    models: tuple[str, ...]
    caveats: tuple[str, ...] = ()
    why: str = ""


class ShortTask(Task, frozen=True, kw_only=True):
    """Questions to answer freely."""

    question: tuple[Free, ...]


class ClassifyTask(Task, frozen=True, kw_only=True):
    """Statements to be put under headings."""

    categories: tuple[str, ...]
    statement: tuple[Classified, ...]


SHAPES: dict[str, type[Task]] = {
    "choice": ChoiceTask,
    "choices": ChoiceTask,
    "true-false": TrueFalseTask,
    "order": OrderTask,
    "match": MatchTask,
    "reading": ReadingTask,
    "vocabulary": VocabularyTask,
    "cloze": ClozeTask,
    "correction": CorrectionTask,
    "spot": SpotTask,
    "mqm": MqmTask,
    "repair": RepairTask,
    "reconstruct": ReconstructTask,
    "post-edit": PostEditTask,
    "short": ShortTask,
    "classify": ClassifyTask,
}
"""The shape of the TOML, by type."""
