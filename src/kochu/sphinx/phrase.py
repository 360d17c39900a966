"""How words are set: where a Japanese heading may break, and which quotation marks are printed."""

from __future__ import annotations

from functools import cache
from itertools import accumulate

import budoux
from docutils import nodes
from docutils.utils import smartquotes

from kochu.sphinx.nodes import ancestors, kochu_break, kochu_noteref, kochu_rt, kochu_ruby

__all__ = ["curly", "phrases", "set_breaks", "with_apostrophes"]


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_japanese_parser()


def curly(text: str, language: str) -> str:
    """Curl quotation marks and apostrophes, as Sphinx does in prose.

    :param text: words that come from an option or a title, which Sphinx leaves as typed.
    :param language: BCP 47 tag of the documents.
    """
    return "".join(smartquotes.educate_tokens([("plain", text)], attr="q", language=language))


def with_apostrophes(text: str) -> str:
    """Set the apostrophes of a word in any language: *reparto d’onore*."""
    return text.replace("'", "’")


def phrases(text: str) -> list[str]:
    """Cut a heading into phrases, none of which should be broken."""
    return list(_parser().parse(text))


def set_breaks(sentence: nodes.Element, text: str) -> None:
    """Put a break between the phrases of a sentence that was drawn.

    :param sentence: the drawn sentence; its text without readings is ``text``.
    """
    # The end of the last phrase is the end of the heading: no break there.
    offsets = frozenset(list(accumulate(map(len, phrases(text))))[:-1])
    at = 0
    for node in list(sentence.findall(nodes.Text)):
        if _apart(node):
            continue
        if kochu_ruby in map(type, ancestors(node)):
            at += len(node)
            if at in offsets:
                _behind_ruby(node)
            continue
        words = str(node)
        cuts = [o - at for o in sorted(offsets) if at < o <= at + len(words)]
        at += len(words)
        if not cuts:
            continue
        parts: list[nodes.Node] = []
        start = 0
        for cut in cuts:
            parts += [nodes.Text(words[start:cut]), kochu_break()]
            start = cut
        parts += [nodes.Text(words[start:])] if words[start:] else []
        node.parent.replace(node, parts)


def _behind_ruby(text: nodes.Text) -> None:
    """Break behind a reading group, when its last words end a phrase."""
    ruby = next(node for node in ancestors(text) if isinstance(node, kochu_ruby))
    base = [node for node in ruby.findall(nodes.Text) if not _apart(node)]
    if base[-1] is text:
        ruby.parent.insert(ruby.parent.index(ruby) + 1, kochu_break())


def _apart(node: nodes.Node) -> bool:
    return any(isinstance(above, kochu_rt | kochu_noteref) for above in ancestors(node))
