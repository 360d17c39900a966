"""Links, inventories and lists."""

from __future__ import annotations

import shutil

from bs4 import BeautifulSoup
import pytest
from sphinx.util.inventory import InventoryFile
from tests.conftest import Project, caveat

TERM = """
:::{term}
:key: term-minister
:title: defence minister
:names: ja: 国防相 | it: ministro della Difesa
:forms: 国防相

Head of a ministry.
:::
"""
CONTEXT = """
:::{context} 北京
:key: beijing
:title: Beijing
:at: 2.1

A capital. See {doc}`notes` and {term}`defence minister`.
:::
"""


@pytest.fixture
def linked(project):
    page = "# Page\n\nSee {sentence}`2.1`, {caveat}`one`, {caveat}`this one <one>`, {context}`beijing`.\n"
    project.write("docs/deep/page.md", page + CONTEXT)
    project.write("docs/deep/notes.md", "# Deep notes\n\n" + TERM)
    project.write("docs/index.md", "# Small\n\n```{toctree}\nreading\nnotes\ndeep/page\ndeep/notes\n```\n")
    return project


def test_roles_lead_to_sentences_and_notes(linked):
    done = linked.build()
    assert done.returncode == 0, done.stderr
    soup = BeautifulSoup(linked.page("deep/page.html"), "html.parser")
    links = {a.get_text(): a["href"] for a in soup.select("section > p a")}
    assert links["2.1"] == "../reading.html#s2-1"
    assert links["訪問"] == links["this one"] == "../notes.html#caveat-one"
    assert links["Beijing"] == "#context-beijing"
    # Words for a link are words, and no code.
    assert not soup.select("code")
    target = BeautifulSoup(linked.page("notes.html"), "html.parser").select_one("#caveat-one")
    assert "A reason." in target.get_text()


def test_a_note_shown_on_another_page_keeps_its_links(linked):
    linked.build()
    note = BeautifulSoup(linked.page("reading.html"), "html.parser").select_one("#note-beijing")
    links = {a.get_text(): a["href"] for a in note.select("a")}
    assert links["Deep notes"] == "deep/notes.html"
    assert links["defence minister"] == "deep/notes.html#term-minister"
    assert links["Read the whole note"] == "deep/page.html#context-beijing"


def test_other_projects_can_link_to_sentences_and_notes(linked):
    linked.build()
    path = linked.root / "build/html/objects.inv"
    inventory = InventoryFile.loads(path.read_bytes(), uri="")
    assert inventory.data["kochu:sentence"]["2.2"].uri == "reading.html#s2-2"
    assert inventory.data["kochu:caveat"]["one"].uri == "notes.html#caveat-one"
    assert inventory.data["kochu:context"]["beijing"].display_name == "Beijing"
    assert "defence minister" in inventory.data["std:term"]


def test_another_project_links_to_a_sentence_a_caveat_and_a_note(linked, tmp_path_factory):
    """A project without kochu, in another folder, that knows nothing but the inventory."""
    assert linked.build().returncode == 0
    other = Project(tmp_path_factory.mktemp("other"))
    other.write(
        "conf/conf.py",
        'project = "other"\nextensions = ["myst_parser", "sphinx.ext.intersphinx"]\nhtml_theme = "basic"\n'
        f'intersphinx_mapping = {{"edition": ("https://example.org/edition/", "{linked.root}/build/html/objects.inv")}}\n',
    )
    other.write(
        "docs/index.md",
        "# Other\n\n[](inv:edition:kochu:sentence#2.1), [](inv:edition:kochu:caveat#one), "
        "[the capital](inv:edition:kochu:context#beijing), {external+edition:std:term}`defence minister`\n",
    )
    done = other.build()
    assert done.returncode == 0, done.stderr
    soup = BeautifulSoup(other.page("index.html"), "html.parser")
    links = {a.get_text(): a["href"] for a in soup.select("section > p a")}
    assert links == {
        "2.1": "https://example.org/edition/reading.html#s2-1",
        "訪問": "https://example.org/edition/notes.html#caveat-one",
        "the capital": "https://example.org/edition/deep/page.html#context-beijing",
        "defence minister": "https://example.org/edition/deep/notes.html#term-minister",
    }
    # A link to what is not there ends a strict build.
    other.write("docs/index.md", "# Other\n\n[](inv:edition:kochu:sentence#9.9)\n")
    assert other.build().returncode != 0


