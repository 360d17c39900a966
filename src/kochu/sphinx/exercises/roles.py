"""``{ruby}`強化|きょうか```: furigana in an author's own words."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from kochu.sphinx.nodes import kochu_rt, kochu_ruby

__all__ = ["Ruby"]


class Ruby(SphinxRole):
    """A base and its reading, separated by a vertical bar."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        base, bar, reading = self.text.partition("|")
        if not (base and bar and reading):
            message = self.inliner.reporter.error("write {ruby}`base|reading`", line=self.lineno)
            return [nodes.Text(self.text)], [message]
        return [kochu_ruby("", "", nodes.Text(base), kochu_rt(reading, reading), level="")], []
