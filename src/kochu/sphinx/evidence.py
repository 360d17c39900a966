"""What an edition shows and gives away as data: figures, scores, downloads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kochu.sphinx import bibliography, charts, offers, pictures, scorecard, tabled
from kochu.sphinx.downloads import write_downloads

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["register"]


def register(app: Sphinx) -> None:
    """Register all of it."""
    bibliography.register(app)
    tabled.register(app)
    pictures.register(app)
    charts.register(app)
    scorecard.register(app)
    offers.register(app)
    app.connect("build-finished", write_downloads)
