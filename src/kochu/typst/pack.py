"""Make a PDF small, and leave alone what a reader or a standard looks at.

Typst writes each of its many thousand objects by itself, and every stretch of type with all
that it needs to stand alone; a tagged book of 200 pages comes to seven megabytes, most of it syntax.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
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
_HELPED = 0.65
"""The part of the pages that the helper takes; the rest of the work is heavier than it looks."""

_Paint = tuple[bytes, bytes, Container[int]]
"""The stream of a page, what it paints, and the marks that continue the one before."""
_Painted = tuple[bytes, dict[int, int]]
"""The new stream, and the new numbers of its marks."""


def pack(data: bytes, places: Mapping[str, Place], helper: Executor | None = None) -> bytes:
    """Write a PDF with its objects compressed; the same input gives the same output.

    :param places: where the places to which links lead are printed, by name.
    :param helper: a process that takes a part of the work.
    :raises NoPlaceError: a link leads to a place that is not printed.
    :raises ValueError: the PDF is not written as Typst writes.
    """
    with no_collection():
        objects = read_objects(data)
        bodies = dict(objects.bodies)
        unwrap_groups(bodies)
        structure = Structure(bodies)
        following = structure.following()
        pages = {name: int(page[1]) for name, body in bodies.items() if (page := _PAGE.match(body))}
        paint = {page: inflated(bodies[name]) for page, name in pages.items()}
        references = Numbers(bodies, paint, places)
        tasks: list[_Paint] = [
            (bodies[name], references.print_on(page, paint[page]), following.get(page, frozenset()))
            for page, name in pages.items()
        ]
        part = _part(tasks) if helper else 0
        begun = helper.submit(_repainted, tasks[:part]) if helper else None
        for name, body in bodies.items():
            if _FONT in body[: body.find(b">>")]:
                bodies[name] = deflated(body, without_hints(inflated(body)))
        settle_links(bodies, places)
        own = _repainted(tasks[part:])
        painted = (begun.result() if begun else []) + own
        marks: dict[int, Mapping[int, int]] = {}
        for (owner, name), (stream, numbers) in zip(pages.items(), painted, strict=True):
            bodies[name], marks[owner] = stream, numbers
        structure.renumber(marks)
        return write_objects(Objects(bodies, objects.trailer))


def _part(tasks: Sequence[_Paint]) -> int:
    """How many pages the helper takes: pages are not alike."""
    rest = _HELPED * sum(len(content) for _, content, _ in tasks)
    for count, (_, content, _) in enumerate(tasks):
        if rest <= 0:
            return count
        rest -= len(content)
    return len(tasks)


def _repainted(tasks: Iterable[_Paint]) -> list[_Painted]:
    found: list[_Painted] = []
    for stream, content, following in tasks:
        joined, numbers = join_stretches(content, following)
        found.append((deflated(stream, joined), numbers))
    return found
