"""Typst visitors: room for answers on paper.

Every size is in ``em``, so that worksheets follow the type size of the book.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from kochu.sphinx.exercises import nodes as en
from kochu.sphinx.nodes import kochu_ruby

if TYPE_CHECKING:
    from kochu.typst.translator import TypstTranslator

__all__ = ["TYPST"]

_UNDERLINE = "underline(offset: 0.25em, stroke: 0.7pt)"
_RULE = "stroke: (bottom: 0.5pt)"
_BOX = "#box(inset: (right: 0.2em), box(width: 0.75em, height: 0.75em, stroke: 0.5pt, baseline: 0.05em))"
_SHORT = 44
"""Characters of a label beside which its answer has room."""
_WORD = 6
"""Signs of marked words that no line divides: longer ones would leave a hole at its end."""
_BOND = "~"
"""Between a box and its words; at the end of a line it would seem to belong to those before."""
_NUMBER = f"#box(width: 1.6em, height: 1.1em, baseline: 0.25em, {_RULE})"


def _wrapped(before: str, after: str) -> Any:
    """Write the children of a node between two pieces of Typst."""

    def visit(self: TypstTranslator, node: nodes.Element) -> None:
        self.emit(f"{before}{self.capture(node.children)}{after}")
        raise nodes.SkipNode

    return visit


def _visit_set(self: TypstTranslator, node: nodes.Element) -> None:
    """Write where a student puts name and date, and a teacher the points."""
    if node["part"] == "head":
        line = f"#box(width: 1fr, height: 1em, {_RULE});"
        text = f"Name {line}#h(1em)Date #box(width: 22%, height: 1em, {_RULE});"
        text += f"#h(1em)Points #box(width: 3em, height: 1em, {_RULE}); of {node['points']:g}"
        self.emit(f"\n#pad(left: -hang, block(above: 1.2em, below: 1.6em, width: 100%, flat[{text}]))\n")
    raise nodes.SkipNode


def _visit_exercise(self: TypstTranslator, node: nodes.Element) -> None:
    """Write a section that has the whole width, and no indents as a chapter's words have.

    The outer column is for what hangs on a text; an exercise needs the room for answers.
    """
    # The first sheet shares its page with the title, or the title would have one alone.
    if isinstance(node, en.kochu_handout) and node is not next(node.parent.findall(en.kochu_handout)):
        self.emit("\n#pagebreak(weak: true)\n")
    # Printed apart from a book, exercises are parts of a sheet and no chapters.
    apart = self._rank < 0
    self._rank += apart
    self.visit_section(node)
    title, *rest = node.children
    title.walkabout(self)
    self.emit(f"\n#pad(left: -hang, flat[{_together(self, rest)}])\n")
    self.depart_section(node)
    self._rank -= apart
    raise nodes.SkipNode


def _together(self: TypstTranslator, parts: list[nodes.Node]) -> str:
    """Keep an instruction with what it asks, and the first and the last two questions together."""
    questions = [part for part in parts if isinstance(part, en.kochu_question)]
    for question in [*questions[:1], *questions[-2:-1]]:
        question["sticky"] = True
    # Beside all labels of an exercise or below all.
    aside = all(len(label.astext()) <= _SHORT for question in questions for label in _labels(question))
    for question in questions:
        question["aside"] = aside
    asks = en.kochu_question if questions else en.kochu_stimulus
    asked = next((at for at, part in enumerate(parts) if isinstance(part, asks)), 0)
    held = [
        f"\n#block(above: 0.6em, below: 0.6em, sticky: true)[{words}]\n"
        if isinstance(part, nodes.paragraph)
        else words
        for part in parts[:asked]
        if (words := self.capture([part]))
    ]
    return "".join(held) + self.capture(parts[asked:])


def _visit_mark(self: TypstTranslator, node: nodes.Element) -> None:
    """Underline words, and keep short ones whole; with furigana the line is that of the base's box."""
    for child in node.children:
        ruby = isinstance(child, kochu_ruby)
        before = "box(stroke: (bottom: 0.7pt))" if ruby else _UNDERLINE
        marked = f"#{before}[{self.capture([child])}];"
        self.emit(f"#box[{marked}];" if not ruby and len(child.astext()) <= _WORD else marked)
    raise nodes.SkipNode


