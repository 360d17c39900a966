"""What a link shows before it is followed: notes, terms, sentences, citations.

Each page's own previews lie in a script of their own, so a reader's browser fetches
those of the pages that are pointed at, and no page grows with the number of others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import json
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from kochu.sphinx.nodes import (
    kochu_annotation,
    kochu_fields,
    kochu_noteref,
    kochu_sentence,
    kochu_title,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder

__all__ = ["FOLDER", "register"]

FOLDER = "_previews"
"""Where the scripts lie; a page's is called as the page."""

_BORDER = "\f"


class NoTitles(SphinxPostTransform):
    """Take the ``title`` off citations.

    A tooltip is out of reach for keyboards and fingers, and the whole reference in
    every place that cites it is a quarter of a reading page's weight.
    """

    # Behind ReferencesResolver (10), which writes them.
    default_priority = 20
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Walk the page."""
        for reference in self.document.findall(nodes.reference):
            if "bibtex-citation" in reference.parent.get("classes", ()):
                reference.attributes.pop("reftitle", None)


def _write(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write the previews of a page's targets (handler of ``html-page-context``)."""
    if doctree is None or app.builder.format != "html" or app.builder.name == "epub":
        return
    found = dict(_targets(doctree, app.builder.get_target_uri(pagename)))
    path = Path(app.outdir) / FOLDER / f"{pagename}.js"
    if not found:
        path.unlink(missing_ok=True)
        return
    # One pass for the whole page: a writer costs far more to set up than to run.
    together = nodes.container()
    for target in found.values():
        together += [target, nodes.raw("", _BORDER, format="html")]
    builder = cast("StandaloneHTMLBuilder", app.builder)
    html = builder.render_partial(together)["fragment"]
    parts = html[html.index(">") + 1 :].split(_BORDER)
    previews = {name: part.strip() for name, part in zip(found, parts, strict=False)}
    data = json.dumps(previews, ensure_ascii=False, separators=(",", ":"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"kochu.previews({json.dumps(pagename)},{data});\n", "utf-8")


def _targets(doctree: nodes.document, uri: str) -> Iterator[tuple[str, nodes.Element]]:
    for note in doctree.findall(kochu_annotation):
        for name in note["ids"]:
            yield name, _box(_opening(note), uri)
    for citation in doctree.findall(nodes.citation):
        for name in citation["ids"]:
            yield name, _box((node for node in citation if isinstance(node, nodes.paragraph)), uri)
    for sentence in doctree.findall(kochu_sentence):
        for name in sentence["ids"]:
            yield name, _box([nodes.paragraph("", "", sentence)], uri)


def _opening(note: kochu_annotation) -> Iterator[nodes.Node]:
    """The head of a note and its prose; of an essay, the first paragraph."""
    prose = [child for child in note if not isinstance(child, kochu_title | kochu_fields)]
    yield from (child for child in note if isinstance(child, kochu_title))
    yield from prose if note["kind"] in ("caveat", "claim") else prose[:1]


def _box(parts: Iterable[nodes.Node], uri: str) -> nodes.container:
    """Copy some nodes for use on any page: no ids, no note references, links from the root."""
    box = nodes.container("", *(part.deepcopy() for part in parts))
    for mark in list(box.findall(kochu_noteref)):
        mark.parent.remove(mark)
    for reference in box.findall(nodes.reference):
        target = reference.get("refuri") or f"#{reference.attributes.pop('refid', '')}"
        if "://" not in target:
            path, _, anchor = target.partition("#")
            home = normpath(join(dirname(uri), path)) if path else uri
            reference["refuri"] = f"{home}#{anchor}" if anchor else home
    for node in box.findall(nodes.Element):
        node["ids"] = []
    return box


def register(app: Sphinx) -> None:
    """Connect the handler."""
    app.add_post_transform(NoTitles)
    app.connect("html-page-context", _write, priority=650)
