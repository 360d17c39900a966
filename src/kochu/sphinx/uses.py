"""Who uses a term: links to it, noted by the page and the annotation they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from docutils import nodes
from sphinx import addnodes

from kochu.sphinx.nodes import kochu_annotation

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from kochu.sphinx.domain import KochuDomain

__all__ = ["note_uses"]


def note_uses(app: Sphinx, doctree: nodes.document) -> None:
    """Note the terms that a page links to (handler of ``doctree-read``)."""
    domain = cast("KochuDomain", app.env.domains["kochu"])
    links = doctree.findall(addnodes.pending_xref)
    found = ((str(x["reftarget"]).casefold(), _key(x)) for x in links if x["reftype"] == "term")
    domain.note_uses(app.env.current_document.docname, tuple(dict.fromkeys(found)))


def _key(link: nodes.Node) -> str:
    """The key of the annotation around a link; none on a bare page."""
    node: nodes.Node | None = link
    while node is not None and not isinstance(node, kochu_annotation):
        node = node.parent
    return str(node["key"]) if node is not None else ""
