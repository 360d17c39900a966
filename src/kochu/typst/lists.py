"""Lists of every sort, the bibliography among them."""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes

from kochu.typst.base import Writer, elements
from kochu.typst.markup import escape, string

__all__ = ["Lists"]

_COUNTERS = {
    "arabic": "1",
    "loweralpha": "a",
    "upperalpha": "A",
    "lowerroman": "i",
    "upperroman": "I",
}


class Lists(Writer):
    """Visitors of lists. Each is written whole, for Typst takes its items as arguments."""

    footnotes: ClassVar[dict[str, nodes.Element]] = {}

    def _items(self, node: nodes.Element) -> str:
        found: list[str] = []
        for item in node.children:
            if isinstance(item, nodes.Element) and not isinstance(item, nodes.comment):
                text = self.in_language(item, self.inside(item))
                found.append(f"[{self.anchors(item)}{text}]")
        return ", ".join(found)

    def visit_bullet_list(self, node: nodes.Element) -> None:
        # A list that a filter made is for looking things up, and long.
        function = "register" if "kochu-list" in node["classes"] else "list"
        self.emit(f"\n{self.anchors(node)}#{function}({self._items(node)})\n")
        raise nodes.SkipNode

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        counter = _COUNTERS.get(node.get("enumtype", "arabic"), "1")
        numbering = f"{node.get('prefix', '')}{counter}{node.get('suffix', '') or '.'}"
        start = node.get("start", 1)
        self.emit(
            f"\n{self.anchors(node)}"
            f"#enum(start: {start}, numbering: {string(numbering)}, {self._items(node)})\n"
        )
        raise nodes.SkipNode

    def visit_acks(self, node: nodes.Element) -> None:
        self.pass_through(node)

    def visit_hlist(self, node: nodes.Element) -> None:
        """Several columns of a list become one list."""
        columns = [self._items(c) for items in node.children for c in elements(items)]
        self.emit(f"\n#list({', '.join(columns)})\n")
        raise nodes.SkipNode

    def visit_definition_list(self, node: nodes.Element) -> None:
        self.pass_through(node)

    def visit_definition_list_item(self, node: nodes.Element) -> None:
        terms = [c for c in elements(node) if isinstance(c, nodes.term | nodes.classifier)]
        rest = [c for c in elements(node) if isinstance(c, nodes.definition)]
        names: list[str] = []
        for term in terms:
            between = " : " if isinstance(term, nodes.classifier) else ", " if names else ""
            text = self.in_language(term, self.capture(term.children))
            names.append(between + self.anchors(term) + text)
        body = "".join(self.inside(r) for r in rest)
        self.emit(f"\n#definition([{self.anchors(node)}{''.join(names)}])[{body}]\n")
        raise nodes.SkipNode

    visit_glossary = visit_definition_list
    depart_acks = depart_definition_list = depart_glossary = Writer.nothing

    def visit_field_list(self, node: nodes.Element) -> None:
        rows = [
            f"([{self.capture(elements(field)[0].children)}], [{self.inside(elements(field)[1])}])"
            for field in elements(node)
        ]
        hanging = isinstance(node.parent, nodes.section | nodes.document)
        side = "true" if hanging else "false"
        self.emit(f"\n{self.anchors(node)}#particulars(hanging: {side}, {', '.join(rows)})\n")
        raise nodes.SkipNode

    def visit_docinfo(self, node: nodes.Element) -> None:
        """Print what a page says of itself before its text, such as its author."""
        rows = [f"([{escape(f.tagname)}], [{self.inside(f)}])" for f in elements(node)]
        self.emit(f"\n#particulars(hanging: false, {', '.join(rows)})\n")
        raise nodes.SkipNode

    def visit_option_list(self, node: nodes.Element) -> None:
        for item in elements(node):
            group, description = elements(item)
            options = ", ".join(f"#raw({string(o.astext())});" for o in elements(group))
            self.emit(f"\n#definition([{options}])[{self.inside(description)}]\n")
        raise nodes.SkipNode

    # -- notes at the foot, and the literature ------------------------------------------

    def visit_footnote(self, node: nodes.Element) -> None:
        """Print a footnote here only if nothing refers to it."""
        if not self.plan.wanted & set(node["ids"]):
            self.emit(f"\n#par[{self.inside(node)}]\n")
        raise nodes.SkipNode

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        self.emit(self.anchors(node) + self._footnote(node))
        raise nodes.SkipNode

    def _footnote(self, node: nodes.Element) -> str:
        """Write a footnote where it is first referred to."""
        target = str(node.get("refid", ""))
        note = self.footnotes.get(target)
        if note is None:
            return f"#super[{escape(node.astext())}];"
        name = f"{target}-foot"
        if name in self._written:
            return f"#footnote(label({string(name)}));"
        self._written.add(name)
        text = [c for c in note.children if not isinstance(c, nodes.label)]
        holder = nodes.container("", *text)
        return f"#[#footnote[{self.inside(holder)}]#label({string(name)})];"

    def visit_citation(self, node: nodes.Element) -> None:
        label = next((c for c in elements(node) if isinstance(c, nodes.label)), None)
        holder = nodes.container("", *(c for c in node.children if c is not label))
        name = escape(label.astext()) if label else ""
        self.emit(f"\n#literature([{name}])[{self.anchors(node)}{self.inside(holder)}]\n")
        raise nodes.SkipNode
