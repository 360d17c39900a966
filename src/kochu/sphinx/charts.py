"""Directives for figures from data files: ``{chart-timeline}`` and its like.

The argument names TOML files of rows; the body is the caption. The table beneath holds
the same rows with their sources.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from kochu.figures.data import Row, data_error, read_rows
from kochu.figures.organisation import named, organisation
from kochu.figures.schedule import schedule
from kochu.figures.table import Cell, Table, table
from kochu.figures.timeline import timeline
from kochu.figures.worldmap import worldmap
from kochu.sphinx.pictures import kochu_chart
from kochu.sphinx.problems import log
from kochu.sphinx.tabled import grid, kochu_drawer
from kochu.text.problems import EditionError, Problem, Subtype, shown
from kochu.text.quote import split_parts

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from kochu.figures.render import Chart

__all__ = ["register"]


def pairs(value: str | None) -> dict[str, str]:
    """Read an option such as ``key = Heading | other = Another``; a key alone is its own heading."""
    found: dict[str, str] = {}
    for part in split_parts(value or ""):
        key, _, name = part.partition("=")
        if key.strip():
            found[key.strip()] = name.strip() or key.strip().replace("_", " ").capitalize()
    return found


def words(value: str | None) -> tuple[str, ...]:
    """Read an option of several words."""
    return tuple((value or "").split())


def extent(value: str | None) -> tuple[float, float, float, float]:
    """Read ``west east south north``."""
    numbers = tuple(map(float, words(value)))
    if len(numbers) != 4 or not (numbers[0] < numbers[1] and numbers[2] < numbers[3]):
        raise ValueError("give west, east, south and north in degrees, as in '40 150 15 63'")
    return numbers


class _Chart(SphinxDirective):
    """What all these directives do; each says what to draw."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    own: ClassVar[dict[str, Any]] = {}
    summary = "The figure as a table, with sources"

    option_spec: ClassVar[Any] = {
        "title": directives.unchanged_required,
        "description": directives.unchanged,
        "columns": pairs,
        "language": directives.unchanged,
        "name": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        try:
            if not self.options.get("title"):
                raise data_error(
                    self._here(), self.lineno, "a figure needs ':title:', its name in a few words"
                )
            chart, description, tables = self.chart()
            cells = [table(rows, columns) for rows, columns in tables]
        except EditionError as error:
            log(error.problems)
            return []
        except ModuleNotFoundError as error:
            message = f"the figure needs {error.name}; run pip install {error.name}"
            log([Problem(self._here(), self.lineno, Subtype.EDITION.value, message)])
            return []
        return [self._place(chart, description, cells)]

    def chart(self) -> tuple[Chart, str, list[tuple[tuple[Row, ...], dict[str, str]]]]:
        """Give the chart, what there is to see, and the rows and columns of each table."""
        raise NotImplementedError

    def rows(self, name: str = "", argument: int | None = None) -> tuple[Row, ...]:
        """Read the rows of the files that the argument names, and have them watched."""
        found: tuple[Row, ...] = ()
        files = words(self.arguments[0])
        for file in files if argument is None else files[argument : argument + 1]:
            _, path = self.env.relfn2path(file, self.env.docname)
            self.env.note_dependency(path)
            found += read_rows(Path(path), name)
        return found

    def columns(self, *default: str) -> dict[str, str]:
        """The columns of the table: those that the author names."""
        return self.options.get("columns") or pairs(" | ".join(default))

    def _here(self) -> str:
        return shown(Path(self.env.doc2path(self.env.docname)))

    def _place(self, chart: Chart, description: str, tables: list[Table]) -> kochu_chart:
        place = kochu_chart(
            "",
            chart=chart,
            title=self.options["title"],
            description=self.options.get("description") or description,
            language=self.options.get("language", "ja"),
        )
        self.set_source_info(place)
        self.add_name(place)
        caption = self.parse_content_to_nodes()
        # The first child is the caption, whether or not there is one.
        place += caption[:1] or [nodes.paragraph("", self.options["title"])]
        place += caption[1:]
        drawer = kochu_drawer("", summary=self.summary, classes=["kochu-chart-table"])
        for number, found in enumerate(tables):
            rows = [[self._cell(cell) for cell in row] for row in found.rows]
            drawer += grid(found.heads, rows, classes="kochu-chart-rows" if not number else "")
        place += drawer
        return place

    def _cell(self, cell: Cell) -> list[nodes.Node]:
        found: list[nodes.Node] = []
        cites = [part.text for part in cell if part.kind == "cite"]
        for part in cell:
            if part.kind == "cite":
                continue
            found += [nodes.Text(" ")] if found else []
            if part.kind == "sentence":
                found += self._role("kochu", "sentence", part.text)
            elif part.kind == "note":
                # A remark on nothing needs no parentheses.
                text = f"({part.text.rstrip('.')})" if found else part.text.rstrip(".")
                found.append(nodes.inline(part.text, text, classes=["kochu-quiet"]))
            else:
                classes = [f"language-{part.language}"] if part.language else []
                found.append(nodes.inline(part.text, part.text, classes=classes))
        return found + (self._role("cite", "p", ",".join(cites)) if cites else [])

    def _role(self, domain: str, name: str, text: str) -> list[nodes.Node]:
        """Use a role as an author would; without its extension, the bare text."""
        if domain in self.env.domains and (role := self.env.domains[domain].role(name)):
            inliner: Any = self.state.inliner
            found, messages = role(f"{domain}:{name}", text, text, self.lineno, inliner, {}, [])
            return [*found, *messages]
        return [nodes.Text(text.replace(",", ", "))]


class Timeline(_Chart):
    """``{chart-timeline}``: when things happened, and how large they were said to be."""

    option_spec: ClassVar[Any] = {
        **_Chart.option_spec, "values": pairs, "group": directives.unchanged, "groups": pairs,
        "axis": directives.unchanged,
    }  # fmt: skip

    def chart(self) -> tuple[Chart, str, list[tuple[tuple[Row, ...], dict[str, str]]]]:
        options = self.options
        rows = self.rows()
        values = options.get("values", {})
        chart = timeline(
            rows, values=values, group=options.get("group", ""), groups=options.get("groups"),
            axis=options.get("axis", ""),
        )  # fmt: skip
        years = [e.time.start.year for e in chart.events], [e.time.end.year for e in chart.events]
        text = f"Timeline of {len(rows)} entries from {min(years[0])} to {max(years[1])}"
        if values:
            text += f", with {', '.join(values.values()).lower()} of each"
        return (
            chart,
            f"{text}. The table below gives the same.",
            [(rows, self.columns("name = Name", "when = Time", *(f"{k} = {v}" for k, v in values.items())))],
        )


class Schedule(_Chart):
    """``{chart-schedule}``: events day by day, and who reported each."""

    option_spec: ClassVar[Any] = {**_Chart.option_spec, "sides": pairs}

    def chart(self) -> tuple[Chart, str, list[tuple[tuple[Row, ...], dict[str, str]]]]:
        rows = self.rows()
        sides = self.options.get("sides", {})
        chart = schedule(rows, sides=sides)
        days = len({event.time.start for event in chart.events})
        text = f"{len(rows)} events on {days} days, and which of {len(sides)} sides reported each: "
        text += f"{', '.join(sides.values())}. The table below gives what they reported."
        default = ("name = Event", "when = Day", *(f"{k} = {v}" for k, v in sides.items()))
        return chart, text, [(rows, self.columns(*default))]


class Organisation(_Chart):
    """``{chart-organisation}``: bodies, who is in them, and how they hang together."""

    option_spec: ClassVar[Any] = {
        **_Chart.option_spec, "nodes": directives.unchanged, "edges": directives.unchanged,
        "edge-columns": pairs, "inside": words, "leave": words, "names": words, "groups": pairs,
        "equal": words, "meet": words, "up": words, "fold": words,
    }  # fmt: skip

    def chart(self) -> tuple[Chart, str, list[tuple[tuple[Row, ...], dict[str, str]]]]:
        options = self.options
        rows = self.rows(options.get("nodes", "nodes"))
        edges = self.rows(options.get("edges", "edges"))
        names = ("inside", "leave", "names", "equal", "meet", "up", "fold")
        chosen = {name: options.get(name, ()) for name in names}
        chart = organisation(rows, edges, groups=options.get("groups"), **chosen)
        text = f"Chart of {len(chart.bodies)} bodies and the {len(chart.links)} lines between them. "
        text += "The tables below list them all."
        pairs_ = options.get("edge-columns") or pairs("from = From | relation = Relation | to = To")
        return chart, text, [(rows, self.columns("name = Name", "kind = Kind")), (named(rows, edges), pairs_)]


class Map(_Chart):
    """``{chart-map}``: places on a map, from one or more files."""

    option_spec: ClassVar[Any] = {
        **_Chart.option_spec, "extent": extent, "groups": pairs, "areas": words, "key": directives.unchanged,
    }  # fmt: skip

    def chart(self) -> tuple[Chart, str, list[tuple[tuple[Row, ...], dict[str, str]]]]:
        options = self.options
        key = options.get("key", "kind")
        found: list[Row] = []
        for number, file in enumerate(words(self.arguments[0])):
            # A file whose rows have no kind is of one kind, called as the file.
            kind = Path(file).stem
            found += [Row(r.path, r.line, {key: kind, **r.values}) for r in self.rows(argument=number)]
        groups = options.get("groups", {})
        chart, absent = worldmap(
            found, extent=options.get("extent", (-170.0, 190.0, -60.0, 80.0)), groups=groups,
            areas=options.get("areas", ()), key=key,
        )  # fmt: skip
        missing = {id(row) for row in absent}
        kinds = (*groups, *options.get("areas", ()))
        rows = tuple(
            Row(r.path, r.line, {**r.values, "on_map": "no" if id(r) in missing else "yes"})
            for r in found
            if r.values[key] in kinds
        )
        marks = sum(bool(place.group) for place in chart.places)
        text = f"Map with {marks} marks. The table below names every place, also those not on the map."
        default = ("name = Place", "lat = Latitude", "lon = Longitude", "on_map = On the map")
        return chart, text, [(rows, self.columns(*default))]


def register(app: Sphinx) -> None:
    """Add the directives."""
    for name, directive in (
        ("chart-timeline", Timeline),
        ("chart-schedule", Schedule),
        ("chart-organisation", Organisation),
        ("chart-map", Map),
    ):
        app.add_directive(name, directive)
