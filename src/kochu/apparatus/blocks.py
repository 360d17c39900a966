"""Cut a MyST page into its directives, and find what cannot be read.

The pages are cut by the same parsers that MyST uses (markdown-it's colon fences and
MyST's reader of directive options), so what is found here is what the build finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
import re

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from myst_parser.parsers.options import TokenizeError, options_to_items
import yaml

from kochu.apparatus.kinds import KINDS
from kochu.apparatus.usage import PLAIN
from kochu.text.problems import Problem, Subtype

__all__ = ["DIRECTIVE", "OURS", "Block", "Broken", "cut_page"]

DIRECTIVE = re.compile(r"\{([\w:-]+)\}\s*(.*)", re.DOTALL)
"""The opening line of a directive, behind its fence."""

OURS = frozenset({*KINDS, *PLAIN, "annotations"})
"""Directives that are read here."""

_CONTAINERS = frozenset({"admonition", "note", "tip", "warning", "grid", "card", "dropdown"})


@dataclass(frozen=True, slots=True)
class Block:
    """A directive of ours.

    :param line: 1-based line of its opening.
    """

    name: str
    argument: str
    options: dict[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A stretch of a page that cannot be read.

    :param first: its first line, counted from 0.
    :param last: the line behind its last.
    """

    problem: Problem
    first: int
    last: int


def cut_page(source: str, name: str) -> tuple[tuple[Block, ...], tuple[Broken, ...]]:
    """Find the directives of a page, nested ones too, and what is broken.

    :param name: the page's file, as it should be shown.
    """
    blocks: list[Block] = []
    broken: list[Broken] = []
    stack = [(source, 0)]
    while stack:
        text, offset = stack.pop()
        for token in _parser().parse(text):
            if token.map is None:
                continue
            first, last = offset + token.map[0], offset + token.map[1]
            if token.type == "front_matter" and not offset:
                broken += _front_matter(token.content, name, last)
            if token.type not in ("colon_fence", "fence"):
                continue
            match = DIRECTIVE.fullmatch(token.info.strip())
            if not match:
                continue
            if match[1] in _CONTAINERS:
                stack.append((token.content, first + 1))
            directive = match[1].removeprefix("kochu:")
            if directive not in OURS:
                continue
            try:
                options = _options(token.content)
            except _WrongError as wrong:
                problem = Problem(name, first + 2 + wrong.line, Subtype.SYNTAX.value, str(wrong))
                broken.append(Broken(problem, first, last))
            else:
                blocks.append(Block(directive, match[2].strip(), options, first + 1))
    return tuple(blocks), tuple(broken)


class _WrongError(ValueError):
    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").use(colon_fence_plugin).use(front_matter_plugin)
    # Blocks are all that is asked for.
    parser.core.ruler.disable(["inline", "text_join"], ignoreInvalid=True)
    return parser


def _options(content: str) -> dict[str, str]:
    """Read the options in front of a directive's body."""
    block: list[str] = []
    lines = content.splitlines()
    start = 0
    if lines and lines[0].startswith("---"):
        end = next((i for i, x in enumerate(lines[1:], 1) if x.startswith("---")), len(lines))
        block, start = lines[1:end], 1
    else:
        for text in lines:
            if not text.lstrip().startswith(":") or text.lstrip().startswith(":::"):
                break
            block.append(text.lstrip()[1:])
    try:
        items, _ = options_to_items("\n".join(block))
    except TokenizeError as error:
        message = f"options cannot be read: {error.problem}; put the value in double quotes"
        # A quotation mark that is never closed is missed at the end, but stands at the beginning.
        mark = error.context_mark or error.problem_mark
        raise _WrongError(start + mark.line, message) from None
    found: dict[str, str] = {}
    for key, value in items:
        if key in found:
            line = [i for i, x in enumerate(block) if x.partition(":")[0].strip() == key][-1]
            raise _WrongError(start + line, f"option ':{key}:' stands twice; remove one")
        found[key] = value
    return found


def _front_matter(source: str, name: str, last: int) -> Iterator[Broken]:
    try:
        yaml.safe_load(source)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        wrong = getattr(error, "problem", None) or "not valid YAML"
        message = f"front matter cannot be read: {wrong}; mend the YAML between the --- lines"
        # The end of the matter is the line of its closing rule.
        line = min(mark.line + 2, last) if mark else 1
        yield Broken(Problem(name, line, Subtype.SYNTAX.value, message), 0, last)
