"""A timeline with sizes: when each thing happened, and how large it was said to be.

Rows stand in groups, each in order of time. On the left, when; on the right, on a
logarithmic axis, up to three values of each row: the first as a ring, the second as a bar
from low to high (an upper bound alone points to the left), the third as a square.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kochu.figures.data import Row, When, data_error, label, when
from kochu.figures.style import GROUND, HUES, QUIET, SMALL, WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Event", "Timeline", "timeline"]

_ROW = 0.25
"""Inches a row is high."""
_ABOVE = 0.5
"""Rows of air for a number that stands above its mark."""
_CLEAR = {"facecolor": GROUND, "edgecolor": "none", "pad": 0.8}
"""Behind words, so that no line of the grid runs through them."""
_FORMS = ("o", "|", "s")
_LIMIT = 3


@dataclass(frozen=True)
class Size:
    """A value of a row: exact, a range, or only a bound."""

    low: float | None
    high: float | None

    @property
    def text(self) -> str:
        """As it stands beside the mark."""
        if self.low is None:
            return f"≤ {self.high:,.0f}"
        if self.high is None:
            return f"≥ {self.low:,.0f}"
        return f"{self.low:,.0f}" if self.low == self.high else f"{self.low:,.0f}–{self.high:,.0f}"


@dataclass(frozen=True)
class Event:
    """One row: what, when, how large."""

    name: str
    group: str
    time: When
    sizes: tuple[Size | None, ...]


@dataclass(frozen=True)
class Timeline:
    """A timeline.

    :param events: in groups, each in order of time.
    :param values: names of the values, for the key.
    :param axis: what the values are.
    """

    events: tuple[Event, ...]
    values: tuple[str, ...] = ()
    axis: str = ""

    def draw(self) -> Figure:
        """Draw it."""
        from matplotlib.figure import Figure

        groups = list(dict.fromkeys(e.group for e in self.events))
        heads = [g for g in groups if g]
        lines = len(self.events) + 1.25 * len(heads)
        lines += _ABOVE * sum(len(e.sizes) > 1 and e.sizes[1] is not None for e in self.events)
        figure = Figure((WIDTH, lines * _ROW + (1.0 if self.values else 0.6)))
        shares = (1.0, 1.6) if self.values else (1.0,)
        axes = figure.subplots(1, len(shares), sharey=True, width_ratios=shares, squeeze=False)[0]
        figure.subplots_adjust(left=0.255, right=0.995, top=1 - 0.52 / figure.get_figheight(), wspace=0.06)
        places = self._places(groups)
        self._times(axes[0], places, heads)
        if self.values:
            self._sizes(axes[1], places)
        return figure

    def _places(self, groups: Sequence[str]) -> tuple[dict[int, float], dict[str, float]]:
        """Give each event and each group's heading a height; headings have air above them."""
        rows: dict[int, float] = {}
        heads: dict[str, float] = {}
        y = 0.0
        for group in groups:
            if group:
                y += 0.25
                heads[group] = y
                y += 1
            for index, event in enumerate(self.events):
                if event.group == group:
                    # The second value has its number above it.
                    y += _ABOVE if len(event.sizes) > 1 and event.sizes[1] else 0
                    rows[index] = y
                    y += 1
        return rows, heads

    def _times(self, ax: Axes, places: tuple[dict[int, float], dict[str, float]], heads: list[str]) -> None:
        rows, headings = places
        for index, event in enumerate(self.events):
            left, right = event.time.start.toordinal(), event.time.end.toordinal()
            y = rows[index]
            if event.time.exact:
                ax.plot([(left + right) / 2], [y], marker="o", markersize=4.5, color=HUES[0], linewidth=0)
            else:
                # Only the month or year is known: a line as long as the doubt.
                ax.plot([left, right], [y, y], color=HUES[0], linewidth=2.2, solid_capstyle="round")
        first = min(e.time.start.year for e in self.events)
        last = max(e.time.end.year for e in self.events) + 1
        step = max(1, round((last - first) / 5))
        years = [year for year in range(first, last + 1) if year % step == 0]
        ax.set_xticks([date(year, 1, 1).toordinal() for year in years], [str(year) for year in years])
        ax.xaxis.tick_top()
        ax.spines["bottom"].set_visible(False)
        ax.spines["top"].set_visible(True)
        ax.spines["left"].set_visible(False)
        ax.tick_params(axis="y", length=0)
        ax.tick_params(axis="x", length=3)
        ax.grid(axis="x")
        ax.set_axisbelow(True)
        ax.set_yticks(list(rows.values()), [self.events[i].name for i in rows])
        ax.set_ylim(max([*rows.values(), *headings.values()]) + 0.8, -0.6)
        for group in heads:
            ax.annotate(
                group, (0, headings[group]), xycoords=("axes fraction", "data"), xytext=(-3.5, 0),
                textcoords="offset points", color=QUIET, fontsize=SMALL + 0.5, ha="right", va="center",
            )  # fmt: skip

    def _sizes(self, ax: Axes, places: tuple[dict[int, float], dict[str, float]]) -> None:
        rows, _ = places
        ax.set_xscale("log")
        known = [n for e in self.events for s in e.sizes if s for n in (s.low, s.high) if n]
        ax.set_xlim(min(known) / 4, max(known) * 5)
        ax.xaxis.set_major_formatter("{x:,.0f}")
        ax.xaxis.tick_top()
        ax.xaxis.set_label_position("top")
        ax.set_xlabel(self.axis, labelpad=6)
        ax.spines["bottom"].set_visible(False)
        ax.spines["top"].set_visible(True)
        ax.spines["left"].set_visible(False)
        ax.tick_params(axis="y", length=0, labelleft=False)
        ax.tick_params(axis="x", which="both", length=3)
        ax.tick_params(axis="x", which="minor", length=0)
        ax.grid(axis="x")
        ax.set_axisbelow(True)
        for index, event in enumerate(self.events):
            y = rows[index]
            if not any(event.sizes):
                ax.annotate(
                    "no figure seen", (0.5, y), xycoords=("axes fraction", "data"), color=QUIET,
                    fontsize=SMALL, ha="center", va="center", bbox=_CLEAR,
                )  # fmt: skip
                continue
            numbers = [n for s in event.sizes if s for n in (s.low, s.high) if n]
            ax.plot([min(numbers), max(numbers)], [y, y], color=QUIET, linewidth=0.5)
            for rank, size in enumerate(event.sizes):
                if size:
                    # The smallest of several has its number on the left, off the line to the others.
                    _mark(ax, rank, size, y, least=size.high == min(numbers) < max(numbers))
        handles = [_handle(rank, name) for rank, name in enumerate(self.values)]
        ax.legend(
            handles=handles, loc="upper center", bbox_to_anchor=(0.28, 0), ncols=len(handles),
            handletextpad=0.5, columnspacing=1.4, borderaxespad=0.2,
        )  # fmt: skip


