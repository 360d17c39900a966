"""Join stretches of type on a page.

Typst sets every stretch (a line, a word in another type) by itself: it saves the state of
the page, moves to the place, sets colour and font, and restores the state. On a page there
are 300 of them. Here they follow one another in one text object, each placed from the one
before, and colour and font are named only when they change. Nothing moves by more than a
two-hundredth of a point.
"""

from __future__ import annotations

from collections.abc import Iterator
import re

__all__ = ["join_stretches", "rounded"]

_STRING = rb"\((?:\\.|[^\\()])*\)|<[^<>]*>"
_STRETCH = re.compile(
    rb"q 1 0 0 -1 (-?[\d.]+) (-?[\d.]+) cm(/c\d+ cs [\d. ]+ scn)\s+"
    rb"BT 0 Tr(/f\d+ [\d.]+ Tf) 1 0 0 -1 0 0 Tm"
    rb"(\[(?:" + _STRING + rb"|[-\d.\s])*\]TJ|(?:" + _STRING + rb")Tj)\s+ET\s+Q\s*"
)
_MARKED = re.compile(
    rb"/\w+\s*<<(?:" + _STRING + rb"|/\w+|[-\w.\s\[\]])*>>\s*BDC\s*((?:" + _STRETCH.pattern + rb")+)EMC\s*",
    re.DOTALL,
)
_KERN = re.compile(rb"(?:" + _STRING + rb")|(-?\d*\.\d+)")
_NUMBER = re.compile(rb"-?\d*\.\d+")
_NUMBERS = re.compile(rb"(?:" + _STRING + rb"|/[^\s/<>()\[\]]+)|(-?\d*\.\d+)")
_SCALE = 100


def join_stretches(content: bytes) -> bytes:
    """Rewrite what a page paints; what is not known is left as it stands."""
    return b"".join(_parts(content))


def rounded(body: bytes) -> bytes:
    """Round the numbers of an object to hundredths."""
    return _NUMBERS.sub(lambda part: part[0] if part[1] is None else _round(part[1]), body)


def _parts(content: bytes) -> Iterator[bytes]:
    """Find runs of marked stretches, between which nothing else is painted."""
    at, run = 0, list[re.Match[bytes]]()
    for found in _MARKED.finditer(content):
        if found.start() != at:
            yield from _text_object(run)
            run = []
            yield content[at : found.start()]
        run.append(found)
        at = found.end()
    yield from _text_object(run)
    yield content[at:]


def _text_object(run: list[re.Match[bytes]]) -> Iterator[bytes]:
    """Write marked stretches as one text object, in a state of its own."""
    if not run:
        return
    yield b"\nq BT\n"
    x = y = 0
    colour = font = b""
    for marked in run:
        yield marked[0][: marked.start(1) - marked.start()].rstrip()
        for stretch in _STRETCH.finditer(marked[1]):
            to_x, to_y = (round(float(stretch[n]) * _SCALE) for n in (1, 2))
            new_colour, new_font = _NUMBER.sub(_rounded, stretch[3]), _NUMBER.sub(_rounded, stretch[4])
            if new_colour != colour:
                yield new_colour
            if new_font != font:
                yield new_font
            yield b" %s %s Td" % (_written(to_x - x), _written(to_y - y))
            yield _KERN.sub(_whole, stretch[5])
            (x, y), colour, font = (to_x, to_y), new_colour, new_font
        yield b"\nEMC"
    yield b"\nET Q\n"


def _written(hundredths: int) -> bytes:
    whole, rest = divmod(abs(hundredths), _SCALE)
    sign = b"-" if hundredths < 0 else b""
    return sign + b"%d" % whole + (b".%02d" % rest).rstrip(b"0").rstrip(b".")


def _round(number: bytes) -> bytes:
    return _written(round(float(number) * _SCALE))


def _rounded(number: re.Match[bytes]) -> bytes:
    return _round(number[0])


def _whole(part: re.Match[bytes]) -> bytes:
    """Round a kern, which is given in thousandths of the type's size."""
    return part[0] if part[1] is None else b"%d" % round(float(part[1]))
