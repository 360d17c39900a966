"""The sheet in HTML and in Typst, and the controls that a script brings to life."""

from __future__ import annotations

from html import escape
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes

from kochu.apparatus.mqm import TYPOLOGY, Severity, title
from kochu.sphinx.marking.ours import ours
from kochu.sphinx.marking.place import kochu_marking, kochu_markline

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from kochu.sphinx.domain import KochuDomain
    from kochu.typst.translator import TypstTranslator

__all__ = ["register"]

FOLDER = "_marks"
"""Where the editors' marks lie, below the pages."""

_NO_SCRIPT = (
    "Without JavaScript this is a sheet to print and to mark by hand. "
    "Between the lines there is room for a type, a severity and a better wording."
)


def register(app: Sphinx) -> None:
    """Add the nodes, and what their pages load."""
    app.add_node(kochu_marking, html=(_visit_marking, _depart_marking), typst=(_visit_sheet, None))
    app.add_node(kochu_markline, html=(_visit_line, _depart_line), typst=(_visit_row, None))
    app.connect("html-page-context", _assets)


def _live(self: HTML5Translator) -> bool:
    return self.builder.name != "epub"


def _visit_marking(self: HTML5Translator, node: nodes.Element) -> None:
    root = "../" * self.builder.get_target_uri(self.builder.current_docname).count("/")
    data = {
        "data-text": node["text_id"],
        "data-root": root,
        "data-ours": f"{root}{FOLDER}/{node['text_id']}.js",
    }
    self.body.append(self.starttag(node, "div", "", CLASS="km", **data))
    if _live(self):
        self.body.append(f"<noscript><p>{_NO_SCRIPT}</p></noscript>{_tools()}")
    self.body.append('<div class="km-sheet">\n')


def _depart_marking(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</div>\n")
    if _live(self):
        self.body.append(_dock() + _typing(node) + _RESULT)
    self.body.append("</div>\n")


def _visit_line(self: HTML5Translator, node: nodes.Element) -> None:
    address = node["address"]
    self.body.append(f'<p class="km-line"><span class="km-number">{address}</span>')
    data = {} if node["withheld"] else {"data-address": address}
    self.body.append(self.starttag(node, "span", "", CLASS="km-words", **data))


def _depart_line(self: HTML5Translator, node: nodes.Element) -> None:
    self.body.append("</span></p>\n")


# -- controls -------------------------------------------------------------------------------


def _tools() -> str:
    return (
        '<div class="km-tools" hidden>'
        '<label>Your name <input type="text" name="annotator" maxlength="80" autocomplete="name"></label>'
        '<span class="km-count">0 marks</span>'
        '<button type="button" data-km="compare" aria-pressed="false">Compare with the editors</button>'
        '<button type="button" data-km="save">Save my marks</button>'
        '<button type="button" data-km="open">Open marks …</button>'
        '<input type="file" aria-label="Open a file of marks" accept="application/json,.json" hidden>'
        '<button type="button" data-km="print">Print</button>'
        '<button type="button" data-km="forget">Delete all</button>'
        '<p class="km-legend" hidden>In the text: <mark class="km-agreed">marked by both</mark>, '
        '<mark class="km-missed">by the editors</mark>, <mark class="km-extra">by you</mark></p>'
        '<p class="km-said" role="status"></p></div>\n'
    )


def _dock() -> str:
    """The form for one mark; it appears when words are selected."""
    types = "".join(
        f'<optgroup label="{_name(dimension)}">'
        + "".join(f'<option value="{dimension}/{s}">{_name(s)}</option>' for s in subtypes)
        + f'<option value="{dimension}">{_name(dimension)}, none of these</option></optgroup>'
        for dimension, subtypes in TYPOLOGY.items()
    )
    grades = [severity.value for severity in Severity if severity is not Severity.NEUTRAL]
    severities = "".join(f'<option value="{s}">{_name(s)}</option>' for s in [*grades, "neutral"])
    open_ = '<option value="">not chosen</option>'
    return (
        '<form class="km-dock" aria-label="Mark the selected words" hidden>'
        '<p class="km-chosen"></p>'
        f'<label>Type <select name="type">{open_}{types}</select></label>'
        f'<label>Severity <select name="severity">{open_}{severities}</select></label>'
        '<label class="km-wide">A better wording, or why '
        '<input type="text" name="note" maxlength="500" autocomplete="off"></label>'
        '<span class="km-do"><button type="submit">Mark</button>'
        '<button type="button" data-km="remove" hidden>Remove</button>'
        '<button type="button" data-km="cancel">Cancel</button></span></form>\n'
    )


def _typing(node: nodes.Element) -> str:
    lines = [line for line in node.findall(kochu_markline) if not line["withheld"]]
    addresses = "".join(f"<option>{line['address']}</option>" for line in lines)
    return (
        '<details class="km-typing" hidden><summary>Choose words by typing them</summary>'
        '<form><label>Sentence <select name="address">'
        f"{addresses}</select></label>"
        '<label class="km-wide">Words, as printed <input type="text" name="words" autocomplete="off"></label>'
        '<label>Which, if they recur <input type="number" name="which" min="1" max="99" value="1"></label>'
        '<button type="submit">Choose</button></form></details>\n'
    )


_RESULT = (
    '<section class="km-mine" aria-label="My marks" hidden><h2>My marks</h2>'
    '<p class="km-none">None yet.</p><ol class="km-list"></ol></section>\n'
    '<section class="km-result" aria-label="Comparison" hidden></section>\n'
)


def _name(slug: str) -> str:
    return escape(title(slug))


# -- on paper -------------------------------------------------------------------------------


def _visit_sheet(self: TypstTranslator, node: nodes.Element) -> None:
    self.emit(
        f"\n#block(above: 1em)[#set par(leading: 1.5em, first-line-indent: 0pt)\n"
        f"{self.capture(node.children)}\n]\n"
    )
    raise nodes.SkipNode


def _visit_row(self: TypstTranslator, node: nodes.Element) -> None:
    words = self.in_language(node, self.capture(node.children))
    number = f"#text(size: 0.75em)[{node['address']}]"
    # Room to the right, for a type and a better wording.
    self.emit(f"\n#block(above: 1.6em, below: 1.6em, width: 78%)[{number} #h(0.6em) {words}]\n")
    raise nodes.SkipNode


# -- what a page loads ------------------------------------------------------------------------


def _assets(app: Sphinx, pagename: str, templatename: str, context: Any, doctree: Any) -> None:
    """Load script and styles on pages with a text to mark, and write the editors' marks."""
    if doctree is None or app.builder.name == "epub":
        return
    places = list(doctree.findall(kochu_marking))
    if not places:
        return
    app.add_css_file("kochu-marking.css")
    for name in ("-compare", "-lines", "-result", ""):
        app.add_js_file(f"kochu-marking{name}.js", loading_method="defer", priority=600)
    domain = cast("KochuDomain", app.env.domains["kochu"])
    for place in places:
        text_id = place["text_id"]
        data = json.dumps(ours(domain, text_id, app.builder), ensure_ascii=False, separators=(",", ":"))
        path = Path(app.outdir) / FOLDER / f"{text_id}.js"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"(window.kochuOurs ||= {{}})[{json.dumps(text_id)}] = {data};\n", "utf-8")
