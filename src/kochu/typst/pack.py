"""Make a PDF small, and leave alone what a reader or a standard looks at.

Typst writes each of its many thousand objects by itself, and every stretch of type with all
that it needs to stand alone; a tagged book of 190 pages comes to seven megabytes, most of it syntax.
"""

from __future__ import annotations

from collections.abc import Mapping
import re

from kochu.typst.links import Place, settle_links
from kochu.typst.numbers import Numbers
from kochu.typst.objects import Objects, deflated_all, inflated, read_objects, write_objects
from kochu.typst.outlines import without_hints
from kochu.typst.stretches import join_stretches
from kochu.typst.structure import Structure, unwrap_groups

__all__ = ["pack"]

_FONT = b"/Filter/FlateDecode/Subtype/CIDFontType0C"
_PAGE = re.compile(rb"<</Type/Page/.*?/Contents (\d+) 0 R", re.DOTALL)


def pack(data: bytes, places: Mapping[str, Place]) -> bytes:
    """Write a PDF with its objects compressed; the same input gives the same output.

    :param places: where the places to which links lead are printed, by name.
    :raises NoPlaceError: a link leads to a place that is not printed.
    :raises ValueError: the PDF is not written as Typst writes.
    """
    objects = read_objects(data)
    bodies = dict(objects.bodies)
    unwrap_groups(bodies)
    structure = Structure(bodies)
    following = structure.following()
    pages = {name: int(page[1]) for name, body in bodies.items() if (page := _PAGE.match(body))}
    paint = {page: inflated(bodies[name]) for page, name in pages.items()}
    references = Numbers(bodies, paint, places)
    marks: dict[int, Mapping[int, int]] = {}
    contents: dict[int, bytes] = {}
    for page, name in pages.items():
        content = references.print_on(page, paint[page])
        contents[name], marks[page] = join_stretches(content, following.get(page, ()))
    for name, body in bodies.items():
        if _FONT in body[: body.find(b">>")]:
            contents[name] = without_hints(inflated(body))
    structure.renumber(marks)
    settle_links(bodies, places)
    bodies |= deflated_all({name: (bodies[name], content) for name, content in contents.items()})
    return write_objects(Objects(bodies, objects.trailer))
