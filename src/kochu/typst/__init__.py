"""Print an edition: ``sphinx-build -b typst`` writes Typst and compiles it to PDF.

Configuration, in ``conf.py``:

``kochu_pdf_documents``
    Rows ``(start page, file name)`` or ``(start page, file name, options)``; the options
    are those of :class:`~kochu.typst.books.Book`. By default one PDF of everything.
``kochu_pdf_paper``
    ``"iso-b5"`` (default), ``"a4"``, or a list: the PDF on the first paper has the name of
    the book, those on the others add theirs to it.
``kochu_pdf_notes``
    ``"margin"`` (default): a column beside the text holds the heads of the notes.
    ``"inline"``: a note's head stands above its prose.
``kochu_pdf_translation``
    Where the bare text has its translation: ``"below"`` each line (default), or
    ``"facing"`` it, in a column of its own.
``kochu_pdf_versions``
    Names of the layers printed under each sentence; by default the last translation. One in the
    language of the text stands only where the notes are, lest it be read as the text.
``kochu_pdf_keywords``
    Keywords in the PDF's metadata.
``kochu_pdf_standards``
    What the PDF conforms to, the dispensable standards last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.config import ENUM

from kochu.typst.builder import TypstBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["TypstBuilder", "register"]


def register(app: Sphinx) -> None:
    """Add the builder and its configuration."""
    app.add_builder(TypstBuilder)
    app.add_config_value("kochu_pdf_documents", [], "", frozenset({list, tuple}))
    app.add_config_value("kochu_pdf_paper", "iso-b5", "", frozenset({str, list, tuple}))
    app.add_config_value("kochu_pdf_notes", "margin", "", ENUM("margin", "inline"))
    app.add_config_value("kochu_pdf_translation", "below", "", ENUM("below", "facing"))
    app.add_config_value("kochu_pdf_versions", None, "", frozenset({list, tuple}))
    app.add_config_value("kochu_pdf_keywords", [], "", frozenset({list, tuple}))
    app.add_config_value("kochu_pdf_standards", ["ua-1", "a-2a"], "", frozenset({list, tuple}))
