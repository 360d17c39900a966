"""HTML visitors: how each node of an edition is shown in HTML.

Languages need no code here: docutils turns the class ``language-ja`` into ``lang``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from docutils import nodes

from kochu.sphinx import nodes as kn
from kochu.sphinx import plain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    Visitor = Callable[[HTML5Translator, nodes.Element], None]

__all__ = ["register"]


def _open(tag: str, classes: str, **attributes: Any) -> Visitor:
    def visit(self: HTML5Translator, node: nodes.Element) -> None:
        self.body.append(self.starttag(node, tag, "", CLASS=classes, **attributes))

    return visit


def _close(tag: str) -> Visitor:
    def depart(self: HTML5Translator, node: nodes.Element) -> None:
        self.body.append(f"</{tag}>")

    return depart


def _nothing(self: HTML5Translator, node: nodes.Element) -> None:
    """Close a node that wrote its own end."""


def _visit_sentence(self: HTML5Translator, node: nodes.Element) -> None:
    attributes: dict[str, Any] = {"data-sentence": node["address"]}
    self.body.append(self.starttag(node, "span", "", CLASS="kochu-sentence", **attributes))


def _visit_number(self: HTML5Translator, node: nodes.Element) -> None:
    attributes: dict[str, Any] = {"href": f"#{node['refid']}", "aria-label": f"Sentence {node['address']}"}
    self.body.append(self.starttag(node, "a", "", CLASS="kochu-number", lang="en", **attributes))


def _visit_run(self: HTML5Translator, node: nodes.Element) -> None:
    kinds = [f"k-{kind}" for kind in node["kinds"]]
    classes = " ".join(["kochu-run", *kinds, *_severity(node), *_doubt(node.get("confidence"))])
    attributes: dict[str, Any] = {"data-annotations": " ".join(node["keys"])}
    self.body.append(self.starttag(node, "span", "", CLASS=classes, **attributes))


def _visit_rt(self: HTML5Translator, node: nodes.Element) -> None:
    # Readers without ruby show the reading in brackets instead of glued to its base.
    self.body.append("<rp>（</rp><rt>")


def _depart_rt(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</rt><rp>）</rp>")


def _visit_noteref(self: HTML5Translator, node: nodes.Element) -> None:
    # No key of its own: the target names it, and a page has hundreds of these.
    attributes: dict[str, Any] = {
        "href": f"#{node['refid']}",
        "role": "doc-noteref",
        "aria-label": node["title"],
    }
    classes = f"kochu-ref k-{node['kind']}"
    self.body.append(self.starttag(node, "a", "", CLASS=classes, lang="en", **attributes))


def _visit_ruby(self: HTML5Translator, node: nodes.Element) -> None:
    # The level is a class, so that style sheets alone can hide what a reader knows.
    self.body.append(self.starttag(node, "ruby", "", CLASS=node["level"].lower()))


def _visit_break(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("<wbr>")
    raise nodes.SkipNode


def _visit_unit(self: HTML5Translator, node: nodes.Element) -> None:
    attributes: dict[str, Any] = {"data-address": node["address"]}
    self.body.append(self.starttag(node, "div", "", CLASS="kochu-unit", **attributes))


def _visit_version(self: HTML5Translator, node: nodes.Element) -> None:
    # Style sheets know a version by its number, since its name is the edition's affair.
    attributes: dict[str, Any] = {"data-layer": node["name"], "class": f"kochu-version v{node['number']}"}
    self.body.append(self.starttag(node, "details", "", **attributes))
    self.body.append(f"<summary>{self.encode(node['label'])}</summary>")


def _visit_diff(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(self.starttag(node, "p", "", CLASS="kochu-diff"))
    for piece in node["changes"]:
        if not piece.changed:
            self.body.append(self.encode(piece.new))
            continue
        if piece.old:
            self.body.append(f"<del>{self.encode(piece.old)}</del>")
        if piece.new:
            self.body.append(f"<ins>{self.encode(piece.new)}</ins>")
        for key, label in piece.notes:
            self.body.append(f'<a href="#note-{key}">{label}</a>')
    self.body.append("</p>\n")
    raise nodes.SkipNode


def _visit_notes(self: HTML5Translator, node: nodes.Element) -> None:
    # Open in the file: without JavaScript every note can be read without a click.
    attributes: dict[str, Any] = {"open": "open", "data-for": node["address"]}
    self.body.append(self.starttag(node, "details", "", CLASS="kochu-notes", **attributes))
    count = node["count"]
    self.body.append(f"<summary>{count} note{'s' if count > 1 else ''}</summary>")


def _visit_note(self: HTML5Translator, node: nodes.Element) -> None:
    classes = ["kochu-note", f"k-{node['kind']}", *_severity(node), *_doubt(node.get("confidence"))]
    self.body.append(self.starttag(node, "details", "", CLASS=" ".join(classes), open="open"))


def _visit_title(self: HTML5Translator, node: nodes.Element) -> None:
    tag = "summary" if isinstance(node.parent, kn.kochu_note) else "p"
    self.body.append(self.starttag(node, tag, ""))


def _depart_title(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</summary>" if isinstance(node.parent, kn.kochu_note) else "</p>\n")


def _visit_fields(self: HTML5Translator, node: nodes.Element) -> None:
    # docutils wraps each value and numbers the rows odd and even; with a thousand rows
    # on a page that is a tenth of its weight.
    # Themes set other classed lists as documentation of an interface.
    self.body.append(self.starttag(node, "dl", "", CLASS="simple"))
    for row in node.findall(nodes.field):
        name, value = row.children
        self.body.append(f"<dt>{self.encode(name.astext())}</dt><dd>")
        for paragraph in value.findall(nodes.paragraph):
            for child in paragraph.children:
                child.walkabout(self)
        self.body.append("</dd>")
    self.body.append("</dl>\n")
    raise nodes.SkipNode


def _visit_annotation(self: HTML5Translator, node: nodes.Element) -> None:
    classes = " ".join(["kochu-annotation", f"k-{node['kind']}", *_severity(node)])
    self.body.append(self.starttag(node, "div", "", CLASS=classes, **{"data-key": node["key"]}))


def _doubt(confidence: str | None) -> list[str]:
    return [f"sure-{confidence}"] if confidence in ("low", "medium") else []


def _severity(node: nodes.Element) -> list[str]:
    return [f"severity-{node['severity']}"] if node.get("severity") else []


_VISITORS: dict[type[nodes.Element], tuple[Visitor, Visitor]] = {
    kn.kochu_annotation: (_visit_annotation, _close("div")),
    kn.kochu_passage: (_open("div", "kochu-passage"), _close("div")),
    kn.kochu_line: (_open("div", "kochu-line"), _close("div")),
    kn.kochu_unit: (_visit_unit, _close("div")),
    kn.kochu_base: (_open("p", "kochu-base"), _close("p")),
    kn.kochu_number: (_visit_number, _close("a")),
    kn.kochu_sentence: (_visit_sentence, _close("span")),
    kn.kochu_run: (_visit_run, _close("span")),
    kn.kochu_ruby: (_visit_ruby, _close("ruby")),
    kn.kochu_break: (_visit_break, _nothing),
    kn.kochu_rt: (_visit_rt, _depart_rt),
    kn.kochu_noteref: (_visit_noteref, _close("a")),
    kn.kochu_versions: (_open("div", "kochu-versions"), _close("div")),
    kn.kochu_version: (_visit_version, _close("details")),
    kn.kochu_diff: (_visit_diff, _nothing),
    kn.kochu_notes: (_visit_notes, _close("details")),
    kn.kochu_note: (_visit_note, _close("details")),
    kn.kochu_title: (_visit_title, _depart_title),
    kn.kochu_fields: (_visit_fields, _nothing),
}


def register(app: Sphinx) -> None:
    """Add every node; those without a pair of their own look like their base class."""
    for node, pair in _VISITORS.items():
        if node is kn.kochu_rt:
            app.add_node(node, html=pair, text=(plain.visit_rt, plain.depart_rt))
        else:
            app.add_node(node, html=pair)
    for node in (kn.kochu_list, kn.kochu_colophon):
        app.add_node(node)
