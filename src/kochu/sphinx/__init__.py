"""The Sphinx extension: directives, domain, reading page, outputs."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from kochu import __version__
from kochu.sphinx import evidence, html, page
from kochu.sphinx.consistency import check_project, check_seeds
from kochu.sphinx.domain import KochuDomain
from kochu.sphinx.navigation import bound_navigation
from kochu.sphinx.outdated import stale_pages
from kochu.sphinx.present import Present
from kochu.sphinx.syntax import check_encoding, check_syntax
from kochu.sphinx.uses import note_uses

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["setup"]

_COLLECTOR = (20_000, 5, 5)
"""When Python looks for garbage: new objects, then rounds of the younger generations.

A page is one large cyclic tree that lives for a second. With Python's own numbers it
passes for old while it is being written, and every page sets off several searches of
the whole memory: two fifths of a build of a hundred pages.
"""


def _default_domain(app: Sphinx, config: Config) -> None:
    """Let authors write ``{caveat}`` for ``{kochu:caveat}``, unless the project chose otherwise."""
    if config.primary_domain in ("py", None):
        config.primary_domain = "kochu"


def _note_audience(app: Sphinx, config: Config) -> None:
    """Have every page read again when a build is for other readers than the last one.

    Pages that were read for teachers would else be served to students from the same
    working folder: Sphinx does not look at tags.
    """
    config["kochu_audience"] = [name for name in ("teacher", "excerpt") if app.tags.has(name)]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension."""
    gc.set_threshold(*_COLLECTOR)
    app.add_domain(KochuDomain)
    html.register(app)
    # Imported late: books build upon this package.
    from kochu import epub, latex, typst
    from kochu.sphinx import exercises, marking

    typst.register(app)
    epub.register(app)
    latex.register(app)
    exercises.register(app)
    marking.register(app)
    page.register(app)
    evidence.register(app)
    app.add_post_transform(Present)
    app.add_config_value("kochu_navigation_limit", 40, "html", frozenset({int}))
    app.add_config_value("kochu_audience", [], "env", frozenset({list}))
    app.connect("config-inited", _default_domain)
    app.connect("config-inited", _note_audience)
    app.connect("builder-inited", check_seeds)
    app.connect("env-before-read-docs", check_encoding)
    app.connect("source-read", check_syntax)
    app.connect("env-check-consistency", check_project)
    app.connect("doctree-read", note_uses)
    app.connect("env-updated", stale_pages)
    # Before themes (500) read the table of contents.
    app.connect("html-page-context", bound_navigation, priority=400)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
