"""Editions as e-books."""

from __future__ import annotations

from functools import cached_property
import re
from xml.etree import ElementTree as ET
import zipfile

import pytest
from tests import conftest as base
from tests.typst.conftest import CONF, furnish

NS = {
    "h": "http://www.w3.org/1999/xhtml",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
TYPE = "{http://www.idpf.org/2007/ops}type"


class Book:
    """An e-book, opened as a reading system opens it."""

    def __init__(self, path, log=""):
        self.path = path
        self.log = log
        with zipfile.ZipFile(path) as archive:
            self.names = archive.namelist()
            self.files = {name: archive.read(name) for name in self.names}

    def tree(self, name):
        return ET.fromstring(self.files[name])

    @cached_property
    def opf(self):
        return self.tree("content.opf")

    def page(self, name):
        return self.tree(f"{name}.xhtml")

    def text(self, name):
        return re.sub(r"\s+", " ", "".join(self.page(name).itertext()))

    def metas(self, prop):
        return [m.text for m in self.opf.findall(".//opf:meta", NS) if m.get("property") == prop]


def build(project, *options, strict=True, conf=""):
    if conf:
        path = project.root / "conf/conf.py"
        path.write_text(path.read_text() + conf)
    done = project.build("epub", *options, strict=strict)
    assert done.returncode == 0, done.stderr
    return Book(project.root / "build/epub/a-small-edition.epub", done.stderr)


@pytest.fixture
def bind(project):
    """Make an e-book of the small edition."""
    return lambda *options, **more: build(project, *options, **more)


def small(root):
    made = base.Project(root)
    made.seed(base.SEED)
    made.write(
        "docs/edition.toml", base.EDITION.replace('version = "1"', 'version = "1"\nsubtitle = "For tests"')
    )
    made.write("docs/layers/readings.txt", base.READINGS)
    made.write("docs/layers/english.txt", base.ENGLISH)
    made.write("docs/reading.md", "# The text\n\n:::{reading}\n:::\n")
    made.write("docs/notes.md", "# Notes\n\n" + base.caveat())
    return made


@pytest.fixture(scope="session")
def kitchen_book(tmp_path_factory):
    """One of everything, built once; with the text in vertical lines."""
    made = small(tmp_path_factory.mktemp("kitchen-epub"))
    furnish(made)
    made.write("conf/conf.py", CONF + "kochu_epub_vertical = True\n")
    return build(made)
