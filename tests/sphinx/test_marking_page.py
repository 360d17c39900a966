"""The sheet to mark: the bare text, in every output; the editors' marks in a file of their own."""

from __future__ import annotations

import json

from bs4 import BeautifulSoup
import pytest
from tests.conftest import caveat

from kochu.agreement.marks import read_marks


def marked(project, *options, builder="html"):
    project.write("docs/mark.md", "---\norphan: true\n---\n\n# Mark\n\n```{marking}\n```\n")
    done = project.build(builder, *options)
    assert done.stderr == ""
    return BeautifulSoup(project.page("mark.html", builder), "html.parser")


def ours(project):
    text = (project.root / "build/html/_marks/small.js").read_text("utf-8")
    assert text.startswith('(window.kochuOurs ||= {})["small"] = ')
    return json.loads(text.partition(" = ")[2].removesuffix(";\n"))


def test_the_text_stands_bare(project):
    soup = marked(project)
    words = {w["data-address"]: w.get_text() for w in soup.select(".km-words")}
    assert words["2.1"] == "国防相は北京を訪問した。"
    assert not soup.select(".km-sheet :is(ruby, a)")
    # Controls wait for the script; the sheet does not.
    assert all(tool.has_attr("hidden") for tool in soup.select(".km-tools, .km-dock, .km-typing"))
    assert "noscript" in {tag.name for tag in soup.select(".km > *")}


def test_the_page_does_not_hold_what_the_editors_found(project):
    project.write("docs/notes.md", "# Notes\n\n" + caveat(better="参上"))
    marked(project)
    assert "参上" not in project.page("mark.html")
    assert '"start": 7' not in project.page("mark.html")


def test_the_places_are_those_of_the_file_for_the_command(project):
    remark = caveat("two", "北京", severity="neutral").replace(":because: It misleads.\n", "")
    project.write("docs/notes.md", "# Notes\n\n" + caveat() + remark)
    marked(project)
    found = ours(project)
    marks = read_marks(project.root / "build/html/_downloads/marks.json").marks
    assert [(m["address"], m["start"], m["end"], m["type"], m["severity"]) for m in found["marks"]] == [
        (m.address, m.start, m.end, m.type, m.severity) for m in marks
    ]
    assert found["marks"][0]["uri"] == "notes.html#caveat-one"
    assert [r["kind"] for r in found["remarks"]] == ["caveat"]


def test_a_new_caveat_reaches_the_marks(project):
    marked(project)
    before = len(ours(project)["marks"])
    project.write("docs/notes.md", "# Notes\n\n" + caveat() + caveat("two", "北京"))
    assert project.build().stderr == ""
    assert len(ours(project)["marks"]) == before + 1


@pytest.mark.parametrize("builder", ["text", "latex", "man", "xml"])
def test_other_outputs_print_the_sentences(project, builder):
    project.write("docs/index.md", "# A small edition\n\n```{toctree}\nreading\nnotes\nmark\n```\n")
    project.write("docs/mark.md", "# Mark\n\n```{marking}\n```\n")
    done = project.build(builder)
    assert done.returncode == 0, done.stderr


def test_an_excerpt_keeps_back_what_it_does_not_publish(project):
    soup = marked(project, "-t", "excerpt")
    text = soup.select_one(".km-sheet").get_text()
    assert "not reproduced in this excerpt" in text
    assert len(soup.select(".km-words[data-address]")) < len(soup.select(".km-words"))


def test_a_text_that_is_not_there_is_named(project):
    project.write("docs/mark.md", "---\norphan: true\n---\n\n# Mark\n\n```{marking} other\n```\n")
    assert "unknown text 'other'; it is one of small" in project.build(strict=False).stderr
