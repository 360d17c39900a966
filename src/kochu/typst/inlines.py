"""Words within a paragraph."""

from __future__ import annotations

import re

from docutils import nodes

from kochu.text.addresses import readable_address
from kochu.typst.base import Writer
from kochu.typst.formulas import formula
from kochu.typst.markup import escape, label, plain, string

__all__ = ["Inlines"]

_WEB = ("http:", "https:", "mailto:", "ftp:", "doi:")

_PARTS = re.compile(r"[^-&=]+[-&=]*|[-&=]+")
"""What of an address stays on a line, with the sign behind it."""
_WIDE = 40
"""Letters that fill a narrow column."""


_LABEL = re.compile(r"\A([A-Z]{1,2}\d+) (?=\S)")
"""The label of a note stays with the words of its name."""


class Inlines(Writer):
    """Visitors of inline nodes. Each ends with ``;``, or Typst would read on."""

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802
        text = _among_siblings(node)
        setting = self.plan.settings.get(id(node))
        free = len(text) - (setting.glue if setting else 0)
        # A line does not break at a word joiner.
        self.emit(escape(text[:free]) + "".join(f"\u2060{escape(sign)}" for sign in text[free:]))

    depart_Text = Writer.nothing  # noqa: N815

    def _wrap(self, node: nodes.Element, function: str) -> None:
        self.emit(f"{self.anchors(node)}#{function}[")

    def _close(self, node: nodes.Element) -> None:
        self.emit("];")

    def visit_emphasis(self, node: nodes.Element) -> None:
        self._wrap(node, "emph")

    def visit_strong(self, node: nodes.Element) -> None:
        self.strong += 1
        self._wrap(node, "strong")

    def depart_strong(self, node: nodes.Element) -> None:
        self.strong -= 1
        self._close(node)

    def visit_subscript(self, node: nodes.Element) -> None:
        self._wrap(node, "sub")

    def visit_superscript(self, node: nodes.Element) -> None:
        self._wrap(node, "super")

    depart_emphasis = depart_subscript = depart_superscript = _close
    visit_title_reference = visit_literal_emphasis = visit_manpage = visit_emphasis
    depart_title_reference = depart_literal_emphasis = depart_manpage = _close
    visit_desc_addname = visit_desc_sig_name = Writer.pass_through
    depart_desc_addname = depart_desc_sig_name = Writer.nothing
    visit_literal_strong = visit_strong
    depart_literal_strong = depart_strong

    def visit_literal(self, node: nodes.Element) -> None:
        function = "key" if "kbd" in node["classes"] else "raw"
        self.emit(f"{self.anchors(node)}#{function}({string(node.astext())});")
        raise nodes.SkipNode

    def visit_inline(self, node: nodes.Element) -> None:
        if {"kbd", "guilabel", "menuselection"} & set(node["classes"]):
            self.emit(f"#key({string(node.astext())});")
            raise nodes.SkipNode
        text = self.capture(node.children)
        if "kochu-tag" in node["classes"]:
            text = f"#tag[{text}];"
        self.emit(self.anchors(node) + self.in_language(node, text))
        raise nodes.SkipNode

    def visit_generated(self, node: nodes.Element) -> None:
        self.pass_through(node)

    depart_generated = Writer.nothing
    visit_problematic = visit_generated
    depart_problematic = Writer.nothing

    def visit_abbreviation(self, node: nodes.Element) -> None:
        """Print what an abbreviation means; there is nothing to hover over on paper."""
        self.emit(self.anchors(node))

    def depart_abbreviation(self, node: nodes.Element) -> None:
        if node.get("explanation"):
            self.emit(f" ({escape(node['explanation'])})")

    # -- references -------------------------------------------------------------------

    def visit_reference(self, node: nodes.Element) -> None:
        self.emit(self.anchors(node))
        text = self.in_language(node, self.capture(node.children))
        uri = node.get("refuri", "")
        if "refid" in node:
            self.emit(self._inner(node, text))
        elif uri.lower().startswith(_WEB):
            if node.astext() == uri:
                text = _breakable(readable_address(uri))
            self.emit(f"#link({string(uri)})[{text}];")
        else:
            # A file beside the web pages; a PDF travels without it.
            self.emit(text)
        raise nodes.SkipNode

    def _inner(self, node: nodes.Element, text: str) -> str:
        text = _LABEL.sub(r"\1~", text)
        place = self.plan.find(node["refid"])
        if place is None:
            page, _, target = node["refid"].partition(":")
            if not self.plan.website or page not in self.builder.env.all_docs:
                return text
            uri = f"{self.plan.website.rstrip('/')}/{page}.html" + f"#{target}" * bool(target)
            return f"#link({string(uri)})[{text}];"
        if self.far(place):
            return f"#to-page({label(place)})[{text}];"
        return f"#link({label(place)})[{text}];"

    def far(self, place: str | None) -> bool:
        """Whether a reference to a place gives its page: to a note or section that is not near by."""
        return self.pages and self.plan.landmarks.get(place or "", self.address) != self.address

    visit_number_reference = visit_reference

    def visit_download_reference(self, node: nodes.Element) -> None:
        """Print the name of a file; PDF/A forbids to attach it."""
        self.emit(f"{self.anchors(node)}{self.capture(node.children)}")
        raise nodes.SkipNode

    def visit_pending_xref(self, node: nodes.Element) -> None:
        self.pass_through(node)

    depart_pending_xref = Writer.nothing

    def visit_target(self, node: nodes.Element) -> None:
        self.pass_through(node)

    depart_target = Writer.nothing

    def visit_citation_reference(self, node: nodes.Element) -> None:
        self.emit(self.link(node.get("refid", ""), f"\\[{escape(node.astext())}\\]"))
        raise nodes.SkipNode

    def visit_math(self, node: nodes.Element) -> None:
        found = formula(node.astext())
        if found is None:
            self.warn(node, "the PDF shows mathematics as its LaTeX source")
            found = f"#raw({string(node.astext())})"
        self.emit(f"{found};")
        raise nodes.SkipNode

    # -- sphinx-design ----------------------------------------------------------------

    def visit_sd_badge(self, node: nodes.Element) -> None:
        self._wrap(node, "badge")

    depart_sd_badge = _close

    def visit_sd_line_break(self, node: nodes.Element) -> None:
        self.emit("#linebreak();")
        raise nodes.SkipNode

    # Icons repeat in a picture what the words beside them say.
    visit_sd_icon = visit_fontawesome = Writer.skip


def _breakable(address: str) -> str:
    """Write an address so that its query breaks between its parts, where Typst sees no place.

    Lines break between boxes; what is copied holds no sign that is not there.
    """
    start, mark, query = address.partition("?")
    parts = _PARTS.findall(query)
    boxed = (f"#box[{escape(part)}];" if len(part) < _WIDE else escape(part) for part in parts)
    return escape(start + mark) + "".join(boxed)


def _among_siblings(node: nodes.Text) -> str:
    """Undo the line breaks of a file, also those between two nodes."""
    if "\n" not in node:
        return str(node)
    siblings = node.parent.children
    index = next(i for i, sibling in enumerate(siblings) if sibling is node)
    before = siblings[index - 1].astext()[-1:] if index else ""
    after = siblings[index + 1].astext()[:1] if index + 1 < len(siblings) else ""
    text = plain(f"{before}{node}{after}")
    return text[len(before) : len(text) - len(after)]
