"""Figures and scores on pages: every builder, every rebuild, every mistake."""

import re
import time

from bs4 import BeautifulSoup
import pytest
from tests.conftest import caveat

pytest.importorskip("matplotlib")

DATA = """
[[drills]]
id = "a"
name = "East"
start = 2018-09-11
size = 3000
place_ja = "東"
at = ["2.1"]
[[drills]]
id = "b"
name = "West"
when = "2021"
note = "A remark."
size_note = "Ships only."
"""
PAGE = """# Figures

:::{chart-timeline} data/drills.toml
:name: fig-drills
:title: Drills & sizes
:values: size = People
:columns: name = Name | when = When | size = People | place_ja = Place | at = In

When, and *how many*.
:::

See [](#fig-drills).
"""
SCORES = """# Scores

:::{scorecard}
:::

:::{score-figure}
:::

:::{density}
:::
"""


@pytest.fixture
def figures(project):
    project.write("docs/data/drills.toml", DATA)
    project.write("docs/figures.md", PAGE)
    project.write("docs/scores.md", SCORES)
    project.write(
        "docs/index.md", "# A small edition\n\n```{toctree}\nreading\nnotes\nfigures\nscores\n```\n"
    )
    return project


def soup(project, name):
    return BeautifulSoup(project.page(name), "html.parser")


def built(project, *args, **kwargs):
    done = project.build(*args, **kwargs)
    assert done.returncode == 0, done.stderr
    return done


def test_a_page_shows_the_drawing_its_caption_and_its_table(figures):
    built(figures)
    page = soup(figures, "figures.html")
    figure = page.find("figure", id="fig-drills")
    svg = figure.find("svg")
    assert svg["role"] == "img"
    assert svg.find("title").text == "Drills & sizes"
    assert "Timeline of 2 entries from 2018 to 2021" in svg.find("desc").text
    assert figure.find("figcaption").text.strip().startswith("When, and how many.")
    rows = [[c.text.strip() for c in r.find_all(["th", "td"])] for r in page.find("details").find_all("tr")]
    assert rows == [
        ["Name", "When", "People", "Place", "In"],
        ["East", "11 September 2018", "3,000", "東", "2.1"],
        # A remark on a number stands in parentheses behind it; without one, it stands alone.
        ["West", "2021", "Ships only", "", ""],
    ]
    assert page.find("details").find("span", lang="ja").text == "東"
    assert page.find("details").find("a", href="reading.html#s2-1")
    assert page.find("link", href=re.compile("kochu-figures.css"))
    assert not soup(figures, "reading.html").find("link", href=re.compile("kochu-figures.css"))


def test_nothing_is_written_beside_the_sources(figures):
    before = set(figures.docs.rglob("*"))
    built(figures)
    assert set(figures.docs.rglob("*")) == before


@pytest.mark.parametrize("builder", ["text", "man", "xml", "latex", "epub", "singlehtml"])
def test_every_builder_takes_a_figure(figures, builder):
    # EPUB warns of its own accord, so not strictly.
    done = figures.build(builder, strict=False)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    files = [p for p in (figures.root / "build" / builder).rglob("*") if p.suffix in (".svg", ".pdf", ".png")]
    drawn = [p for p in files if re.fullmatch(r"[0-9a-f]{20}", p.stem)]
    assert len(drawn) == {"latex": 2, "epub": 2}.get(builder, 0)
    if builder == "text":
        text = figures.page("figures.txt", "text")
        assert "Timeline of 2 entries" in text
        assert "11 September" in text


def test_a_changed_datum_redraws_its_figure_and_only_its_page(figures):
    built(figures)
    before = {p.name: p.stat().st_mtime_ns for p in (figures.root / "build/html").glob("*.html")}
    time.sleep(0.05)
    figures.write("docs/data/drills.toml", DATA.replace("3000", "4000"))
    built(figures)
    assert "4,000" in figures.page("figures.html")
    after = {p.name: p.stat().st_mtime_ns for p in (figures.root / "build/html").glob("*.html")}
    changed = {name for name in after if after[name] != before[name]}
    assert "figures.html" in changed
    assert not changed & {"reading.html", "notes.html", "scores.html"}


def test_a_build_in_parallel_gives_the_same_pages(figures):
    built(figures)
    alone = {name: figures.page(name) for name in ("figures.html", "scores.html")}
    figures.build("html", "-j2", "-E", "-a")
    assert {name: figures.page(name) for name in alone} == alone


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (PAGE.replace(":title: Drills & sizes\n", ""), "needs ':title:'"),
        (PAGE.replace("drills.toml", "none.toml"), "cannot be read: No such file"),
        (PAGE.replace("size = People |", "sise = People |"), "no row has 'sise'"),
    ],
)
def test_a_mistake_names_the_file_and_what_to_do(figures, page, message):
    figures.write("docs/figures.md", page.replace("See [](#fig-drills).", ""))
    done = figures.build(strict=False)
    assert done.returncode == 0
    warnings = [line for line in done.stderr.splitlines() if "[kochu.table]" in line]
    assert len(warnings) == 1
    assert message in warnings[0]


def test_the_card_calls_itself_what_it_is_and_reckons_right(figures):
    figures.write("docs/notes.md", "# Notes\n\n" + caveat(severity="major") + caveat("two", "北京", "2.1"))
    built(figures)
    page = soup(figures, "scores.html")
    text = page.find(class_="kochu-score-name").text
    assert "target-side review typed by MQM" in text
    assert "not an evaluation by ISO 5060" in text
    cells = [
        c.text.strip() for c in page.find("table", class_="kochu-score").find_all("tr")[1].find_all("td")
    ]
    # 48 characters without white space, one major and one minor caveat.
    assert cells == ["all", "2", "MQM default", "6", "125.0", "87.5"]
    weights = page.find("table", class_="kochu-score-weights")
    assert weights.find("a", href=re.compile("themqm.org"))
    assert weights.find("a", href=re.compile("wmt-mqm-human-evaluation"))


def test_the_strip_is_a_list_of_links_into_the_text(figures):
    built(figures)
    cells = soup(figures, "scores.html").find("ul", class_="kochu-density").find_all("a")
    assert [c["href"] for c in cells] == [f"reading.html#s{n}" for n in ("1-1", "2-1", "2-2", "3-1", "4-1")]
    assert [c.find("span").text for c in cells] == ["1.1", "2.1", "2.2", "3.1", "4.1"]
    marked = soup(figures, "scores.html").find("ul", class_="kochu-density").find_all("li")[1]
    assert marked.find(class_="kochu-density-points").text == "1"
    assert marked["class"] != ["kochu-heat-0"]


def test_a_caveat_in_another_page_brings_the_score_up_to_date(figures):
    built(figures)
    figures.write("docs/notes.md", "# Notes\n\n" + caveat(severity="critical"))
    built(figures)
    assert "25" in soup(figures, "scores.html").find("ul", class_="kochu-density").text
    assert "1 critical" in soup(figures, "scores.html").find("desc").text


def test_without_caveats_the_page_still_builds(figures):
    figures.write("docs/notes.md", "# Notes\n\nNone.\n")
    built(figures)
    assert "There are no caveats." in soup(figures, "scores.html").text
