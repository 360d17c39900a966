"""Choosing from a long list: a form above it, which a script wakes up.

Without scripts the form stays hidden and the whole list stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from kochu.apparatus.kinds import CHOICES
from kochu.apparatus.model import Annotation

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["filter_form", "marks", "register"]

_LABELS = {"now": "Verdict now", "entity": "Kind"}
_FORM = "kochu-choose"


def marks(note: Annotation, facets: Sequence[str]) -> list[str]:
    """Name the values of a row, as classes that the script looks for."""
    return [f"is-{facet}-{value}" for facet in facets if (value := _value(note, facet))]


def filter_form(notes: Sequence[Annotation], facets: Sequence[str]) -> nodes.raw:
    """Write the form: a choice for each facet, and a field for words."""
    fields = [_select(notes, facet) for facet in facets]
    fields.append(
        '<label>Words <input type="search" name="words" aria-label="Words" autocomplete="off"></label>'
    )
    html = f'<form class="{_FORM}" role="search" aria-label="Choose from the list" hidden>'
    html += f'{"".join(fields)}<button type="reset">All</button><output aria-live="polite"></output></form>'
    return nodes.raw("", html, format="html")


def _select(notes: Sequence[Annotation], facet: str) -> str:
    counts = Counter(_value(note, facet) for note in notes)
    options = "".join(
        f'<option value="{value}">{escape(value)} ({counts[value]})</option>'
        for value in CHOICES[facet]
        if counts[value]
    )
    label = _LABELS.get(facet, facet.capitalize())
    options = f'<option value="">all ({len(notes)})</option>{options}'
    return f'<label>{label} <select name="{facet}" aria-label="{label}">{options}</select></label>'


def _value(note: Annotation, facet: str) -> str:
    # A verdict that later events left alone is the verdict now.
    return note.options.get(facet) or (note.options.get("verdict", "") if facet == "now" else "")


def _script(
    app: Sphinx, pagename: str, templatename: str, context: Any, doctree: nodes.document | None
) -> None:
    """Load the script on pages with such a form (handler of ``html-page-context``)."""
    if doctree is not None and any(_FORM in node.astext() for node in doctree.findall(nodes.raw)):
        app.add_js_file("kochu-list.js", loading_method="defer")


def register(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("html-page-context", _script)
