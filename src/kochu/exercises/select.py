"""Choose exercises by what their front matter says. Pages and commands choose alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
import re

from kochu.exercises.book import Book
from kochu.exercises.framework import FILTERS
from kochu.exercises.model import Exercise

__all__ = ["Selection", "SelectionError", "find_sets", "parse_selection", "select"]

_FENCE = re.compile(r"^(`{3,}|:{3,})\{exercises\}[ \t]+(\S+)[ \t]*\n((?::[\w-]+:.*\n)*)", re.MULTILINE)
_OPTION = re.compile(r"^:([\w-]+):[ \t]*(.*)$", re.MULTILINE)


class SelectionError(ValueError):
    """Options that choose nothing, or name what does not exist."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to choose.

    :param filters: allowed values by field.
    :param course: take those of a course, in its order.
    :param only: take these, in this order.
    """

    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    course: str = ""
    only: tuple[str, ...] = ()


def parse_selection(options: Mapping[str, str]) -> Selection:
    """Read the options of a directive or a command; others are not looked at.

    :raises SelectionError: a value is not known.
    """
    filters: dict[str, tuple[str, ...]] = {}
    for name, allowed in FILTERS.items():
        wanted = tuple((options.get(name) or "").split())
        if bad := [value for value in wanted if value not in allowed]:
            raise SelectionError(f"':{name}: {bad[0]}' is not known; it is one of {', '.join(allowed)}")
        if wanted:
            filters[name] = wanted
    return Selection(
        filters, (options.get("course") or "").strip(), tuple((options.get("only") or "").split())
    )


def select(book: Book, selection: Selection) -> tuple[Exercise, ...]:
    """Choose from a book.

    :raises SelectionError: a course or an exercise does not exist, or nothing fits.
    """
    names: Iterable[str] = book.exercises
    if selection.course:
        if selection.course not in book.courses:
            listed = f"; it is one of {', '.join(book.courses)}" if book.courses else ""
            raise SelectionError(f"there is no course '{selection.course}'{listed}")
        names = book.courses[selection.course].exercises
    if selection.only:
        names = [name for name in selection.only if not selection.course or name in set(names)]
    if missing := [name for name in names if name not in book.exercises]:
        raise SelectionError(f"there is no exercise '{missing[0]}'")
    found = tuple(
        exercise
        for exercise in (book.exercises[name] for name in names)
        if all(getattr(exercise.meta, name) in wanted for name, wanted in selection.filters.items())
    )
    if not found:
        raise SelectionError("no exercise fits these options")
    return found


def find_sets(root: Path) -> dict[str, Selection]:
    """Find the sets that an edition's pages show, by name; a set shown twice is the first."""
    found: dict[str, Selection] = {}
    for path in sorted(root.rglob("*.md")):
        for _, name, options in _FENCE.findall(path.read_text("utf-8", "replace")):
            try:
                found.setdefault(name, parse_selection(dict(_OPTION.findall(options))))
            except SelectionError:
                continue
    return found
