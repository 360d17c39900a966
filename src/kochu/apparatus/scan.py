"""Find annotations in MyST pages without Sphinx.

The pages are cut by the same parsers that MyST uses (markdown-it's colon fences and
MyST's reader of directive options), so what is found here is what the build finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
import re

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from myst_parser.parsers.options import TokenizeError, options_to_items
import yaml

from kochu.apparatus.edition import Edition, Loaded
from kochu.apparatus.kinds import KINDS
from kochu.apparatus.model import Annotation
from kochu.apparatus.parse import Draft, parse_annotation, parse_passage
from kochu.text.problems import Problem, Subtype, shown

__all__ = ["Page", "Reference", "scan_page"]

_DIRECTIVE = re.compile(r"\{([\w:-]+)\}\s*(.*)", re.DOTALL)
_ROLE = re.compile(r"\{(?:kochu:)?(" + "|".join([*KINDS, "sentence"]) + r")\}`([^`]+)`")
_FENCE = re.compile(r"(`{3,}|~{3,})([^`]*)$")
_TARGET = re.compile(r"<([^<>]+)>\s*$")
_CONTAINERS = frozenset({"admonition", "note", "tip", "warning", "grid", "card", "dropdown"})


@dataclass(frozen=True, slots=True)
class Reference:
    """A role that names an annotation or a sentence."""

    role: str
    target: str
    path: str
    line: int


@dataclass
class Page:
    """What one page holds.

    :param readings: the texts whose reading page this is.
    """

    annotations: list[Annotation] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    readings: list[str] = field(default_factory=list)


def scan_page(path: Path, edition: Edition, texts: dict[str, Loaded]) -> Page:
    """Read one page.

    :param path: the file.
    :param texts: the loaded texts of the edition, by id.
    """
    name = shown(path)
    page = Page()
    try:
        source = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        page.problems.append(Problem(name, 0, Subtype.SYNTAX.value, f"cannot be read: {error}"))
        return page
    docname = path.relative_to(edition.root).with_suffix("").as_posix()
    text_id = next(iter(texts)) if len(texts) == 1 else ""
    passage: tuple[str, ...] = ()
    for directive, argument, content, line in _directives(source, name, page):
        if directive in ("reading", "text") and (not argument or argument in texts):
            text_id = argument or text_id
            if directive == "reading":
                page.readings.append(text_id)
        elif directive in ("passage", *KINDS) and text_id in texts:
            base = texts[text_id].base
            if directive == "passage":
                sentences, wrong = parse_passage(argument, base, name, line)
                passage = tuple(s.address for s in sentences)
            else:
                options = _options(content, name, line, page)
                if options is None:
                    continue
                draft = Draft(
                    directive, argument, options, docname, name, line, passage, tuple(edition.groups)
                )
                note, wrong = parse_annotation(draft, base, text_id)
                if note:
                    page.annotations.append(note)
            page.problems += wrong
    page.references += _references(source, name)
    return page


def _directives(source: str, name: str, page: Page) -> Iterator[tuple[str, str, str, int]]:
    """Yield name, argument, content and 1-based line of each directive, nested ones too."""
    parser = MarkdownIt("commonmark").use(colon_fence_plugin).use(front_matter_plugin)
    stack = [(source, 0)]
    while stack:
        text, offset = stack.pop()
        for token in parser.parse(text):
            if token.type == "front_matter" and not offset:
                _check_front_matter(token.content, name, page)
            if token.type not in ("colon_fence", "fence") or token.map is None:
                continue
            match = _DIRECTIVE.fullmatch(token.info.strip())
            if not match:
                continue
            line = offset + token.map[0] + 1
            if match[1] in _CONTAINERS:
                stack.append((token.content, line))
            yield match[1].removeprefix("kochu:"), match[2].strip(), token.content, line


def _options(content: str, name: str, line: int, page: Page) -> dict[str, str] | None:
    """Read the options in front of a directive's body; None when they cannot be read."""
    block: list[str] = []
    lines = content.splitlines()
    if lines and lines[0].startswith("---"):
        end = next((i for i, x in enumerate(lines[1:], 1) if x.startswith("---")), len(lines))
        block = lines[1:end]
    else:
        for text in lines:
            if not text.lstrip().startswith(":") or text.lstrip().startswith(":::"):
                break
            block.append(text.lstrip()[1:])
    try:
        items, _ = options_to_items("\n".join(block))
    except TokenizeError as error:
        page.problems.append(
            Problem(
                name,
                line + 1 + error.problem_mark.line,
                Subtype.SYNTAX.value,
                f"options cannot be read: {error.problem}; put the value in double quotes",
            )
        )
        return None
    return dict(items)


def _check_front_matter(source: str, name: str, page: Page) -> None:
    try:
        yaml.safe_load(source)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "not valid YAML"
        page.problems.append(
            Problem(
                name,
                mark.line + 2 if mark else 1,
                Subtype.SYNTAX.value,
                f"front matter cannot be read: {problem}; mend the YAML between the --- lines",
            )
        )


def _references(source: str, name: str) -> Iterator[Reference]:
    fence = ""
    for number, line in enumerate(source.splitlines(), 1):
        # Code fences show roles, they do not use them; a fence of more signs may hold fences of fewer.
        opening = _FENCE.match(line)
        if fence:
            if opening and opening[1].startswith(fence) and not opening[2].strip():
                fence = ""
            continue
        if opening and not _DIRECTIVE.fullmatch(opening[2].strip()):
            fence = opening[1]
            continue
        for role, content in _ROLE.findall(line):
            target = _TARGET.search(content)
            yield Reference(role, target[1] if target else content, name, number)
