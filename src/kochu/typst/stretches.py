"""Join stretches of type on a page.

Typst sets every stretch (a line, a word in another type) by itself: it saves the state of
the page, moves to the place, sets colour and font, and restores the state. On a page there
are 300 of them. Here they follow one another in one text object, each placed from the one
before; colour and font are named only when they change; and stretches that follow one
another in one element of the structure share one mark. Nothing moves by more than a
twentieth of a point, the fiftieth part of a millimetre.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import cache
import re

__all__ = ["join_stretches"]

# Typst ends every operator that paints with a line break, and escapes those in strings.
_STRETCH = (
    rb"q 1 0 0 -1 (-?[\d.]+) (-?[\d.]+) cm(/c\d+ cs [\d. ]+ scn)\n"
    rb"BT(?: 0 Tr(/f\d+ [\d.]+ Tf) 1 0 0 -1 0 0 Tm(.+)\n|(.+\n(?:EMC.*\n)*+))ET\nQ\n"
)
_SECTION = re.compile(
    rb"(?:/Span<</MCID (\d+)|(/\w+<<))((?:[^<>()]|\([\w-]*\))*>>BDC)\n((?:" + _STRETCH + rb")++)EMC\n?",
)
_EACH = re.compile(_STRETCH)
# Words that a machine should read otherwise than they are painted are runs of their own.
_RUN = (
    rb"(/Span<</ActualText<[0-9A-F]*>>>BDC)? ?0 Tr(/f\d+ [\d.]+ Tf) 1 0 0 -1 (-?[\d.]+) 0 Tm"
    rb"((?:(?!/Span<<).)+)\n?(EMC)?\n?"
)
_RUNS = re.compile(rb"(?:" + _RUN + rb")+")
_EACH_RUN = re.compile(_RUN)
_NUMBERED = re.compile(rb"/Span<</MCID (\d+)")
# The parenthesis comes first: it is looked for three times as fast as what must not be before it.
_KERN = re.compile(rb"\)(?<!\\\))(-?\d*\.\d+)(?=[(\]])")
_NUMBER = re.compile(rb"-?\d*\.\d+")
_HEX = re.compile(rb"<([0-9A-F]*)>")
_SPECIAL = re.compile(rb"[\\()\r]")
_ESCAPE = re.compile(rb"\\(?:\\|(?=[()r]))")
_TENTHS = 10
_HUNDREDTHS = 100

_Run = tuple[int, int, bytes, bytes, bytes, bytes]
"""Signs in one font: place in tenths of a point, colour, font, what opens a mark, what is shown."""


def join_stretches(content: bytes, following: Container[int] = ()) -> tuple[bytes, dict[int, int]]:
    """Rewrite what a page paints; what is not known is left as it stands.

    :param following: numbers of marks that continue the element of the mark before.
    :returns: the content, and the new numbers of the marks by the old; a mark that was
        joined to the one before has its number.
    """
    marks = _Marks(following)
    return b"".join(_parts(content, marks)), marks.numbers


class _Marks:
    """Numbers the marks of a page anew."""

    def __init__(self, following: Container[int]) -> None:
        self._following = following
        self._suffix: bytes | None = None
        self._old = -1
        self._count = 0
        self.numbers: dict[int, int] = {}

    def begin(self, number: bytes, tag: bytes, suffix: bytes) -> bytes:
        """Give the mark for a tag; nothing if it continues the one before."""
        if not number:
            self._suffix = None
            return tag + suffix
        old = int(number)
        if suffix == self._suffix and old == self._old + 1 and old in self._following:
            self.numbers[old] = self.numbers[self._old]
            self._old = old
            return b""
        self._old, self._suffix = old, suffix
        return b"/Span<</MCID %d%b" % (self._new(old), suffix)

    def elsewhere(self, content: bytes) -> bytes:
        """Number the marks in what is left as it stands."""
        self._suffix = None
        return _NUMBERED.sub(lambda found: b"/Span<</MCID %d" % self._new(int(found[1])), content)

    def _new(self, old: int) -> int:
        new = self.numbers[old] = self._count
        self._count += 1
        return new


def _parts(content: bytes, marks: _Marks) -> Iterator[bytes]:
    """Find runs of marked stretches, between which nothing else is painted."""
    at, text = 0, _Text()
    for found in _SECTION.finditer(content):
        number, tag, suffix, _, x, y, colour, font, shown, _ = found.groups()
        if font and found.start(5) == found.start(4) + _FIRST:
            # One stretch, as nearly always.
            runs: Iterable[_Run] = ((_tenths(x), _tenths(y), _rounded(colour), _rounded(font), b"", shown),)
        elif not (runs := _runs(found[4])):
            continue
        start, end = found.span()
        if start != at:
            yield text.ended()
            text = _Text()
            yield marks.elsewhere(content[at:start])
        text.add(marks.begin(number, tag, suffix), runs)
        at = end
    yield text.ended()
    yield marks.elsewhere(content[at:])


_FIRST = len(b"q 1 0 0 -1 ")


def _runs(stretches: bytes) -> list[_Run]:
    """Take stretches apart; nothing if their type is set in a way that is not known."""
    runs: list[_Run] = []
    for x, y, colour, font, shown, more in _EACH.findall(stretches):
        if font:
            runs.append((_tenths(x), _tenths(y), _rounded(colour), _rounded(font), b"", shown))
        elif _RUNS.fullmatch(more):
            runs += (
                (
                    round((float(x) + float(dx)) * _TENTHS),
                    _tenths(y),
                    _rounded(colour),
                    _rounded(own),
                    opening,
                    text,
                )
                for opening, own, dx, text, _ in _EACH_RUN.findall(more)
            )
        else:
            return []
    return runs


class _Text:
    """Marked stretches as one text object, in a state of its own."""

    def __init__(self) -> None:
        self._out: list[bytes] = []
        self._x = self._y = 0
        self._colour = self._font = b""

    def add(self, mark: bytes, runs: Iterable[_Run]) -> None:
        """Add the stretches of a mark; if it is empty, they continue the one before."""
        out = self._out
        if mark:
            out.append(b"\nEMC" + mark if out else b"\nq BT\n" + mark)
        for x, y, colour, font, opening, shown in runs:
            moved = _moved(x - self._x, y - self._y)
            if opening:
                out.append(opening)
            if colour != self._colour:
                out.append(colour)
                self._colour = colour
            if font != self._font:
                out.append(font)
                self._font = font
            out.append(moved)
            out.append(_shown(shown))
            if opening:
                out.append(b"\nEMC")
            self._x, self._y = x, y

    def ended(self) -> bytes:
        """Write the text object; nothing if nothing was added."""
        if not self._out:
            return b""
        self._out.append(b"\nEMC\nET Q\n")
        return _unescaped(_KERN.sub(_whole, b"".join(self._out)))


def _shown(text: bytes) -> bytes:
    """Write signs as strings of bytes."""
    if text.startswith((b"<", b"[<")) and b"(" not in text:
        text = _HEX.sub(lambda part: _string(bytes.fromhex(part[1].decode())), text)
    if text.startswith(b"[(") and text.find(b")") == len(text) - 4:
        return text[1:-3] + b"Tj"
    return text


def _string(data: bytes) -> bytes:
    return b"(%b)" % _SPECIAL.sub(lambda sign: b"\\r" if sign[0] == b"\r" else b"\\" + sign[0], data)


def _unescaped(content: bytes) -> bytes:
    """Write the bytes of strings as they are; only what would end a string stays escaped."""
    return _ESCAPE.sub(lambda sign: sign[0] * 2, content).decode("unicode_escape").encode("latin-1")


@cache
def _tenths(number: bytes) -> int:
    return round(float(number) * _TENTHS)


@cache
def _moved(x: int, y: int) -> bytes:
    return b" %g %g Td" % (x / _TENTHS, y / _TENTHS)


@cache
def _rounded(operators: bytes) -> bytes:
    """Round the numbers in a colour or a font to hundredths."""
    return _NUMBER.sub(
        lambda number: b"%g" % (round(float(number[0]) * _HUNDREDTHS) / _HUNDREDTHS), operators
    )


def _whole(kern: re.Match[bytes]) -> bytes:
    """A kern in whole thousandths of the type's size."""
    return _kern(kern[1])


@cache
def _kern(number: bytes) -> bytes:
    return b")%d" % round(float(number))
