"""``{marking}``: the bare text, to be marked by a reader and compared with the editors' marks.

Without a script it is a sheet to print and mark by hand. With one, the marks are kept in
the browser and saved in the form that ``kochu agree`` reads. What the editors found lies in
a file of its own, which the page asks for when the reader wants to compare, and not before.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kochu.sphinx.marking import html
from kochu.sphinx.marking.place import FillMarking, Marking

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["register"]


def register(app: Sphinx) -> None:
    """Register the directive, what fills its place, and the page's own script."""
    app.add_directive_to_domain("kochu", "marking", Marking)
    app.add_post_transform(FillMarking)
    html.register(app)
    app.connect("builder-inited", _static)


def _static(app: Sphinx) -> None:
    if app.builder.format == "html" and app.builder.name != "epub":
        app.config.html_static_path.append(str(Path(__file__).with_name("static")))
