"""How an e-book shows the notes on a sentence: as footnotes, which reading systems pop up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from docutils import nodes

from kochu.sphinx import nodes as kn

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator

    Visitor = Callable[[HTML5Translator, nodes.Element], None]

__all__ = ["VISITORS"]


def _visit_notes(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "div", "", CLASS="kochu-notes"))


def _depart_notes(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</div>\n")


def _visit_note(self: HTML5Translator, node: nodes.Element) -> None:
    attributes: dict[str, Any] = {"epub:type": "footnote", "role": "doc-footnote"}
    self.body.append(self.starttag(node, "aside", "", CLASS=f"kochu-note k-{node['kind']}", **attributes))


def _depart_note(self: HTML5Translator, node: nodes.Element) -> None:
    """Lead back to the sentence, for systems that follow a note reference as any link."""
    number = _number(node)
    if number is not None:
        words = number.astext()
        self.body.append(
            f'<p class="kochu-back"><a role="doc-backlink" href="#{number["refid"]}" '
            f'aria-label="Back to sentence {words}">↩ {words}</a></p>'
        )
    self.body.append("</aside>\n")


def _number(note: nodes.Element) -> nodes.Element | None:
    """The number of the sentence under which a note stands."""
    place: Any = note.parent
    while place is not None and not isinstance(place, kn.kochu_unit):
        place = place.parent
    if place is None:
        return None
    # A sentence that is a heading stands above its unit.
    around = [place, *([place.parent.parent] if place.get("titled") else [])]
    return next((number for part in around for number in part.findall(kn.kochu_number)), None)


def _visit_title(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "p", ""))


def _depart_title(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</p>\n")


def _visit_break(self: HTML5Translator, node: nodes.Element) -> None:
    raise nodes.SkipNode


VISITORS: dict[type[nodes.Element], tuple[Visitor, Visitor]] = {
    kn.kochu_notes: (_visit_notes, _depart_notes),
    kn.kochu_note: (_visit_note, _depart_note),
    kn.kochu_title: (_visit_title, _depart_title),
    kn.kochu_break: (_visit_break, _depart_title),
}
