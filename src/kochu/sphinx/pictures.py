"""Set drawings into pages: drawn when a page is written, into the folder of the doctrees.

A page in a browser gets the drawing itself, whose words can be searched and whose colours
are the page's; other outputs get a file of the first kind that they take and we can draw.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from kochu.figures.render import INLINE, SUFFIXES, render
from kochu.sphinx.problems import log
from kochu.sphinx.tabled import kochu_drawer
from kochu.text.problems import Problem, Subtype

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from kochu.figures.render import Chart

__all__ = ["FIGURE", "Draw", "figure_nodes", "kochu_chart", "register"]

FIGURE = "kochu-chart"
"""Class of a figure that was drawn; pages with one get the style sheet."""
FOLDER = "kochu-figures"


class kochu_chart(nodes.container):  # noqa: N801 - docutils finds visitors by the class name
    """Place of a drawing: ``chart``, ``title``, ``description``, ``language``; caption and table in it."""


class Draw(SphinxPostTransform):
    """Put drawings in their places."""

    # Before references are resolved (10), with the other places of an edition (5).
    default_priority = 6

    def run(self, **kwargs: Any) -> None:
        """Draw what the page shows."""
        for place in list(self.document.findall(kochu_chart)):
            place.replace_self(figure_nodes(self.env._app, self.env.current_document.docname, place))


def figure_nodes(app: Sphinx, docname: str, place: kochu_chart) -> list[nodes.Node]:
    """Make the figure for one place: the drawing, the caption, and what stands below."""
    caption, *below = place.children
    picture = _picture(app, docname, place)
    # Sphinx wants an id on every figure, also on one that nobody refers to.
    ids = place["ids"] or [nodes.make_id(f"figure-{place['title']}")]
    found = nodes.figure("", classes=[FIGURE], ids=ids, names=place["names"])
    if picture is not None:
        found += picture
    if isinstance(caption, nodes.paragraph):
        found += nodes.caption("", "", *caption.children)
    if app.builder.format != "html":
        # Where nothing opens, a drawer would only hide from a writer that tables stand on their own.
        below = [
            node for part in below for node in (part.children if isinstance(part, kochu_drawer) else [part])
        ]
    return [found, *below]


def _picture(app: Sphinx, docname: str, place: kochu_chart) -> nodes.Node | None:
    kinds = list(app.builder.supported_image_types)
    browser = app.builder.format == "html" and app.builder.name != "epub"
    suffix = INLINE if browser else next((SUFFIXES[k] for k in kinds if k in SUFFIXES), "")
    if not suffix:
        # Plain text and its like: words instead of a picture.
        return nodes.paragraph(place["description"], place["description"])
    chart: Chart = place["chart"]
    try:
        path = render(
            chart,
            Path(app.env.doctreedir) / FOLDER,
            suffix,
            title=place["title"],
            description=place["description"],
            language=place["language"],
        )
    except ModuleNotFoundError as error:
        message = f"the figure needs {error.name}; run pip install {error.name}"
        log([Problem(place.source or docname, place.line or 0, Subtype.EDITION.value, message)])
        return None
    if browser:
        frame = '<div class="kochu-chart-frame" role="group" tabindex="0" aria-label="{}">\n{}</div>'
        label = place["title"].replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        return nodes.raw("", frame.format(label, path.read_text("utf-8")), format="html")
    app.env.images.add_file(docname, str(path))
    return nodes.image(
        "",
        uri=str(path),
        candidates={"*": str(path)},
        alt=f"{place['title']}. {place['description']}",
        width="100%",
    )


def _style(
    app: Sphinx, pagename: str, templatename: str, context: Any, doctree: nodes.document | None
) -> None:
    """Load the style sheet on pages that need it (handler of ``html-page-context``)."""
    if doctree is not None and any(_styled(node) for node in doctree.findall(nodes.Element)):
        app.add_css_file("kochu-figures.css")


def _styled(node: nodes.Element) -> bool:
    return any(name in node.get("classes", ()) for name in (FIGURE, "kochu-density", "kochu-score"))


def _assets(app: Sphinx) -> None:
    if app.builder.format == "html":
        folder = Path(__file__).parent.parent / "figures" / "static"
        app.config.html_static_path.append(str(folder))


def register(app: Sphinx) -> None:
    """Connect all this."""
    app.add_node(kochu_chart)
    app.add_post_transform(Draw)
    app.connect("builder-inited", _assets)
    app.connect("html-page-context", _style)
