"""What can be wrong with an edition's files, as data.

Pure functions return problems; only the edges (Sphinx, the command line) print
them. Both print the same words, so an author learns one set of messages.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

__all__ = ["EditionError", "Problem", "Subtype"]


class Subtype(Enum):
    """Subtypes of the ``kochu`` warning type, for ``suppress_warnings``."""

    SEED = "seed"
    """The base text is missing, changed, empty, not UTF-8 or not text."""
    EDITION = "edition"
    """``edition.toml`` cannot be read or names something that is not there."""
    LAYER = "layer"
    """A layer file has a malformed line, or a missing, doubled or unknown address."""
    READING = "reading"
    """Readings that do not strip to the base text, or kanji without a reading."""
    TABLE = "table"
    """A row of a word or pattern table is malformed or does not fit the text."""
    ADDRESS = "address"
    """An annotation, a passage or a reference names an address that does not exist."""
    QUOTE = "quote"
    """A quote is malformed, not found, or found more than once in its window."""
    OPTION = "option"
    """An annotation has an unknown, missing or malformed option."""
    KEY = "key"
    """An annotation's key is malformed or used twice."""
    REFERENCE = "reference"
    """``:see:``, ``:crosses:`` or a role names an annotation that does not exist."""
    CROSSING = "crossing"
    """Two annotations of one kind cross without saying that they mean to."""
    COVERAGE = "coverage"
    """A change in the post-edited text has no caveat, or a caveat's wording is not in it."""
    DATE = "date"
    """A note says "today" or the like without a date, or a number without a citation; or a source is
    later than the edition."""
    EPUB = "epub"
    """A page holds what an e-book cannot show: mathematics, a picture of another host, broken XML."""
    EVIDENCE = "evidence"
    """A claim is called supported, but cites neither a primary source nor two others."""
    EXERCISE = "exercise"
    """An exercise or a course is malformed, or does not fit the text."""
    PDF = "pdf"
    """A page holds what a PDF cannot show: mathematics, raw HTML, a picture without words."""
    SYNTAX = "syntax"
    """A page's front matter or directive options cannot be parsed."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in one place of one file.

    :param path: the file, as it should be shown.
    :param line: 1-based line in that file, 0 when all of it is meant.
    :param subtype: the value of a :class:`Subtype`.
    :param message: what is wrong and what to do, in one line.
    """

    path: str
    line: int
    subtype: str
    message: str

    @property
    def place(self) -> str:
        """File and line; where all of the file is meant, its first."""
        return f"{self.path}:{max(self.line, 1)}"

    def __str__(self) -> str:
        return f"{self.place}: {self.message} [kochu.{self.subtype}]"


class EditionError(Exception):
    """A file without which nothing can be published is missing or broken.

    :param problems: at least one problem; the message of the exception joins them.
    """

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def shown(path: Path, root: Path | None = None) -> str:
    """Give ``path`` as it should be shown: relative to ``root`` (or here) where it lies below."""
    base = (root or Path.cwd()).resolve()
    full = path.resolve()
    return str(full.relative_to(base)) if full.is_relative_to(base) else str(path)
