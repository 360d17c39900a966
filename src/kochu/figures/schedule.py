"""A schedule: events day by day, and which side told of each.

A side's cell is full when it reported the event, hollow when the report seen leaves it
out (its text begins "Not mentioned"), and empty when no report of that side was seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from kochu.figures.data import Row, When, data_error, label, when
from kochu.figures.style import GROUND, HUES, INK, QUIET, SMALL, WIDTH, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Meeting", "Schedule", "schedule"]

SILENT = "not mentioned"
_ROW, _LINE, _DAY = 0.3, 0.16, 0.16
"""Inches: a row of one line, each further line, and the air before another day."""
_RAIL, _TITLE, _SIDES, _GAP = 1.55, 1.75, 5.35, 1.15


@dataclass(frozen=True)
class Meeting:
    """One event.

    :param certain: whether its place in the order of the day is.
    :param told: for each side: told, left out (``False``), or nothing seen (``None``).
    """

    name: str
    time: When
    certain: bool
    told: tuple[bool | None, ...]


@dataclass(frozen=True)
class Schedule:
    """Events in order.

    :param sides: who reported.
    """

    events: tuple[Meeting, ...]
    sides: tuple[str, ...]

    def draw(self) -> Figure:
        """Draw it."""
        from matplotlib.figure import Figure

        lines = [wrap(event.name, 47) for event in self.events]
        heights: list[float] = []
        y = 0.4
        for index, event in enumerate(self.events):
            if index and event.time.start != self.events[index - 1].time.start:
                y += _DAY
            heights.append(y + _ROW / 2)
            y += _ROW + _LINE * (len(lines[index]) - 1)
        figure = Figure((WIDTH, y + 0.4))
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set_axis_off()
        ax.set_xlim(0, WIDTH)
        # The scale is inches on both axes, downwards.
        ax.set_ylim(y + 0.4, 0)
        self._rail(ax, heights)
        for event, at, text in zip(self.events, heights, lines, strict=True):
            for number, line in enumerate(text):
                ax.text(_TITLE, at + number * _LINE, line, va="center")
            for rank, told in enumerate(event.told):
                _cell(ax, _SIDES + rank * _GAP, at, told, HUES[rank])
        for rank, side in enumerate(self.sides):
            for number, line in enumerate(reversed(wrap(side, 16))):
                ax.text(
                    _SIDES + rank * _GAP,
                    0.25 - number * _LINE,
                    line,
                    ha="center",
                    va="center",
                    fontsize=SMALL,
                )
        self._key(ax, y + 0.22)
        return figure

    def _rail(self, ax: Axes, heights: list[float]) -> None:
        """Draw the line of time: whole within a day or to the next, dotted where days are left out."""
        for index, (event, at) in enumerate(zip(self.events, heights, strict=True)):
            before = self.events[index - 1] if index else None
            if before is None or before.time.start != event.time.start:
                ax.text(_RAIL - 0.15, at, event.time.text, ha="right", va="center", color=INK)
            if before:
                near = event.time.start - before.time.end <= timedelta(days=1)
                style = "solid" if near else (0, (1, 2.5))
                ax.plot(
                    [_RAIL] * 2, [heights[index - 1], at], color=QUIET, linewidth=1, linestyle=style, zorder=1
                )
            _knot(ax, _RAIL, at, certain=event.certain)

    def _key(self, ax: Axes, y: float) -> None:
        """Explain the marks; only those that occur."""
        reports = {told for event in self.events for told in event.told}
        x = _RAIL
        for text, occurs, told in (
            ("order within the day uncertain", not all(e.certain for e in self.events), True),
            ("report seen, event left out", False in reports, False),
            ("no report seen", None in reports, None),
        ):
            if not occurs:
                continue
            if told:
                _knot(ax, x, y, certain=False)
            else:
                _cell(ax, x, y, told, QUIET)
            ax.text(x + 0.13, y, text, va="center", fontsize=SMALL, color=QUIET)
            x += 0.066 * len(text) + 0.3


def _knot(ax: Axes, x: float, y: float, *, certain: bool) -> None:
    ax.plot(
        [x], [y], marker="o", markersize=6, linewidth=0, color=INK, zorder=2,
        markerfacecolor=INK if certain else GROUND, markeredgewidth=1.2,
    )  # fmt: skip


def _cell(ax: Axes, x: float, y: float, told: bool | None, hue: str) -> None:  # noqa: FBT001
    if told is None:
        ax.plot([x - 0.045, x + 0.045], [y, y], color=QUIET, linewidth=0.8)
        return
    ax.plot(
        [x], [y], marker="s", markersize=7, linewidth=0, color=hue,
        markerfacecolor=hue if told else GROUND, markeredgewidth=1.4,
    )  # fmt: skip


def schedule(rows: Iterable[Row], *, sides: Mapping[str, str]) -> Schedule:
    """Make a schedule of data rows, which give ``date``, ``order`` and ``order_certain``.

    :param sides: keys of the reports, and whose they are.
    :raises EditionError: a row has no name or no time.
    """
    found: list[tuple[tuple[object, ...], Meeting]] = []
    for number, row in enumerate(rows):
        time = when(row)
        if time is None:
            raise data_error(row.path, row.line, "has no time; give it a date")
        told = tuple(_told(row.values.get(side)) for side in sides)
        certain = bool(row.values.get("order_certain", True))
        order = row.values.get("order", number)
        found.append(((time.start, order, number), Meeting(label(row), time, certain, told)))
    found.sort(key=lambda pair: pair[0])
    return Schedule(tuple(meeting for _, meeting in found), tuple(sides.values()))


def _told(report: object) -> bool | None:
    return None if not report else not str(report).lower().startswith(SILENT)
