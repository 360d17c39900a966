"""Bibliographies where the author put them.

Sphinx gathers all entries into one list at the end of the book, which leaves the headings
of a divided bibliography with nothing below them.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.builders.latex.nodes import thebibliography
from sphinx.transforms.post_transforms import SphinxPostTransform

__all__ = ["HoldSources", "PlaceSources"]


class _Held(nodes.General, nodes.Element):
    """Place of entries, which are not among the children, where Sphinx would find them."""

    entries: thebibliography


class HoldSources(SphinxPostTransform):
    """Take the entries out, list by list."""

    formats = ("latex",)
    default_priority = 749

    def run(self, **kwargs: Any) -> None:
        held: _Held | None = None
        for entry in list(self.document.findall(nodes.citation)):
            parent = entry.parent
            place = parent.index(entry)
            if held is None or place == 0 or parent[place - 1] is not held:
                held = _Held()
                held.entries = thebibliography()
                parent.insert(place, held)
            parent.remove(entry)
            held.entries += entry


class PlaceSources(SphinxPostTransform):
    """Put them back, as lists without a heading of their own."""

    formats = ("latex",)
    default_priority = 751

    def run(self, **kwargs: Any) -> None:
        for held in list(self.document.findall(_Held)):
            begin, end = (
                nodes.raw("", rf"\{word}{{kochubibliography}}" + "\n", format="latex")
                for word in ("begin", "end")
            )
            held.replace_self([begin, held.entries, end])
