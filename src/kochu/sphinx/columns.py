"""Columns of a list of annotations: those in which at least one row has something to say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

from docutils import nodes
from sphinx import addnodes

from kochu.apparatus.model import Annotation
from kochu.apparatus.mqm import label as type_label
from kochu.sphinx.compose import words_nodes
from kochu.sphinx.notes import NoteView, joined, language_name, quoted
from kochu.sphinx.phrase import with_apostrophes
from kochu.sphinx.texts import edition_of
from kochu.text.ruby import Group

__all__ = ["Column", "columns_of"]

_READING = "-Hira"
"""Ending of the language tag under which a name's reading is given."""
_SHORT = 4
"""Signs that may share one reading above them."""

Cell = Callable[[Annotation], list[nodes.Node]]


@dataclass(frozen=True)
class Column:
    """One column.

    :param width: share of the page, for outputs that cannot ask for the width of words.
    """

    head: str
    width: int
    cell: Cell


def columns_of(
    view: NoteView, notes: Sequence[Annotation], prose: Mapping[str, list[nodes.Node]]
) -> list[Column]:
    """Choose the columns for some annotations.

    :param prose: of annotations whose sources are to be listed, by key.
    """
    kinds = {note.about.label for note in notes}
    named = [_language(tag) for tag in _tags(notes, view)]
    places = Column("In", 14 if named else 9, lambda note: _places(view, note))
    columns = [
        Column(kinds.pop() if len(kinds) == 1 else "Note", 30, lambda note: _title(view, note)),
        *([] if named else [places]),
        Column("Words", 24, lambda note: _words(view, note)),
        Column("As printed", 16, lambda note: _printed(view, note)),
        *named,
        Column("Type", 18, lambda note: [nodes.Text(type_label(note.type))] if note.type else []),
        _option("severity"),
        # How sure a flaw is one; what a claim's confidence means its own page explains.
        Column("Confidence", 12, lambda note: _confidence(note) if note.kind == "caveat" else []),
        _option("verdict"),
        Column("Now", 12, _now if any("now" in note.options for note in notes) else lambda _: []),
        _option("level"),
        Column("Sources", 14, lambda note: _sources(note, prose.get(note.key, []))),
        Column("Identifier", 12, _identifier),
        *([places] if named else []),
    ]
    return [column for column in columns if any(column.cell(note) for note in notes)]


def _confidence(note: Annotation) -> list[nodes.Node]:
    return [nodes.Text(note.options["confidence"])] if "confidence" in note.options else []


def _option(name: str) -> Column:
    def cell(note: Annotation) -> list[nodes.Node]:
        return [nodes.Text(note.options[name])] if name in note.options else []

    return Column(name.title(), 12, cell)


def _title(view: NoteView, note: Annotation) -> list[nodes.Node]:
    """The note's own title; a name in the language of the notes, where the title is another, and its kind."""
    found: list[nodes.Node] = [view.note_link(note.key)]
    own = {w.language: w.text for w in note.names}.get(view.domain.env.config.language or "en", "")
    facts = [own if own.casefold() != note.title.casefold() else "", note.options.get("entity", "")]
    if told := " · ".join(fact for fact in facts if fact):
        found.append(nodes.inline("", f" {view.domain.curled(told)}", classes=["kochu-tag"]))
    return found


def _identifier(note: Annotation) -> list[nodes.Node]:
    return [nodes.Text(note.options["ids"])] if "ids" in note.options else []


def _places(view: NoteView, note: Annotation) -> list[nodes.Node]:
    return joined([view.sentence_link(note, address) for address in note.addresses], " ")


def _words(view: NoteView, note: Annotation) -> list[nodes.Node]:
    """The words, where the note's name is not the words."""
    if not note.anchors or note.kind not in ("claim", "context", "language"):
        return []
    if note.whole:
        return [nodes.inline("", "the whole sentence", classes=["kochu-tag"])]
    language = edition_of(view.domain.env).texts[note.text_id].language
    return [quoted(view.domain.quotable(note), language)]


def _printed(view: NoteView, note: Annotation) -> list[nodes.Node]:
    """Each form in which the text has a name."""
    if note.kind != "name" or not note.anchors:
        return []
    language = edition_of(view.domain.env).texts[note.text_id].language
    forms = view.domain.quotable(note).split(" / ")
    return joined([nodes.inline(f, f, classes=[f"language-{language}"]) for f in forms], ", ")


def _tags(notes: Sequence[Annotation], view: NoteView) -> list[str]:
    # The note with the most languages sets their order.
    full = sorted(notes, key=lambda note: -len(note.names))
    tags = dict.fromkeys(w.language for note in full for w in note.names)
    own = view.domain.env.config.language
    return [tag for tag in tags if not tag.endswith(_READING) and tag != own]


def _language(tag: str) -> Column:
    return Column(language_name(tag), 16, lambda note: _name(note, tag))


def _name(note: Annotation, tag: str) -> list[nodes.Node]:
    """The name in a language; a reading only over signs that do not show it themselves."""
    names = {wording.language: wording.text for wording in note.names}
    text, reading = names.get(tag, ""), names.get(tag + _READING)
    if not text:
        return []
    spelt = not any("\u3400" <= char <= "\u9fff" for char in text)
    above = [_above(text, reading)] if reading and not spelt and len(text) <= _SHORT else []
    found: list[nodes.Node] = [
        nodes.inline("", "", *words_nodes(with_apostrophes(text), 0, above), classes=[f"language-{tag}"])
    ]
    if reading and not spelt and not above:
        # A long word with one reading over it could not be broken in a narrow column.
        found.append(nodes.inline("", f"（{reading}）", classes=["kochu-tag", f"language-{tag}{_READING}"]))
    return found


def _now(note: Annotation) -> list[nodes.Node]:
    """The verdict after later events, and of which day it is."""
    if note.kind != "claim":
        return []
    if "now" not in note.options:
        return [nodes.inline("", "unchanged", classes=["kochu-tag"])]
    day = date.fromisoformat(note.options["as-of"])
    dated = f" {day.day}\u00a0{day:%b}\u00a0{day.year}"
    return [nodes.Text(note.options["now"]), nodes.inline("", dated, classes=["kochu-tag"])]


def _sources(note: Annotation, prose: Sequence[nodes.Node]) -> list[nodes.Node]:
    """One citation of all sources that the prose of a claim cites, in its order."""
    if note.kind != "claim":
        return []
    cited = [
        found
        for part in prose
        for found in part.findall(addnodes.pending_xref)
        if found.get("refdomain") == "cite"
    ]
    if not cited:
        return []
    keys = dict.fromkeys(key for found in cited for key in str(found["reftarget"]).split(","))
    together = cited[0].deepcopy()
    together["reftarget"] = ",".join(keys)
    return [together]


def _above(text: str, reading: str) -> Group:
    """A reading over the signs of a name that do not show it themselves."""
    start = _alike(text, reading)
    end = _alike(text[start:][::-1], reading[start:][::-1])
    return Group(start, len(text) - end, reading[start : len(reading) - end])


def _alike(text: str, other: str) -> int:
    """How many signs two texts begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, other, strict=False)))
