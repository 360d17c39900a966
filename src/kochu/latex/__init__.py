"""An edition for LaTeX: ``sphinx-build -b latex`` with ``latex_engine = "lualatex"``.

LuaTeX-ja sets Japanese as TeX users know it: line breaking by its own rules, furigana by
``luatexja-ruby``. The fonts are those that come with it (Haranoaji). Other engines print a
reading in brackets behind its base. The PDF of the Typst builder is the edition as it is
meant to be; this is for those who typeset a volume with LaTeX and want the edition in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

from kochu.sphinx import nodes as kn

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
"""
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


_VISITORS: dict[type[nodes.Element], tuple[Any, Any]] = {
    kn.kochu_ruby: (_visit_ruby, _nothing),
    kn.kochu_noteref: (_visit_noteref, _depart_noteref),
    kn.kochu_break: (_skip, _nothing),
}


def _prepare(app: Sphinx, config: Config) -> None:
    """Load LuaTeX-ja where it can be used (handler of ``config-inited``)."""
    own = config.latex_engine == "lualatex"
    elements = dict(config.latex_elements)
    elements["preamble"] = str(elements.get("preamble", "")) + (_PREAMBLE if own else _OTHER)
    if own:
        # Before Sphinx's own fonts: LuaTeX-ja brings the Japanese ones.
        packages = "\\usepackage{luatexja}\n\\usepackage{luatexja-ruby}\n"
        elements["extrapackages"] = str(elements.get("extrapackages", "")) + packages
    config.latex_elements = elements


def register(app: Sphinx) -> None:
    """Give the nodes of an edition their LaTeX."""
    for node, pair in _VISITORS.items():
        app.add_node(node, override=True, latex=pair)
    app.connect("config-inited", _prepare)
