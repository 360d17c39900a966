"""A search that knows readings, and that works from a folder.

Sphinx's own search splits words at spaces and finds nothing inside a Japanese
compound. An edition is small enough to be searched as it is: all that is published
goes into one script, and the page looks for characters, not for words.
"""

from __future__ import annotations

from collections.abc import Iterator
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx import addnodes

from kochu.apparatus.kinds import KINDS
from kochu.sphinx.nodes import (
    kochu_annotation,
    kochu_line,
    kochu_noteref,
    kochu_passage,
    kochu_rt,
    kochu_title,
)
from kochu.sphinx.texts import edition_of, text_of
from kochu.text.ruby import Group

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

    from kochu.sphinx.domain import KochuDomain

__all__ = ["FILE", "marked", "register"]

FILE = "_search/data.js"
"""What the search page loads."""

_SKIPPED = (kochu_rt, kochu_noteref, kochu_line, kochu_passage, addnodes.index, nodes.raw, nodes.comment)

Entry = tuple[str, str, str, str]
"""Layer, address of the place, heading, text."""


def marked(text: str, groups: Iterable[Group]) -> str:
    """Write a sentence with its readings, ``{国防|こくぼう}相``, for the script to take apart."""
    found, at = "", 0
    for group in groups:
        found += f"{text[at : group.start]}{{{text[group.start : group.end]}|{group.reading}}}"
        at = group.end
    return found + text[at:]


def _collect(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Keep what a page holds until all pages are written (handler of ``html-page-context``).

    On disk, because another process may be writing this page.
    """
    if doctree is None or not _searchable(app):
        return
    uri = app.builder.get_target_uri(pagename)
    entries = list(_entries(doctree, uri))
    path = _folder(app) / f"{pagename}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(entries, ensure_ascii=False), "utf-8")


def _entries(doctree: nodes.document, uri: str) -> Iterator[Entry]:
    for note in doctree.findall(kochu_annotation):
        heading = " ".join(_heading(title) for title in note.findall(kochu_title))
        words = " ".join(_text(child) for child in note if not isinstance(child, kochu_title))
        yield KINDS[note["kind"]].label, f"{uri}#{note['ids'][0]}", heading, words
    for citation in doctree.findall(nodes.citation):
        yield "Bibliography", f"{uri}#{citation['ids'][0]}", "", _text(citation)
    for section in doctree.findall(nodes.section):
        heading = " ".join(_text(child) for child in section if isinstance(child, nodes.title))
        words = " ".join(_text(child) for child in section if not _has_own_entry(child))
        if words.strip() and "kochu-section" not in section["classes"]:
            yield "Page", f"{uri}#{section['ids'][0]}" if section["ids"] else uri, heading, words


def _heading(title: nodes.Element) -> str:
    """The title of a note without its facts: the layer is told beside it."""
    named = [child for child in title.children if "kochu-facts" not in _classes(child)]
    return "".join(map(_text, named)).strip()


def _classes(node: nodes.Node) -> list[str]:
    return node.get("classes", []) if isinstance(node, nodes.Element) else []


def _has_own_entry(node: nodes.Node) -> bool:
    return isinstance(node, nodes.section | nodes.title | kochu_annotation | nodes.citation)


def _text(node: nodes.Node) -> str:
    """The words of a node, blocks apart, without what stands in an entry of its own."""
    if isinstance(node, nodes.Text):
        return str(node)
    if isinstance(node, (*_SKIPPED, nodes.section, kochu_annotation)):
        return ""
    # Blocks hold blocks, or else words, which are not to be torn apart.
    apart = "" if isinstance(node, nodes.TextElement) else " "
    words = apart.join(_text(child) for child in node.children)
    if any(name.startswith("language-zh") for name in _classes(node)):
        # Chinese, which the page's script cannot tell from Japanese.
        return f"\ue000{words}\ue001"
    return words


def _finish(app: Sphinx, exception: Exception | None) -> None:
    """Join what the pages left (handler of ``build-finished``)."""
    if exception is not None or not _searchable(app):
        return
    notes: list[Entry] = []
    for docname in sorted(app.env.found_docs):
        path = _folder(app) / f"{docname}.json"
        if path.is_file():
            notes += json.loads(path.read_text("utf-8"))
    domain = cast("KochuDomain", app.env.domains["kochu"])
    sentences: list[list[object]] = []
    words: list[list[object]] = []
    for text_id in edition_of(app.env).texts:
        page = domain.reading_page(text_id)
        if page is None:
            continue
        uri = app.builder.get_target_uri(page)
        loaded = text_of(app.env, text_id)
        for sentence in loaded.base.sentences:
            address = sentence.address
            if not domain.published(text_id, address):
                continue
            row = marked(sentence.text.strip(), loaded.readings.get(address, ()))
            versions = [[spec.label, spec.language, text] for spec, text in loaded.versions[address]]
            sentences.append([f"{uri}#{sentence.anchor}", address, loaded.spec.language, row, versions])
        for word in loaded.words:
            found = dict.fromkeys(s.address for span in word.spans if (s := loaded.base.at(span.start)))
            addresses = [address for address in found if domain.published(text_id, address)]
            if addresses:
                words.append([uri, word.lemma, word.reading, word.gloss, word.imitate, addresses])
    data = {"sentences": sentences, "words": words, "notes": notes}
    path = Path(app.outdir) / FILE
    path.parent.mkdir(exist_ok=True)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    path.write_text(f"kochu.search({text});\n", "utf-8")


def _page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Give the search page (handler of ``html-collect-pages``)."""
    if not _searchable(app):
        return
    index = app.builder.get_relative_uri("search", "genindex")
    body = (
        '<section class="kochu-search"><h1>Search</h1>'
        '<form role="search" aria-label="Search the edition">'
        '<input type="search" name="q" autocomplete="off" aria-label="Search the edition" '
        'placeholder="生活空間, ちゅうおう, Belousov, living space"></form>'
        '<p class="kochu-hint">Japanese as it is written or in kana, rōmaji, English. Several words must '
        "all be found.</p>"
        f'<noscript><p>The search needs JavaScript. <a href="{index}">The index</a> lists every name, '
        "term and note of the edition.</p></noscript>"
        '<div class="kochu-hits" aria-live="polite"></div></section>'
    )
    yield (
        "search",
        {"title": "Search", "body": body, "metatags": '<meta name="robots" content="noindex">'},
        "page.html",
    )


def _script(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    if pagename == "search" and _searchable(app):
        app.add_js_file("kochu-search.js", loading_method="defer")


def _replace(app: Sphinx) -> None:
    """Switch Sphinx's own search off: its index would be built and never asked."""
    if _searchable(app):
        app.builder.search = False  # type: ignore[attr-defined]


def _searchable(app: Sphinx) -> bool:
    return app.builder.name in ("html", "dirhtml")


def _folder(app: Sphinx) -> Path:
    # Beside the doctrees: kept from build to build, and never published.
    return Path(app.doctreedir) / f"kochu-search-{app.builder.name}"


def register(app: Sphinx) -> None:
    """Connect the handlers."""
    app.connect("builder-inited", _replace)
    app.connect("html-collect-pages", _page)
    app.connect("html-page-context", _collect, priority=650)
    app.connect("html-page-context", _script)
    app.connect("build-finished", _finish)
