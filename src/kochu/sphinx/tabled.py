"""Tables as document nodes, and the drawer they are kept in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
import math
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from kochu.figures.style import width

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

__all__ = ["grid", "kochu_drawer", "number", "paragraph", "register"]

_NARROW, _WIDE = 5, 40
"""Characters that a column has room for."""
_AIR = 2
"""Characters that the space between columns takes."""
_CITATION = 6
"""Characters that a citation will take, whatever its key."""


class kochu_drawer(nodes.container):  # noqa: N801 - docutils finds visitors by the class name
    """What is shown on demand where a page can do so, and always elsewhere. ``summary``."""


def grid(
    heads: Sequence[str], rows: Iterable[Sequence[Sequence[nodes.Node]]], *, classes: str = ""
) -> nodes.table:
    """Lay out a table; every cell is a list of inline nodes."""
    body = nodes.tbody("", *(_row(cells) for cells in rows))
    texts = [[_text(entry) for entry in row.children] for row in body.children]
    columns = zip(heads, *texts, strict=True)
    group = nodes.tgroup(
        "",
        # Outputs that cannot ask for the width of words share it by what stands in a column.
        *(nodes.colspec("", colwidth=_width(column)) for column in columns),
        nodes.thead("", _row([[nodes.Text(head)] for head in heads])),
        body,
        cols=len(heads),
    )
    return nodes.table("", group, classes=["kochu-table", *classes.split()])


def _row(cells: Iterable[Sequence[nodes.Node]]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *cell)) for cell in cells))


def _text(entry: nodes.Node) -> str:
    """The words of a cell, with a stand-in for each citation, which is a long key as yet."""
    keys = [x for x in entry.findall(addnodes.pending_xref) if x.get("refdomain") == "cite"]
    if not keys:
        return entry.astext()
    return " ".join("x" * _CITATION for x in keys for _ in str(x["reftarget"]).split(","))


def _width(texts: Sequence[str]) -> int:
    """Weigh the longest cell against the usual one; no word is to be broken."""
    lengths = [width(text) for text in texts]
    words = [len(word) + _AIR for text in texts for word in text.split() if width(word) == len(word)]
    usual = sum(lengths) / len(lengths)
    return max(_NARROW, *words, min(_WIDE, round(math.sqrt(max(lengths) * usual))))


def number(value: float) -> nodes.Text:
    """Write a number: whole ones without decimals, thousands apart, none as a dash."""
    if not value:
        return nodes.Text("–")
    return nodes.Text(f"{value:,.0f}" if value == int(value) else f"{value:,.1f}")


def paragraph(*parts: str | nodes.Node, classes: str = "") -> nodes.paragraph:
    """Make a paragraph of words and nodes."""
    children = [nodes.Text(part) if isinstance(part, str) else part for part in parts]
    return nodes.paragraph("", "", *children, classes=classes.split())


def _visit(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "details", "", CLASS="kochu-drawer"))
    self.body.append(f"<summary>{self.encode(node['summary'])}</summary>\n")


def _depart(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</details>\n")


def register(app: Sphinx) -> None:
    """Add the drawer; writers without one set its contents as they stand."""
    app.add_node(kochu_drawer, html=(_visit, _depart))
