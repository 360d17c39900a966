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

from kochu.sphinx import nodes as kn
from kochu.typst.fonts import installed_fonts

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.writers.latex import LaTeXTranslator

__all__ = ["register"]

_PREAMBLE = r"""
% Written by kochu: readings above their words, and only the words in bookmarks.
\DeclareRobustCommand{\kochuruby}[2]{\ruby{#1}{#2}}
\pdfstringdefDisableCommands{\def\kochuruby#1#2{#1}\def\kochumark#1{}}
\DeclareRobustCommand{\kochumark}[1]{\textsuperscript{\tiny #1}}
% Greek and Cyrillic letters and quotation marks are not as wide as Japanese signs.
\ltjsetparameter{jacharrange={-2,-3,-9}}
"""
_FONT = r"""
\newjfontfamily\%(command)s{%(file)s}[BoldFont=%(file)s]
\expandafter\def\csname DUrolelanguage-%(tag)s\endcsname#1{{\%(command)s #1}}
\pdfstringdefDisableCommands{\let\%(command)s\empty}
"""
"""A font for the words of a language: Sphinx writes its class as a role."""
_OTHER = r"""
% Written by kochu.
\DeclareRobustCommand{\kochuruby}[2]{#1(#2)}
\DeclareRobustCommand{\kochumark}[1]{\textsuperscript{\tiny #1}}
"""


def _visit_ruby(self: LaTeXTranslator, node: nodes.Element) -> None:
    reading = "".join(rt.astext() for rt in node.findall(kn.kochu_rt))
    base = "".join(text for text in node.findall(nodes.Text) if not isinstance(text.parent, kn.kochu_rt))
    self.body.append(rf"\kochuruby{{{self.encode(base)}}}{{{self.encode(reading)}}}")
    raise nodes.SkipNode


def _visit_noteref(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.body.append(r"\kochumark{")
    self.visit_reference(node)


def _depart_noteref(self: LaTeXTranslator, node: nodes.Element) -> None:
    self.depart_reference(node)
    self.body.append("}")


def _skip(self: LaTeXTranslator, node: nodes.Element) -> None:
    raise nodes.SkipNode


def _nothing(self: LaTeXTranslator, node: nodes.Element) -> None:
    """Close a node that wrote its own end."""


def _with_targets(kind: str) -> tuple[Any, Any]:
    """Visitors that mark the places of a node, to which links lead, and then do as for its kind."""

    def visit(self: LaTeXTranslator, node: nodes.Element) -> None:
        targets = "".join(map(self.hypertarget, node["ids"]))
        if isinstance(node.parent, nodes.title):
            # A title goes to the contents and the running heads, too: behind it is the place.
            self.context[-1] += targets
        elif targets:
            # A block's place begins its paragraph, and does not end the one before.
            self.body.append(targets if isinstance(node, nodes.Inline) else f"\n\n{targets}")
        getattr(self, f"visit_{kind}")(node)

    def depart(self: LaTeXTranslator, node: nodes.Element) -> None:
        getattr(self, f"depart_{kind}")(node)

    return visit, depart


_VISITORS: dict[type[nodes.Element], tuple[Any, Any]] = {
    kn.kochu_ruby: (_visit_ruby, _nothing),
    kn.kochu_noteref: (_visit_noteref, _depart_noteref),
    kn.kochu_break: (_skip, _nothing),
    kn.kochu_sentence: _with_targets("inline"),
    kn.kochu_base: _with_targets("paragraph"),
    **dict.fromkeys(
        (kn.kochu_annotation, kn.kochu_note, kn.kochu_line, kn.kochu_unit), _with_targets("container")
    ),
}


def _prepare(app: Sphinx, config: Config) -> None:
    """Load LuaTeX-ja where it can be used (handler of ``config-inited``)."""
    own = config.latex_engine == "lualatex"
    elements = dict(config.latex_elements)
    elements["preamble"] = str(elements.get("preamble", "")) + (_PREAMBLE if own else _OTHER)
    if own:
        # Before Sphinx's own fonts: LuaTeX-ja brings the Japanese ones.
        packages = "\\usepackage{luatexja}\n\\usepackage{luatexja-ruby}\n\\usepackage{luatexja-fontspec}\n"
        elements["extrapackages"] = str(elements.get("extrapackages", "")) + packages
        for tag, file in _fonts():
            command = "kochufont" + "".join(filter(str.isalpha, tag)).lower()
            elements["preamble"] += _FONT % {"tag": tag, "command": command, "file": file.name}
            config.latex_additional_files = [*config.latex_additional_files, str(file)]
    config.latex_elements = elements


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
    app.connect("config-inited", _prepare)
