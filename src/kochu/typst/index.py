"""The printed index: Sphinx's entries, with the pages they stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast
import unicodedata

from sphinx.environment.adapters.indexentries import IndexEntries

from kochu.sphinx.domain import anchor_id
from kochu.sphinx.indexing import Groups, arranged
from kochu.typst.markup import array, escape, label, string
from kochu.typst.tree import PAGE, page_id

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from kochu.sphinx.domain import KochuDomain

__all__ = ["index_targets", "printed_index", "written_notes"]

_CJK = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
_EAST = "あ–ん"
"""Heading of the entries that no Latin letter can head."""

Find = Callable[[str], "str | None"]


def _groups(builder: Builder) -> Groups:
    return arranged(IndexEntries(builder.env).create_index(builder), builder.config.language or "en")


def _id(uri: str) -> str:
    page, _, target = uri.removeprefix(PAGE).partition("#")
    return page_id(page, target)


def index_targets(builder: Builder) -> set[str]:
    """All places that the index refers to; they need labels."""
    found = {place for places in occurrences(builder).values() for place in places}
    for _, entries in _groups(builder):
        for _, (links, subentries, _) in entries:
            found.update(_id(uri) for _, uri in links if uri)
            found.update(_id(uri) for _, below in subentries for _, uri in below if uri)
    return found


def occurrences(builder: Builder) -> dict[str, list[str]]:
    """The sentences in which each annotated thing is named, by the annotation's place.

    An index that led only to the article about a name would not lead to the text.
    """
    domain = cast("KochuDomain", builder.env.domains["kochu"])
    found: dict[str, list[str]] = {}
    for note in domain.annotations():
        page = domain.reading_page(note.text_id)
        if page is None:
            continue
        base = domain.resolved(note.text_id).base
        sentences = [base.sentence(address) for address in note.addresses]
        found[page_id(note.docname, anchor_id(note))] = [
            page_id(page, sentence.anchor) for sentence in sentences if sentence
        ]
    return found


def written_notes(builder: Builder) -> dict[str, str]:
    """The key of every note by the place where it was written."""
    domain = cast("KochuDomain", builder.env.domains["kochu"])
    return {page_id(note.docname, anchor_id(note)): note.key for note in domain.annotations()}


def printed_index(builder: Builder, find: Find) -> str:
    """Write the index, or nothing if the book holds none of its places.

    :param find: gives the label of a place, or nothing if the book lacks it.
    """
    out: list[str] = []
    places = _Places(find, occurrences(builder))
    for head, groups in groupby(_groups(builder), key=lambda group: _heading(group[0])):
        lines = [line for _, entries in groups for line in _lines(entries, places)]
        if lines:
            out.append(f"  ({string(head)}, {array(*lines)}),\n")
    return f"\n#printed-index(\n{''.join(out)})\n" if out else ""


def _heading(letter: str) -> str:
    name = unicodedata.name(letter[:1], "")
    return _EAST if name.startswith(_CJK) else letter


@dataclass(frozen=True)
class _Places:
    """Gives the labels to which an entry leads: its articles, then its sentences."""

    find: Find
    occurrences: Mapping[str, list[str]]

    def of(self, links: Iterable[tuple[str | None, str]]) -> tuple[str, str]:
        """Two arrays of labels."""
        targets = [_id(uri) for _, uri in links if uri]
        articles = [place for target in targets if (place := self.find(target))]
        named = [n for target in targets for n in self.occurrences.get(target, ())]
        sentences = [place for name in named if (place := self.find(name))]
        return _labels(articles), _labels(sentences)


def _labels(places: Iterable[str]) -> str:
    return array(*map(label, dict.fromkeys(places)))


def _lines(entries: Iterable[Any], places: _Places) -> Iterable[str]:
    """Lines of text, articles, sentences and depth; entries that lead nowhere are left out."""
    nowhere = (array(), array())
    for text, (links, subentries, _) in entries:
        own = places.of(links)
        # A cross-reference such as "see hegemony" has no links of its own.
        below = [(sub, places.of(subs), subs) for sub, subs in subentries]
        below = [row for row in below if row[1] != nowhere or not row[2]]
        if own == nowhere and not below:
            continue
        yield f"([{escape(text)}], {own[0]}, {own[1]}, 0)"
        for sub, (articles, sentences), _ in below:
            yield f"([{escape(sub)}], {articles}, {sentences}, 1)"
