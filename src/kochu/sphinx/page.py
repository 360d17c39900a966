"""What HTML pages get beside their words: controls, scripts, style sheets."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from kochu.sphinx import choices, held, language, policy, preview, search
from kochu.sphinx.assets import write_bundles
from kochu.sphinx.cite import as_bibtex, as_csl, as_json_ld, cite_dialog, edition_data
from kochu.sphinx.controls import bar, help_dialog, words_dialog
from kochu.sphinx.texts import edition_of, text_of
from kochu.sphinx.words import word_script

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from kochu.apparatus.edition import Edition
    from kochu.sphinx.domain import KochuDomain

__all__ = ["register"]

_NEEDLESS = frozenset({
    "pygments.css", "sphinx-design.min.css", "design-tabs.js", "doctools.js",
    "documentation_options.js", "sphinx_highlight.js", "furo-extensions.css",
})  # fmt: skip
"""Files that a reading page has no use for, and that its first view should not wait for."""


_ICON = (
    '<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns=\'http://www.w3.org/2000/svg\' '
    "viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='6' fill='%23a3174b'/%3E%3Ctext x='16' y='24' "
    "font-size='22' text-anchor='middle' fill='%23fff'%3E\u6821%3C/text%3E%3C/svg%3E\">"
)
"""校, to collate, as a seal."""


def register(app: Sphinx) -> None:
    """Connect the handlers, also of all that belongs to pages in a browser."""
    for part in (choices, held, language, policy, preview, search):
        part.register(app)
    app.connect("builder-inited", _assets)
    app.connect("html-page-context", _mend)
    app.connect("html-page-context", _dress, priority=600)


def _assets(app: Sphinx) -> None:
    if not _browsable(app):
        return
    write_bundles(Path(app.outdir) / "_static")
    app.add_css_file("kochu.css")
    app.add_js_file("kochu.js", loading_method="defer")


def _browsable(app: Sphinx) -> bool:
    """Whether pages end in a browser; an e-book or a JSON file has no use for controls."""
    return app.builder.format == "html" and app.builder.name not in ("epub", "json", "pickle")


def _mend(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Mend what other hands wrote into every page (handler of ``html-page-context``)."""
    if not _browsable(app):
        return
    # A browser without an icon asks the server for one, and the server has none.
    if not context.get("favicon_url"):
        context["metatags"] = context.get("metatags", "") + _ICON
    # docutils still gives entries a role that ARIA has withdrawn.
    if "body" in context:
        context["body"] = (
            context["body"]
            .replace(' role="doc-biblioentry"', ' role="listitem"')
            # And Sphinx names captions headings without saying of what level.
            .replace(' class="caption" role="heading">', ' class="caption" role="heading" aria-level="2">')
        )


def _dress(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Turn a page that holds a text into a reading page (handler of ``html-page-context``)."""
    domain = cast("KochuDomain", app.env.domains["kochu"])
    texts = domain.data["readings"].get(pagename)
    if not texts or doctree is None or not _browsable(app):
        return
    text_id = next(iter(texts))
    loaded = text_of(app.env, text_id)
    resolved = domain.resolved(text_id)
    counts = Counter(note.kind for note in resolved.by_key.values())
    layers = [spec for spec, _ in loaded.layers.values()]
    controls = bar(text_id, layers, counts, furigana=bool(loaded.readings))
    edition = edition_of(app.env)
    files = {name: context["pathto"](f"_cite/{name}", 1) for name in _citations(edition)}
    dialogs = help_dialog() + words_dialog() + cite_dialog(edition.about, files) + edition_data(edition.about)
    context["body"] = _wrap(context["body"], controls, dialogs)
    names = " ".join(spec.name for spec in layers)
    source = context["pathto"]("_static/kochu-early.js", 1)
    # Among the meta tags, since themes may put scripts last, and this one decides what
    # the first paint shows.
    context["metatags"] += f'<script src="{source}" data-versions="{names}"></script>'
    languages = [loaded.spec.language, *(spec.language for spec in layers)]
    context["metatags"] += as_json_ld(edition, [edition.texts[name] for name in texts], languages)
    app.add_css_file("kochu-reading.css")
    app.add_js_file("kochu-reading.js", loading_method="defer", priority=700)
    for kind in ("css_files", "script_files"):
        context[kind] = [file for file in context[kind] if not _needless(str(file.filename))]
    published = [s.address for s in loaded.base.sentences if domain.published(text_id, s.address)]
    script = word_script(text_id, loaded.base, loaded.words, published)
    _write(app, f"_words/{text_id}.js", script)
    for name, text in _citations(edition).items():
        _write(app, f"_cite/{name}", text)


def _write(app: Sphinx, name: str, text: str) -> None:
    path = Path(app.outdir) / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def _citations(edition: Edition) -> dict[str, str]:
    return {"edition.bib": as_bibtex(edition.about), "edition.csl.json": as_csl(edition.about)}


def _wrap(body: str, controls: str, dialogs: str) -> str:
    """Set the controls under the page's title, and all that follows into one box."""
    # Two thousand links say what no style sheet asks.
    body = body.replace(' class="reference internal"', "")
    head, title_end, rest = body.partition("</h1>")
    text, section_end, tail = rest.rpartition("</section>")
    return (
        f'<div class="kochu-reading">{head}{title_end}{controls}'
        f'<div class="kochu-text">{text}</div>{section_end}{tail}{dialogs}</div>'
    )


def _needless(filename: str) -> bool:
    return Path(filename).name in _NEEDLESS
