"""Paragraphs, quotations, admonitions and the boxes of sphinx-design."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from docutils import nodes
from sphinx.locale import admonitionlabels

from kochu.typst.base import Writer, elements
from kochu.typst.markup import escape

__all__ = ["Blocks"]


class Blocks(Writer):
    """Visitors of block nodes that hold prose."""

    def visit_paragraph(self, node: nodes.Element) -> None:
        if len(node.children) == 1 and isinstance(node.children[0], nodes.image):
            # A picture alone in a paragraph stands alone on paper, too.
            self.emit(self.anchors(node) + self.capture(node.children))
            raise nodes.SkipNode
        text = self.in_language(node, self.capture(node.children).strip())
        if text:
            self.emit(f"\n#par[{self.anchors(node)}{text}]\n")
        raise nodes.SkipNode

    visit_attribution = visit_compact_paragraph = visit_paragraph

    def visit_centered(self, node: nodes.Element) -> None:
        self.emit(f"\n#align(center)[{self.capture(node.children)}]\n")
        raise nodes.SkipNode

    def visit_rubric(self, node: nodes.Element) -> None:
        self.emit(f"\n#rubric[{self.anchors(node)}{self.capture(node.children)}]\n")
        raise nodes.SkipNode

    def visit_transition(self, node: nodes.Element) -> None:
        # MyST rules off its footnotes; here they stand at the foot of their page.
        if "footnotes" not in node["classes"]:
            self.emit("\n#transition()\n")
        raise nodes.SkipNode

    def visit_block_quote(self, node: nodes.Element) -> None:
        said = [c for c in node.children if not isinstance(c, nodes.attribution)]
        whose = [c for c in node.children if isinstance(c, nodes.attribution)]
        text = self.in_language(node, self.capture(said))
        by = "".join(f"[{self.capture(who.children)}]" for who in whose) or "none"
        self.emit(f"\n#saying(by: {by})[{self.anchors(node)}{text}]\n")
        raise nodes.SkipNode

    def visit_line_block(self, node: nodes.Element) -> None:
        lines = "".join(self._lines(node, 0))
        self.emit(f"\n#par(justify: false)[{self.anchors(node)}{lines}]\n")
        raise nodes.SkipNode

    def _lines(self, block: nodes.Element, depth: int) -> list[str]:
        found: list[str] = []
        for line in block.children:
            if isinstance(line, nodes.line_block):
                found += self._lines(line, depth + 1)
            elif isinstance(line, nodes.Element):
                indent = f"#h({2 * depth}em);" if depth else ""
                found.append(f"{indent}{self.capture(line.children)}#linebreak();")
        return found

    # -- boxes with a title -------------------------------------------------------------

    def _boxed(self, node: nodes.Element, title: str, function: str = "admonition") -> None:
        body = self.in_language(node, self.capture(node.children))
        self.emit(f"\n#{function}([{title}])[{self.anchors(node)}\n{body}\n]\n")
        raise nodes.SkipNode

    def _titled(self, node: nodes.Element, function: str) -> None:
        """A box whose first child is its title."""
        title = ""
        if node.children and isinstance(node.children[0], nodes.title | nodes.rubric):
            title = self.capture(node.children.pop(0).children)
        self._boxed(node, title, function)

    def visit_admonition(self, node: nodes.Element) -> None:
        self._titled(node, "admonition")

    def _named(self, node: nodes.Element) -> None:
        name = node.tagname
        self._boxed(node, escape(str(admonitionlabels.get(name, name.title()))))

    visit_attention = visit_caution = visit_danger = visit_error = visit_hint = _named
    visit_important = visit_note = visit_tip = visit_warning = visit_seealso = _named
    visit_system_message = _named

    def visit_topic(self, node: nodes.Element) -> None:
        self._titled(node, "panel")

    visit_sidebar = visit_topic

    def visit_versionmodified(self, node: nodes.Element) -> None:
        self.emit(f"\n#changed[{self.capture(node.children)}]\n")
        raise nodes.SkipNode

    # -- containers: what a class or a component of sphinx-design makes of them -----------

    def visit_container(self, node: nodes.Element) -> None:
        component = node.get("design_component", "")
        found = self._components.get(component)
        if found:
            found(self, node)
        elif "literal-block-wrapper" in node["classes"]:
            self._code_with_caption(node)
        elif node.children and all(isinstance(c, nodes.citation) for c in node.children):
            self.emit(f"\n#bibliography-list[{self.anchors(node)}{self.capture(node.children)}]\n")
        else:
            text = self.in_language(node, self.capture(node.children))
            self.emit(f"\n{self.anchors(node)}{text}\n")
        raise nodes.SkipNode

    visit_compound = visit_aside_main = visit_container

    def _card(self, node: nodes.Element) -> None:
        self.emit(f"\n#card[{self.anchors(node)}{self.capture(node.children)}]\n")

    def _card_title(self, node: nodes.Element) -> None:
        words = [word for holder in node.children for word in holder.children]
        self.emit(f"\n#rubric[{self.capture(words)}]\n")

    def _panel(self, node: nodes.Element) -> None:
        self._titled(node, "panel")

    def _tiles(self, node: nodes.Element) -> None:
        cells = ", ".join(f"[{self.inside(c)}]" for c in elements(node))
        self.emit(f"\n#tiles({cells})\n")

    def _code_with_caption(self, node: nodes.Element) -> None:
        caption, *code = node.children
        self.emit(f"\n#listing([{self.capture([caption])}])[{self.capture(code)}]\n")

    _components: ClassVar[dict[str, Callable[[Blocks, nodes.Element], None]]] = {
        "card": _card,
        "card-title": _card_title,
        "dropdown": _panel,
        "tab-item": _panel,
        "grid-row": _tiles,
    }

    def visit_PassthroughTextElement(self, node: nodes.Element) -> None:  # noqa: N802
        text = self.capture(node.children)
        self.emit(text if isinstance(node.parent, nodes.TextElement) else f"\n#par[{text}]\n")
        raise nodes.SkipNode

    # -- what readers do not see ----------------------------------------------------------

    visit_comment = visit_substitution_definition = visit_index = Writer.skip
    visit_highlightlang = visit_tabular_col_spec = visit_meta = Writer.skip
    visit_toctree = visit_pending = Writer.skip

    def visit_raw(self, node: nodes.Element) -> None:
        """Print raw Typst; other formats are for other outputs."""
        if "typst" in node.get("format", "").split():
            self.emit(node.astext())
        else:
            name = node.get("format")
            self.warn(node, f"raw {name} is not printed; write it in MyST, or for html only")
        raise nodes.SkipNode
