"""HTML visitors: controls where the doctree has room for an answer.

An e-book has no script that could read the answers, so it gets the printed form.
"""

from __future__ import annotations

from html import escape
import json
from typing import TYPE_CHECKING, Any

from docutils import nodes

from kochu.exercises.markup import Markup
from kochu.exercises.seal import seal
from kochu.sphinx.exercises import nodes as en
from kochu.sphinx.exercises.print import TYPST
from kochu.sphinx.exercises.project import book_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

__all__ = ["register"]

_NO_SCRIPT = (
    "Without JavaScript the exercises can be read and printed, but the page can neither check nor "
    "keep your answers."
)


def _live(self: HTML5Translator) -> bool:
    return self.builder.name != "epub"


def _attributes(**values: object) -> str:
    return "".join(
        f' {name.replace("_", "-")}="{escape(str(value))}"' for name, value in values.items() if value != ""
    )


def _set_of(node: nodes.Element) -> str:
    """The set that a node belongs to; ids must differ where a page has two sets."""
    parent: Any = node
    while parent is not None and not isinstance(parent, en.kochu_exercise):
        parent = parent.parent
    return str(parent["set"]) if parent is not None else ""


def _name(node: nodes.Element) -> str:
    return f"{_set_of(node)}/{node['exercise']}/{node['question']}"


def _id(node: nodes.Element, more: str = "") -> str:
    return nodes.make_id(_name(node)) + (f"-{more}" if more else "")


def _visit_set(self: HTML5Translator, node: nodes.Element) -> None:
    if _live(self):
        attributes = _attributes(data_set=node["name"], data_part=node["part"])
        self.body.append(self.starttag(node, "div", "", CLASS="kx-set")[:-1] + attributes + ">")
        if node["part"] == "head":
            self.body.append(f"<noscript><p>{_NO_SCRIPT}</p></noscript>")
        self.body.append("</div>\n")
    raise nodes.SkipNode


def _visit_exercise(self: HTML5Translator, node: nodes.Element) -> None:
    self.section_level += 1
    attributes = _attributes(data_exercise=node["exercise"], data_set=node["set"], data_use=node["use"])
    tag = self.starttag(node, "section", "", CLASS=f"kx-exercise kx-{node['use']}")
    self.body.append(tag[:-1] + attributes + ">")


def _depart_exercise(self: HTML5Translator, node: nodes.Element) -> None:
    self.section_level -= 1
    if _live(self) and node["use"] == "practice" and self.config.kochu_self_check:
        self.body.append(_seal(self, str(node["exercise"])))
    self.body.append("</section>\n")


def _seal(self: HTML5Translator, name: str) -> str:
    """Write what the page needs to check a practice exercise.

    Made here and not while reading: the doctrees and what other builders make of them
    hold no trace of a key.
    """
    env = self.builder.env
    exercise = book_of(env).exercises.get(name)
    if exercise is None:
        return ""
    data = json.dumps(seal(exercise, Markup(_link(self)).html), separators=(",", ":"))
    return f'<script type="application/json" class="kx-seal">{data}</script>\n'


def _link(self: HTML5Translator) -> Any:
    """Make links to sentences and notes, as the domain does."""
    domain: Any = self.builder.env.domains["kochu"]
    here = self.builder.current_docname

    def link(role: str, target: str) -> tuple[str | None, str]:
        place = domain.place(role, target)
        if place is None:
            return None, target
        docname, anchor, words = place
        return f"{self.builder.get_relative_uri(here, docname)}#{anchor}", words

    return link


def _visit_question(self: HTML5Translator, node: nodes.Element) -> None:
    attributes = _attributes(role="group", aria_label=node["label"], data_question=node["question"])
    self.body.append(f'<div class="kx-question"{attributes}>')


