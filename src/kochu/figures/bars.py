"""Stacked bars: how many of each sort, and of which grade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kochu.figures.style import GROUND, HATCHES, HUES, INK, QUIET, SMALL, WIDTH

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Bar", "Bars"]

_ROW = 0.21
_SHADES = (HUES[5], HUES[0], HUES[4], HUES[1])
"""From the lightest grade to the gravest."""


@dataclass(frozen=True)
class Bar:
    """One bar.

    :param group: heading under which it stands.
    :param counts: how many of each grade.
    """

    name: str
    group: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Bars:
    """Bars in groups, each stacked of grades.

    :param grades: names of the grades, from the lightest to the gravest.
    """

    bars: tuple[Bar, ...]
    grades: tuple[str, ...]
    axis: str

    def draw(self) -> Figure:
        """Draw it."""
        from matplotlib.figure import Figure
        from matplotlib.patches import Patch
        from matplotlib.ticker import MaxNLocator

        heights: list[float] = []
        heads: dict[str, float] = {}
        y = 0.0
        for bar in self.bars:
            if bar.group not in heads:
                y += 0.3
                heads[bar.group] = y
                y += 1
            heights.append(y)
            y += 1
        figure = Figure((WIDTH, y * _ROW + 0.75))
        ax = figure.subplots()
        figure.subplots_adjust(left=0.32, right=0.97, top=1 - 0.42 / figure.get_figheight())
        left = [0] * len(self.bars)
        used = [rank for rank in range(len(self.grades)) if any(bar.counts[rank] for bar in self.bars)]
        # The gravest stands at the axis, where lengths can be compared.
        for rank in reversed(used):
            counts = [bar.counts[rank] for bar in self.bars]
            ax.barh(
                heights, counts, left=left, height=0.68, color=_SHADES[rank], hatch=HATCHES[rank],
                edgecolor=GROUND, linewidth=0.7,
            )  # fmt: skip
            left = [a + b for a, b in zip(left, counts, strict=True)]
        for at, total in zip(heights, left, strict=True):
            ax.annotate(
                str(total),
                (total, at),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                fontsize=SMALL,
            )
        for group, at in heads.items():
            ax.annotate(
                group, (0, at), xycoords=("axes fraction", "data"), xytext=(-3.5, 0),
                textcoords="offset points", color=QUIET, fontsize=SMALL + 0.5, ha="right", va="center",
            )  # fmt: skip
        ax.set_yticks(heights, [bar.name for bar in self.bars])
        ax.set_ylim(y - 0.3, -0.2)
        ax.set_xlabel(self.axis, labelpad=6)
        ax.xaxis.tick_top()
        ax.xaxis.set_label_position("top")
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.spines["bottom"].set_visible(False)
        ax.spines["top"].set_visible(True)
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_color(INK)
        ax.grid(axis="x")
        ax.set_axisbelow(True)
        handles = [
            Patch(facecolor=_SHADES[r], hatch=HATCHES[r], edgecolor=GROUND, label=self.grades[r])
            for r in reversed(used)
        ]
        ax.legend(handles=handles, loc="lower right", borderaxespad=0.6, labelspacing=0.5)
        return figure
