"""Where names stand beside their marks: close, on no other name and no mark, tied to theirs by a line.

Pure geometry, in points of the page. Each name tries places round its mark, near ones
first, and takes the cheapest; then each looks again, as the others stand now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

__all__ = ["Box", "Spot", "leader", "spots"]

Point = tuple[float, float]

_AIR = 5.0
"""From a mark to a name beside it."""
_DISTANCES = (0.0, 5.0, 11.0, 18.0, 26.0, 36.0, 48.0, 62.0)
_DIRECTIONS = tuple(k * pi / 8 for k in (0, 2, 14, 8, 6, 10, 4, 12, 1, 15, 7, 9, 3, 5, 11, 13))
"""To the right first, as one reads; above and below last."""
_ROUNDS = 6
_NAME, _MARK, _LINE, _SOFT, _FAR, _TURN = 12.0, 30.0, 25.0, 0.6, 1.0, 0.25
_RADIUS = 3.0
"""Of a mark."""
_LEADER = 3.5
"""So far from its mark a name has a line to it."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, low, right, high."""

    left: float
    low: float
    right: float
    high: float

    @classmethod
    def about(cls, centre: Point, size: Point) -> Box:
        """The rectangle with a centre, a width and a height."""
        (x, y), (wide, high) = centre, size
        return cls(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)

    def wider(self, by: float) -> Box:
        """The same with air around it."""
        return Box(self.left - by, self.low - by, self.right + by, self.high + by)

    def shared(self, other: Box) -> float:
        """The area that both cover."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.high, other.high) - max(self.low, other.low)
        return wide * high if wide > 0 and high > 0 else 0.0

    def nearest(self, point: Point) -> Point:
        """The point of the rectangle that is nearest to another."""
        return (
            min(max(point[0], self.left), self.right),
            min(max(point[1], self.low), self.high),
        )

    def crossed(self, start: Point, end: Point) -> bool:
        """Whether a line runs through it."""
        steps = 12
        return any(
            self.left < start[0] + (end[0] - start[0]) * n / steps < self.right
            and self.low < start[1] + (end[1] - start[1]) * n / steps < self.high
            for n in range(steps + 1)
        )


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of a name.

    :param side: -1 if it stands to the left of its mark, 1 to the right, 0 above or below.
    """

    box: Box
    side: int


def spots(marks: Sequence[Point], sizes: Sequence[Point], frame: Box, soft: Sequence[Box] = ()) -> list[Spot]:
    """Find a place for each name.

    :param marks: what is named.
    :param sizes: widths and heights of the names.
    :param frame: what they must not leave.
    :param soft: what they should not cover, if they can help it.
    """
    tries = [_tries(mark, size, frame) for mark, size in zip(marks, sizes, strict=True)]
    found: list[Spot | None] = [None] * len(marks)
    # Those with the most neighbours choose first.
    crowd = [sum(hypot(a - c, b - d) < 70 for c, d in marks) for a, b in marks]
    order = sorted(range(len(marks)), key=lambda n: (-crowd[n], -sizes[n][0], n))
    for _ in range(_ROUNDS):
        before = list(found)
        for number in order:
            others = {n: spot for n, spot in enumerate(found) if spot and n != number}
            costs = [own + _cost(spot, number, others, marks, soft) for own, spot in tries[number]]
            found[number] = tries[number][costs.index(min(costs))][1]
        if found == before:
            break
    return [spot for spot in found if spot]


def _tries(mark: Point, size: Point, frame: Box) -> list[tuple[float, Spot]]:
    """Places round a mark, with what they cost by themselves."""
    wide, high = size
    found: list[tuple[float, Spot]] = []
    for far in _DISTANCES:
        for rank, angle in enumerate(_DIRECTIONS):
            x = mark[0] + cos(angle) * (_AIR + far)
            y = mark[1] + sin(angle) * (_AIR + far)
            side = 0 if abs(cos(angle)) < 0.3 else 1 if cos(angle) > 0 else -1
            left = x - wide / 2 if not side else x if side > 0 else x - wide
            low = y - high / 2 + sin(angle) * high / 2
            box = Box(left, low, left + wide, low + high)
            inside = box.shared(frame) > 0.999 * wide * high
            found.append((far * _FAR + rank * _TURN + (0 if inside else 1e6), Spot(box, side)))
    return found


def _cost(
    spot: Spot, own: int, others: Mapping[int, Spot], marks: Sequence[Point], soft: Sequence[Box]
) -> float:
    """What a name at this place covers and crosses."""
    box = spot.box.wider(1.0)
    cost = sum(_NAME * box.shared(other.box) for other in others.values())
    cost += sum(_MARK for mark in marks if box.shared(_about(mark)))
    cost += sum(_SOFT * box.shared(other) for other in soft)
    if line := leader(marks[own], spot.box):
        cost += sum(_LINE for other in others.values() if other.box.crossed(*line))
        cost += sum(_LINE for n, mark in enumerate(marks) if n != own and _about(mark).crossed(*line))
    lines = (leader(marks[n], other.box) for n, other in others.items())
    return cost + sum(_LINE for line in lines if line and box.crossed(*line))


def _about(mark: Point) -> Box:
    return Box(*mark, *mark).wider(_RADIUS)


def leader(mark: Point, box: Box) -> tuple[Point, Point] | None:
    """The line from a mark to its name, if the name does not stand beside it."""
    near = box.nearest(mark)
    far = hypot(near[0] - mark[0], near[1] - mark[1])
    if far <= _AIR + _LEADER:
        return None
    start, end = 4.0 / far, 1 - 1.5 / far
    return (
        (mark[0] + (near[0] - mark[0]) * start, mark[1] + (near[1] - mark[1]) * start),
        (mark[0] + (near[0] - mark[0]) * end, mark[1] + (near[1] - mark[1]) * end),
    )
