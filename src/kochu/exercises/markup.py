"""MyST's markup where there is no Sphinx: in reports, in exports, in the page's feedback.

A small part of MyST: paragraphs, lists, emphasis, code, links, images, furigana as
``{強化|きょうか}``, and the roles that name a sentence or an annotation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from html import escape
import re

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.myst_role import myst_role_plugin

__all__ = ["RUBY", "Image", "Link", "Markup", "roles", "ruby_roles"]

Link = Callable[[str, str], tuple[str | None, str]]
"""Gives address and words for a role and its target; no address where nothing is linked."""

Image = Callable[[str], str]
"""Gives the address under which an image can be shown."""

RUBY = re.compile(r"\{([^{}|`]+)\|([^{}|`]+)\}")
_TARGET = re.compile(r"^(.*?)\s*<([^<>]+)>$", re.DOTALL)
_ROLE = re.compile(r"\{(?:kochu:)?([a-z]+)\}`([^`]+)`")


def ruby_roles(text: str) -> str:
    """Write furigana as a role, which MyST can parse."""
    return RUBY.sub(r"{ruby}`\1|\2`", text)


def roles(text: str) -> Iterator[tuple[str, str]]:
    """Find the roles in a text, with their targets."""
    for role, content in _ROLE.findall(text):
        named = _TARGET.match(content)
        yield role, named[2] if named else content


def _plain_link(_role: str, target: str) -> tuple[None, str]:
    return None, target


class Markup:
    """Writes MyST as HTML or as plain text.

    :param link: how roles become links; by default they stay words.
    :param image: how images are addressed.
    """

    def __init__(self, link: Link = _plain_link, image: Image = str) -> None:
        self._link = link
        self._parser = MarkdownIt("commonmark", {"html": False}).use(myst_role_plugin)
        # The parser binds a rule to its renderer, so the rule cannot be a method of ours.
        self._parser.add_render_rule("myst_role", lambda _, tokens, at, *_more: self._role(tokens[at]))
        self._image = image
        # A report of a class writes the same feedback hundreds of times.
        self.html = lru_cache(maxsize=2048)(self._html)
        self.inline = lru_cache(maxsize=2048)(self._inline)

    def _html(self, text: str) -> str:
        """Write a text as HTML blocks."""
        tokens = self._parser.parse(ruby_roles(text))
        for token in _walk(tokens):
            if token.type == "image":
                token.attrSet("src", self._image(str(token.attrGet("src"))))
        return str(self._parser.renderer.render(tokens, self._parser.options, {})).strip()

    def _inline(self, text: str) -> str:
        """Write a text as HTML without a paragraph round it."""
        html = self.html(text)
        single = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
        return html[3:-4] if single else html

    def plain(self, text: str) -> str:
        """Write a text without markup; furigana stands in brackets behind its base."""
        words: list[str] = []
        for token in _walk(self._parser.parse(ruby_roles(text))):
            if token.type == "myst_role":
                words.append(self._plain_role(token.meta["name"], token.content))
            elif token.type in ("softbreak", "hardbreak"):
                words.append(" ")
            elif token.type == "paragraph_close":
                words.append("\n")
            elif token.type in ("text", "code_inline", "fence", "code_block"):
                words.append(token.content)
        return "".join(words).strip()

    def _role(self, token: Token) -> str:
        role = token.meta["name"].removeprefix("kochu:")
        if role == "ruby":
            base, _, reading = token.content.partition("|")
            return f"<ruby>{escape(base)}<rp>（</rp><rt>{escape(reading)}</rt><rp>）</rp></ruby>"
        words, href = self._words(role, token.content)
        return f'<a href="{escape(href)}">{escape(words)}</a>' if href else escape(words)

    def _plain_role(self, name: str, content: str) -> str:
        role = name.removeprefix("kochu:")
        if role == "ruby":
            base, _, reading = content.partition("|")
            return f"{base}（{reading}）"
        return self._words(role, content)[0]

    def _words(self, role: str, content: str) -> tuple[str, str | None]:
        named = _TARGET.match(content)
        href, words = self._link(role, named[2] if named else content)
        return (named[1] if named else words), href


def _walk(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "inline":
            yield from _walk(token.children or ())
        else:
            yield token
