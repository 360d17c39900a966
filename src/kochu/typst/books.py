"""What to print: the rows of ``kochu_pdf_documents``, checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from docutils.nodes import make_id
from sphinx.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from kochu.apparatus.edition import About

__all__ = ["PAPERS", "Book", "books", "papers", "versions"]

PAPERS = ("iso-b5", "a4")
"""The papers for which the template has measures."""


@dataclass(frozen=True, slots=True)
class Book:
    """One PDF.

    :param start: the page with which it starts; the pages of its toctrees follow.
    :param name: file name without suffix.
    :param title: on the title page; of the edition, or of the start page, if empty.
    :param front: whether it has a title page, contents and running heads of a book.
        If not given: whether the start page has pages below it.
    :param index: whether an index stands at the end; as ``front`` if not given.
    :param toctree_only: leave out what the start page itself says, as in Sphinx's
        ``latex_documents``; as ``front`` if not given, for the first page of a site is made
        for finding one's way on a screen.
    :param reading_text: whether the text stands once without notes before the text with
        notes.
    :param paper: a paper, or several; those of ``kochu_pdf_paper`` if empty.
    :param parts: captions of the start page's toctrees that it prints; all of them if empty.
    :param without: pages that it leaves out, with all pages below them.
    """

    start: str
    name: str
    title: str = ""
    subtitle: str = ""
    front: bool | None = None
    index: bool | None = None
    toctree_only: bool | None = None
    reading_text: bool = True
    paper: str | tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    def settled(self, *, whole: bool) -> Book:
        """Answer the questions that were left open.

        :param whole: whether the start page has pages below it.
        """
        front = whole if self.front is None else self.front
        return replace(
            self,
            front=front,
            index=front if self.index is None else self.index,
            toctree_only=front if self.toctree_only is None else self.toctree_only,
        )

    def editions(self, given: tuple[str, ...]) -> Iterable[tuple[str, str]]:
        """Give the papers on which it is printed, each with the name of the PDF.

        The first has the book's name, the others add their own.

        :param given: the papers of all books that say nothing.
        """
        for count, paper in enumerate(self.paper or given):
            yield paper, f"{self.name}-{paper.removeprefix('iso-')}" if count else self.name


_OPTIONS = {f.name for f in fields(Book)} - {"start", "name"}


def books(rows: Iterable[Any], about: About, root: str, documents: AbstractSet[str]) -> tuple[Book, ...]:
    """Read the rows of ``kochu_pdf_documents``.

    :param about: the edition; names the file where nothing is configured.
    :param root: the project's first page.
    :param documents: all pages.
    :raises ConfigError: a row is malformed.
    """
    found = tuple(_book(row, documents) for row in rows)
    return found or (Book(root, make_id(about.title) or "edition", about.title, about.subtitle),)


def _book(row: Any, documents: AbstractSet[str]) -> Book:
    match row:
        case (str(start), str(name)):
            options: dict[str, Any] = {}
        case (str(start), str(name), dict(options)):
            pass
        case _:
            message = (
                f"kochu_pdf_documents: {row!r} is not (start page, file name) "
                "or (start page, file name, options)"
            )
            raise ConfigError(message)
    if start not in documents:
        raise ConfigError(f"kochu_pdf_documents: there is no page '{start}'")
    if unknown := sorted(options.keys() - _OPTIONS):
        raise ConfigError(
            f"kochu_pdf_documents: unknown option '{unknown[0]}' of '{name}'; "
            f"it is one of {', '.join(sorted(_OPTIONS))}"
        )
    for option in ("parts", "without"):
        options[option] = tuple(options.get(option, ()))
    for page in options["without"]:
        if page not in documents:
            raise ConfigError(
                f"kochu_pdf_documents: '{name}' is to leave out '{page}', but there is no such page"
            )
    if "paper" in options:
        options["paper"] = papers(options["paper"])
    return Book(start, name.removesuffix(".pdf"), **options)


def versions(value: Any, layers: AbstractSet[str]) -> tuple[str, ...] | None:
    """Read which versions stand under a sentence; nothing is said by ``None``.

    :param layers: names of the layers that the edition has.
    :raises ConfigError: there is no such layer.
    """
    found = None if value is None else tuple(value)
    for name in found or ():
        if name not in layers:
            known = ", ".join(sorted(layers))
            raise ConfigError(f"kochu_pdf_versions: {name!r} is none of the layers {known}")
    return found


def papers(value: Any) -> tuple[str, ...]:
    """Read one paper or several.

    :raises ConfigError: there are no measures for one of them.
    """
    found = (value,) if isinstance(value, str) else tuple(value)
    for paper in found:
        if paper not in PAPERS:
            raise ConfigError(f"kochu_pdf_paper: {paper!r} is none of {', '.join(PAPERS)}")
    return found
