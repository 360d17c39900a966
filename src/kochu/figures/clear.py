"""Move the names of lines a little, until they touch no line, no box and no other name.

Graphviz keeps room for a name beside its line where the line is straight; a curve may cut
through the corner of that room.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from kochu.figures.labels import Box

__all__ = ["CLEAR", "Curve", "Point", "clear"]

Point = tuple[float, float]
Curve = list[Point]

CLEAR = 0.06
"""Inches of air round a name."""
_STEP, _ACROSS, _DOWN = 0.03, 30, 10
"""How far a name may be moved: so many steps to either side, so many up and down."""
_FINE = 40
"""Points in which a curve is looked at."""


def clear(
    names: Sequence[tuple[Point, Point] | None],
    curves: Sequence[Curve],
    boxes: Sequence[Box],
    frame: Box,
) -> list[Point | None]:
    """Give the centres of names anew.

    A name without a free place nearby stays where it is.

    :param names: the centre and the size of each; nothing where a line has no name.
    :param curves: chains of Bézier curves, three points each after the first.
    :param boxes: what stands between the lines.
    :param frame: what names must not leave.
    """
    dots = [dot for curve in curves for dot in _dots(curve)]
    moves = sorted(
        ((_STEP * x, _STEP * y) for x in range(-_ACROSS, _ACROSS + 1) for y in range(-_DOWN, _DOWN + 1)),
        key=lambda move: hypot(*move),
    )
    taken = list(boxes)
    found: list[Point | None] = []
    for name in names:
        if name is None:
            found.append(None)
            continue
        (x, y), size = name
        places = ((x + across, y + down) for across, down in moves)
        centre = next((p for p in places if _free(Box.about(p, size), dots, taken, frame)), (x, y))
        taken.append(Box.about(centre, size))
        found.append(centre)
    return found


def _free(box: Box, dots: Sequence[Point], taken: Sequence[Box], frame: Box) -> bool:
    inside = frame.left <= box.left and box.right <= frame.right
    air = box.wider(CLEAR)
    return (
        inside
        and not any(air.shared(other) for other in taken)
        and not any(air.left < x < air.right and air.low < y < air.high for x, y in dots)
    )


def _dots(curve: Curve) -> list[Point]:
    """Points along a chain of Bézier curves."""
    found = list(curve[:1])
    for first in range(0, len(curve) - 3, 3):
        a, b, c, d = curve[first : first + 4]
        for step in range(1, _FINE + 1):
            t = step / _FINE
            u = 1 - t
            weights = u**3, 3 * u * u * t, 3 * u * t * t, t**3
            found.append(
                (
                    sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)),
                    sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)),
                )
            )
    return found
