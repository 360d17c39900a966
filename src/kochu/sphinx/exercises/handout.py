"""``{handout} key``: the caveat of the day, one sheet for a class."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from kochu.apparatus.mqm import title as type_title
from kochu.sphinx.compose import words_nodes
from kochu.sphinx.directives import KochuDirective
from kochu.sphinx.exercises.nodes import (
    kochu_blank,
    kochu_fold,
    kochu_handout,
    kochu_mark,
    kochu_stimulus,
)
from kochu.sphinx.notes import language_name
from kochu.sphinx.problems import log
from kochu.sphinx.texts import text_of
from kochu.text.problems import Problem, Subtype
from kochu.text.ruby import Group

if TYPE_CHECKING:
    from kochu.apparatus.model import Annotation
    from kochu.sphinx.domain import KochuDomain

__all__ = ["FillHandouts", "Handout"]

_TASKS = (
    "Read the sentence aloud. What would a reader believe who knows nothing of the source?",
    "Rewrite the sentence so that a newspaper could print it.",
    "Would you have noticed the fault without the note? What gave it away, or could have?",
)
"""What a class does with any caveat; what is particular to one stands in its note."""

_LINES = (3, 4, 3)


class Handout(KochuDirective):
    """Leaves the place of a sheet, to be filled when all annotations are known."""

    required_arguments = 1
    optional_arguments = 0

    def run(self) -> list[nodes.Node]:
        if unknown := sorted(set(self.options) - {"title"}):
            return self.wrong(
                Subtype.OPTION, f"handout has an unknown option ':{unknown[0]}:'; it takes title"
            )
        text_id = self.text_id()
        if text_id is None:
            return []
        self.domain.note_shown(self.env.docname, text_id)
        title = str(self.options.get("title") or f"Caveat of the day: {self.argument.replace('-', ' ')}")
        node = kochu_handout(
            "",
            nodes.title(title, title),
            key=self.argument,
            text_id=text_id,
            path=self.path,
            ids=[f"handout-{self.argument}"],
            names=[f"handout-{self.argument}"],
            classes=["kx-handout"],
        )
        self.set_source_info(node)
        self.state.document.note_implicit_target(node, node)
        return [node]


class FillHandouts(SphinxPostTransform):
    """Fills the sheets."""

    # Before references are resolved (9 and 10): a sheet links to its note.
    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        domain = cast("KochuDomain", self.env.domains["kochu"])
        for sheet in self.document.findall(kochu_handout):
            note = domain.find(sheet["key"])
            if note is None or note.kind != "caveat":
                message = f"there is no caveat '{sheet['key']}' for this handout"
                line = sheet.line or 0
                log([Problem(sheet["path"], line, Subtype.REFERENCE.value, message)])
                continue
            sheet.extend(self._sheet(domain, note))

    def _sheet(self, domain: KochuDomain, note: Annotation) -> Iterator[nodes.Node]:
        yield _row("Type and severity", f"{type_title(note.type or '')}, {note.severity}")
        for address in note.addresses:
            yield self._sentence(domain, note, address)
        if note.options.get("because"):
            yield _row("Why it matters", note.options["because"])
        for number, (task, lines) in enumerate(zip(_TASKS, _LINES, strict=True), 1):
            yield nodes.paragraph(task, task)
            room = nodes.line_block("", *(nodes.line("", "＿" * 36) for _ in range(lines)))
            place = {"exercise": f"handout-{note.key}", "question": str(number), "label": task}
            yield kochu_blank("", room, language="", lines=lines, **place)
        better = " / ".join(dict.fromkeys(a.better or "∅" for a in note.anchors if a.better is not None))
        source = "; ".join(f"{language_name(w.language)}: {w.text}" for w in note.source)
        fold = kochu_fold("", _row("The editors would write", better or "no replacement"))
        if source:
            fold += _row(f"In the source ({note.options.get('certainty', '')})", source)
        yield fold

    def _sentence(self, domain: KochuDomain, note: Annotation, address: str) -> nodes.Node:
        loaded = text_of(self.env, note.text_id)
        sentence = loaded.base.sentence(address)
        assert sentence is not None
        place = kochu_stimulus("", text_id=note.text_id, address=address, layer="", length=len(sentence.text))
        words = nodes.paragraph(
            "", f"{address} ", classes=["kx-stimulus-text", f"language-{loaded.spec.language}"]
        )
        if not domain.published(note.text_id, address):
            shown = domain.quotable(note)
            place += nodes.paragraph("", f"{address} … {shown} …")
            return place
        spans = [(a.start, a.end) for a in note.anchors if a.address == address]
        words += _marked(sentence.text, sentence.start, loaded.readings.get(address, ()), spans)
        place += words
        return place


def _marked(
    text: str, start: int, groups: tuple[Group, ...], spans: list[tuple[int, int]]
) -> Iterator[nodes.Node]:
    """Draw a sentence with furigana and with the words marked; a mark takes whole readings in."""
    borders = {0, len(text)}
    for a, b in spans:
        first, last = a - start, b - start
        for group in groups:
            if group.start < first < group.end:
                first = group.start
            if group.start < last < group.end:
                last = group.end
        borders |= {first, last}
    for first, last in pairwise(sorted(borders)):
        inside = [Group(g.start - first, g.end - first, g.reading) for g in groups if first <= g.start < last]
        drawn = words_nodes(text[first:last], 0, inside)
        marked = any(a - start < last and first < b - start for a, b in spans)
        yield from [kochu_mark("", "", *drawn, number="")] if marked else drawn


def _row(name: str, text: str) -> nodes.paragraph:
    return nodes.paragraph("", "", nodes.strong("", f"{name}:"), nodes.Text(f" {text}"))
