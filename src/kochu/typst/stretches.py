"""Join stretches of type on a page.

Typst sets every stretch (a line, a word in another type) by itself: it saves the state of
the page, moves to the place, sets colour and font, and restores the state. On a page there
are 300 of them. Here they follow one another in one text object, each placed from the one
before; colour and font are named only when they change; and stretches that follow one
another in one element of the structure share one mark. Nothing moves by more than a
twentieth of a point, the fiftieth part of a millimetre.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cache
import re
from typing import NamedTuple

__all__ = ["join_stretches"]

# Typst ends every operator that paints with a line break, and escapes those in strings.
_STRETCH = (
    rb"q 1 0 0 -1 (-?[\d.]+) (-?[\d.]+) cm(/c\d+ cs [\d. ]+ scn)\n"
    rb"BT(?: 0 Tr(/f\d+ [\d.]+ Tf) 1 0 0 -1 0 0 Tm(.+)\n|(.+\n(?:EMC.*\n)*+))ET\nQ\n"
)
_SECTION = re.compile(
    rb"(/\w+<<(?:[^<>()]|\([\w-]*\))*>>BDC)\n((?:" + _STRETCH + rb")++)EMC\n?",
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
_KERN = re.compile(rb"(?<!\\)\)(-?\d*\.\d+)(?=[(\]])")
_NUMBER = re.compile(rb"-?\d*\.\d+")
_HEX = re.compile(rb"<([0-9A-F]*)>")
_SPECIAL = re.compile(rb"[\\()\r]")
_ESCAPE = re.compile(rb"\\(?:(\\)|(?=[()r]))")
_TENTHS = 10
_HUNDREDTHS = 100


class _Run(NamedTuple):
    """A run of signs in one font."""

    x: float
    y: float
    colour: bytes
    font: bytes
    opening: bytes
    shown: bytes


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

    def begin(self, tag: bytes) -> bytes:
        """Give the mark for a tag; nothing if it continues the one before."""
        found = _NUMBERED.match(tag)
        if found is None:
            self._suffix = None
            return tag
        old, suffix = int(found[1]), tag[found.end() :]
        if suffix == self._suffix and old == self._old + 1 and old in self._following:
            self.numbers[old] = self.numbers[self._old]
            self._old = old
            return b""
        self._old, self._suffix = old, suffix
        return b"/Span<</MCID %d%s" % (self._new(old), suffix)

    def elsewhere(self, content: bytes) -> bytes:
        """Number the marks in what is left as it stands."""
        self._suffix = None
        return _NUMBERED.sub(lambda found: b"/Span<</MCID %d" % self._new(int(found[1])), content)

    def _new(self, old: int) -> int:
        self.numbers[old] = self._count
        self._count += 1
        return self.numbers[old]


def _parts(content: bytes, marks: _Marks) -> Iterator[bytes]:
    """Find runs of marked stretches, between which nothing else is painted."""
    at, sections = 0, list[tuple[bytes, list[_Run]]]()
    for found in _SECTION.finditer(content):
        runs = list(_runs(found))
        if not runs:
            continue
        if found.start() != at:
            yield _text_object(sections, marks)
            sections = []
            yield marks.elsewhere(content[at : found.start()])
        sections.append((found[1], runs))
        at = found.end()
    yield _text_object(sections, marks)
    yield marks.elsewhere(content[at:])


def _runs(section: re.Match[bytes]) -> Iterator[_Run]:
    """Take a section apart; nothing if its type is set in a way that is not known."""
    one = section.start(3) == section.start(2) + len(b"q 1 0 0 -1 ")
    stretches = [section.groups()[2:]] if one else _EACH.findall(section[2])
    runs: list[_Run] = []
    for x, y, colour, font, shown, more in stretches:
        if font:
            runs.append(_Run(float(x), float(y), _rounded(colour), _rounded(font), b"", shown))
        elif _RUNS.fullmatch(more):
            runs += (
                _Run(float(x) + float(dx), float(y), _rounded(colour), _rounded(own), opening, text)
                for opening, own, dx, text, _ in _EACH_RUN.findall(more)
            )
        else:
            return
    yield from runs


def _text_object(sections: list[tuple[bytes, list[_Run]]], marks: _Marks) -> bytes:
    """Write marked stretches as one text object, in a state of its own."""
    if not sections:
        return b""
    out = [b"\nq BT"]
    x = y = 0
    colour = font = b""
    opened = False
    for tag, runs in sections:
        mark = marks.begin(tag)
        if mark:
            out.append(b"\nEMC" + mark if opened else b"\n" + mark)
            opened = True
        for run in runs:
            if run.opening:
                out.append(run.opening)
            if run.colour != colour:
                out.append(run.colour)
            if run.font != font:
                out.append(run.font)
            to_x, to_y = round(run.x * _TENTHS), round(run.y * _TENTHS)
            out.append(b" %s %s Td" % (_written(to_x - x, _TENTHS), _written(to_y - y, _TENTHS)))
            out.append(_shown(run.shown))
            if run.opening:
                out.append(b"\nEMC")
            x, y, colour, font = to_x, to_y, run.colour, run.font
    out.append(b"\nEMC\nET Q\n")
    return _unescaped(b"".join(out))


def _shown(text: bytes) -> bytes:
    """Write signs as strings of bytes, with whole kerns, in thousandths of the type's size."""
    if text.startswith((b"<", b"[<")) and b"(" not in text:
        text = _HEX.sub(lambda part: _string(bytes.fromhex(part[1].decode())), text)
    text = _KERN.sub(lambda part: b")" + _whole(part[1]), text)
    if text.startswith(b"[(") and text.find(b")") == len(text) - 4:
        return text[1:-3] + b"Tj"
    return text


def _string(data: bytes) -> bytes:
    return b"(%s)" % _SPECIAL.sub(lambda sign: b"\\r" if sign[0] == b"\r" else b"\\" + sign[0], data)


def _unescaped(content: bytes) -> bytes:
    """Write the bytes of strings as they are; only what would end a string stays escaped."""
    return _ESCAPE.sub(rb"\\\\\1\1", content).decode("unicode_escape").encode("latin-1")


@cache
def _written(number: int, scale: int) -> bytes:
    return b"%g" % (number / scale)


@cache
def _rounded(operators: bytes) -> bytes:
    """Round the numbers in a colour or a font to hundredths."""
    return _NUMBER.sub(lambda number: _written(round(float(number[0]) * _HUNDREDTHS), _HUNDREDTHS), operators)


@cache
def _whole(kern: bytes) -> bytes:
    return b"%d" % round(float(kern))
