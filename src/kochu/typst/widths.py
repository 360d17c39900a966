"""How wide the columns of a table are: so that it is short, and no word is broken in its head.

Lengths are in ems of the table's type. Letters are weighed by their class, which is as
exact as sharing a page's width needs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import permutations
import re

__all__ = ["PAGE", "TEXT", "Column", "Share", "kept", "lines", "shared"]

PAGE, TEXT = 48.0, 34.5
"""What a table has for its words that is as wide as the page, or as the text."""

_AIR = 0.95
"""What stands free at both sides of a column's words."""
_BOLD = 1.08
_BREAK = 1.2
"""What a word is worth that is not broken, in lines."""
_HEAD = 4
"""Heads stand on every page."""
_LINE = 0.02
"""What a line is worth that makes its row no higher: of two tables, the one with more air."""
_SAFE = 0.97
"""Of a line so much is reckoned with."""
_ROUGH = 1.05
"""By so much a word may be wider than weighed."""
_STEPS = (4.0, 2.0, 1.0, 0.5, 2.0, 0.5)
_MANY = 60
"""Rows that stand for all of a long table."""

_PIECE = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]*?[-–/](?=[^\W\d])|[^\s\u2e80-\uffef]+|[ \n]+")
"""What stays together on a line, and the spaces between."""
_TIED = "|"
"""Stands for a no-break space, which is as wide."""
_MOST = 0.8
_FIRM = re.compile(r"[^\s\u2e80-\uffef]*(?:\d|\.\w)[^\s\u2e80-\uffef]*")
"""What no hyphen can break."""
_LONG = 9.0
"""What is firm and longer makes no column wider."""
_CLOSING = re.compile(r"[、。，．）」』】〉》！？ー・：；々ぁぃぅぇぉっゃゅょァィゥェォッャュョ]")
_CLASSES = (
    (re.compile(r"[\u2e80-\uffef]"), 1.0),
    (re.compile(r"[ .,:;'’‘!|ijlI()\[\]]"), 0.29),
    (re.compile(r"[frtJ\-/\u00a0]"), 0.36),
    (re.compile(r"[mwMW—%ЖШЩЮФМжшщюфм]"), 0.82),
    (re.compile(r"[A-ZА-Я]"), 0.68),
)
_OTHER = 0.5


def _em(text: str) -> float:
    return sum(next((width for signs, width in _CLASSES if signs.match(c)), _OTHER) for c in text)


@dataclass(frozen=True, slots=True)
class Share:
    """What a column gets.

    :param width: its width, with the air beside its words.
    :param tight: numbers of the cells with a word for which that is too little.
    """

    width: float
    tight: tuple[int, ...]


