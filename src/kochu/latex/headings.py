"""Headings that are sentences of the text: their numbers are those of their sentences."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from kochu.sphinx.nodes import kochu_sentence

__all__ = ["NumberHeadings"]


class NumberHeadings(SphinxPostTransform):
    """Keep LaTeX from numbering a heading that has its number already.

    Section 2.1 of a book could be sentence 5.1 of the text.
    """

    formats = ("latex",)
    # Sphinx's own transforms look for the title at the beginning of its section.
    default_priority = 900

    def run(self, **kwargs: Any) -> None:
        for title in list(self.document.findall(nodes.title)):
            section = title.parent
            if isinstance(section, nodes.section) and next(title.findall(kochu_sentence), None) is not None:
                section.insert(section.index(title) + 1, _raw(r"\kochunumberson"))
                section.parent.insert(section.parent.index(section), _raw(r"\kochunumbersoff"))


def _raw(text: str) -> nodes.raw:
    return nodes.raw("", f"\n{text}\n", format="latex")