def test_another_edition_links_with_its_own_roles(linked, project, tmp_path_factory):
    assert linked.build().returncode == 0
    other = Project(tmp_path_factory.mktemp("second"))
    shutil.copytree(linked.root / "seeds", other.root / "seeds")
    shutil.copytree(linked.docs / "layers", other.docs / "layers")
    shutil.copy(linked.docs / "edition.toml", other.docs / "edition.toml")
    conf = (linked.root / "conf/conf.py").read_text()
    conf = conf.replace('"kochu"', '"kochu", "sphinx.ext.intersphinx"')
    other.write(
        "conf/conf.py",
        conf
        + f'intersphinx_mapping = {{"first": ("https://example.org/", "{linked.root}/build/html/objects.inv")}}\n',
    )
    other.write("docs/index.md", "# Second\n\n:::{reading}\n:::\n\nSee {external+first:kochu:caveat}`one`.\n")
    done = other.build()
    assert done.returncode == 0, done.stderr
    assert 'href="https://example.org/notes.html#caveat-one"' in other.page("index.html")
    # Its own notes it has to have itself.
    other.write("docs/index.md", "# Second\n\n:::{reading}\n:::\n\nSee {caveat}`one`.\n")
    done = other.build()
    assert "docs/index.md:6: WARNING: there is no caveat 'one'" in done.stderr


def test_lists_are_made_by_filter(project):
    more = caveat("two", "両国", "2.2", "双方", severity="major")
    lists = "\n:::{annotations}\n:kind: caveat\n:severity: major\n:::\n"
    project.write("docs/notes.md", "# Notes\n\n" + caveat() + more + lists)
    assert project.build().returncode == 0
    table = BeautifulSoup(project.page("notes.html"), "html.parser").select_one("table")
    assert [row.select_one("td a").get_text() for row in table.select("tbody tr")] == ["C2 両国"]


@pytest.mark.parametrize(
    "builder", ["text", "xml", "latex", "man", "epub", "dirhtml", "singlehtml", "gettext"]
)
def test_every_builder_takes_every_node(linked, builder):
    done = linked.build(builder, strict=builder not in {"epub", "man"})
    assert done.returncode == 0, done.stderr


def test_plain_text_sets_readings_in_brackets(project):
    project.build("text")
    text = (project.root / "build/text/reading.txt").read_text()
    assert "国防相（こくぼうしょう）" in text


def test_two_texts_in_one_project(project):
    project.seed("別の文。\n", "other.txt")
    text = (project.docs / "edition.toml").read_text()
    other = '[[text]]\nid = "other"\ntitle = "別"\nseed = "../seeds/other.txt"\nlanguage = "ja"\n\n[[group]]'
    project.write("docs/edition.toml", text.replace("[[group]]", other, 1))
    project.write("docs/reading.md", "# One\n\n:::{reading} small\n:::\n")
    project.write("docs/second.md", "# Two\n\n:::{reading} other\n:::\n\nSee {sentence}`small:2.1`.\n")
    project.write("docs/notes.md", "# Notes\n\n:::{text} small\n:::\n\n" + caveat())
    project.write("docs/index.md", "# Small\n\n```{toctree}\nreading\nsecond\nnotes\n```\n")
    done = project.build()
    assert done.returncode == 0, done.stderr
    soup = BeautifulSoup(project.page("second.html"), "html.parser")
    assert soup.select_one("#s1-1").get_text() == "別の文。"
    assert soup.select_one('a[href="reading.html#s2-1"]')
