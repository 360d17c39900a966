"""Rows of a task's TOML, shared by the types. Unknown fields are errors."""

from __future__ import annotations

from typing import Annotated

import msgspec

__all__ = [
    "Blank",
    "Classified",
    "Criterion",
    "Event",
    "Fault",
    "Free",
    "Lines",
    "Original",
    "Pair",
    "Points",
    "Proofs",
    "ReadingItem",
    "Right",
    "Span",
    "Statement",
    "Target",
    "Task",
    "WordItem",
    "Wrong",
]

Points = Annotated[float, msgspec.Meta(gt=0, le=100)]
Lines = Annotated[int, msgspec.Meta(ge=1, le=60)]
Proofs = tuple[tuple[str, str], ...]
"""Rows of an address and a quote."""


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename="kebab"):
    pass


class Task(_Strict, frozen=True, kw_only=True):
    """What every task has."""

    prompt: str
    show: str = ""
    hints: tuple[str, ...] = ()
    seed: int = 0


class _Row(_Strict, frozen=True, kw_only=True):
    points: Points = 1
    why: str = ""
    evidence: Proofs = ()


class Right(_Strict, frozen=True, kw_only=True):
    """An option or text that is right."""

    text: str
    why: str = ""
    evidence: Proofs = ()


class Wrong(_Strict, frozen=True, kw_only=True):
    """An option or text that is wrong, and why somebody might choose it."""

    text: str
    why: str


class Criterion(_Strict, frozen=True, kw_only=True):
    """A row of a rubric."""

    points: Points
    text: str


class Free(_Strict, frozen=True, kw_only=True):
    """A free answer."""

    label: str = ""
    lines: Lines = 3
    language: str = "ja"
    rubric: tuple[Criterion, ...]
    models: tuple[str, ...]
    why: str = ""
    evidence: Proofs = ()


class Statement(_Row, frozen=True, kw_only=True):
    """A statement to be judged."""

    text: str
    answer: bool | str


class Event(_Strict, frozen=True, kw_only=True):
    """A thing to be put into order."""

    text: str
    evidence: Proofs = ()
    when: str = ""


class Pair(_Row, frozen=True, kw_only=True):
    """Two things that belong together."""

    left: str
    right: str


class ReadingItem(_Row, frozen=True, kw_only=True):
    """A word whose reading is asked."""

    at: str
    quote: str
    accept: tuple[str, ...]
    wrong: tuple[Wrong, ...] = ()


class WordItem(_Row, frozen=True, kw_only=True):
    """A word whose meaning in its sentence is asked."""

    at: str
    quote: str
    right: str
    wrong: tuple[Wrong, ...]


class Blank(_Row, frozen=True, kw_only=True):
    """Words taken out of a sentence."""

    at: str
    quote: str
    accept: tuple[str, ...]
    wrong: tuple[Wrong, ...]


class Fault(_Row, frozen=True, kw_only=True):
    """Words that are to be replaced."""

    at: str
    quote: str
    accept: tuple[str, ...]
    half: tuple[str, ...] = ()
    wrong: tuple[Wrong, ...]
    caveat: str = ""
    rubric: tuple[Criterion, ...] = ()


class Target(_Strict, frozen=True, kw_only=True):
    """Words that are to be pointed at."""

    quote: str
    may: tuple[str, ...] = ()
    caveat: str = ""


class Span(_Row, frozen=True, kw_only=True):
    """Words whose fault is to be classified."""

    at: str
    quote: str
    caveat: str
    type: str
    severity: str
    also: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    whys: dict[str, str] = msgspec.field(default_factory=dict)


class Original(_Row, frozen=True, kw_only=True):
    """Words whose source wording is to be reconstructed."""

    at: str
    quote: str
    language: str
    accept: tuple[str, ...]
    half: tuple[str, ...] = ()
    wrong: tuple[Wrong, ...]
    caveat: str
    rubric: tuple[Criterion, ...] = ()


class Classified(_Row, frozen=True, kw_only=True):
    """A statement to be put under a heading."""

    text: str = ""
    at: str = ""
    quote: str = ""
    category: str
    half: tuple[str, ...] = ()
    whys: dict[str, str] = msgspec.field(default_factory=dict)
