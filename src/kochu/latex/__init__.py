"""An edition for LaTeX: ``sphinx-build -b latex`` with ``latex_engine = "lualatex"``.

LuaTeX-ja sets Japanese as TeX users know it: line breaking by its own rules, furigana by
``luatexja-ruby``. The fonts are those that come with it (Haranoaji); for Chinese and Korean
words, which these lack, the builder copies the fonts of the other PDF. Other engines print a
reading in brackets behind its base. The PDF of the Typst builder is the edition as it is
meant to be; this is for those who typeset a volume with LaTeX and want the edition in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.builders.latex.constants import LUALATEX_DEFAULT_FONTPKG

from kochu.latex.headings import NumberHeadings
from kochu.latex.sources import HoldSources, PlaceSources
from kochu.latex.tables import FitTables
from kochu.latex.words import BreakWords
from kochu.sphinx import nodes as kn
from kochu.typst.fonts import installed_fonts

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.latex import LaTeXTranslator

__all__ = ["register"]

_TEXINPUTS = Path(__file__).parent / "texinputs"

_FONTS = r"""
% Written by kochu: signs that these fonts lack are looked for in others.
\directlua{require("kochu-luatex")}
\defaultfontfeatures[\rmfamily,\sffamily,\ttfamily]{RawFeature={fallback=kochu}}
"""


def _visit_ruby(self: LaTeXTranslator, node: nodes.Element) -> None:
    reading = "".join(rt.astext() for rt in node.findall(kn.kochu_rt))
    base = "".join(text for text in node.findall(nodes.Text) if not isinstance(text.parent, kn.kochu_rt))
    self.body.append(rf"\kochuruby{{{self.encode(base)}}}{{{self.encode(reading)}}}")
    raise nodes.SkipNode


def _skip(self: LaTeXTranslator, node: nodes.Element) -> None:
    raise nodes.SkipNode


def _nothing(self: LaTeXTranslator, node: nodes.Element) -> None:
    """Close a node that wrote its own end."""


def _reference(command: str) -> tuple[Any, Any]:
    """Visitors that give a reference a command of ours."""

    def visit(self: LaTeXTranslator, node: nodes.Element) -> None:
        self.body.append(rf"\{command}{{")
        self.visit_reference(node)

    def depart(self: LaTeXTranslator, node: nodes.Element) -> None:
        self.depart_reference(node)
        self.body.append("}")

    return visit, depart


def _environment(name: str) -> tuple[Any, Any]:
    """Visitors that put what a node holds into an environment of ours."""

    def visit(self: LaTeXTranslator, node: nodes.Element) -> None:
        self.body.append(f"\n\\begin{{{name}}}\n")

    def depart(self: LaTeXTranslator, node: nodes.Element) -> None:
        self.body.append(f"\\end{{{name}}}\n")

    return visit, depart


def _visit_version(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append(f"\n\n\\kochuversion{{{self.encode(node['label'])}}}")


def _with_targets(kind: str, environment: str = "") -> tuple[Any, Any]:
    """Visitors that mark the places of a node, to which links lead, and then do as for its kind."""
    begin, end = (rf"\{word}{{{environment}}}" if environment else "" for word in ("begin", "end"))

    def visit(self: LaTeXTranslator, node: nodes.Element) -> None:
        targets = "".join(map(self.hypertarget, node["ids"]))
        if isinstance(node.parent, nodes.title):
            # A title goes to the contents and the running heads, too: behind it is the place.
            self.context[-1] += targets
        elif targets or begin:
            # A block's place begins its paragraph, and does not end the one before.
            self.body.append(targets if isinstance(node, nodes.Inline) else f"\n\n{begin}{targets}")
        getattr(self, f"visit_{kind}")(node)

    def depart(self: LaTeXTranslator, node: nodes.Element) -> None:
        getattr(self, f"depart_{kind}")(node)
        self.body.append(f"{end}\n" if end else "")

    return visit, depart


_VISITORS: dict[type[nodes.Element], tuple[Any, Any]] = {
    kn.kochu_ruby: (_visit_ruby, _nothing),
    kn.kochu_noteref: _reference("kochumark"),
    kn.kochu_number: _reference("kochunumber"),
    kn.kochu_break: (_skip, _nothing),
    kn.kochu_sentence: _with_targets("inline"),
    kn.kochu_base: _with_targets("paragraph", "kochubase"),
    kn.kochu_version: (_visit_version, _nothing),
    kn.kochu_notes: _environment("kochunotes"),
    kn.kochu_fields: _environment("kochufields"),
    **dict.fromkeys(
        (kn.kochu_annotation, kn.kochu_note, kn.kochu_line, kn.kochu_unit), _with_targets("container")
    ),
}


def _prepare(app: Sphinx, config: Config) -> None:
    """Load what an edition needs of LaTeX (handler of ``config-inited``)."""
    own = config.latex_engine == "lualatex"
    elements = dict(config.latex_elements)
    lines = [str(elements.get("extrapackages", ""))]
    files = [_TEXINPUTS / "kochu.sty"]
    if own:
        # Before Sphinx's own fonts: LuaTeX-ja brings the Japanese ones.
        lines.append(r"\usepackage{kochu-luatex}")
        files += [_TEXINPUTS / "kochu-luatex.sty", _TEXINPUTS / "kochu-luatex.lua"]
        for tag, file in _fonts():
            lines.append(rf"\kochulanguage{{{tag}}}{{{file.name}}}")
            files.append(file)
        elements.setdefault("fontpkg", _FONTS + LUALATEX_DEFAULT_FONTPKG)
    elements["extrapackages"] = "\n".join([*lines, r"\usepackage{kochu}", ""])
    config.latex_elements = elements
    config.latex_additional_files = [*config.latex_additional_files, *map(str, files)]


def _fonts() -> Iterator[tuple[str, Path]]:
    """Fonts for the languages whose characters the Japanese font lacks."""
    fonts = installed_fonts()
    for tag, region in fonts.regions.items():
        for folder in fonts.folders:
            file = folder / f"NotoSerif{region}-Regular.otf"
            if tag != "ja" and file.is_file():
                yield tag, file


def register(app: Sphinx) -> None:
    """Give the nodes of an edition their LaTeX."""
    for node, pair in _VISITORS.items():
        app.add_node(node, override=True, latex=pair)
    for transform in (HoldSources, PlaceSources, NumberHeadings, BreakWords, FitTables):
        app.add_post_transform(transform)
    app.connect("config-inited", _prepare)
