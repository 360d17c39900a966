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
_NUMBERS = rb"(?:" + _NUMBER.pattern + rb")*+"
# Numbers of operators: Adobe Technical Note 5177, The Type 2 Charstring Format, appendix A.
_HINT = rb"[\x01\x03\x12\x17]|([\x13\x14])"
_CALL = rb"[\x0a\x0b\x1d]"
_DRAWN = rb"\x0c.|(?!" + _HINT.replace(b"(", b"(?:") + rb"|" + _CALL + rb"|\x1c)[\x00-\x1f]"
_STEP = re.compile(
    rb"((?:" + _NUMBERS + rb"(?:" + _DRAWN + rb"))++)|(" + _NUMBERS + rb")(?:" + _HINT + rb")",
    re.DOTALL,
)
"""Many operators that draw, or one that hints, with the numbers before them."""


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
        if step is None:
            return outline
        at = step.end()
        drawn, hinted, mask = step.groups()
        if drawn:
            parts.append(width + drawn)
            width = b""
            continue
        numbers = _NUMBER.findall(hinted)
        # The glyph's width stands before its first operator, if it has one of its own.
        if len(numbers) % 2:
            width = numbers[0]
        stems += len(numbers) // 2
        if mask:
            at += (stems + 7) // 8
    return b"".join(parts)
