"""Sphinx configuration of the edition: ``sphinx-build -b html -c conf docs build/html``."""

from __future__ import annotations

from pathlib import Path
import tomllib

_DOCS = Path(__file__).parent.parent / "docs"
_EDITION = tomllib.loads((_DOCS / "edition.toml").read_text("utf-8"))["edition"]

project = _EDITION["title"]
author = ", ".join(_EDITION["editors"])
version = release = _EDITION["version"]
today = _EDITION["date"]
copyright = f"{_EDITION['date'][:4]}, {author}; base text © Start Magazine"  # noqa: A001
language = "en"

extensions = ["myst_parser", "sphinx_design", "sphinxcontrib.bibtex", "kochu"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 2

bibtex_bibfiles = [str(_DOCS / "references.bib")]
bibtex_default_style = "kochu"
# Labels such as [P12]: a dozen sources are Xinhua 2024, which no reader could tell apart in print.
bibtex_reference_style = "label"

nitpicky = True
# The published pages must not depend on the machine: no source links, no build dates.
html_copy_source = False
html_show_sourcelink = False
html_last_updated_fmt = None

# A book for the shelf, and the same on the paper of every school.
kochu_pdf_paper = ["iso-b5", "a4"]
# Notes appeal to the full post-edit.
kochu_pdf_versions = ["fluent", "full"]
kochu_epub_vertical = True

# For LaTeX: the pages below the start page, which is for screens; no empty pages.
latex_documents = [("index", "how-russia-does-not-snore.tex", project, author, "manual", True)]
latex_elements = {"papersize": "a4paper", "extraclassoptions": "openany"}

html_theme = "furo"
html_title = _EDITION["title"]
html_theme_options = {"top_of_page_buttons": []}
html_static_path = ["static"]
html_css_files = ["edition.css"]

# Each row is a PDF of its own: the edition, and what a class gets on paper. A teacher's
# worksheets would have the key below each exercise, so there the key stands alone.
_WORKSHEETS = ("b1", "b2", "c1", "news-japanese", "mt-literacy", "partners-or-allies")
_SHEET = {"paper": "a4"}
_PAPERS = [(f"exercises/worksheet-{name}", f"worksheet-{name}", _SHEET) for name in _WORKSHEETS]
kochu_pdf_documents = [
    (
        "index",
        "how-russia-does-not-snore",
        {
            "title": project,
            "subtitle": _EDITION["subtitle"],
            "parts": ["The edition", "The world behind it", "About"],
            # Printed, the notes stand under the text itself, so the commentary by line would be empty,
            # and so would the claims behind their ledger.
            "without": [
                *("caveats/find-them-yourself", "guides/authoring", "guides/writing-exercises"),
                *(f"commentary/{path.stem}" for path in sorted((_DOCS / "commentary").glob("*.md"))),
                *(f"claims/{path.stem}" for path in sorted((_DOCS / "claims").glob("0*.md"))),
            ],
        },
    ),
    # The worksheets and handouts in it are sheets of their own below.
    (
        "index",
        "how-russia-does-not-snore-in-class",
        {
            "title": project,
            "subtitle": "Exercises, courses, and how to use them",
            "parts": ["In class"],
            "without": ["exercises/worksheets", "exercises/handouts"],
        },
    ),
    *([("exercises/key", "key", _SHEET)] if tags.has("teacher") else _PAPERS),  # type: ignore[name-defined]  # noqa: F821
    ("exercises/handouts", "caveat-of-the-day", _SHEET),
    ("caveats/find-them-yourself", "find-the-flaws", _SHEET),
]