def _visit_question(self: TypstTranslator, node: nodes.Element) -> None:
    """Write what is short in one line: paper is dear, and eyes follow."""
    rows: list[str] = []
    line: list[str] = []
    labels = _labels(node)
    for child in node.children:
        classes = child["classes"] if isinstance(child, nodes.paragraph) else []
        if (node["aside"] and child in labels) or "kx-answer" in classes:
            line.append(self.capture(child.children))
        else:
            rows += [_in_line(line), self.capture([child])]
            line = []
    text = "".join([*rows, _in_line(line)])
    for box in (_BOX, _NUMBER):
        text = text.replace(f" {box}", f" #h(0.5em);{box}").replace(f"{box};{_BOND} ", f"{box};{_BOND}")
    sticky = ", sticky: true" if node.get("sticky") else ""
    self.emit(f"\n#block(above: 0.9em, below: 0.6em, breakable: false{sticky})[{text}]\n")
    raise nodes.SkipNode


def _labels(question: nodes.Element) -> list[nodes.paragraph]:
    return [part for part in question if isinstance(part, nodes.paragraph) and "kx-label" in part["classes"]]


def _in_line(parts: list[str]) -> str:
    return f"\n#par[{'#h(1.2em);'.join(parts)}]\n" if parts else ""


def _visit_gap(self: TypstTranslator, node: nodes.Element) -> None:
    """Write a rule as wide as an answer may be; what can be chosen stands behind it."""
    _, bracket, choices = node.astext().partition("（")
    wide = "4em" if node["options"] else "9em"
    self.emit(f"#box(width: {wide}, height: 1.1em, baseline: 0.25em, {_RULE});")
    if bracket:
        self.emit(f" {self.capture([nodes.Text(f'({choices[:-1]})')])}")
    raise nodes.SkipNode


def _visit_blank(self: TypstTranslator, node: nodes.Element) -> None:
    rule = "block(above: 0pt, below: 0pt, width: 100%, height: 1.9em, stroke: (bottom: 0.4pt))"
    self.emit(f"\n#block(width: 100%, breakable: false, for _ in range({node['lines']}) {{ {rule} }})\n")
    raise nodes.SkipNode


def _visit_box(self: TypstTranslator, node: nodes.Element) -> None:
    self.emit((_NUMBER if node["ask"] == "order" else _BOX) + f";{_BOND}")
    raise nodes.SkipNode


def _visit_options(self: TypstTranslator, node: nodes.Element) -> None:
    """Write one option a line: its box is its bullet."""
    text = self.inside(node)
    self.emit(f"#block(above: 0.4em, below: 0.4em, par(hanging-indent: 1.2em)[{text}])")
    raise nodes.SkipNode


def _visit_list(self: TypstTranslator, node: nodes.Element) -> None:
    items = "".join(self.capture([child]) for child in node.children)
    self.emit(f"\n{items}\n")
    raise nodes.SkipNode


TYPST: dict[type[nodes.Element], Any] = {
    en.kochu_set: _visit_set,
    en.kochu_exercise: _visit_exercise,
    en.kochu_answers: _visit_exercise,
    en.kochu_handout: _visit_exercise,
    en.kochu_facts: _wrapped("\n#block(below: 0.8em, sticky: true, text(size: 0.82em)[", "])\n"),
    en.kochu_stimulus: _wrapped(
        "\n#block(above: 0.8em, below: 0.8em, sticky: true, "
        # Room for furigana above the lines and between them.
        "inset: (left: 0.8em, top: 0.45em, bottom: 0.2em), "
        "stroke: (left: 1.5pt + luma(190)))[#set par(leading: 0.95em)\n",
        "]\n",
    ),
    en.kochu_mark: _visit_mark,
    en.kochu_bank: _wrapped("\n#block(above: 0.6em, below: 0.8em, sticky: true)[", "]\n"),
    en.kochu_question: _visit_question,
    en.kochu_options: _visit_list,
    en.kochu_option: _visit_options,
    en.kochu_box: _visit_box,
    en.kochu_label: _wrapped("", ""),
    en.kochu_gap: _visit_gap,
    en.kochu_blank: _visit_blank,
    en.kochu_hint: _wrapped(
        "\n#block(above: 0.4em, below: 0.4em, text(size: 0.82em, fill: luma(70))[", "])\n"
    ),
    en.kochu_fold: _wrapped(
        "\n#v(1fr)\n#block(width: 100%, inset: (top: 0.9em), "
        'stroke: (top: (thickness: 0.5pt, dash: "dashed")))[',
        "]\n",
    ),
    en.kochu_key: _wrapped(
        "\n#block(above: 1em, width: 100%, inset: 0.7em, stroke: (paint: luma(120), thickness: 0.5pt, dash: "
        '"dashed"))[#set text(size: 0.88em)\n',
        "]\n",
    ),
}
"""Visitors by node; each writes its children itself, so none has to be departed from."""
