"""The pages that references name, which are known only when all is set.

Typst, asked for the page of a place, sets the whole book without the answer and then once
more with it; that takes a quarter as long again. So the template leaves room for each
number in an ink of its own, and this module prints it there: ``(p. 000)`` becomes ``(p. 87)``.

A number that is shorter than its room shares what is left between the space before the
reference and the one before the number, as a line does that is set to the margins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
import re
from typing import NamedTuple

from kochu.typst.links import Clicks, NoPlaceError, Place

__all__ = ["Numbers", "digits"]

_INK = b" cs 0.3372549 scn\nBT"
"""What is set in the colour of ``waiting`` in ``base.typ``; pictures may have it too."""
_START = b"q 1 0 0 -1 "
_WAITING = re.compile(
    re.escape(_START)
    + rb"(-?[\d.]+) (-?[\d.]+) (cm/c\d+)"
    + re.escape(_INK)
    + rb" 0 Tr/(f\d+) ([\d.]+) Tf 1 0 0 -1 0 0 Tm(.+)\nET\nQ\n"
)
_QUIET = b" cs 0.33 scn"
_PIECE = re.compile(rb"<([0-9A-F]*)>|\(((?:\\.|[^\\)])*)\)|(-?[\d.]+)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_ANNOTATIONS = re.compile(rb"/Annots\[([\d R]*)\]")
_RESOURCES = re.compile(rb"/Resources (\d+) 0 R")
_DESCENDANT = re.compile(rb"/DescendantFonts\[(\d+) 0 R\]")
_WIDTHS = re.compile(rb"/W\[([^\]]*)\]")
_THOUSAND = 1000
_TEN = 10
_OCTAL = 3


def digits(places: Mapping[str, Place]) -> int:
    """How many digits the number of the last page has on which there is a place."""
    return len(str(max((place.page for place in places.values()), default=1)))


class _Digits(NamedTuple):
    """The glyphs of the ten digits in their font, and their width in thousandths of its size."""

    glyphs: tuple[bytes, ...]
    width: float


class Numbers:
    """Prints the numbers for which room was left.

    :param bodies: the objects of the PDF, as Typst wrote them.
    :param places: where the places are printed to which links lead, by name.
    :param first: the object of the first page, where the rows of all digits stand.
    :param content: what that page paints.
    :raises ValueError: the PDF is not written as Typst writes.
    """

    def __init__(
        self, bodies: Mapping[int, bytes], places: Mapping[str, Place], first: int, content: bytes
    ) -> None:
        self._bodies = bodies
        self._places = places
        self._digits = dict(self._rows(first, content))

    def print_on(self, page: int, content: bytes) -> bytes:
        """Print the numbers of a page, and take out the row of all digits.

        :raises NoPlaceError: a reference leads to a place that is not printed.
        :raises ValueError: something waits for a number that no link around it tells.
        """
        runs = list(_waiting(content))
        if not runs:
            return content
        found = _ANNOTATIONS.search(self._bodies[page])
        clicks = Clicks(self._bodies[int(link)] for link in (found[1].split()[::3] if found else ()))

        def printed(run: re.Match[bytes]) -> bytes:
            digits = self._digits.get(self._font(page, run[4]))
            glyphs, _ = _pieces(run[6])
            if digits is None or set(digits.glyphs).intersection(glyphs) != {digits.glyphs[0]}:
                # All digits are not printed; what has others than zeros is of a picture.
                return b"" if digits and glyphs == digits.glyphs else run[0]
            name = clicks.goal(float(run[1]), float(run[2]))
            if name is None:
                raise ValueError(f"a number on the page of object {page} has no link around it")
            return self._number(run, name, digits)

        parts: list[bytes] = []
        at = 0
        for run in runs:
            parts += content[at : run.start()], printed(run)
            at = run.end()
        return b"".join([*parts, content[at:]])

    def _number(self, run: re.Match[bytes], name: str, digits: _Digits) -> bytes:
        """Print the page of a place where zeros stand."""
        if name not in self._places:
            raise NoPlaceError(name)
        zero = digits.glyphs[0]
        glyphs, kerns = _pieces(run[6])
        number = [digits.glyphs[int(sign)] for sign in str(self._places[name].page)]
        first, room = glyphs.index(zero), glyphs.count(zero)
        # Half of what is left stands before the reference, half before the number.
        left = (room - len(number)) * digits.width / 2
        shown = _shown(
            [*glyphs[:first], *number, *glyphs[first + room :]], {**kerns, first: kerns.get(first, 0) - left}
        )
        x = float(run[1]) + left / _THOUSAND * float(run[5])
        parts = (x, run[2], run[3], _QUIET, run[4], run[5], shown)
        return b"q 1 0 0 -1 %.5f %b %b%b\nBT 0 Tr/%b %b Tf 1 0 0 -1 0 0 Tm[<%b>]TJ\nET\nQ\n" % parts

    def _rows(self, page: int, content: bytes) -> Iterator[tuple[int, _Digits]]:
        """Find the rows of all digits, by the object of their font."""
        for run in _waiting(content):
            glyphs, _ = _pieces(run[6])
            if len(glyphs) == len(set(glyphs)) == _TEN:
                font = self._font(page, run[4])
                yield font, _Digits(glyphs, self._width(font, glyphs[0]))

    def _font(self, page: int, name: bytes) -> int:
        """The object of a font, by its name on a page."""
        resources = _RESOURCES.search(self._bodies[page])
        found = resources and re.search(rb"/%b (\d+) 0 R" % name, self._bodies[int(resources[1])])
        return int(found[1]) if found else 0

    def _width(self, font: int, glyph: bytes) -> float:
        """The width of a glyph, in thousandths of the type's size."""
        wanted = int.from_bytes(glyph)
        descendant = _DESCENDANT.search(self._bodies[font])
        widths = _WIDTHS.search(self._bodies[int(descendant[1])]) if descendant else None
        row = widths[1].split() if widths else []
        for first, last, width in zip(row[::3], row[1::3], row[2::3], strict=True):
            if int(first) <= wanted <= int(last):
                return float(width)
        raise ValueError("the PDF does not say how wide its digits are")


def _waiting(content: bytes) -> Iterator[re.Match[bytes]]:
    """Find what is set in the ink that waits: by the ink, since nearly all type is set in another."""
    at = 0
    while (ink := content.find(_INK, at)) >= 0:
        start = content.rfind(_START, at, ink)
        at = ink + len(_INK)
        if start >= 0 and (run := _WAITING.match(content, start)):
            yield run
            at = run.end()


@cache
def _pieces(shown: bytes) -> tuple[tuple[bytes, ...], Mapping[int, float]]:
    """Take apart what an operator shows: its glyphs, and the kerns before them by their index."""
    glyphs: list[bytes] = []
    kerns: dict[int, float] = {}
    for code, text, kern in _PIECE.findall(shown):
        if kern:
            kerns[len(glyphs)] = float(kern)
            continue
        data = bytes.fromhex(code.decode()) if code else _ESCAPE.sub(_unescaped, text)
        glyphs += (data[at : at + 2] for at in range(0, len(data), 2))
    return tuple(glyphs), kerns


def _shown(glyphs: Iterable[bytes], kerns: Mapping[int, float]) -> bytes:
    """Write glyphs in hexadecimal, with whole kerns before some of them."""
    return b"".join(
        (b">%.0f<" % kerns[at] if kerns.get(at) else b"") + glyph.hex().upper().encode()
        for at, glyph in enumerate(glyphs)
    )


def _unescaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return bytes([int(sign, 8)]) if len(sign) == _OCTAL else _ESCAPES.get(sign, sign)
