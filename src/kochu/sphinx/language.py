"""Mark every change of language, also where an author simply wrote the other script.

A screen reader needs the language to choose a voice, a browser to choose a font: 直 and
骨 are drawn differently in Japanese and in Chinese.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from markupsafe import Markup, escape
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from kochu.sphinx.indexing import arranged

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["SCRIPTS", "cut", "register"]

SCRIPTS: Mapping[str, str] = {"japanese": "ja", "simplified": "zh", "cyrillic": "ru", "hangul": "ko"}
"""Which language a script is taken for where nobody says; a project may choose others."""

_HAN = r"\u3400-\u9fff\uf900-\ufaff々〆"
_RUNS = re.compile(
    # Kana and ideographs with the punctuation between them; brackets may come first.
    rf"(?P<japanese>[「『（【]?[\u3041-\u30ff{_HAN}][\u3001-\u30ff{_HAN}\uff01-\uff9f]*"
    rf"(?:[…\u3000][\u3001-\u30ff{_HAN}\uff01-\uff9f]+)*)"
    r"|(?P<cyrillic>[\u0400-\u04ff]+(?:[\s,’«»–-]+[\u0400-\u04ff]+)*)"
    r"|(?P<hangul>[\uac00-\ud7a3]+(?:\s+[\uac00-\ud7a3]+)*)"
)
_APART = (nodes.literal, nodes.literal_block, nodes.raw, nodes.comment, nodes.math)


def cut(text: str, scripts: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """Cut a text where the script changes.

    :param scripts: language by script.
    :return: pieces with their language, None for the language around them.
    """
    at = 0
    for match in _RUNS.finditer(text):
        script = match.lastgroup or ""
        if script == "japanese" and _simplified(match[0]):
            script = "simplified"
        language = scripts.get(script)
        if not language:
            continue
        if match.start() > at:
            yield text[at : match.start()], None
        yield match[0], language
        at = match.end()
    if at < len(text):
        yield text[at:], None


def _simplified(run: str) -> bool:
    """Whether a run holds a sign that Chinese writes and Japanese does not."""
    return any(not _encodable(sign, "shift_jis") and _encodable(sign, "gb2312") for sign in run)


def _encodable(sign: str, charset: str) -> bool:
    try:
        sign.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _mark(tree: nodes.Element, scripts: Mapping[str, str]) -> None:
    """Mark what stands in a node, unless somebody said already what language it is in."""
    if _marked(tree):
        return
    for child in list(tree.children):
        if isinstance(child, nodes.Element):
            _mark(child, scripts)
            continue
        pieces = list(cut(str(child), scripts))
        if any(language for _, language in pieces):
            tree.replace(child, [_piece(*piece) for piece in pieces])


def _piece(text: str, language: str | None) -> nodes.Node:
    return nodes.inline(text, text, classes=[f"language-{language}"]) if language else nodes.Text(text)


def _marked(node: nodes.Element) -> bool:
    """Whether a node names its language, or is in none."""
    return isinstance(node, _APART) or any(name.startswith("language-") for name in node["classes"])


class MarkTitles(SphinxTransform):
    """Mark titles before tables of contents are made of them."""

    default_priority = 880

    def apply(self, **kwargs: Any) -> None:
        """Walk the titles of the page."""
        for title in list(self.document.findall(nodes.title)):
            _mark(title, self.config.kochu_scripts)


class MarkProse(SphinxPostTransform):
    """Mark everything, when citations and links have their words."""

    default_priority = 600

    def run(self, **kwargs: Any) -> None:
        """Walk the page."""
        _mark(self.document, self.config.kochu_scripts)


def _index(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Arrange the index, and mark its entries, which are strings (handler of ``html-page-context``)."""
    if pagename != "genindex" or "genindexentries" not in context:
        return

    def marked(name: str) -> Markup:
        pieces = cut(name, app.config.kochu_scripts)
        return Markup("").join(
            Markup('<span lang="{}">{}</span>').format(language, piece) if language else escape(piece)
            for piece, language in pieces
        )

    context["genindexentries"] = [
        (key, [
            (marked(name), (links, [(marked(sub), below) for sub, below in subs], category))
            for name, (links, subs, category) in entries
        ])
        for key, entries in arranged(context["genindexentries"], app.config.language or "en")
    ]  # fmt: skip


def register(app: Sphinx) -> None:
    """Add the transforms."""
    app.add_config_value("kochu_scripts", SCRIPTS, "env", frozenset({dict}))
    app.add_transform(MarkTitles)
    app.add_post_transform(MarkProse)
    app.connect("html-page-context", _index)
