"""The structure of a tagged PDF: which element holds which marks of a page.

Typst gives every line of a paragraph a mark of its own. Marks that follow one another in
an element can be one; then the element has fewer children, and the table by which a
program finds the element of a mark has fewer rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from itertools import pairwise
import re
from typing import NamedTuple

__all__ = ["Structure", "unwrap_groups"]

_ELEMENT = b"<</Type/StructElem"
_GROUP = re.compile(rb"<</Type/StructElem/S/Div/P (\d+) 0 R/K\[([\d R]*)\]>>\Z")
_REFERENCE = re.compile(rb"(/P )?\b(\d+) 0 R")
_OPENING = b"/K["
_CHILDREN = re.compile(re.escape(_OPENING) + rb"([^\]]*)\](?:/Pg (\d+) 0 R)?>>\Z")
_CHILD = re.compile(rb"(\d+ 0 R|<<(?!/Type/MCR)[^>]*>>)|<</Type/MCR/MCID (\d+)/Pg (\d+) 0 R>>|(\d+)")
# The element says on which page its link is.
_REPEATED = re.compile(rb"(?<=<</Type/OBJR)/Pg \d+ 0 R")
_TABLE = re.compile(rb"/ParentTree<</Nums\[([^\]]*)\]")
_ROW = re.compile(rb"(\d+) (\d+) 0 R")
_PAGE = re.compile(rb"<</Type/Page/.*/StructParents (\d+)", re.DOTALL)

Numbers = Mapping[int, Mapping[int, int]]
"""By the object of a page, new numbers of its marks by the old; joined marks share one."""


def unwrap_groups(bodies: MutableMapping[int, bytes]) -> None:
    """Take out the elements that only group others, and say nothing of them.

    Typst makes one of every block, also of those that are there for the space round them.
    """
    groups: dict[int, tuple[int, list[int]]] = {}
    for name, body in bodies.items():
        if found := _GROUP.match(body):
            groups[name] = (int(found[1]), list(map(int, found[2].split()[::3])))

    def children(name: int) -> Iterator[int]:
        for child in groups[name][1]:
            yield from children(child) if child in groups else (child,)

    def unwrapped(reference: re.Match[bytes]) -> bytes:
        name = int(reference[2])
        if name not in groups:
            return reference[0]
        if not reference[1]:
            return b" ".join(b"%d 0 R" % child for child in children(name))
        while name in groups:
            name = groups[name][0]
        return b"/P %d 0 R" % name

    touched = {near for parent, below in groups.values() for near in (parent, *below)}
    for name in touched - groups.keys():
        bodies[name] = _REFERENCE.sub(unwrapped, bodies[name])
    for name in groups:
        del bodies[name]


_Child = tuple[int, int, bytes]
"""A mark: the object of its page, and its number. Or something else, and -1 for the number."""


class _Element(NamedTuple):
    """An element that holds marks: its object, what stands round its children, and these."""

    name: int
    before: bytes
    after: bytes
    page: int
    children: list[_Child]


class Structure:
    """The elements of a PDF, and the table that leads from marks to them.

    :param bodies: the objects of the PDF; they are rewritten.
    """

    def __init__(self, bodies: MutableMapping[int, bytes]) -> None:
        self._bodies = bodies
        self._elements = list(_elements(bodies))

    def following(self) -> dict[int, set[int]]:
        """Find the marks that continue the element of the mark before, by the object of their page."""
        found: dict[int, set[int]] = {}
        for element in self._elements:
            for (page, before, _), (other, mark, _) in pairwise(element.children):
                if page == other and mark == before + 1 > 0:
                    found.setdefault(page, set()).add(mark)
        return found

    def renumber(self, numbers: Numbers) -> None:
        """Write the new numbers of marks into their elements and into the table of marks."""
        for element in self._elements:
            inside = b" ".join(_renumbered(element, numbers))
            self._bodies[element.name] = element.before + inside + element.after
        self._renumber_table(numbers)

    def _renumber_table(self, numbers: Numbers) -> None:
        bodies = self._bodies
        table = next((found for body in bodies.values() if (found := _TABLE.search(body))), None)
        rows = dict(_ROW.findall(table[1])) if table else {}
        for page, new in numbers.items():
            parents = _PAGE.match(bodies[page])
            if parents is None:
                continue
            name = int(rows[parents[1]])
            kept: dict[int, bytes] = {}
            for mark, element in enumerate(bodies[name].strip(b"[]").split(b" 0 R")[:-1]):
                kept.setdefault(new.get(mark, mark), element)
            bodies[name] = b"[%s]" % b" ".join(b"%s 0 R" % kept[mark].strip() for mark in sorted(kept))


def _renumbered(element: _Element, numbers: Numbers) -> Iterator[bytes]:
    """Write what an element holds, but not a mark that was joined to the one before."""
    last = (0, -1)
    for page, mark, other in element.children:
        if mark < 0:
            last = (0, -1)
            yield _REPEATED.sub(b"", other) if other.startswith(b"<") else other
            continue
        new = (page, numbers[page].get(mark, mark))
        if new != last:
            last = new
            form = b"%d" if page == element.page else b"<</Type/MCR/MCID %%d/Pg %d 0 R>>" % page
            yield form % new[1]


def _elements(bodies: Mapping[int, bytes]) -> Iterator[_Element]:
    for name, body in bodies.items():
        if not body.startswith(_ELEMENT):
            continue
        found = _CHILDREN.match(body, body.rfind(_OPENING))
        if found and (found[2] or b"/MCR" in found[1]):
            start, end = found.span(1)
            page = int(found[2] or 0)
            children = [
                (page, int(own), b"") if own else (int(on), int(mark), b"") if mark else (0, -1, other)
                for other, mark, on, own in _CHILD.findall(found[1])
            ]
            yield _Element(name, body[:start], body[end:], page, children)
