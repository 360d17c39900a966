"""Tables: heads, spans, widths."""

from __future__ import annotations

from docutils import nodes

from kochu.sphinx.nodes import kochu_ruby
from kochu.typst.base import Writer, classes
from kochu.typst.japanese import base_text
from kochu.typst.markup import array
from kochu.typst.widths import PAGE, TEXT, Column, Share, kept, shared

__all__ = ["Tables"]

_ALIGN = {"text-left": "left", "text-center": "center", "text-right": "right"}
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
        # Only at the top of a page's flow is there a margin to reach into.
        reaches = isinstance(table.parent, nodes.section)
        # Tables that lists and figures made have widths for screens.
        free = "kochu-table" in table["classes"]
        given = [float(spec.get("colwidth", 1)) for spec in _parts(group, nodes.colspec)]
        shares = self._shares(given, head, rows, free=free, room=PAGE if reaches else TEXT)
        widths = array(*(f"{width:.4g}fr" for width in [share.width for share in shares] or given))
        tight = {(row, column) for column, share in enumerate(shares) for row in share.tight}
        cells = [
            self._cell(entry, ruby=ruby, tight=(number, column) in tight)
            for number, row in enumerate(rows)
            for ruby in [next(row.findall(kochu_ruby), None) is not None]
            for column, entry in enumerate(_parts(row, nodes.entry))
        ]
        heads = [self._cell(entry, head=True) for row in head for entry in _parts(row, nodes.entry)]
        wide = "true" if reaches else "false"
        # A row stays on one page, unless it could be longer than one.
        texts = [entry.astext() for row in rows for entry in _parts(row, nodes.entry)]
        long = "true" if any(len(text) > _PAGE for text in texts) else "false"
        whole = "true" if len(rows) <= _FEW and sum(map(len, texts)) < 2 * _PAGE else "false"
        # Of words in cells that span columns one cannot tell which must be broken.
        breaks = "" if shares else "hyphenate: true, "
        self.emit(
            f"\n#ruled(columns: {widths}, {breaks}caption: {caption}, wide: {wide}, long: {long},"
            f" whole: {whole}, anchors: [{self.anchors(table)}], head: {array(*heads)},\n"
            f"  {', '.join(cells)})\n"
        )

    def _shares(
        self,
        given: list[float],
        head: list[nodes.Element],
        rows: list[nodes.Element],
        *,
        free: bool,
        room: float,
    ) -> list[Share]:
        """Share the width as the author said, else by what the cells hold; nothing if cells span.

        Markdown tables say nothing, and equal columns waste most of a page.
        """
        lines = [[self._told(entry) for entry in _parts(row, nodes.entry)] for row in (*head, *rows)]
        table = lines if head else [[""] * len(given), *lines]
        spans = any(e.get("morecols") or e.get("morerows") for r in rows for e in _parts(r, nodes.entry))
        if spans or len(head) > 1:
            return []
        columns = [Column(first, cells) for first, *cells in zip(*table, strict=True)]
        return shared(columns, room) if free or len(set(given)) == 1 else kept(columns, given, room)

    def _told(self, node: nodes.Node) -> str:
        """What a cell will say: with the pages of references, without readings above."""
        if isinstance(node, nodes.Text):
            return str(node)
        if isinstance(node, kochu_ruby):
            return base_text(node)
        text = "".join(map(self._told, node.children))
        if isinstance(node, nodes.reference) and "refid" in node and self.far(self.plan.find(node["refid"])):
            return f"{text} (p.\u00a0000)"
        return text

    def _cell(
        self, entry: nodes.Element, *, head: bool = False, ruby: bool = False, tight: bool = False
    ) -> str:
        text = self.in_language(entry, self.inside(entry))
        if head:
            text = f"#strong[{text}]"
        elif tight:
            text = f"#tight[{text}]"
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
