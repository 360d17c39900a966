"""Editions to be printed."""

from __future__ import annotations

from pathlib import Path
import shutil

import pikepdf
import pytest

HERE = Path(__file__).parent

CONF = """
project = "small"
extensions = ["myst_parser", "sphinx_design", "sphinxcontrib.bibtex", "kochu"]
myst_enable_extensions = ["colon_fence", "deflist", "attrs_inline", "substitution"]
myst_substitutions = {"name": "replaced text"}
myst_heading_anchors = 3
html_theme = "basic"
numfig = True
bibtex_bibfiles = ["../docs/references.bib"]
"""


class Printed:
    """A printed edition: its Typst source and its PDF."""

    def __init__(self, project, *options, conf="", strict=True):
        if conf:
            path = project.root / "conf/conf.py"
            path.write_text(path.read_text() + conf)
        done = project.build("typst", *options, strict=strict)
        self.log = done.stderr
        self.code = done.returncode
        self.folder = project.root / "build/typst"
        self.sources = project.root / "build/doctrees-typst/kochu-typst"

    def source(self, name="a-small-edition"):
        return (self.sources / f"{name}.typ").read_text("utf-8")

    def pdf(self, name="a-small-edition"):
        return pikepdf.open(self.folder / f"{name}.pdf")


@pytest.fixture
def typeset(project):
    """Print the small edition."""
    return lambda *options, **more: Printed(project, *options, **more)


def furnish(project):
    """Add the page that holds one of everything."""
    for name in ("kitchen.md", "figure.svg", "dot.png", "references.bib"):
        shutil.copyfile(HERE / name, project.docs / name)
    project.write("conf/conf.py", CONF)
    project.write(
        "docs/index.md",
        "# A small edition\n\nLanding page.\n\n"
        "```{toctree}\n:caption: Part one\nreading\nnotes\n```\n\n"
        "```{toctree}\n:caption: Part two\nkitchen\n```\n",
    )