def _visit_stimulus(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append('<div class="kx-stimulus">')


def _visit_mark(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append('<span class="kx-mark">')


def _visit_box(self: HTML5Translator, node: nodes.Element) -> None:
    if not _live(self):
        return
    options = _attributes(name=_name(node), id=_id(node, node["value"]))
    if node["ask"] == "order":
        numbers = "".join(f"<option>{n}</option>" for n in range(1, node["count"] + 1))
        data = _attributes(data_value=node["value"])
        self.body.append(f'<select class="kx-number"{options}{data}>')
        self.body.append(f'<option value="">–</option>{numbers}</select>')
    else:
        kind = "checkbox" if node["ask"] == "many" else "radio"
        self.body.append(f'<input type="{kind}"{options}{_attributes(value=node["value"])}>')
    raise nodes.SkipNode


def _visit_label(self: HTML5Translator, node: nodes.Element) -> None:
    tag = f"<label{_attributes(**{'for': _id(node, node['value'])})}>" if _live(self) else "<span>"
    self.body.append(tag)


def _depart_label(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</label>" if _live(self) else "</span>")


def _visit_gap(self: HTML5Translator, node: nodes.Element) -> None:
    if not _live(self):
        return
    common = _attributes(name=_name(node), id=_id(node), aria_label=node["label"])
    if node["options"]:
        rows = "".join(f'<option value="{escape(v)}">{escape(t)}</option>' for v, t in node["options"])
        self.body.append(f'<select class="kx-gap"{common}><option value="">…</option>{rows}</select>')
    else:
        language = _attributes(lang=node["language"])
        # A browser's proposals would be other people's answers.
        helps = ' autocomplete="off" autocapitalize="off" spellcheck="false"'
        self.body.append(f'<input type="text" class="kx-gap" maxlength="500"{common}{language}{helps}>')
    raise nodes.SkipNode


def _visit_blank(self: HTML5Translator, node: nodes.Element) -> None:
    if not _live(self):
        self.body.append("<div>")
        return
    options = _attributes(name=_name(node), id=_id(node), aria_label=node["label"], lang=node["language"])
    rows = _attributes(rows=max(2, node["lines"]))
    self.body.append(f'<textarea class="kx-blank" maxlength="5000"{options}{rows}></textarea>\n')
    raise nodes.SkipNode


def _visit_hint(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append(f'<details class="kx-hint"><summary>Hint {node["number"]}</summary>')


def _open(classes: str) -> Any:
    def visit(self: HTML5Translator, node: nodes.Element) -> None:
        self.body.append(f'<div class="{classes}">')

    return visit


def _close(tag: str) -> Any:
    def depart(self: HTML5Translator, node: nodes.Element) -> None:
        self.body.append(f"</{tag}>")

    return depart


def _nothing(self: HTML5Translator, node: nodes.Element) -> None:
    """Close nothing: an e-book prints the room for an answer, which has no element of its own."""


_VISITORS: dict[type[nodes.Element], tuple[Any, Any]] = {
    en.kochu_set: (_visit_set, None),
    en.kochu_exercise: (_visit_exercise, _depart_exercise),
    en.kochu_stimulus: (_visit_stimulus, _close("div")),
    en.kochu_mark: (_visit_mark, _close("span")),
    en.kochu_bank: (_open("kx-bank"), _close("div")),
    en.kochu_question: (_visit_question, _close("div")),
    en.kochu_box: (_visit_box, _nothing),
    en.kochu_label: (_visit_label, _depart_label),
    en.kochu_gap: (_visit_gap, _nothing),
    en.kochu_blank: (_visit_blank, _close("div")),
    en.kochu_hint: (_visit_hint, _close("details")),
    en.kochu_fold: (_open("kx-fold"), _close("div")),
    en.kochu_key: (_open("kx-key"), _close("div")),
}


def register(app: Sphinx) -> None:
    """Add every node; in other writers they look like their base classes."""
    for node in TYPST:
        pairs: dict[str, Any] = {"typst": (TYPST[node], None)}
        if node in _VISITORS:
            pairs["html"] = _VISITORS[node]
        app.add_node(node, **pairs)
    app.connect("html-page-context", _assets)


def _assets(app: Sphinx, pagename: str, templatename: str, context: Any, doctree: Any) -> None:
    """Load script and styles on pages that hold exercises, and on no other."""
    if doctree is None or app.builder.name == "epub":
        return
    exercises = next(doctree.findall(en.kochu_exercise), None)
    if exercises is not None:
        app.add_js_file("kochu-exercises.js", loading_method="defer")
    if exercises is not None or any(_styled(node) for node in doctree.findall(nodes.Element)):
        app.add_css_file("kochu-exercises.css")


def _styled(node: nodes.Element) -> bool:
    return isinstance(node, en.kochu_handout) or bool({"kx-list", "kx-plan"} & set(node["classes"]))
