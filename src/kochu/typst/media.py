"""Pictures, code, formulas and signatures."""

from __future__ import annotations

import re

from docutils import nodes

from kochu.typst.base import Writer
from kochu.typst.formulas import formula
from kochu.typst.markup import escape, string

__all__ = ["Media"]

_LENGTH = re.compile(r"^\s*([0-9.]+)\s*(px|pt|em|cm|mm|in|%)?\s*$")


class Media(Writer):
    """Visitors of what is not prose."""

    # -- pictures -----------------------------------------------------------------------

    def visit_figure(self, node: nodes.Element) -> None:
        caption = next(node.findall(nodes.caption), None)
        legend = next(node.findall(nodes.legend), None)
        image = next(node.findall(nodes.image), None)
        text = self.capture(caption.children) if caption is not None else ""
        below = self.capture(legend.children) if legend is not None else ""
        shown = f"[{self.caption(node, 'figure', text)}]" if text else "none"
        picture = self._picture(image, caption) if image is not None else "[]"
        inner = f"legend: [{below}], " if below else ""
        # Only at the top of a page's flow is there a margin to reach into.
        if image is not None and image.get("width") == "100%" and isinstance(node.parent, nodes.section):
            inner += "wide: true, "
            # It does not leave a section in which nothing stands behind it.
            behind = node.next_node(descend=False, siblings=True)
            inner += "" if behind is None or isinstance(behind, nodes.section) else "floats: true, "
        self.emit(f"\n#picture({picture}, {inner}caption: {shown})[{self.anchors(node)}]\n")
        raise nodes.SkipNode

    def visit_image(self, node: nodes.Element) -> None:
        inline = isinstance(node.parent, nodes.TextElement) and len(node.parent.children) > 1
        picture = self._picture(node, None)
        if inline:
            self.emit(f"#box({picture});")
        else:
            self.emit(f"\n#picture({picture}, caption: none)[{self.anchors(node)}]\n")
        raise nodes.SkipNode

    def _picture(self, node: nodes.Element, caption: nodes.Element | None) -> str:
        uri = node["uri"]
        file = self.plan.images.get(uri)
        if file is None:
            self.warn(node, f"the picture '{uri}' is not a file and is not printed")
            return f"[{escape(node.get('alt', '') or uri)}]"
        alt = node.get("alt") or (caption.astext() if caption is not None else "")
        if not alt:
            self.warn(node, f"the picture '{uri}' has no text for those who cannot see it")
            alt = uri
        options = [f"alt: {string(alt)}"]
        for name in ("width", "height"):
            length = _length(node.get(name))
            if length:
                options.append(f"{name}: {length}")
        return f"image({string(file)}, {', '.join(options)})"

    # -- code ---------------------------------------------------------------------------

    def visit_literal_block(self, node: nodes.Element) -> None:
        language = node.get("language", "")
        # Typst has no words for these.
        known = language not in ("", "default", "none", "text", "myst", "pycon")
        option = f", lang: {string(language)}" if known else ""
        self.emit(f"\n{self.anchors(node)}#raw(block: true, {string(node.astext())}{option})\n")
        raise nodes.SkipNode

    visit_doctest_block = visit_literal_block

    def visit_caption(self, node: nodes.Element) -> None:
        self.pass_through(node)

    depart_caption = Writer.nothing

    def visit_math_block(self, node: nodes.Element) -> None:
        number = str(node.get("number") or "")
        found = formula(node.astext(), number=number, block=True)
        if found is None:
            self.warn(node, "the PDF shows mathematics as its LaTeX source")
            found = f"#raw(block: true, {string(node.astext())})"
        self.emit(f"\n{self.anchors(node)}{found}\n")
        raise nodes.SkipNode

    visit_displaymath = visit_math_block

    def visit_productionlist(self, node: nodes.Element) -> None:
        lines = "\n".join(child.astext() for child in node.children)
        self.emit(f"\n#raw(block: true, {string(lines)})\n")
        raise nodes.SkipNode

    # -- descriptions of code, as in a manual ---------------------------------------------

    def visit_desc(self, node: nodes.Element) -> None:
        signatures = [c for c in node.children if c.tagname == "desc_signature"]  # type: ignore[attr-defined]
        rest = [c for c in node.children if c not in signatures]
        names = "".join(
            f"{self.anchors(s)}#raw({string(s.astext())});#linebreak();"
            for s in signatures
            if isinstance(s, nodes.Element)
        )
        self.emit(f"\n#definition([{names}])[{self.capture(rest)}]\n")
        raise nodes.SkipNode

    def visit_desc_content(self, node: nodes.Element) -> None:
        self.pass_through(node)

    depart_desc_content = Writer.nothing


def _length(value: str | None) -> str | None:
    """A length in Typst's words; pixels are those of CSS, 96 to the inch."""
    match = _LENGTH.match(value or "")
    if match is None:
        return None
    number, unit = float(match[1]), match[2] or "px"
    return f"{number * 0.75:g}pt" if unit == "px" else f"{number:g}{unit}"
