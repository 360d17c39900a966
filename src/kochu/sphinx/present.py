"""Fill the places that the directives left, when everything is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from kochu.apparatus.coverage import POSTEDITS
from kochu.apparatus.kinds import KINDS
from kochu.sphinx.bodies import Bodies, collect
from kochu.sphinx.colophon import colophon_nodes
from kochu.sphinx.compose import SentenceView, note_id, sentence_nodes, words_nodes
from kochu.sphinx.diff import pieces
from kochu.sphinx.lists import list_nodes
from kochu.sphinx.nodes import (
    kochu_annotation,
    kochu_base,
    kochu_colophon,
    kochu_diff,
    kochu_line,
    kochu_list,
    kochu_note,
    kochu_notes,
    kochu_number,
    kochu_passage,
    kochu_unit,
    kochu_version,
    kochu_versions,
)
from kochu.sphinx.notes import NoteView, note_head
from kochu.sphinx.phrase import set_breaks
from kochu.sphinx.texts import edition_of, text_of
from kochu.sphinx.words import hardness
from kochu.text.ruby import Group

if TYPE_CHECKING:
    from kochu.apparatus.edition import Loaded
    from kochu.apparatus.model import Annotation
    from kochu.sphinx.domain import KochuDomain
    from kochu.text.segment import Sentence

__all__ = ["Present"]


class Present(SphinxPostTransform):
    """Compose reading pages, passages, notes and lists of one page."""

    # Before Sphinx's ReferencesResolver (10) and MyST's (9): copied notes hold
    # references that have still to be resolved, seen from this page.
    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Compose the page."""
        self.domain = cast("KochuDomain", self.env.domains["kochu"])
        self.docname = self.env.current_document.docname
        self.view = NoteView(self.domain, self.docname)
        browser = self.env._app.builder.format == "html"
        self.near = replace(self.view, near=browser)
        # No script brings to an e-book what a page left away.
        self.lean = browser and self.env._app.builder.name != "epub"
        # Before anything is presented: a reading page may quote its own annotations.
        self.here: Mapping[str, kochu_annotation] = {
            key: node.deepcopy() for key, node in collect(self.document).items()
        }
        self.bodies = _bodies(self.env)
        self.texts: dict[str, tuple[Loaded, SentenceView]] = {}
        for section in list(self.document.findall(nodes.section)):
            if "kochu-section" in section["classes"]:
                self._heading(section)
        for unit in list(self.document.findall(kochu_unit)):
            self._unit(unit)
        for passage in list(self.document.findall(kochu_passage)):
            self._passage(passage)
        for node in list(self.document.findall(kochu_annotation)):
            self._annotation(node)
        for place in list(self.document.findall(kochu_list)):
            place.replace_self(list_nodes(self.view, place["filter"], self._prose))
        for colophon in list(self.document.findall(kochu_colophon)):
            colophon.replace_self(colophon_nodes(edition_of(self.env), self.env))

    def _load(self, text_id: str) -> tuple[Loaded, SentenceView]:
        # Once a page: how hard each sign is takes a pass over all words.
        if text_id not in self.texts:
            loaded = text_of(self.env, text_id)
            levels = hardness(loaded.words)
            view = SentenceView(self.domain.resolved(text_id), loaded.readings, levels, loaded.spec.language)
            self.texts[text_id] = loaded, view
        return self.texts[text_id]

    def _heading(self, section: nodes.section) -> None:
        """Set the sentence of a heading line into the section's title."""
        title, line = cast("nodes.title", section[0]), cast("kochu_line", section[1])
        unit = cast("kochu_unit", line[0])
        loaded, view = self._load(unit["text_id"])
        sentence = loaded.base.sentence(unit["address"])
        assert sentence is not None
        if self.domain.published(unit["text_id"], unit["address"]):
            title.children = []
            title += [
                _number(unit["address"], sentence.anchor),
                _drawn(view, sentence, loaded.spec.language, heading=True),
            ]
            unit["titled"] = True

    def _unit(self, unit: kochu_unit) -> None:
        text_id, address = unit["text_id"], unit["address"]
        loaded, view = self._load(text_id)
        sentence = loaded.base.sentence(address)
        assert sentence is not None
        published = self.domain.published(text_id, address)
        if not unit.get("titled"):
            base = kochu_base("", classes=[f"language-{loaded.spec.language}"])
            base += _number(address, sentence.anchor)
            heading = "kochu-heading" in unit.parent.get("classes", ())
            language = loaded.spec.language
            base += _drawn(view, sentence, language, heading=heading) if published else _withheld(sentence)
            unit += base
        notes = view.resolved.at(address)
        if published and (versions := self._versions(loaded, sentence, notes)):
            unit += versions
        if notes:
            unit += self._notes(view, sentence, notes, loaded.spec.language)

    def _notes(
        self, view: SentenceView, sentence: Sentence, notes: tuple[Annotation, ...], language: str
    ) -> kochu_notes:
        full = [n for n in notes if n.about.referenced]
        listed = [n for n in notes if not n.about.referenced]
        block = kochu_notes("", address=sentence.address, count=len(notes))
        for note in full:
            first = note.addresses[0]
            if first != sentence.address:
                block += self._elsewhere(view, note, first)
                continue
            item = kochu_note(
                "", key=note.key, kind=note.kind, ids=[note_id(note)], severity=note.severity or ""
            )
            item["confidence"] = note.options.get("confidence", "high")
            item += note_head(self.near, note, language)
            if not (self.lean and _away(note)):
                item += self.bodies.copy(note, self.docname, self.here)
            item += self._home(note)
            block += item
        # The same kind first under every sentence, whichever the sentence itself names first.
        for kind in (kind for kind in KINDS.values() if any(n.about is kind for n in listed)):
            line = nodes.paragraph("", f"{kind.plural}: ", classes=["kochu-named", f"k-{kind.name}"])
            for index, note in enumerate(n for n in listed if n.about is kind):
                line += [nodes.Text(", ")] if index else []
                line += self.view.note_link(note.key)
            block += line
        return block

    def _versions(
        self, loaded: Loaded, sentence: Sentence, notes: tuple[Annotation, ...]
    ) -> kochu_versions | None:
        versions = loaded.versions[sentence.address]
        if not versions:
            return None
        block = kochu_versions("")
        for number, (spec, text) in enumerate(versions, 1):
            item = kochu_version("", name=spec.name, label=spec.label, number=number)
            classes = [f"language-{spec.language}"]
            if spec.kind in POSTEDITS:
                labels = self.domain.resolved(loaded.spec.id).labels
                changed = tuple(pieces(sentence, text, notes, labels))
                item += kochu_diff(text, text, changes=changed, classes=classes)
            else:
                item += nodes.paragraph(text, text, classes=classes)
            block += item
        return block

    def _elsewhere(self, view: SentenceView, note: Annotation, first: str) -> nodes.Node:
        """A note with several places stands once, under the first."""
        label = view.resolved.labels[note.key]
        text = f"{label} {self.domain.mention(note)}"
        line = nodes.paragraph("", "", classes=["kochu-elsewhere", f"k-{note.kind}"])
        line += nodes.reference("", "", nodes.Text(text), refid=note_id(note), internal=True)
        line += nodes.Text(f" (note under {first})")
        return line

    def _prose(self, note: Annotation) -> list[nodes.Node]:
        return self.bodies.copy(note, self.docname, self.here)

    def _home(self, note: Annotation) -> list[nodes.Node]:
        """Link to where the note was written, if that holds more than what stands here."""
        away = self.lean and _away(note)
        if not away and (note.kind != "context" or note.docname == self.docname):
            return []
        from kochu.sphinx.domain import anchor_id

        text = "Explanation" if away else "Read the whole note"
        child = nodes.inline(text, text)
        link = self.view.link(note.docname, anchor_id(note), child)
        return [nodes.paragraph("", "", link, classes=["kochu-more"])]

    def _passage(self, passage: kochu_passage) -> None:
        text_id = passage["text_id"]
        loaded, _ = self._load(text_id)
        page = self.domain.reading_page(text_id)
        for address in passage["addresses"]:
            sentence = loaded.base.sentence(address)
            assert sentence is not None
            base = kochu_base("", classes=[f"language-{loaded.spec.language}"])
            builder = self.env._app.builder
            number: nodes.Node = nodes.inline(address, address, classes=["kochu-number"])
            if page is not None:
                number = make_refnode(builder, self.docname, page, sentence.anchor, number)
            base += number
            if self.domain.published(text_id, address):
                groups = [
                    Group(sentence.start + g.start, sentence.start + g.end, g.reading)
                    for g in loaded.readings.get(address, ())
                ]
                words = words_nodes(sentence.text, sentence.start, groups)
                base += nodes.inline("", "", *words, classes=["kochu-words"])
            else:
                base += _withheld(sentence)
            passage += base

    def _annotation(self, node: kochu_annotation) -> None:
        note = self.domain.find(node["key"])
        if note is None:
            return
        language = edition_of(self.env).texts[note.text_id].language
        node["severity"] = note.severity or ""
        node.insert(0, note_head(self.view, note, language))


