"""Leave the hints out of the fonts that a PDF holds.

Hints help to draw a letter with few dots; they are a sixth of a font for which no printer
has had a use for long, and screens have grown fine. Outlines and widths stay as they are.
"""

from __future__ import annotations

from io import BytesIO
import re

from fontTools import cffLib
from fontTools.ttLib import TTFont

__all__ = ["plain_outline", "without_hints"]

_USUAL = [0.001, 0, 0, 0.001, 0, 0]
_NUMBER = re.compile(rb"[\x20-\xf6]|[\xf7-\xfe].|\x1c..|\xff....", re.DOTALL)
_STEP = re.compile(rb"((?:" + _NUMBER.pattern + rb")*+)(\x0c.|[\x00-\x1b\x1d-\x1f])", re.DOTALL)
# Numbers of operators: Adobe Technical Note 5177, The Type 2 Charstring Format, appendix A.
_STEMS = frozenset({b"\x01", b"\x03", b"\x12", b"\x17"})
_MASKS = frozenset({b"\x13", b"\x14"})
_CALLS = frozenset({b"\x0a", b"\x0b", b"\x1d"})


def without_hints(font: bytes) -> bytes:
    """Rewrite a font in Compact Font Format.

    :param font: the font as it stands in a PDF, without its tables.
    """
    # The library asks a font file how it is to be written; here there is none around it.
    file, fonts = TTFont(recalcBBoxes=False), cffLib.CFFFontSet()
    fonts.decompile(BytesIO(font), file)
    # The library leaves out a matrix that is the usual one. Then those of the font's parts,
    # by which it would be multiplied, must hold it, or letters come out as tall as houses.
    if fonts[0].FontMatrix == _USUAL:
        for part in getattr(fonts[0], "FDArray", ()):
            part.FontMatrix = [_USUAL[0] * number for number in part.FontMatrix]
    outlines = fonts[0].CharStrings.charStringsIndex
    for index in range(len(outlines)):
        outlines[index].bytecode = plain_outline(outlines[index].bytecode)
    out = BytesIO()
    fonts.compile(out, file, isCFF2=False)
    return out.getvalue()


def plain_outline(outline: bytes) -> bytes:
    """Take the hints out of an outline; one that calls others is left as it is."""
    parts: list[bytes] = []
    at, stems, width = 0, 0, b""
    while at < len(outline):
        step = _STEP.match(outline, at)
        if step is None or step[2] in _CALLS:
            return outline
        at = step.end()
        if step[2] in _STEMS or step[2] in _MASKS:
            numbers = _NUMBER.findall(step[1])
            # The glyph's width stands before its first operator, if it has one of its own.
            if len(numbers) % 2:
                width = numbers[0]
            stems += len(numbers) // 2
            if step[2] in _MASKS:
                at += (stems + 7) // 8
        else:
            parts.append(width + step[0])
            width = b""
    return b"".join(parts)
