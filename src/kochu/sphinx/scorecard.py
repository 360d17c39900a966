"""``{scorecard}``, ``{score-figure}`` and ``{density}``: how good a translation is, counted.

All three are places that are filled when every caveat is known.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from kochu.apparatus.mqm import title
from kochu.apparatus.score import SEVERITIES, WEIGHTINGS, Tally, caveats, characters, loads, score, tally
from kochu.figures.bars import Bar, Bars
from kochu.sphinx.notes import NoteView
from kochu.sphinx.pictures import figure_nodes, kochu_chart
from kochu.sphinx.problems import log
from kochu.sphinx.tabled import grid, kochu_drawer, number, paragraph
from kochu.sphinx.texts import edition_of
from kochu.text.problems import Problem, Subtype, shown

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from kochu.apparatus.resolved import Resolved
    from kochu.apparatus.score import Load
    from kochu.sphinx.domain import KochuDomain

__all__ = ["register"]

NAME = "target-side review typed by MQM"
GRADES = (0.0, 5.0, 15.0, 30.0, 60.0)
"""Penalty points per 100 characters above which a sentence is one shade darker."""


class kochu_score(nodes.container):  # noqa: N801 - docutils finds visitors by the class name
    """Place of a score. ``text_id``, ``part``."""


class Scored(SphinxDirective):
    """Leaves the place; the text is that of ``:text:``, or the only one."""

    has_content = True
    part: ClassVar[str]
    option_spec: ClassVar[Any] = {
        "text": directives.unchanged, "name": directives.unchanged, "title": directives.unchanged,
    }  # fmt: skip

    def run(self) -> list[nodes.Node]:
        texts = edition_of(self.env).texts
        text_id = self.options.get("text", next(iter(texts)) if len(texts) == 1 else "")
        if text_id not in texts:
            path = shown(Path(self.env.doc2path(self.env.docname)))
            message = f"unknown text '{text_id}'; name one with ':text:', of {', '.join(texts)}"
            log([Problem(path, self.lineno, Subtype.EDITION.value, message)])
            return []
        domain = cast("KochuDomain", self.env.domains["kochu"])
        # Written again whenever a caveat changes anywhere.
        domain.note_shown(self.env.docname, text_id)
        self.env.note_dependency(str(edition_of(self.env).path.resolve()))
        place = kochu_score("", text_id=text_id, part=self.part, title=self.options.get("title", ""))
        self.set_source_info(place)
        self.add_name(place)
        place += self.parse_content_to_nodes()
        return [place]


class FillScores(SphinxPostTransform):
    """Fill the places."""

    # As the other places of an edition, before references are resolved (10).
    default_priority = 6

    def run(self, **kwargs: Any) -> None:
        """Fill those of one page."""
        places = list(self.document.findall(kochu_score))
        carded = {place["text_id"] for place in places if place["part"] == "card"}
        for place in places:
            # In print the figure's table would only repeat the card's.
            place["tabled"] = place["text_id"] in carded and self.env._app.builder.format != "html"
            domain = cast("KochuDomain", self.env.domains["kochu"])
            resolved = domain.resolved(place["text_id"])
            view = NoteView(domain, self.env.current_document.docname)
            make = {"card": _card, "figure": _figure, "density": _density}[place["part"]]
            place.replace_self(make(self.env._app, view, resolved, place))


def _card(app: Sphinx, view: NoteView, resolved: Resolved, place: kochu_score) -> list[nodes.Node]:
    """Give the counts, the weights, the scores, and how they come about."""
    everything = tally(resolved.annotations)
    sure = tally(n for n in caveats(resolved.annotations) if n.options.get("confidence") == "high")
    count = characters(resolved.base.text)
    heads = ("Counted", "Caveats", "Weights", "Penalty points", "Per 1,000 characters", "Score")
    rows = [
        [nodes.Text(name), nodes.Text(str(some.total)), nodes.Text(weighting.label), number(found.penalty),
         nodes.Text(f"{found.per_thousand:,.1f}"), nodes.Text(f"{found.quality:.1f}")]
        for name, some in (("all", everything), ("high confidence only", sure))
        for weighting in WEIGHTINGS
        for found in [score(some, resolved.base, weighting)]
    ]  # fmt: skip
    return [
        paragraph(
            f"This is a {NAME}. It is not an evaluation by ISO 5060, which compares the whole of a "
            "translation with its source: the caveats were found by reading the translation, so an error "
            "that reads well may have gone unseen.",
            classes="kochu-score-name",
        ),
        *place.children,
        _types(everything),
        _weights(),
        grid(heads, [[[cell] for cell in row] for row in rows], classes="kochu-score"),
        paragraph(
            "Penalty points = the sum of caveats × weight. "
            f"Per 1,000 characters = points ÷ {count:,} × 1,000. "
            f"Score = (1 − points ÷ {count:,}) × 100. {count:,} is the number of characters of the text "
            "without white space. A caveat counts once, however many places it names: the "
            f"{everything.total} caveats name {everything.places} places. Neutral remarks cost nothing. "
            "A score per character cannot be compared with the scores per word of other languages."
        ),
        *_sources(),
    ]


def _types(counted: Tally) -> nodes.table:
    """Count by type and severity, with a line for each dimension."""
    rows: list[list[list[nodes.Node]]] = []
    dimensions = list(dict.fromkeys(t.split("/")[0] for t in counted.types))
    for dimension in dimensions:
        types = [t for t in counted.types if t.split("/")[0] == dimension]
        name = title(dimension)
        rows.append([[nodes.strong(name, name)], *_counts(counted, dimension, strong=True)])
        rows += [
            [[nodes.Text(title(t.partition("/")[2] or "no subtype"))], *_counts(counted, t)]
            for t in types
            if t != dimension
        ]
    rows.append([[nodes.strong("", "All")], *_counts(counted, "", strong=True)])
    heads = ("Type", *(s.capitalize() for s in SEVERITIES), "Total")
    return grid(heads, rows, classes="kochu-score-types")


def _counts(counted: Tally, error_type: str, *, strong: bool = False) -> list[list[nodes.Node]]:
    found: list[list[nodes.Node]] = []
    for severity in (*SEVERITIES, ""):
        value = counted.of(error_type, severity)
        found.append([nodes.strong("", str(value)) if strong and value else number(value)])
    return found


def _weights() -> nodes.table:
    heads = ("Weights", *(s.capitalize() for s in SEVERITIES), "Source")
    rows: list[list[list[nodes.Node]]] = []
    for w in WEIGHTINGS:
        row: list[list[nodes.Node]] = [[nodes.Text(w.label)]]
        row += [[nodes.Text(f"{w.weights[s]:g}")] for s in SEVERITIES]
        remark = [nodes.Text(f". {w.remark}")] if w.remark else []
        row.append([nodes.reference("", w.source, refuri=w.url), *remark])
        rows.append(row)
    return grid(heads, rows, classes="kochu-score-weights")


def _sources() -> list[nodes.Node]:
    formula = "https://themqm.org/error-types-2/values-and-scores/"
    return [
        paragraph(
            "Formulas: ",
            nodes.reference("", WEIGHTINGS[0].source, refuri=WEIGHTINGS[0].url),
            "; ",
            nodes.reference("", "Values and Scores, themqm.org", refuri=formula),
            ", which also notes that ISO 5060 allows counts of characters. ",
            "But for what the table says, all error types weigh the same.",
            classes="kochu-score-sources",
        )
    ]


def _figure(app: Sphinx, view: NoteView, resolved: Resolved, place: kochu_score) -> list[nodes.Node]:
    """Draw the counts as stacked bars."""
    counted = tally(resolved.annotations)
    bars = tuple(
        Bar(
            title(t.partition("/")[2] or "no subtype"),
            title(t.split("/")[0]),
            tuple(counted.of(t, s) for s in SEVERITIES),
        )
        for t in counted.types
    )
    worst = max(bars, key=lambda bar: sum(bar.counts), default=None)
    if worst is None:
        return [paragraph("There are no caveats.")]
    by_severity = ", ".join(
        f"{counted.of(severity=s)} {s}" for s in reversed(SEVERITIES) if counted.of(severity=s)
    )
    chart = kochu_chart(
        "",
        chart=Bars(bars, SEVERITIES, "Caveats"),
        title=place["title"] or "Caveats by type and severity",
        description=f"Stacked bars, one for each of {len(bars)} types of error: {by_severity}. "
        f"The longest is {worst.name}, with {sum(worst.counts)}.",
        language=edition_of(app.env).texts[place["text_id"]].language,
        ids=place["ids"],
        names=place["names"],
    )
    caption = place.children[:1] or [paragraph(f"Caveats by type and severity, in a {NAME}.")]
    chart += [*caption, *place.children[1:]]
    if not place["tabled"]:
        chart += kochu_drawer("", _types(counted), summary="The figure as a table")
    return figure_nodes(app, view.docname, chart)


def _density(app: Sphinx, view: NoteView, resolved: Resolved, place: kochu_score) -> list[nodes.Node]:
    """Shade a cell for each sentence; the cells lead into the text."""
    found = loads(resolved)
    heads = ("Sentence", "Characters", *(s.capitalize() for s in SEVERITIES), "Points", "Per 100 characters")
    rows: list[list[list[nodes.Node]]] = []
    for load in found:
        row: list[list[nodes.Node]] = [[_address(view, place, load)], [number(load.characters)]]
        row += [[number(load.counts[s])] for s in SEVERITIES]
        rows.append([*row, [number(load.points)], [nodes.Text(f"{load.density:,.1f}")]])
    full = grid(heads, rows, classes="kochu-density-table")
    burden = "A caveat burdens every sentence that it names."
    if app.builder.format != "html":
        # Forty links in a row say little in print; the table says all.
        points = f"Points are penalty points, by the first of our weightings. {burden}"
        return [*place.children, full, paragraph(points)]
    legend = (
        "The figure under each sentence’s number is its penalty points, by the first of our weightings; "
        f"the shade, in steps above {', '.join(f'{g:g}' for g in GRADES)}, is points per 100 characters. "
        + burden
    )
    strip = nodes.bullet_list("", classes=["kochu-density"], ids=place["ids"])
    for load in found:
        cell = _address(view, place, load)
        cell += nodes.inline("", f"{load.points:g}", classes=["kochu-density-points"])
        cell["reftitle"] = f"{load.total} caveats, {load.points:g} points, {load.characters} characters"
        strip += nodes.list_item("", nodes.paragraph("", "", cell), classes=[f"kochu-heat-{_grade(load)}"])
    drawer = kochu_drawer("", full, summary="The strip as a table")
    return [*place.children, strip, paragraph(legend), drawer]


def _address(view: NoteView, place: kochu_score, load: Load) -> nodes.reference:
    """Link to a sentence on the reading page."""
    page = view.domain.reading_page(place["text_id"])
    child = nodes.inline("", load.address)
    if page is None:
        return nodes.reference("", "", child, refuri="", internal=True)
    return cast("nodes.reference", view.link(page, load.anchor, child))


def _grade(load: Load) -> int:
    return sum(load.density > above for above in GRADES)


def _directive(part: str) -> type[Scored]:
    return type(f"Score{part.title()}", (Scored,), {"part": part})


def register(app: Sphinx) -> None:
    """Add the directives and what fills their places."""
    app.add_node(kochu_score)
    app.add_post_transform(FillScores)
    app.add_directive("scorecard", _directive("card"))
    app.add_directive("score-figure", _directive("figure"))
    app.add_directive("density", _directive("density"))
