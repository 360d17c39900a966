"""What a link shows before it is followed: notes, terms, sentences, citations."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

__all__ = ["NoTitles"]


class NoTitles(SphinxPostTransform):
    """Take the ``title`` off citations.

    A tooltip is out of reach for keyboards and fingers, and the whole reference in
    every place that cites it is a quarter of a reading page's weight.
    """

    # Behind ReferencesResolver (10), which writes them.
    default_priority = 20
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Walk the page."""
        for reference in self.document.findall(nodes.reference):
            if "bibtex-citation" in reference.parent.get("classes", ()):
                reference.attributes.pop("reftitle", None)
