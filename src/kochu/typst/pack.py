"""Make a PDF small, and leave alone what a reader or a standard looks at.

Typst writes each of its many thousand objects by itself, and every stretch of type with all
that it needs to stand alone; a tagged book of 200 pages comes to seven megabytes, most of it syntax.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
import re

from kochu.typst.beside import no_collection
from kochu.typst.links import Place, settle_links
from kochu.typst.numbers import Numbers
from kochu.typst.objects import Objects, deflated, inflated, read_objects, write_objects
from kochu.typst.outlines import without_hints
from kochu.typst.stretches import join_stretches
from kochu.typst.structure import Structure, unwrap_groups

__all__ = ["pack"]

_FONT = b"/Filter/FlateDecode/Subtype/CIDFontType0C"
_PAGE = re.compile(rb"<</Type/Page/.*?/Contents (\d+) 0 R", re.DOTALL)
_HELPED = 0.55
"""The part of the pages that the helper takes; links and fonts are left for the other."""

_Painted = tuple[bytes, Mapping[int, int]]
"""The new stream of a page, and the new numbers of its marks."""


def pack(data: bytes, places: Mapping[str, Place], helper: Executor | None = None) -> bytes:
    """Write a PDF with its objects compressed; the same input gives the same output.

    :param places: where the places to which links lead are printed, by name.
    :param helper: a process that takes a part of the work.
    :raises NoPlaceError: a link leads to a place that is not printed.
    :raises ValueError: the PDF is not written as Typst writes.
    """
    with no_collection():
        begun = helper.submit(_helped, data, places) if helper else None
        book = _Book(data, places)
        part = book.part() if helper else 0
        own = book.repainted(book.pages[part:])
        bodies = book.bodies
        for name, body in bodies.items():
            if _FONT in body[: body.find(b">>")]:
                bodies[name] = deflated(body, without_hints(inflated(body)))
        settle_links(bodies, places)
        painted = [*(begun.result() if begun else ()), *own]
        marks: dict[int, Mapping[int, int]] = {}
        for (page, stream), (content, numbers) in zip(book.pages, painted, strict=True):
            bodies[stream], marks[page] = content, numbers
        book.structure.renumber(marks)
        return write_objects(Objects(bodies, book.trailer))


def _helped(data: bytes, places: Mapping[str, Place]) -> list[_Painted]:
    """Do the helper's part.

    It reads the file for itself: to hand over what was read would take as long.
    """
    book = _Book(data, places)
    return book.repainted(book.pages[: book.part()])


class _Book:
    """A PDF as Typst wrote it, and what its pages need to be painted anew.

    :param data: the PDF.
    :param places: where the places to which links lead are printed, by name.
    :raises ValueError: the PDF is not written as Typst writes.
    """

    def __init__(self, data: bytes, places: Mapping[str, Place]) -> None:
        written = read_objects(data)
        self.trailer = written.trailer
        self.bodies = dict(written.bodies)
        unwrap_groups(self.bodies)
        self.structure = Structure(self.bodies)
        self._following = self.structure.following()
        found = ((name, _PAGE.match(body)) for name, body in written.bodies.items())
        self.pages: Sequence[tuple[int, int]] = [(name, int(page[1])) for name, page in found if page]
        if not self.pages:
            raise ValueError("the PDF has no page that is written as we know it")
        self._streams = written.bodies
        self._numbers = Numbers(written.bodies, places, self.pages[0][0], self._content(self.pages[0][1]))

    def part(self) -> int:
        """How many pages the helper takes: pages are not alike."""
        sizes = [len(self._streams[stream]) for _, stream in self.pages]
        rest = _HELPED * sum(sizes)
        for count, size in enumerate(sizes):
            if rest <= 0:
                return count
            rest -= size
        return len(sizes)

    def repainted(self, pages: Iterable[tuple[int, int]]) -> list[_Painted]:
        """Paint pages anew: with the numbers that they wait for, and in fewer words.

        :param pages: the object of each page, and that of its stream.
        :raises NoPlaceError: a reference leads to a place that is not printed.
        """
        found: list[_Painted] = []
        for page, stream in pages:
            content = self._numbers.print_on(page, self._content(stream))
            joined, numbers = join_stretches(content, self._following.get(page, frozenset()))
            found.append((deflated(self._streams[stream], joined), numbers))
        return found

    def _content(self, stream: int) -> bytes:
        return inflated(self._streams[stream])
