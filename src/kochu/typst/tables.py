"""Tables: heads, spans, widths."""

from __future__ import annotations

from docutils import nodes

from kochu.sphinx.nodes import kochu_ruby
from kochu.typst.base import Writer, classes
from kochu.typst.markup import array

__all__ = ["Tables"]

_ALIGN = {"text-left": "left", "text-center": "center", "text-right": "right"}
_SHORT, _LONG = 4, 60
"""Bounds, in characters, within which a cell's text moves the width of its column."""

_LINE = 80
"""Characters across a table."""
_WORD, _WIDE_WORD = 14, 10
"""Characters of a word that a column keeps together."""

_PAGE = 800
"""Characters of a cell that might not fit on one page."""
_FEW = 7
"""Rows of a table that is not broken: two of them on the next page look lost there."""


class Tables(Writer):
    """Visitors of tables. A table is written whole."""

    def visit_table(self, node: nodes.Element) -> None:
        caption = "none"
        for group in node.children:
            if isinstance(group, nodes.title):
                text = self.capture(group.children)
                caption = f"[{self.caption(node, 'table', text)}]"
            elif isinstance(group, nodes.tgroup):
                self._group(node, group, caption)
        raise nodes.SkipNode

    def _group(self, table: nodes.Element, group: nodes.Element, caption: str) -> None:
        head = [r for part in _parts(group, nodes.thead) for r in _parts(part, nodes.row)]
        rows = [r for part in _parts(group, nodes.tbody) for r in _parts(part, nodes.row)]
        # Tables that lists and figures made have widths for screens.
        free = "kochu-table" in table["classes"]
        widths = array(*(f"{width:.3g}fr" for width in _widths(group, [*head, *rows], free=free)))
        cells = [
            self._cell(entry, ruby=ruby)
            for row in rows
            for ruby in [next(row.findall(kochu_ruby), None) is not None]
            for entry in _parts(row, nodes.entry)
        ]
        heads = [self._cell(entry, head=True) for row in head for entry in _parts(row, nodes.entry)]
        # Only at the top of a page's flow is there a margin to reach into.
        wide = "true" if isinstance(table.parent, nodes.section) else "false"
        # A row stays on one page, unless it could be longer than one.
        texts = [entry.astext() for row in rows for entry in _parts(row, nodes.entry)]
        long = "true" if any(len(text) > _PAGE for text in texts) else "false"
        whole = "true" if len(rows) <= _FEW and sum(map(len, texts)) < 2 * _PAGE else "false"
        self.emit(
            f"\n#ruled(columns: {widths}, caption: {caption}, wide: {wide}, long: {long}, whole: {whole},"
            f" anchors: [{self.anchors(table)}], head: {array(*heads)},\n  {', '.join(cells)})\n"
        )

    def _cell(self, entry: nodes.Element, *, head: bool = False, ruby: bool = False) -> str:
        text = self.in_language(entry, self.inside(entry))
        if head:
            text = f"#strong[{text}]"
        options = [f"align: {_ALIGN[c]}" for c in classes(entry) if c in _ALIGN]
        if entry.get("morecols"):
            options.append(f"colspan: {entry['morecols'] + 1}")
        if entry.get("morerows"):
            options.append(f"rowspan: {entry['morerows'] + 1}")
        if ruby:
            # The readings stand above the line, and must not stand on the rule.
            options.append("inset: ruby-inset")
        if not options:
            return f"[{text}]"
        return f"table.cell({', '.join(options)})[{text}]"


def _parts(node: nodes.Element, kind: type[nodes.Element]) -> list[nodes.Element]:
    return [c for c in node.children if isinstance(c, kind)]


def _widths(group: nodes.Element, rows: list[nodes.Element], *, free: bool) -> list[float]:
    """Share the width: as the author said, else by what the cells hold.

    Markdown tables say nothing, and equal columns waste most of a page.
    """
    specs = _parts(group, nodes.colspec)
    given = [float(spec.get("colwidth", 1)) for spec in specs]
    spans = any(e.get("morecols") for r in rows for e in _parts(r, nodes.entry))
    if spans or (len(set(given)) > 1 and not free):
        return given
    wanted = [0.0] * len(given)
    longest = [0] * len(given)
    for row in rows:
        for index, entry in enumerate(_parts(row, nodes.entry)[: len(given)]):
            text = entry.astext()
            size = len(text) + sum("\u2e80" <= c <= "\uffef" for c in text)
            wanted[index] += min(max(size, _SHORT), _LONG)
            longest[index] = max(longest[index], *map(_room, text.split() or [""]))
    # Between equal shares and shares by length: short columns must keep their words whole.
    shares = [(size / max(len(rows), 1)) ** 0.7 for size in wanted]
    return [max(share / sum(shares) * _LINE, room) for share, room in zip(shares, longest, strict=True)]


def _room(word: str) -> int:
    """The width that a word wants for itself; Japanese breaks anywhere, but not every two signs."""
    wide = sum("\u2e80" <= c <= "\uffef" for c in word)
    return min(len(word) + wide, _WIDE_WORD if wide else _WORD)
