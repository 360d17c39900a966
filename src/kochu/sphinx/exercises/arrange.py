"""Decide what stands beside what in an exercise. Nothing here knows of nodes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from kochu.exercises.model import Ask, Option, Question

__all__ = ["in_line", "runs_of", "shared_options"]

_FEW = 3
"""Options that fit in one line."""
_SHORT = 14
"""Characters of an option that fits in one line with others."""
_TINY = 5
"""Characters of an option of which any number fits in a line, such as an address."""


def shared_options(questions: Sequence[Question]) -> tuple[Option, ...]:
    """The options that several questions share, if they do not fit beside each."""
    lists = [q.options for q in questions if q.options and not q.pointing and q.ask is Ask.ONE]
    common = max(lists, key=lists.count, default=())
    return common if lists.count(common) > 1 and not in_line(common) else ()


def in_line(options: Sequence[Option]) -> bool:
    """Whether options stand beside each other in one line."""
    longest = max((len(o.text) for o in options), default=0)
    return longest <= _TINY or (len(options) <= _FEW + 1 and longest <= _SHORT)


def runs_of(addresses: Sequence[str]) -> list[str]:
    """Write addresses as roles; whole runs within a line as first and last."""
    found: list[str] = []

    def run_of(place: tuple[int, str]) -> tuple[int, int]:
        line, number = map(int, place[1].split("."))
        return line, number - place[0]

    for _, run in groupby(enumerate(addresses), run_of):
        names = [address for _, address in run]
        first, last = f"{{sentence}}`{names[0]}`", f"{{sentence}}`{names[-1]}`"
        found += [f"{first} to {last}"] if len(names) > 2 else [f"{{sentence}}`{name}`" for name in names]
    return found
