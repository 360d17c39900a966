"""An edition as an e-book: ``sphinx-build -b epub`` writes EPUB 3.

Sphinx's own builder, whose configuration it keeps, with what an edition needs beside: notes
that pop up, languages, landmarks, a cover, metadata of accessibility, the same bytes for the
same input. Title, editors, rights and date are those of ``edition.toml``. Further
configuration, in ``conf.py``:

``kochu_epub_vertical``
    Whether the bare text with its readings is written as a second book, in vertical lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kochu.epub.builder import EditionEpub

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["EditionEpub", "register"]


def register(app: Sphinx) -> None:
    """Put the builder into the place of Sphinx's.

    Under the same name: extensions ask for it, and Sphinx adds versions to the addresses of
    style sheets for builders of any other name, which readers of e-books do not find then.
    """
    app.add_builder(EditionEpub, override=True)
    app.add_config_value("kochu_epub_vertical", default=False, rebuild="", types=frozenset({bool}))