def _away(note: Annotation) -> bool:
    """Whether a browser's reading page leaves the prose of a note where it was written.

    The prose of all notes would make the page twice as heavy before its first line can
    be read. The facts of every note are in place, and what misleads is explained in
    place; the evidence for claims and the explanation of small flaws is brought by a
    script when the note is opened, and without scripts a link leads there.
    """
    return note.kind == "claim" or note.severity in ("minor", "neutral")


def _number(address: str, anchor: str) -> kochu_number:
    return kochu_number("", address, refid=anchor, internal=True, address=address)


def _drawn(view: SentenceView, sentence: Sentence, language: str, *, heading: bool) -> nodes.Element:
    """A sentence with its readings and notes; a Japanese heading breaks between phrases."""
    drawn = sentence_nodes(view, sentence)
    if heading and language == "ja":
        set_breaks(drawn, sentence.text)
    return drawn


def _withheld(sentence: Sentence) -> nodes.inline:
    text = f"({len(sentence.text)} characters, not reproduced in this excerpt)"
    return nodes.inline(text, text, classes=["kochu-withheld"])


_cache: dict[int, Bodies] = {}


def _bodies(env: Any) -> Bodies:
    """One collection of bodies for each environment."""
    if id(env) not in _cache:
        _cache.clear()
        _cache[id(env)] = Bodies(env)
    return _cache[id(env)]
