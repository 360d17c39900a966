"""Lists of annotations, made by filter when all of them are known."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes

from kochu.apparatus.kinds import KINDS
from kochu.apparatus.model import Annotation
from kochu.apparatus.mqm import label as type_label
from kochu.sphinx.notes import NoteView, quoted
from kochu.sphinx.texts import edition_of

__all__ = ["list_nodes", "select"]

_FILTERS = ("type", "severity", "group", "verdict", "entity")


def select(view: NoteView, wanted: Mapping[str, str]) -> list[Annotation]:
    """Find the annotations that a list asks for, in text order.

    A type may be a dimension, and then takes in its subtypes; a value may hold several
    words, and then any of them will do.
    """
    kinds = wanted.get("kind", "").split() or list(KINDS)
    found: list[Annotation] = []
    for text_id in edition_of(view.domain.env).texts:
        if wanted.get("text", text_id) != text_id:
            continue
        found += [
            note
            for note in view.domain.resolved(text_id).of(kinds)
            if all(_fits(note, name, wanted[name]) for name in _FILTERS if wanted.get(name))
        ]
    return found


def _fits(note: Annotation, name: str, value: str) -> bool:
    own = note.options.get(name, "")
    words = value.split()
    return own in words or (name == "type" and own.split("/")[0] in words)


def list_nodes(view: NoteView, wanted: Mapping[str, str]) -> list[nodes.Node]:
    """Draw a list: a table, or a bullet list with ``:style: list``."""
    notes = select(view, wanted)
    if not notes:
        text = "No annotation fits."
        return [nodes.paragraph(text, text, classes=["kochu-empty"])]
    if wanted.get("style") == "list":
        items = [nodes.list_item("", nodes.paragraph("", "", view.note_link(n.key))) for n in notes]
        return [nodes.bullet_list("", *items, classes=["kochu-list"])]
    return [_table(view, notes)]


def _table(view: NoteView, notes: list[Annotation]) -> nodes.table:
    columns = _columns(notes)
    head = nodes.row("", *(_entry(nodes.Text(name)) for name in columns))
    body = nodes.tbody("")
    for note in notes:
        cells: dict[str, list[nodes.Node]] = {
            "Note": [view.note_link(note.key)],
            "In": _places(view, note),
            "Words": _words(view, note),
            "Type": [nodes.Text(type_label(note.type))] if note.type else [],
        }
        for name in ("severity", "verdict", "now", "entity", "level", "confidence"):
            cells[name.title()] = [nodes.Text(note.options.get(name, ""))]
        body += nodes.row("", *(_entry(*cells[name]) for name in columns))
    group = nodes.tgroup(
        "",
        *(nodes.colspec("", colwidth=width) for width in columns.values()),
        nodes.thead("", head),
        body,
        cols=len(columns),
    )
    return nodes.table("", group, classes=["kochu-table"])


def _columns(notes: list[Annotation]) -> dict[str, int]:
    """Choose columns: those in which at least one row has something to say."""
    columns = {"Note": 40, "In": 8}
    if any(view_words(note) for note in notes):
        columns["Words"] = 24
    if any(note.type for note in notes):
        columns["Type"] = 18
    for name in ("severity", "verdict", "now", "entity", "level"):
        if any(note.options.get(name) for note in notes):
            columns[name.title()] = 10
    return columns


def view_words(note: Annotation) -> bool:
    """Whether the words are worth a column: the note's name must not be the words."""
    return bool(note.anchors) and not note.whole and note.kind in ("claim", "context", "language")


def _places(view: NoteView, note: Annotation) -> list[nodes.Node]:
    found: list[nodes.Node] = []
    for address in note.addresses:
        found += [nodes.Text(" ")] if found else []
        found.append(view.sentence_link(note, address))
    return found


def _words(view: NoteView, note: Annotation) -> list[nodes.Node]:
    if not view_words(note):
        return []
    language = edition_of(view.domain.env).texts[note.text_id].language
    return [quoted(view.domain.quotable(note), language)]


def _entry(*children: nodes.Node) -> nodes.entry:
    return nodes.entry("", nodes.paragraph("", "", *children))
