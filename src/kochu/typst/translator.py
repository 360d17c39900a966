"""The writer as a whole: a book's tree in, Typst out."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from kochu.sphinx.nodes import kochu_base, kochu_line, kochu_number, kochu_sentence
from kochu.typst.apparatus import Apparatus
from kochu.typst.base import Writer
from kochu.typst.blocks import Blocks
from kochu.typst.inlines import Inlines
from kochu.typst.japanese import base_text
from kochu.typst.lists import Lists
from kochu.typst.markup import escape, label, plain, string
from kochu.typst.media import Media
from kochu.typst.tables import Tables
from kochu.typst.tree import PART

__all__ = ["TypstTranslator"]

_SHORT = 1800
"""Characters below which a chapter does not begin a new page."""
_BOLD = 2
"""The rank of headings that `template.typ` sets in heavier type."""


class TypstTranslator(Apparatus, Inlines, Blocks, Lists, Tables, Media, Writer):
    """Writes a book. A node that no visitor knows raises :class:`UnknownNodeError`."""

    def __init__(self, document: nodes.document, builder: object) -> None:
        super().__init__(document, builder)  # type: ignore[arg-type]
        self.footnotes = {  # type: ignore[misc]
            name: note for note in document.findall(nodes.footnote) for name in note["ids"]
        }
        self._depth = 0
        self._rank = -1
        self._last_level = 0
        self._title: nodes.section | None = None
        self._short_before = False

    def visit_document(self, node: nodes.Element) -> None:
        """Find the section that is the book itself: its title stands on the title page."""
        sections = [c for c in node.children if isinstance(c, nodes.section)]
        self._title = sections[0] if len(sections) == 1 else None
        self.emit(self.anchors(node))

    depart_document = Writer.nothing
    visit_start_of_file = Writer.pass_through
    depart_start_of_file = Writer.nothing

    def visit_section(self, node: nodes.Element) -> None:
        if node is self._title:
            self.emit(self.anchors(node))
            return
        self._depth += 1
        self._rank += PART not in node["classes"]

    def depart_section(self, node: nodes.Element) -> None:
        if node is not self._title:
            self._depth -= 1
            self._rank -= PART not in node["classes"]

    def visit_title(self, node: nodes.Element) -> None:
        section = node.parent
        if section is self._title:
            raise nodes.SkipNode
        is_part = PART in section["classes"]
        # PDF/UA forbids to skip a level.
        level = self._last_level = min(self._depth, self._last_level + 1)
        rank = -1 if is_part else self._rank
        number = self._number(section)
        options = [
            f"level: {level}",
            f"rank: {rank}",
            f"title: {string(number + plain(base_text(node)).strip())}",
        ]
        if _repeats(section, node):
            options.append("listed: false")
        if self._opens(section, is_part=is_part):
            options.append("opens: true")
        first, *others = self.labels(section) or [""]
        if first:
            options.append(f"target: {label(first)}")
        if address := _address(node):
            options.append(f"address: {string(address)}")
        more = "".join(f"#anchor({string(name)});" for name in others) + self.anchors(node)
        sentence = next(node.findall(kochu_sentence), None)
        self.strong += rank == _BOLD
        # The number of a sentence stands in the margin.
        text = self.capture(c for c in node.children if not isinstance(c, kochu_number))
        if sentence is not None:
            text = self.in_language(sentence, text)
        self.strong -= rank == _BOLD
        self.emit(f"\n#section({', '.join(options)})[{more}{escape(number)}{text}]\n")
        raise nodes.SkipNode

    def headline(self, node: nodes.Element) -> None:
        """Write a line of the text that is a heading above another heading."""
        number, *words = node.children
        self._last_level = min(self._depth + 1, self._last_level + 1)
        options = [
            f"level: {self._last_level}",
            f"rank: {self._rank + 1}",
            f"title: {string(plain(base_text(node)).strip())}",
            f"address: {string(number.astext())}",
        ]
        following = node.parent.parent.next_node(descend=False, siblings=True)
        if not (isinstance(following, nodes.section) and _repeats(following, following[0])):
            options.append("listed: false")
        text = self.in_language(node, self.capture(words))
        self.emit(f"\n#section({', '.join(options)})[{self.anchors(node)}{text}]\n")

    def _number(self, section: nodes.Element) -> str:
        """The number that ``:numbered:`` gives a section."""
        for name in section["ids"]:
            page, _, target = name.partition(":")
            numbers = self.builder.env.toc_secnumbers.get(page, {})
            # Sphinx numbers a page itself under the empty name.
            for key in (f"#{target}", "" if target == "" else None):
                if key is not None and key in numbers:
                    return ".".join(map(str, numbers[key])) + str(self.config.html_secnumber_suffix)
        return ""

    def _opens(self, section: nodes.Element, *, is_part: bool) -> bool:
        """Whether a section begins a page: parts do, and chapters of some length."""
        if is_part:
            self._short_before = True
            return True
        if self._rank:
            return False
        short = len(section.astext()) < _SHORT
        opens = not (short and self._short_before)
        self._short_before = short
        # The first chapter of a part stands below the part's title.
        before = section.parent.parent if isinstance(section.parent, addnodes.start_of_file) else None
        first = isinstance(before, nodes.Element) and PART in before.get("classes", ())
        return opens and not (first and before is not None and before.index(section.parent) == 1)


def _repeats(section: nodes.Element, title: nodes.Node) -> bool:
    """Whether a section's title says again what the line before it says, a headline."""
    siblings = section.parent.children if section.parent is not None else []
    at = siblings.index(section) if section in siblings else 0
    before = siblings[at - 1] if at else None
    if not (isinstance(before, kochu_line) and "kochu-heading" in before["classes"]):
        return False
    return any(base_text(base).strip() == base_text(title).strip() for base in before.findall(kochu_base))


def _address(title: nodes.Element) -> str:
    """The number of the sentence that is a section's title."""
    number = next(title.findall(kochu_number), None)
    return number.astext() if number is not None else ""
