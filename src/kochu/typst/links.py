"""Where one clicks in a PDF, and where that leads.

A link to a place in the book stands in the Typst file as a link to an address of our own,
``kochu:`` and the name of the place. Were it Typst's own kind of link, Typst would leave
out the words of every link until it knows all places, and then set the whole book again;
that takes half as long once more. Here such addresses become what they mean.

Typst outlines each run of type in a link by itself: a word in italics, a space, a numeral.
A rectangle for each line is enough, and none beside the link's own if it has one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from itertools import chain, count
import math
import re
from typing import NamedTuple

from sphinx.locale import _

__all__ = ["SCHEME", "Clicks", "NoPlaceError", "Place", "settle_links"]

SCHEME = "kochu:"
"""Beginning of an address that means a place in the book."""

_LINK = b"<</Type/Annot/Subtype/Link/"
_RECTANGLE = re.compile(rb"/Rect\[([-\d. ]+)\]")
_OUTLINES = re.compile(rb"/QuadPoints\[([-\d. ]+)\]")
_STRING = rb"(\((?:\\.|[^\\()])*\)|<[0-9A-F]*>)"
_ADDRESS = re.compile(rb"/A<</Type/Action/S/URI/URI" + _STRING + rb">>(.*/Contents)" + _STRING)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_PAGES = re.compile(rb"<</Type/Pages/Count \d+/Kids\[([\d R]*)\]")
_HEIGHT = re.compile(rb"/MediaBox\[[-\d.]+ [-\d.]+ [-\d.]+ ([-\d.]+)\]")
_Area = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from below left."""
_NEAR = 0.5
"""Points by which type may begin beside the outline of its link."""
_ABOVE = 10
"""Points above a place at which a window begins."""


class NoPlaceError(LookupError):
    """A link leads to a place that is not printed."""


class Place(NamedTuple):
    """Where something is printed: the page, from 1, and points from its left and its top."""

    page: int
    x: float
    y: float


def settle_links(bodies: MutableMapping[int, bytes], places: Mapping[str, Place]) -> None:
    """Lead every link to the place that its address names, and outline it by lines.

    :param places: where the places are printed, by name.
    :raises NoPlaceError: a link leads to a place that is not printed.
    """
    goals = _Goals(bodies, places)
    for name, body in list(bodies.items()):
        if body.startswith(_LINK):
            bodies[name] = _OUTLINES.sub(_lines, _RECTANGLE.sub(_around, _ADDRESS.sub(goals.lead, body)))


class Clicks:
    """Where one clicks on a page.

    :param links: the links of the page, as objects of the PDF.
    """

    def __init__(self, links: Iterable[bytes]) -> None:
        self._links: list[tuple[_Area, bytes]] = []
        for link in links:
            if around := _RECTANGLE.search(link):
                left, bottom, right, top = map(float, around[1].split())
                self._links.append(((left, bottom, right, top), link))

    def goal(self, x: float, y: float) -> str | None:
        """The name of the place in the book to which one comes by a click, in points from below left."""
        for (left, bottom, right, top), link in self._links:
            if left - _NEAR <= x < right and bottom <= y < top and _is_within(link, x, y):
                address = _ADDRESS.search(link)
                name = _text(address[1]) if address else ""
                if name.startswith(SCHEME):
                    return name.removeprefix(SCHEME)
        return None


def _is_within(link: bytes, x: float, y: float) -> bool:
    """Whether a point within the rectangle of a link is also within the outline of its type."""
    outlines = _OUTLINES.search(link)
    return outlines is None or any(
        left - _NEAR <= x < right and bottom <= y < top for left, bottom, right, top in _outlined(outlines[1])
    )


def _outlined(numbers: bytes) -> Iterator[_Area]:
    corners = list(map(float, numbers.split()))
    for at in range(0, len(corners), 8):
        xs, ys = corners[at : at + 8 : 2], corners[at + 1 : at + 8 : 2]
        yield min(xs), min(ys), max(xs), max(ys)


class _Goals:
    """The destinations of links: an object for each place to which one leads."""

    def __init__(self, bodies: MutableMapping[int, bytes], places: Mapping[str, Place]) -> None:
        self._bodies = bodies
        self._places = places
        # Numbers that became free are taken first: the table of objects says less then.
        last = max(bodies)
        self._free = chain((n for n in range(1, last) if n not in bodies), count(last + 1))
        self._goals: dict[bytes, tuple[bytes, bytes] | None] = {}
        pages = next((found for body in bodies.values() if (found := _PAGES.match(body))), None)
        self._pages = [int(number) for number in pages[1].split()[::3]] if pages else []

    def lead(self, link: re.Match[bytes]) -> bytes:
        """Rewrite a link that leads to a place in the book."""
        address = link[1]
        if address not in self._goals:
            self._goals[address] = self._goal(_text(address))
        goal = self._goals[address]
        return link[0] if goal is None else goal[0] + link[2] + goal[1]

    def _goal(self, address: str) -> tuple[bytes, bytes] | None:
        """Where an address leads, and what is said of that; nothing if it leads out of the book."""
        if not address.startswith(SCHEME):
            return None
        name = address.removeprefix(SCHEME)
        if name not in self._places:
            raise NoPlaceError(name)
        place = self._places[name]
        return b"/Dest %d 0 R" % self._add(place), _string(f"{_('page')} {place.page}")

    def _add(self, place: Place) -> int:
        page = self._pages[place.page - 1]
        height = _HEIGHT.search(self._bodies[page])
        top = math.ceil(float(height[1]) - max(place.y - _ABOVE, 0)) if height else 0
        number = next(self._free)
        self._bodies[number] = b"[%d 0 R/XYZ %d %d 0]" % (page, place.x, top)
        return number


def _around(found: re.Match[bytes]) -> bytes:
    """The least rectangle of whole points round that in which one clicks."""
    return b"/Rect[%d %d %d %d]" % _whole(*map(float, found[1].split()))


def _lines(found: re.Match[bytes]) -> bytes:
    """One outline for each line of a link; none if it has one line."""
    lines: list[_Area] = []
    for left, bottom, right, top in _outlined(found[1]):
        if lines and min(top, lines[-1][3]) - max(bottom, lines[-1][1]) > (top - bottom) / 2:
            last = lines.pop()
            lines.append((min(left, last[0]), min(bottom, last[1]), max(right, last[2]), max(top, last[3])))
        else:
            lines.append((left, bottom, right, top))
    if len(lines) == 1:
        return b""
    corners = (
        b"%d %d %d %d %d %d %d %d" % (left, bottom, right, bottom, right, top, left, top)
        for left, bottom, right, top in (_whole(*line) for line in lines)
    )
    return b"/QuadPoints[%s]" % b" ".join(corners)


def _whole(left: float, bottom: float, right: float, top: float) -> tuple[int, int, int, int]:
    return math.floor(left), math.floor(bottom), math.ceil(right), math.ceil(top)


def _text(string: bytes) -> str:
    """Read a string of a PDF."""
    if string.startswith(b"<"):
        data = bytes.fromhex(string[1:-1].decode())
        return data.decode("utf-16") if data.startswith(b"\xfe\xff") else data.decode()
    return _ESCAPED.sub(rb"\1", string[1:-1]).decode()


def _string(text: str) -> bytes:
    """Write a string of a PDF."""
    if text.isascii():
        return b"(%s)" % re.sub(rb"([\\()])", rb"\\\1", text.encode())
    return b"<%s>" % f"\ufeff{text}".encode("utf-16-be").hex().upper().encode()
