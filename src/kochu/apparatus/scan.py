"""Find annotations and references in MyST pages without Sphinx."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
import re

from kochu.apparatus.blocks import DIRECTIVE, cut_page
from kochu.apparatus.edition import Edition, Loaded
from kochu.apparatus.kinds import KINDS
from kochu.apparatus.model import Annotation
from kochu.apparatus.parse import Draft, parse_annotation, parse_passage
from kochu.apparatus.usage import UNNAMED, check_usage
from kochu.text.problems import Problem, Subtype, shown

__all__ = ["Page", "Reference", "scan_page", "unreadable"]

_ROLE = re.compile(r"\{(?:kochu:)?(" + "|".join([*KINDS, "sentence"]) + r")\}`([^`]+)`")
_FENCE = re.compile(r"(`{3,}|~{3,})([^`]*)$")
_TARGET = re.compile(r"<([^<>]+)>\s*$")


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
        page.problems.append(unreadable(name, error))
        return page
    docname = path.relative_to(edition.root).with_suffix("").as_posix()
    text_id = next(iter(edition.texts)) if len(edition.texts) == 1 else ""
    passage: tuple[str, ...] = ()
    blocks, broken = cut_page(source, name)
    page.problems += [stretch.problem for stretch in broken]
    for block in blocks:

        def tell(subtype: Subtype, message: str, line: int = block.line) -> None:
            page.problems.append(Problem(name, line, subtype.value, message))

        if block.name not in KINDS:
            wrong = check_usage(block.name, block.argument, block.options, edition.texts)
            for subtype, message in wrong:
                tell(subtype, message)
            if wrong:
                continue
        if block.name in ("reading", "text"):
            text_id = block.argument or text_id
        if block.name in ("reading", "passage", *KINDS) and not text_id:
            tell(Subtype.EDITION, UNNAMED)
        if block.name == "reading":
            page.readings.append(text_id)
        elif block.name == "passage" and text_id in texts:
            sentences, problems = parse_passage(block.argument, texts[text_id].base, name, block.line)
            page.problems += problems
            passage = tuple(s.address for s in sentences)
        elif block.name in KINDS and text_id in texts:
            groups = tuple(edition.groups)
            draft = Draft(
                block.name, block.argument, block.options, docname, name, block.line, passage, groups
            )
            note, problems = parse_annotation(draft, texts[text_id].base, text_id)
            page.problems += problems
            page.annotations += [note] if note else []
    page.references += _references(source, name)
    return page


def unreadable(name: str, error: OSError | UnicodeDecodeError) -> Problem:
    """Say why a page cannot be read."""
    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        return Problem(name, line, Subtype.SYNTAX.value, "page is not UTF-8; save it as UTF-8")
    return Problem(name, 0, Subtype.SYNTAX.value, f"page cannot be read: {error.strerror}")


def _references(source: str, name: str) -> Iterator[Reference]:
    fence = ""
    for number, line in enumerate(source.splitlines(), 1):
        # Code fences show roles, they do not use them; a fence of more signs may hold fences of fewer.
        opening = _FENCE.match(line)
        if fence:
            if opening and opening[1].startswith(fence) and not opening[2].strip():
                fence = ""
            continue
        if opening and not DIRECTIVE.fullmatch(opening[2].strip()):
            fence = opening[1]
            continue
        for role, content in _ROLE.findall(line):
            target = _TARGET.search(content)
            yield Reference(role, target[1] if target else content, name, number)
