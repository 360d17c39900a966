"""Put the resolved pages of a book together into one tree.

Sphinx's other one-file builders inline the pages first and resolve them then. Here it
is the other way round: :class:`~kochu.sphinx.present.Present` composes page by page
and must know which page it is on. So every page is resolved alone, its ids are made
unique by its name, and only then do the pages take the places of the toctrees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from kochu.typst.books import Book

if TYPE_CHECKING:
    from sphinx.builders import Builder

__all__ = ["PAGE", "PART", "Pages", "page_id", "without_landing"]

PAGE = "%"
"""First character of the address that the builder gives to a page."""

PART = "kochu-part"
"""Class of the section that a toctree with a caption becomes."""


def page_id(docname: str, target: str = "") -> str:
    """Name a place in a page; without a target the page itself."""
    return f"{docname}:{target}"


class Pages:
    """Resolves pages, each only once.

    Resolving twice would not do: sphinxcontrib-bibtex adds to its entries each time.

    :param builder: for whom the pages are resolved.
    :param copies: whether a page may be printed in several books.
    """

    def __init__(self, builder: Builder, *, copies: bool) -> None:
        self._builder = builder
        self._copies = copies
        self._trees: dict[str, nodes.document] = {}

    def assemble(self, book: Book) -> nodes.document:
        """Give the tree of a book: its start page and the pages below it."""
        return self._inline(book.start, {book.start, *book.without}, book.parts)

    def _inline(self, docname: str, seen: set[str], parts: tuple[str, ...] = ()) -> nodes.document:
        tree = self._page(docname)
        for toctree in list(tree.findall(addnodes.toctree)):
            if parts and toctree.get("caption") not in parts:
                toctree.parent.remove(toctree)
                continue
            files: list[nodes.Node] = []
            for included in map(str, toctree["includefiles"]):
                if included in seen:
                    continue
                seen.add(included)
                below = self._inline(included, seen)
                files.append(_file(below, included))
            toctree.replace_self(_part(toctree, files, docname))
        return tree

    def _page(self, docname: str) -> nodes.document:
        if docname not in self._trees:
            env = self._builder.env
            tree = env.get_doctree(docname)
            env.apply_post_transforms(tree, docname)
            self._builder.post_process_images(tree)
            _qualify(tree, docname)
            self._trees[docname] = tree
        tree = self._trees[docname]
        return tree.deepcopy() if self._copies else tree


def without_landing(tree: nodes.document) -> None:
    """Leave of the start page only the pages below it, and its title."""
    for section in [c for c in tree.children if isinstance(c, nodes.section)]:
        section.children = [
            child for child in section.children if isinstance(child, nodes.title) or _holds_pages(child)
        ]


def _holds_pages(node: nodes.Node) -> bool:
    return next(node.findall(addnodes.start_of_file), None) is not None


def _file(tree: nodes.document, docname: str) -> addnodes.start_of_file:
    file = addnodes.start_of_file("", docname=docname)
    file += tree.children
    return file


def _part(toctree: addnodes.toctree, files: list[nodes.Node], docname: str) -> list[nodes.Node]:
    """Head the pages of a toctree by its caption, if it has one."""
    caption = toctree.get("caption")
    if not caption or not files:
        return files
    anchor = page_id(docname, f"part-{nodes.make_id(caption)}")
    part = nodes.section("", nodes.title(caption, caption), ids=[anchor], classes=[PART])
    part += files
    return [part]


def _qualify(tree: nodes.document, docname: str) -> None:
    """Make ids and references fit for a tree of many pages."""
    for node in tree.findall(nodes.Element):
        if node.get("ids"):
            node["ids"] = [page_id(docname, name) for name in node["ids"]]
        if "refid" in node:
            node["refid"] = page_id(docname, node["refid"])
        elif isinstance(node, nodes.reference) and node.get("refuri", "").startswith(PAGE):
            page, _, target = node["refuri"].removeprefix(PAGE).partition("#")
            node["refid"] = page_id(page, target)
    top = next(iter(tree.findall(nodes.section)), None)
    (tree if top is None else top)["ids"].append(page_id(docname))
