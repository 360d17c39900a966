"""What the directives of exercises share."""

from __future__ import annotations

import os
from pathlib import Path
import re
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes

from kochu.exercises.framework import OPTIONS
from kochu.exercises.markup import ruby_roles
from kochu.exercises.model import Exercise
from kochu.exercises.select import SelectionError, parse_selection, select
from kochu.sphinx.directives import KochuDirective
from kochu.sphinx.exercises.project import book_of, files_of
from kochu.sphinx.problems import log
from kochu.text.problems import Subtype

if TYPE_CHECKING:
    from kochu.exercises.book import Book

__all__ = ["Filtered"]

_IMAGE = re.compile(r"(!\[[^\]]*\])\(([^)\s]+)\)")


class Filtered(KochuDirective):
    """What the directives share: the book, a choice from it, and MyST in its strings."""

    more_options: ClassVar[frozenset[str]] = frozenset()
    folder = Path()

    def book(self) -> Book:
        for path in files_of(self.env):
            self.env.note_dependency(path)
        book = book_of(self.env)
        for page in book.pages:
            self.env.note_dependency(page)
        log(book.problems)
        return book

    def choose(self, book: Book) -> tuple[Exercise, ...]:
        """Choose exercises by the options; none if an option is wrong, which is told."""
        known = {*OPTIONS, *self.more_options}
        if unknown := sorted(set(self.options) - known):
            self.wrong(
                Subtype.OPTION,
                f"{self.name} has an unknown option ':{unknown[0]}:'; it takes {', '.join(sorted(known))}",
            )
            return ()
        try:
            return select(book, parse_selection(self.options))
        except SelectionError as error:
            self.wrong(Subtype.OPTION, str(error))
            return ()

    def blocks(self, text: str) -> list[nodes.Node]:
        return self.parse_text_to_nodes(self._own(text)) if text.strip() else []

    def inline(self, text: str) -> list[nodes.Node]:
        found, messages = self.parse_inline(self._own(text), lineno=self.lineno)
        return [*found, *messages]

    def _own(self, text: str) -> str:
        """Write furigana as roles, and images as seen from this page instead of the exercise."""
        page = Path(self.env.doc2path(self.env.docname)).parent

        def moved(match: re.Match[str]) -> str:
            file = self.folder / match[2]
            return f"{match[1]}({os.path.relpath(file, page)})" if file.is_file() else match[0]

        return _IMAGE.sub(moved, ruby_roles(text))
