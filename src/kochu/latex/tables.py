"""Tables: columns as wide as their cells want, and breaks between pages.

Sphinx leaves widths to ``tabulary``, which knows neither long words nor the end of the page;
tables of more than thirty rows it divides into columns of one width.
"""

from __future__ import annotations

import math
import re
from typing import Any
import unicodedata

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from kochu.latex.words import breakable
from kochu.sphinx.nodes import ancestors, kochu_ruby

__all__ = ["FitTables", "column_widths", "width_of"]

_LINE = 49.0
"""Width of the page's text, in em of the size of tables."""
_GAP = 1.4
"""Width between two columns."""
_WIDEST_WORD = 14.0
"""A word wider than this is broken rather than given a column."""
_LINES = 14
"""Lines of a table that is not broken: half of it on the next page would look lost there."""
_WHOLE = (nodes.Admonition, nodes.figure, nodes.footnote, nodes.sidebar, nodes.table, nodes.topic)
"""What a table that breaks may not stand in."""

_BREAK = re.compile(r"\s+|\u200b|(?<=[-–—])")


class FitTables(SphinxPostTransform):
    """Say how wide the columns are, where the author has not."""

    formats = ("latex",)
    # After references have their words.
    default_priority = 950

    def run(self, **kwargs: Any) -> None:
        for table in list(self.document.findall(nodes.table)):
            _make_room(table)
            cells = _cells(table)
            before = table.previous_sibling()
            if not cells or isinstance(before, addnodes.tabular_col_spec):
                continue
            given = "colwidths-given" in table["classes"] and "kochu-table" not in table["classes"]
            widths = _given(table) if given else column_widths(cells)
            if not given:
                table["classes"] = [name for name in table["classes"] if name != "colwidths-given"]
                spec = addnodes.tabular_col_spec()
                spec["spec"] = "".join(
                    rf"\X{{{round(100 * (width + _GAP))}}}{{{round(100 * (_LINE + _GAP))}}}"
                    for width in widths
                )
                table.parent.insert(table.parent.index(table), spec)
            inside = any(isinstance(node, _WHOLE) for node in ancestors(table))
            if not inside and _height(cells, widths) > _LINES:
                table["classes"].append("longtable")


def width_of(text: str) -> float:
    """About how wide a text is, in em.

    >>> width_of("国防相"), round(width_of("minister"), 1)
    (3.0, 3.4)
    """
    return sum(map(_width, text))


def _width(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.0
    if sign == "\u200b":
        return 0.0
    if sign in " .,:;'’|!ijl":
        return 0.3
    # Capitals, and the letters of Greek and Cyrillic, are wider.
    return 0.47 if sign < "\u0250" and not sign.isupper() else 0.62


def column_widths(cells: list[list[str]]) -> list[float]:
    """Widths of the columns, in em, for rows of cells.

    A table that fits is as wide as its cells. In one that does not, no column is narrower
    than its longest word, and long texts share the rest.

    >>> column_widths([["a", "国"], ["bb", "国防"]])
    [2.0, 2.5]
    >>> long = "a long sentence " * 20
    >>> narrow, wide = column_widths([["1.1", long], ["1.2", long]])
    >>> narrow < 3 < 40 < wide
    True
    """
    columns = list(zip(*cells, strict=True))
    room = _LINE - _GAP * (len(columns) - 1)
    whole = [max(2.0, *(width_of(text) + 0.5 for text in column)) for column in columns]
    if sum(whole) <= room:
        return whole
    least = [max(2.0, min(_WIDEST_WORD, max(map(_longest, column)) + 0.5)) for column in columns]
    rest = room - sum(least)
    if rest <= 0:
        return [width * room / sum(least) for width in least]
    # By the square root of the text: twice the text does not want twice the width.
    wants = [
        math.sqrt(sum(map(width_of, column)) / len(column)) if most > word else 0.0
        for column, word, most in zip(columns, least, whole, strict=True)
    ]
    widths = list(least)
    for _ in columns:
        open_ = [i for i, most in enumerate(whole) if widths[i] < most - 0.01 and wants[i]]
        if rest < 0.1 or not open_:
            break
        total = sum(wants[i] for i in open_)
        shares = {i: min(rest * wants[i] / total, whole[i] - widths[i]) for i in open_}
        for i, share in shares.items():
            widths[i] += share
        rest -= sum(shares.values())
    return widths


def _longest(text: str) -> float:
    words = _BREAK.split(breakable(text))
    # Japanese breaks anywhere, but hardly after one sign.
    return max((min(width_of(word), 3.0) if _is_wide(word) else width_of(word) for word in words), default=0)


def _is_wide(word: str) -> bool:
    return any(unicodedata.east_asian_width(sign) in "WF" for sign in word)


def _height(cells: list[list[str]], widths: list[float]) -> int:
    """About how many lines a table has."""
    return sum(
        max(math.ceil(width_of(text) / width) for text, width in zip(row, widths, strict=True))
        for row in cells
    )


def _make_room(table: nodes.table) -> None:
    """Keep readings off the rule above their row."""
    for entry in table.findall(nodes.entry):
        paragraph = next(entry.findall(nodes.paragraph), None)
        if paragraph is not None and next(paragraph.findall(kochu_ruby), None) is not None:
            paragraph.insert(0, nodes.raw("", r"\kochurubystrut{}", format="latex"))


def _given(table: nodes.table) -> list[float]:
    widths = [float(spec["colwidth"]) for spec in table.findall(nodes.colspec)]
    return [_LINE * width / sum(widths) for width in widths]


def _cells(table: nodes.table) -> list[list[str]]:
    """The texts of a table, by rows; none if cells span several."""
    count = len(list(table.findall(nodes.colspec)))
    rows = []
    for row in table.findall(nodes.row):
        entries = [child for child in row.children if isinstance(child, nodes.entry)]
        if any(entry.get("morecols") or entry.get("morerows") for entry in entries):
            return []
        rows.append([entry.astext() for entry in entries])
    return rows if all(len(row) == count for row in rows) else []
