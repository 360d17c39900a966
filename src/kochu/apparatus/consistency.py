"""What can only be seen when all annotations of a project are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from itertools import groupby

from kochu.apparatus.model import Annotation
from kochu.text.overlap import crossings
from kochu.text.problems import Problem, Subtype

__all__ = ["check_annotations", "nearest_key"]


def check_annotations(annotations: Iterable[Annotation]) -> tuple[Problem, ...]:
    """Find doubled keys, references to nothing, and crossings that nobody meant."""
    ordered = sorted(annotations, key=lambda a: (a.path, a.line))
    first: dict[str, Annotation] = {}
    problems: list[Problem] = []
    for note in ordered:
        earlier = first.setdefault(note.key, note)
        if earlier is not note:
            problems.append(
                _problem(
                    note,
                    Subtype.KEY,
                    f"key '{note.key}' is used twice, first in {earlier.path}:{earlier.line}; rename one",
                )
            )
    for note in ordered:
        for name, keys in (("see", note.see), ("crosses", note.crosses)):
            problems += [
                _problem(
                    note,
                    Subtype.REFERENCE,
                    f"':{name}: {key}' names no annotation{nearest_key(key, first)}",
                )
                for key in keys
                if key not in first
            ]
    problems += _unmeant_crossings(list(first.values()), first)
    return tuple(problems)


def nearest_key(key: str, known: Iterable[str]) -> str:
    """Propose the known key that looks most like ``key``, as the end of a message."""
    close = get_close_matches(key, list(known), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


def _unmeant_crossings(notes: Sequence[Annotation], by_key: dict[str, Annotation]) -> Iterable[Problem]:
    def family(note: Annotation) -> tuple[str, str]:
        return note.text_id, note.kind

    for _, members in groupby(sorted(notes, key=family), key=family):
        spans = [span for note in members for span in note.spans]
        told: set[frozenset[str]] = set()
        for one, two in crossings(spans):
            pair = frozenset((one.key, two.key))
            later, other = sorted(
                (by_key[one.key], by_key[two.key]), key=lambda a: (a.path, a.line), reverse=True
            )
            if pair in told or other.key in later.crosses or later.key in other.crosses:
                continue
            told.add(pair)
            yield _problem(
                later,
                Subtype.CROSSING,
                f"{later.kind} '{later.key}' crosses {other.kind} '{other.key}' "
                f"({other.path}:{other.line}); widen or narrow one, "
                f"or add ':crosses: {other.key}' if it is meant",
            )


def _problem(note: Annotation, subtype: Subtype, message: str) -> Problem:
    return Problem(note.path, note.line, subtype.value, message)
