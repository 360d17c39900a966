"""The printed index: Sphinx's entries, with the pages they stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any
import unicodedata

from sphinx.environment.adapters.indexentries import IndexEntries

from kochu.typst.markup import array, escape, label, string
from kochu.typst.tree import PAGE, page_id

if TYPE_CHECKING:
    from sphinx.builders import Builder

__all__ = ["index_targets", "printed_index"]

_CJK = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
_EAST = "あ–ん"
"""Heading of the entries that no Latin letter can head."""

Find = Callable[[str], "str | None"]


def _groups(builder: Builder) -> list[tuple[str, list[Any]]]:
    return IndexEntries(builder.env).create_index(builder)  # type: ignore[return-value]


def _id(uri: str) -> str:
    page, _, target = uri.removeprefix(PAGE).partition("#")
    return page_id(page, target)


def index_targets(builder: Builder) -> set[str]:
    """All places that the index refers to; they need labels."""
    found: set[str] = set()
    for _, entries in _groups(builder):
        for _, (links, subentries, _) in entries:
            found.update(_id(uri) for _, uri in links if uri)
            found.update(_id(uri) for _, below in subentries for _, uri in below if uri)
    return found


def printed_index(builder: Builder, find: Find) -> str:
    """Write the index, or nothing if the book holds none of its places.

    :param find: gives the label of a place, or nothing if the book lacks it.
    """
    out: list[str] = []
    for head, groups in groupby(_groups(builder), key=lambda group: _heading(group[0])):
        lines = [line for _, entries in groups for line in _lines(entries, find)]
        if lines:
            out.append(f"  ({string(head)}, {array(*lines)}),\n")
    return f"\n#printed-index(\n{''.join(out)})\n" if out else ""


def _heading(letter: str) -> str:
    name = unicodedata.name(letter[:1], "")
    return _EAST if name.startswith(_CJK) else letter


def _lines(entries: Iterable[Any], find: Find) -> Iterable[str]:
    for text, (links, subentries, _) in entries:
        pages = _pages(links, find)
        below = [(sub, _pages(subs, find), bool(subs)) for sub, subs in subentries]
        below = [row for row in below if row[1] != "()" or not row[2]]
        if pages == "()" and not below:
            continue
        yield f"([{escape(text)}], {pages}, 0)"
        for sub, subpages, _ in below:
            yield f"([{escape(sub)}], {subpages}, 1)"


def _pages(links: Iterable[tuple[str | None, str]], find: Find) -> str:
    places = dict.fromkeys(place for _, uri in links if uri and (place := find(_id(uri))))
    return array(*(label(place) for place in places)) if places else "()"
