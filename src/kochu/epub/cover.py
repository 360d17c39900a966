"""Make the cover from what the edition says of itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from kochu.sphinx.phrase import phrases
from kochu.typst.fonts import installed_fonts

if TYPE_CHECKING:
    from kochu.apparatus.edition import Edition

__all__ = ["cover_page", "cover_picture"]

_TEMPLATE = Path(__file__).with_name("cover.typ")
_DOTS_PER_INCH = 144.0
"""Twice the points of the template: 1600 by 2560, as shops want it."""


def cover_picture(edition: Edition) -> bytes:
    """Set the cover with the fonts of the printed edition, as PNG."""
    # Loaded late: the wheel is large, and other builders do without it.
    import typst

    about = edition.about
    fonts = installed_fonts()
    book = {
        "title": about.title,
        "subtitle": about.subtitle,
        "editors": ", ".join(about.editors),
        "publisher": about.publisher,
        "version": about.version,
        "texts": [[_unbroken(text.title, text.language), text.language] for text in edition.texts.values()],
        "fonts": [f"Noto Serif {region}" for region in fonts.regions.values()],
    }
    data = typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        font_paths=list(fonts.folders),
        ignore_system_fonts=True,
        format="png",
        ppi=_DOTS_PER_INCH,
        sys_inputs={"book": json.dumps(book, ensure_ascii=False)},
    )
    assert isinstance(data, bytes)
    return data


def _unbroken(title: str, language: str) -> list[str]:
    """The parts of a title that stay together."""
    return phrases(title) if language.split("-", maxsplit=1)[0] == "ja" else [title]


def cover_page(title: str, language: str, picture: str) -> str:
    """Write the page that shows the cover."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
lang="{language}" xml:lang="{language}">
<head>
<title>{escape(title)}</title>
<style>body {{ margin: 0; text-align: center }} img {{ max-width: 100%; height: auto }}</style>
</head>
<body epub:type="cover">
<div><img role="doc-cover" src={quoteattr(picture)} alt={quoteattr("Cover: " + title)}/></div>
</body>
</html>
"""
