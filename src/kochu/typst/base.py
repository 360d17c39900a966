"""What every part of the Typst writer shares: the output so far, labels, languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.docutils import SphinxTranslator

from kochu.sphinx.nodes import kochu_diff
from kochu.text.problems import Subtype
from kochu.typst.books import Book
from kochu.typst.japanese import Setting
from kochu.typst.markup import escape, label, string

if TYPE_CHECKING:
    from sphinx.builders import Builder

__all__ = ["SUBTYPE", "Plan", "UnknownNodeError", "Writer", "classes", "elements", "language", "names"]

logger = logging.getLogger(__name__)

SUBTYPE = Subtype.PDF.value
"""Subtype of the warnings about what a PDF cannot show."""


class UnknownNodeError(SphinxError):
    """A node that the writer cannot print. Leaving it out would lose the author's words."""

    category = "Typst error"


@dataclass(frozen=True)
class Plan:
    """What the writer has to know about the whole book before it writes a page of it.

    :param book: what is printed, and how.
    :param places: ids of all places in the book.
    :param moved: ids of places that are gone, and where to go instead.
    :param wanted: ids to which something refers; only these become labels.
    :param landmarks: ids of sections and notes, each with the address of the sentence
        under which it stands, if any; a reference to one is printed with its page number.
    :param versions: names of the layers that stand under a sentence, by text.
    :param images: file name in the output folder, by file name in the source.
    :param settings: how a ruby or note reference is set, by ``id()`` of its node.
    :param website: where the edition is published, for references out of the book.
    """

    book: Book
    places: AbstractSet[str]
    moved: Mapping[str, str] = field(default_factory=dict)
    wanted: AbstractSet[str] = frozenset()
    landmarks: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, AbstractSet[str]] = field(default_factory=dict)
    images: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[int, Setting] = field(default_factory=dict)
    website: str = ""

    def find(self, target: str) -> str | None:
        """Find the label of a place, or nothing if the book does not hold it."""
        while target in self.moved:
            target = self.moved[target]
        return target if target in self.places else None


class Writer(SphinxTranslator):
    """The output so far, and how to add to it.

    Extensions add nodes of their own as they do for other builders,
    ``app.add_node(node, typst=(visit, depart))``, and append to ``self.body``.
    """

    plan: Plan

    def __init__(self, document: nodes.document, builder: Builder) -> None:
        super().__init__(document, builder)
        self.body: list[str] = []
        self.strong = 0
        # The sentence whose notes are being written; notes near by need no page number.
        self.address: str | None = None
        # Whether references to notes and sections give their pages.
        self.pages = True
        self._written: set[str] = set()

    def emit(self, text: str) -> None:
        """Add to the output."""
        self.body.append(text)

    def capture(self, children: Iterable[nodes.Node]) -> str:
        """Write nodes apart and give what was written."""
        outer, self.body = self.body, []
        for child in children:
            child.walkabout(self)
        inner, self.body = self.body, outer
        return "".join(inner).strip("\n")

    def inside(self, node: nodes.Element) -> str:
        """Write the children of a node apart; an only paragraph becomes its words."""
        seen = [c for c in node.children if not isinstance(c, nodes.comment)]
        only = seen[0] if len(seen) == 1 else None
        if isinstance(only, nodes.paragraph) and type(only) in (nodes.paragraph, kochu_diff):
            return self.anchors(only) + self.in_language(only, self.capture(only.children))
        return self.capture(seen)

    def anchors(self, node: nodes.Element) -> str:
        """Write the labels of a node, those that something refers to."""
        return "".join(f"#anchor({string(name)});" for name in self.labels(node))

    def labels(self, node: nodes.Element) -> list[str]:
        """Names to be written at a node. A name twice would be an error in Typst."""
        wanted = self.plan.wanted - self._written
        new = [name for name in names(node) if name in wanted]
        self._written.update(new)
        return new

    def link(self, target: str, text: str) -> str:
        """Write a link to a place in the book; only its words if the book lacks the place."""
        place = self.plan.find(target)
        return f"#link({label(place)})[{text}];" if place else text

    def in_language(self, node: nodes.Element, text: str) -> str:
        """Mark the language of a node's words, as docutils' classes give it."""
        tag = language(node)
        if tag is None:
            return text
        weight = ", bold: true" if self.strong else ""
        return f"#lang({string(tag)}{weight})[{text}];"

    def caption(self, node: nodes.Element, kind: str, text: str) -> str:
        """Put Sphinx's own number before a caption, so that all outputs agree."""
        for name in names(node):
            page, _, target = name.partition(":")
            numbers = self.builder.env.toc_fignumbers.get(page, {}).get(kind, {})
            if target in numbers:
                number = ".".join(map(str, numbers[target]))
                shown = escape(self.config.numfig_format[kind] % number)
                return f"#strong[{shown}] {text}"
        return text

    def far(self, place: str | None) -> bool:
        """Whether a reference to a place gives its page."""
        raise NotImplementedError

    def warn(self, node: nodes.Node, message: str) -> None:
        """Warn of what a PDF cannot show."""
        logger.warning(message, type="kochu", subtype=SUBTYPE, location=node)

    def unknown_visit(self, node: nodes.Node) -> None:
        """Refuse a node that no visitor knows.

        :raises UnknownNodeError: always.
        """
        place = f"{node.source or self.document.get('source')}:{node.line or '?'}"
        message = (
            f"{place}: the PDF writer does not know the node '{type(node).__name__}'; "
            "add it with app.add_node(..., typst=(visit, depart))"
        )
        raise UnknownNodeError(message)

    def pass_through(self, node: nodes.Element) -> None:
        """Write the children of a node and nothing of its own, but its labels."""
        self.emit(self.anchors(node))

    def nothing(self, node: nodes.Node) -> None:
        """Write nothing at the end of a node."""

    def skip(self, node: nodes.Node) -> None:
        """Leave out a node that has nothing for readers.

        :raises docutils.nodes.SkipNode: always.
        """
        raise nodes.SkipNode


def classes(node: nodes.Node) -> list[str]:
    """The classes of a node; text has none."""
    return list(node.get("classes", ())) if isinstance(node, nodes.Element) else []


def elements(node: nodes.Node) -> list[nodes.Element]:
    """The children of a node that are not text or comments."""
    return [c for c in node.children if isinstance(c, nodes.Element) and not isinstance(c, nodes.comment)]


def names(node: nodes.Node) -> list[str]:
    """The ids of a node; text has none."""
    return list(node.get("ids", ())) if isinstance(node, nodes.Element) else []


def language(node: nodes.Element) -> str | None:
    """The language of a node, from a class such as ``language-ja``."""
    for name in classes(node):
        if name.startswith("language-"):
            return name.removeprefix("language-")
    return None
