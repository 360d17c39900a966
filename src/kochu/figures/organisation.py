"""A chart of bodies: who belongs to what, who commands whom.

Graphviz places the boxes and leads the lines; Matplotlib draws them, in the same hand as
every other figure. People are written into the box of the body they belong to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
import re
from typing import TYPE_CHECKING

from kochu.figures.data import Row, data_error, label
from kochu.figures.layout import AIR, EQUAL, LETTERS, LINE_HEIGHT, Body, Curve, Link, Point, layout
from kochu.figures.style import BOX, GROUND, HUES, INK, QUIET

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Organisation", "named", "organisation"]

_STYLES = ("solid", (0, (5, 2)), (0, (1, 1.6)))


@dataclass(frozen=True)
class Organisation:
    """Bodies and how they hang together.

    :param groups: sorts of bodies, in the order of the key.
    """

    bodies: tuple[Body, ...]
    links: tuple[Link, ...]
    groups: tuple[str, ...] = ()

    def draw(self) -> Figure:
        """Draw it."""
        from matplotlib.figure import Figure

        (wide, high), boxes, lines = layout(self.bodies, self.links)
        below = 0.3 if self.groups else 0.0
        figure = Figure((wide + 0.04, high + below + 0.02))
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set_axis_off()
        # Borders of boxes at the edge are as wide as the others.
        ax.set_xlim(-0.02, wide + 0.02)
        ax.set_ylim(-below, high + 0.02)
        for link, (points, at) in zip(self.links, lines, strict=True):
            _line(ax, link, points, at)
        for body in self.bodies:
            self._box(ax, body, boxes[body.id])
        if self.groups:
            self._key(figure)
        return figure

    def _key(self, figure: Figure) -> None:
        from matplotlib.patches import Patch

        handles = [
            Patch(facecolor=BOX, edgecolor=HUES[rank], linewidth=1.1, label=group)
            for rank, group in enumerate(self.groups)
        ]
        figure.legend(
            handles=handles, loc="lower center", ncols=len(handles), handlelength=1.6, borderaxespad=0.1,
            handletextpad=0.5, columnspacing=1.6,
        )  # fmt: skip

    def _box(self, ax: Axes, body: Body, centre: Point) -> None:
        wide, high = body.size
        left, top = centre[0] - wide / 2, centre[1] + high / 2
        hue = HUES[self.groups.index(body.group)] if body.group in self.groups else QUIET
        _rectangle(ax, (left, top - high), (wide, high), hue)
        for number, (text, main) in enumerate(body.lines):
            ax.text(
                left + AIR / 2, top - AIR / 2 - (number + 0.5) * LINE_HEIGHT, text, va="center",
                fontsize=LETTERS + 0.4 if main else LETTERS, color=INK if main else QUIET, zorder=4,
            )  # fmt: skip


def _rectangle(ax: Axes, corner: Point, size: Point, hue: str) -> None:
    from matplotlib.patches import Rectangle

    ax.add_patch(Rectangle(corner, *size, facecolor=GROUND, edgecolor="none", zorder=3))
    ax.add_patch(Rectangle(corner, *size, facecolor=BOX, edgecolor=hue, linewidth=1.1, zorder=3))


def _line(ax: Axes, link: Link, points: Curve, at: Point | None) -> None:
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path

    # Graphviz gives a chain of Bézier curves: a start, then three points for each curve.
    path = Path(points, [Path.MOVETO, *[Path.CURVE4] * (len(points) - 1)])
    arrow = "-" if link.style == EQUAL else "-|>"
    ax.add_patch(
        FancyArrowPatch(
            path=path, arrowstyle=arrow, mutation_scale=8, linewidth=0.9, linestyle=_STYLES[link.style],
            color=QUIET, zorder=2, shrinkA=0, shrinkB=0, fill=link.style != EQUAL,
        )
    )  # fmt: skip
    if at:
        ax.text(
            *at, "\n".join(link.lines), fontsize=LETTERS, color=INK, ha="center", va="center",
            zorder=5, linespacing=1.05, bbox={"facecolor": GROUND, "edgecolor": "none", "pad": 0.8},
        )  # fmt: skip


def organisation(
    rows: Iterable[Row],
    edges: Iterable[Row],
    *,
    inside: Sequence[str] = (),
    leave: Sequence[str] = (),
    names: Sequence[str] = (),
    groups: Mapping[str, str] | None = None,
    equal: Sequence[str] = (),
    meet: Sequence[str] = (),
    up: Sequence[str] = (),
    fold: Sequence[str] = (),
) -> Organisation:
    """Make a chart of data rows.

    :param rows: ``id``, a name, ``kind``; of people, ``office``; of bodies, ``holders``.
    :param edges: ``from``, ``to``, ``relation``.
    :param inside: kinds written into the boxes that their edges lead to.
    :param leave: kinds that are not drawn, only listed.
    :param names: keys of further names, below the main one.
    :param groups: kinds, and what they are called in the key.
    :param equal: beginnings of relations between equals: level, dashed.
    :param meet: beginnings of relations that are no order: dotted.
    :param up: beginnings of relations to what stands above.
    :param fold: beginnings of relations to parts that are listed in the box of the whole,
        unless other lines lead to or from them.
    :raises EditionError: an edge leads nowhere.
    """
    table = {str(row.values.get("id", label(row))): row for row in rows}
    kinds = {key: str(row.values.get("kind", "")) for key, row in table.items()}
    homes: dict[str, str] = {}
    people: dict[str, list[str]] = {}
    lines: list[tuple[str, str, str]] = []
    for edge in edges:
        start, end, relation = (str(edge.values.get(key, "")) for key in ("from", "to", "relation"))
        for key in (start, end):
            if key not in table:
                raise data_error(edge.path, edge.line, f"there is no '{key}' to draw a line to")
        belongs = kinds[start] in inside and kinds[end] not in inside
        if belongs and not relation.startswith(tuple(meet)):
            homes.setdefault(start, end)
            people.setdefault(end, []).append(_person(table[start], relation))
        else:
            lines.append((start, end, relation))
    drawn = {key for key, kind in kinds.items() if kind not in (*inside, *leave)}
    busy = Counter(homes.get(key, key) for start, end, _ in lines for key in (start, end))
    for start, end, relation in lines:
        part, whole = (start, end) if relation.startswith(tuple(up)) else (end, start)
        if relation.startswith(tuple(fold)) and part in drawn and busy[part] == 1:
            holders = table[part].values.get("holders", ())
            people.setdefault(whole, []).append(", ".join([label(table[part]), *holders]))
            drawn.discard(part)
    links: list[Link] = []
    for start, end, relation in lines:
        a, b = homes.get(start, start), homes.get(end, end)
        if a in drawn and b in drawn:
            style = next(
                (n for n, names_ in ((1, equal), (2, meet)) if relation.startswith(tuple(names_))), 0
            )
            words = _words(relation)
            words = words if a == start else f"{label(table[start])} {words}"
            links.append(Link(a, b, words, style, relation.startswith(tuple(up))))
    # Of bodies that are one and the same, the first names the members for all.
    same = {link.end for link in links if link.style == EQUAL}
    known = groups or {}
    bodies = [
        Body(
            key,
            (label(row), *(str(row.values[n]) for n in names if row.values.get(n))),
            tuple(people.get(key) or ([] if key in same else row.values.get("holders", ()))),
            known.get(kinds[key], ""),
        )
        for key, row in table.items()
        if key in drawn
    ]
    return Organisation(tuple(bodies), tuple(links), tuple(dict.fromkeys(known.values())))


def _person(row: Row, relation: str) -> str:
    """Write a person with the office; what follows a semicolon is another one."""
    office = str(row.values.get("office", "")).split(";")[0] or _words(relation).removesuffix(" of")
    return f"{label(row)}, {office}" if office else label(row)


def named(rows: Iterable[Row], edges: Iterable[Row]) -> tuple[Row, ...]:
    """Write edges for people: what they join by its name, and the relation in words."""
    names = {str(row.values.get("id", label(row))): label(row) for row in rows}
    return tuple(
        Row(
            edge.path,
            edge.line,
            {
                **edge.values,
                "from": names.get(edge.values.get("from", ""), ""),
                "to": names.get(edge.values.get("to", ""), ""),
                "relation": _words(str(edge.values.get("relation", ""))),
            },
        )
        for edge in edges
    )


def _words(relation: str) -> str:
    """Write ``met-on-2024-10-15`` as words; the hyphens of a date stay."""
    return re.sub(r"-(?=[a-z])|(?<=[a-z])-", " ", relation)
