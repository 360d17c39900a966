"""Put the costly part of a page off to the process that writes it.

With ``-j`` Sphinx writes pages in several processes but resolves them all in the first
one, and an edition's work lies in resolving: notes are copied, sentences composed,
hundreds of references looked up. So a page of an edition is taken out of its document
before the other transforms see it, and comes back, to be resolved there, when another
process begins to write it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from kochu.sphinx.nodes import kochu_annotation, kochu_held, kochu_list, kochu_unit

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.writers.html5 import HTML5Translator

__all__ = ["Hold", "register"]

_COSTLY = kochu_unit | kochu_annotation | kochu_list
_NEEDED = nodes.image | nodes.figure | addnodes.toctree
"""What the first process itself must see: it copies pictures and resolves tables of contents."""

_RELEASED = "kochu_released"


class Hold(SphinxPostTransform):
    """Hold a page back when several processes write."""

    # Before all others, so that none does its work twice.
    default_priority = 1
    builders = ("html", "dirhtml")

    def run(self, **kwargs: Any) -> None:
        """Take the content out of the document."""
        if self.env._app.parallel < 2 or _RELEASED in self.document:
            return
        if _any(self.document, _NEEDED) or not _any(self.document, _COSTLY):
            return
        held = kochu_held()
        held.content = self.document.children
        self.document.children = []
        self.document += held


def _any(document: nodes.document, classes: Any) -> bool:
    return next(document.findall(lambda node: isinstance(node, classes)), None) is not None


def _release(self: HTML5Translator, node: nodes.Element) -> None:
    """Resolve the page in place and write it, in the process that writes."""
    assert isinstance(node, kochu_held)
    document = node.document
    assert document is not None
    document[_RELEASED] = True
    document.children = []
    document += list(node.content)
    self.builder.env.apply_post_transforms(document, self.builder.current_docname)
    for child in document.children:
        child.walkabout(self)
    raise nodes.SkipNode


def _one_more(app: Sphinx, builder: Builder) -> None:
    """Let one more process write (handler of ``write-started``).

    Sphinx counts the first one among those that were asked for, as it has so much to
    resolve; with the pages held back it has not.
    """
    if app.parallel > 1 and builder.name in Hold.builders:
        app.parallel += 1


def register(app: Sphinx) -> None:
    """Register the node, the transform and the handler."""
    app.connect("write-started", _one_more)
    app.add_node(kochu_held, html=(_release, None))
    app.add_post_transform(Hold)