def _mark(ax: Axes, rank: int, size: Size, y: float, *, least: bool) -> None:
    """Draw one value: the first labelled on its right, the second above, the third on its left.

    :param least: whether the first is the smallest, and then labelled on its left.
    """
    hue = HUES[rank]
    low = size.low or size.high or 1
    high = size.high or size.low or 1
    if rank == 1 and size.low is None:
        ax.plot([high], [y], marker=8, markersize=6, color=hue, linewidth=0)
        ax.plot([high], [y], marker="|", markersize=8, color=hue, linewidth=0, markeredgewidth=1.6)
    elif rank == 1:
        ax.plot([low, high], [y, y], color=hue, linewidth=3, solid_capstyle="butt")
        ax.plot([low, high], [y, y], marker="|", markersize=8, color=hue, linewidth=0, markeredgewidth=1.6)
    else:
        ax.plot(
            [high], [y], marker=_FORMS[rank], markersize=5 if rank else 6, color=hue, linewidth=0,
            markerfacecolor=hue if rank else GROUND, markeredgewidth=1.6,
        )  # fmt: skip
    side, at, offset = (
        ("right", low, (-7, 0)) if least else ("left", high, (7, 0)),
        ("center", (low * high) ** 0.5, (0, 9.5)),
        ("right", low, (-7, 0)),
    )[rank]
    ax.annotate(
        size.text, (at, y), xytext=offset, textcoords="offset points",
        ha=side, va="center", fontsize=SMALL, zorder=1.9, bbox=_CLEAR,
    )  # fmt: skip


def _handle(rank: int, name: str) -> Any:
    from matplotlib.lines import Line2D

    hue = HUES[rank]
    if rank == 1:
        return Line2D([], [], color=hue, linewidth=3, label=name)
    return Line2D(
        [], [], marker=_FORMS[rank], markersize=5.5, color=hue, linewidth=0,
        markerfacecolor=hue if rank else GROUND, markeredgewidth=1.6, label=name,
    )  # fmt: skip


def timeline(
    rows: Iterable[Row],
    *,
    values: Mapping[str, str],
    group: str = "",
    groups: Mapping[str, str] | None = None,
    axis: str = "",
) -> Timeline:
    """Make a timeline of data rows.

    :param values: keys of up to three values, and their names.
    :param group: key by which rows are put in groups.
    :param groups: what the groups are called, in the order in which they stand.
    :raises EditionError: a row has no name or no time, or a value is no number.
    """
    names = groups or {}
    events: list[Event] = []
    for row in rows:
        time = when(row)
        if time is None:
            raise data_error(row.path, row.line, "has no time; give it start and end, or when")
        own = str(row.values.get(group, "")) if group else ""
        sizes = tuple(_size(row, key) for key in list(values)[:_LIMIT])
        events.append(Event(label(row), names.get(own, own), time, sizes))
    order = {name: rank for rank, name in enumerate(names.values())}
    events.sort(key=lambda e: (order.get(e.group, len(order)), e.group, e.time.start, e.name))
    return Timeline(tuple(events), tuple(values.values())[:_LIMIT], axis)


def _size(row: Row, key: str) -> Size | None:
    low, high = (row.values.get(f"{key}_{end}", row.values.get(key)) for end in ("low", "high"))
    for number in (low, high):
        if number is not None and (not isinstance(number, int | float) or number <= 0):
            raise data_error(row.path, row.line, f"{key} = {number!r} is no number above 0")
    return None if low is None and high is None else Size(low, high)
