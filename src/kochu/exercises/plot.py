"""The item analysis as a picture, where matplotlib is installed."""

from __future__ import annotations

from collections.abc import Sequence
import io

from kochu.exercises.analysis import Item

__all__ = ["Row", "draw", "rows_of"]

Row = tuple[str, float, float | None]
"""A question's name, its difficulty, its discrimination."""


def rows_of(items: Sequence[Item]) -> list[Row]:
    """Give what is drawn; questions that nobody's answer settles are left out."""
    return [
        (f"{item.exercise.id} {item.question.id}", item.facility, item.discrimination)
        for item in items
        if item.facility is not None
    ]


def draw(rows: Sequence[Row]) -> bytes | None:
    """Draw difficulty and discrimination of each question as SVG.

    :return: nothing without matplotlib, or when there is nothing to draw.
    """
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError:
        return None
    if not rows:
        return None
    # A fixed salt and no date: the same hand-ins give the same file.
    with mpl.rc_context({"svg.hashsalt": "kochu", "svg.fonttype": "none", "font.size": 9}):
        height = 1.2 + 0.24 * len(rows)
        figure = Figure(figsize=(8, height))
        left, right = figure.subplots(1, 2, sharey=True)
        # Fixed margins: a layout engine would draw hundreds of labels several times.
        figure.subplots_adjust(left=0.3, right=0.98, top=1 - 0.5 / height, bottom=0.4 / height, wspace=0.12)
        places = range(len(rows))
        left.barh(places, [difficulty for _, difficulty, _ in rows], color="#4477aa")
        left.set_xlim(0, 1)
        left.set_title("Difficulty (mean share of points)", fontsize=9)
        left.set_xticks([0, 0.5, 1])
        left.set_yticks(places, [name for name, _, _ in rows])
        # Downwards as in the table, without room for bars that are not there.
        left.set_ylim(len(rows) - 0.4, -0.6)
        values = [value for _, _, value in rows]
        right.barh(places, [value or 0 for value in values], color=[_colour(value) for value in values])
        right.axvline(0, color="black", linewidth=0.8)
        right.set_xlim(-1, 1)
        right.set_title("Discrimination (correlation with the rest)", fontsize=9)
        right.set_xticks([-1, 0, 1])
        for axis in (left, right):
            axis.spines[["top", "right"]].set_visible(False)
        out = io.BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
    return out.getvalue()


def _colour(value: float | None) -> str:
    return "#cc3311" if value is not None and value < 0 else "#228833"
