"""The prose of annotations, fetched from the pages where it was written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join

from kochu.sphinx.nodes import kochu_annotation

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from kochu.apparatus.model import Annotation

__all__ = ["Bodies"]


class Bodies:
    """Gives copies of annotation bodies, as they were read.

    :param env: the environment, when all pages have been read.
    """

    def __init__(self, env: BuildEnvironment) -> None:
        self._env = env
        # A reading page asks for the same few commentary pages again and again.
        self._page = lru_cache(maxsize=64)(self._load)

    def _load(self, docname: str) -> Mapping[str, kochu_annotation]:
        return collect(self._env.get_doctree(docname))

    def copy(self, note: Annotation, docname: str, here: Mapping[str, kochu_annotation]) -> list[nodes.Node]:
        """Copy the prose of an annotation for use on another page.

        :param docname: the page that will hold the copy.
        :param here: annotations written on that page itself, not yet presented.
        """
        source = here.get(note.key) or self._page(note.docname).get(note.key)
        if source is None:
            return []
        copies = [child.deepcopy() for child in source.children]
        for child in copies:
            _move(child, note.docname, docname)
        return copies


def collect(doctree: nodes.document) -> dict[str, kochu_annotation]:
    """Find the annotations written on a page."""
    return {node["key"]: node for node in doctree.findall(kochu_annotation)}


def _move(tree: nodes.Node, home: str, docname: str) -> None:
    """Make a copy at home on another page: no ids twice, links relative to it."""
    for node in tree.findall(nodes.Element):
        node["ids"] = []
        node["names"] = []
        if isinstance(node, addnodes.pending_xref):
            if node.get("reftype") == "doc" and not node["reftarget"].startswith("/"):
                node["reftarget"] = "/" + docname_join(home, node["reftarget"])
            node["refdoc"] = docname
