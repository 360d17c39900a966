"""Cut a stretch of text at every border of the spans that lie on it.

Spans may nest, overlap and cross. Flat segments can be drawn in any output, and
copying them gives the plain text back, which nested marks could not promise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

__all__ = ["Segment", "Span", "crossings", "cut"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A named half-open stretch of the decoded seed, in code points."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch without a border inside.

    :param keys: the spans that cover it, narrowest first.
    """

    start: int
    end: int
    keys: tuple[str, ...]


def cut(start: int, end: int, spans: Sequence[Span]) -> tuple[Segment, ...]:
    """Cut ``[start, end)`` into segments; the segments tile it.

    :param spans: spans that may reach out of the stretch on either side.
    """
    inside = [s for s in spans if s.start < end and s.end > start and s.start < s.end]
    borders = {start, end}
    for span in inside:
        borders.update((max(start, span.start), min(end, span.end)))
    by_width = sorted(inside, key=lambda s: (s.end - s.start, s.start, s.key))
    return tuple(
        Segment(a, b, tuple(dict.fromkeys(s.key for s in by_width if s.start <= a and b <= s.end)))
        for a, b in pairwise(sorted(borders))
    )


def crossings(spans: Iterable[Span]) -> tuple[tuple[Span, Span], ...]:
    """Find the pairs that overlap without one holding the other."""
    return tuple(
        (one, two)
        for one, two in combinations(sorted(spans), 2)
        if one.start < two.start < one.end < two.end and one.key != two.key
    )
