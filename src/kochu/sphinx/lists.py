"""Lists of annotations, made by filter when all of them are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from docutils import nodes

from kochu.apparatus.kinds import KINDS
from kochu.apparatus.model import Annotation
from kochu.apparatus.usage import FILTERS
from kochu.sphinx.choices import filter_form, marks
from kochu.sphinx.columns import Column, columns_of
from kochu.sphinx.indexing import sort_key
from kochu.sphinx.notes import NoteView
from kochu.sphinx.tabled import kochu_drawer
from kochu.sphinx.texts import edition_of

__all__ = ["list_nodes", "select"]

_NOTHING = "—"

Prose = Callable[[Annotation], list[nodes.Node]]
"""Gives the prose of an annotation, for use on the page that holds the list."""


def select(view: NoteView, wanted: Mapping[str, str]) -> list[Annotation]:
    """Find the annotations that a list asks for, in text order or by their titles.

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
            if all(_fits(note, name, wanted[name]) for name in FILTERS if wanted.get(name))
        ]
    if wanted.get("order") == "title":
        language = view.domain.env.config.language or "en"
        found.sort(key=lambda note: sort_key(view.domain.heading(note), language))
    return found


def _fits(note: Annotation, name: str, value: str) -> bool:
    own = note.options.get(name, "")
    words = value.split()
    return own in words or (name == "type" and own.split("/")[0] in words)


def list_nodes(view: NoteView, wanted: Mapping[str, str], prose: Prose) -> list[nodes.Node]:
    """Draw a list: a table, or a bullet list with ``:style: list``."""
    notes = select(view, wanted)
    if not notes:
        text = "No annotation fits."
        return [nodes.paragraph(text, text, classes=["kochu-empty"])]
    if wanted.get("style") == "list":
        items = [nodes.list_item("", nodes.paragraph("", "", view.note_link(n.key))) for n in notes]
        return [nodes.bullet_list("", *items, classes=["kochu-list"])]
    builder = view.domain.env._app.builder
    browser = builder.format == "html" and builder.name != "epub"
    copies = {note.key: prose(note) for note in notes} if "prose" in wanted else {}
    facets = tuple(wanted.get("choose", "").split()) if browser else ()
    found: list[nodes.Node] = [filter_form(notes, facets)] if browser and "choose" in wanted else []
    columns = columns_of(view, notes, copies)
    # On paper the prose stands on the pages below; a page in a browser can fold it.
    folded = copies if browser else {}
    return [*found, _table(notes, columns, facets, folded, wanted.get("prose", ""))]


def _table(
    notes: Sequence[Annotation],
    columns: Sequence[Column],
    facets: Sequence[str],
    folded: Mapping[str, list[nodes.Node]],
    summary: str,
) -> nodes.table:
    head = nodes.row("", *(_entry([nodes.Text(column.head)]) for column in columns))
    body = nodes.tbody("")
    for note in notes:
        classes = marks(note, facets)
        # An empty cell would look forgotten.
        cells = (column.cell(note) or [nodes.Text(_NOTHING)] for column in columns)
        body += nodes.row("", *map(_entry, cells), classes=classes)
        if prose := folded.get(note.key):
            whole = nodes.entry("", kochu_drawer("", *prose, summary=summary), morecols=len(columns) - 1)
            body += nodes.row("", whole, classes=[*classes, "kochu-more"])
    group = nodes.tgroup(
        "",
        *(nodes.colspec("", colwidth=column.width) for column in columns),
        nodes.thead("", head),
        body,
        cols=len(columns),
    )
    return nodes.table("", group, classes=["kochu-table", "kochu-index"])


def _entry(children: Sequence[nodes.Node]) -> nodes.entry:
    return nodes.entry("", nodes.paragraph("", "", *children))