@dataclass
class Column:
    """What stands in one column.

    :param head: its head.
    :param cells: its cells in order; a no-break space keeps words together.
    """

    head: str
    cells: Sequence[str]
    _lines: dict[float, tuple[float, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        texts = [cell.replace("\u00a0", _TIED).strip() for cell in self.cells]
        self._pieces = [_pieces(cell) for cell in texts]
        self._title = [(width * _BOLD, gap) for width, gap in _pieces(self.head)]
        self.least = max([_AIR * 2, *(width for width, _ in self._title)])
        firm = [_em(w) for cell in (self.head, *texts) for w in _FIRM.findall(cell)]
        # A column of single words has them whole.
        filled = [cell for cell in texts if cell]
        single = [_em(cell) for cell in filled if cell.isalpha() and max(cell) < "\u2e80"]
        firm += single if len(single) > _MOST * len(filled) else []
        self.least = max([self.least, *(width for width in firm if width < _LONG)])
        self._words = sorted(width for cell in self._pieces for width, _ in cell if width > 1)
        self.lengths = [sum(width + gap for width, gap in cell) for cell in (self._title, *self._pieces)]

    def tight(self, width: float) -> tuple[int, ...]:
        """Numbers of the cells with a word that must be broken, as far as can be told."""
        cells = enumerate(self._pieces)
        return tuple(n for n, cell in cells if any(word * _ROUGH > width for word, _ in cell))

    def breaks(self, width: float) -> float:
        """How many of its words are broken."""
        return len(self._words) - bisect_right(self._words, width)

    def heights(self, width: float, *, roughly: bool = False) -> tuple[float, ...]:
        """How many lines each cell takes, the head first; roughly, in parts of lines."""
        if roughly:
            return tuple(max(length / width, 1) for length in self.lengths)
        if width not in self._lines:
            self._lines[width] = tuple(_broken(cell, width * _SAFE) for cell in (self._title, *self._pieces))
        return self._lines[width]


def lines(text: str, width: float) -> int:
    """How many lines a text takes in a column of a width, at least one."""
    return _broken(_pieces(text.replace("\u00a0", _TIED).strip()), width * _SAFE)


def _pieces(text: str) -> list[tuple[float, float]]:
    """The width of everything that stays together, and of the space before it."""
    found: list[tuple[float, float]] = []
    gap = 0.0
    for piece in _PIECE.findall(text):
        if piece.isspace():
            gap = 0.25
        elif found and not gap and _CLOSING.match(piece):
            found[-1] = (found[-1][0] + _em(piece), found[-1][1])
        else:
            found.append((_em(piece), gap))
            gap = 0.0
    return found


def _broken(pieces: Iterable[tuple[float, float]], width: float) -> int:
    lines, at = 0, width + 1
    for piece, gap in pieces:
        if at + gap + piece <= width:
            at += gap + piece
            continue
        lines += 1
        at = piece
        while at > width:
            # Broken by a hyphen; how well, only the typesetter knows.
            lines += 1
            at -= width - 0.4
    return max(lines, 1)


def shared(columns: Sequence[Column], room: float) -> list[Share]:
    """Share the room of a table among its columns; the air beside the words is theirs too.

    Every column has what its head needs, and more where most is written. Then width goes
    from column to column as long as the table becomes shorter by it, or breaks fewer words.
    """
    least = [_step(column.least) for column in columns]
    rest = max(room - _AIR * len(columns) - sum(least), 0)
    written = [sum(length**0.5 for length in column.lengths) for column in columns]
    widths = [_step(w + rest * share / sum(written)) for w, share in zip(least, written, strict=True)]
    # By parts of lines one sees where it becomes shorter, by lines whether it does.
    for roughly in (True, False):
        widths = _shorter(columns, widths, least, roughly=roughly)
    return [Share(width + _AIR, column.tight(width)) for column, width in zip(columns, widths, strict=True)]


def kept(columns: Sequence[Column], given: Sequence[float], room: float) -> list[Share]:
    """Share the room as the author said, as far as every column has what its head needs."""
    widths = [room * width / sum(given) - _AIR for width in given]
    for _ in columns:
        # Those that were raised are paid for by the others.
        low = [width <= column.least for column, width in zip(columns, widths, strict=True)]
        wide = sum(width for width, is_low in zip(widths, low, strict=True) if not is_low)
        rest = (
            room
            - _AIR * len(columns)
            - sum(c.least for c, is_low in zip(columns, low, strict=True) if is_low)
        )
        widths = [
            column.least if is_low else width * max(rest, 0) / wide
            for column, width, is_low in zip(columns, widths, low, strict=True)
        ]
    return [Share(width + _AIR, column.tight(width)) for column, width in zip(columns, widths, strict=True)]


def _shorter(
    columns: Sequence[Column], widths: list[float], least: Sequence[float], *, roughly: bool
) -> list[float]:
    thin = max(1, len(columns[0].cells) // _MANY)

    def height(tried: Sequence[float]) -> float:
        lines = [c.heights(w, roughly=roughly)[::thin] for c, w in zip(columns, tried, strict=True)]
        broken = sum(c.breaks(w) for c, w in zip(columns, tried, strict=True)) / thin
        rows: list[float] = [max(row) for row in zip(*lines, strict=True)]
        return sum(rows) + _HEAD * rows[0] + _LINE * sum(map(sum, lines)) + _BREAK * broken

    best = height(widths)
    for step in _STEPS:
        moved = True
        while moved:
            moved = False
            for giver, taker in permutations(range(len(columns)), 2):
                if widths[giver] - step < least[giver]:
                    continue
                tried = list(widths)
                tried[giver] -= step
                tried[taker] += step
                if (now := height(tried)) < best - 1e-9:
                    best, widths, moved = now, tried, True
    return widths


def _step(width: float) -> float:
    """Widths are tried in parts of an em, so that few are to be tried."""
    return round(width * 4 + 0.49) / 4
