"""The reading page as a reader gets it."""

from __future__ import annotations

import shutil
import time

from bs4 import BeautifulSoup
import pytest
from tests.conftest import ROOT, SEED, caveat

ALWAYS = {"genindex.html", "search.html", "index.html"}
"""Sphinx writes the first two in every build, and a page whenever one in its toctree changed."""


def built(project, *options, strict=True):
    done = project.build("html", *options, strict=strict)
    assert done.returncode == 0, done.stderr
    return BeautifulSoup(project.page("reading.html"), "html.parser")


def plain(sentence):
    for extra in sentence.select("rt, rp, [role=doc-noteref]"):
        extra.extract()
    return sentence.get_text()


def test_the_published_text_is_the_seed(project):
    soup = built(project)
    sentences = {s["data-sentence"]: plain(s) for s in soup.select("[data-sentence]")}
    assert list(sentences) == ["1.1", "2.1", "2.2", "3.1", "4.1"]
    lines: dict[str, str] = {}
    for address, text in sentences.items():
        number = address.split(".")[0]
        lines[number] = lines.get(number, "") + text
    assert list(lines.values()) == [line for line in SEED.splitlines() if line]


def test_sentences_have_ids_and_permalinks(project):
    soup = built(project)
    sentence = soup.select_one("#s2-1")
    assert sentence["data-sentence"] == "2.1"
    assert soup.select_one('a.kochu-number[href="#s2-1"]').get_text() == "2.1"


def test_readings_are_ruby_with_brackets_for_readers_without_it(project):
    soup = built(project)
    ruby = soup.select_one("#s2-1 ruby")
    assert [c.name for c in ruby.find_all(["rp", "rt"])] == ["rp", "rt", "rp"]
    assert ruby.rt.get_text() == "こくぼうしょう"
    assert not soup.select("ruby ruby, rt ~ rt")


def test_crossing_and_nested_notes_become_runs_and_a_border_may_cut_a_reading(project):
    text = caveat("wide", "国防…訪問", "2.1", "大臣が北京を訪問") + caveat(
        "inner", "防相は北", "2.1", "相が北"
    )
    project.write("docs/notes.md", "# Notes\n\n" + text)
    sentence = built(project).select_one("#s2-1")
    runs = [(r.get_text(), r["data-annotations"].split()) for r in sentence.select("[data-annotations]")]
    words = [
        ("".join(t for t in [plain_run(r)]), r["data-annotations"].split())
        for r in sentence.select("[data-annotations]")
    ]
    assert words == [
        ("国", ["wide"]),
        ("防相", ["inner", "wide"]),
        ("は", ["inner", "wide"]),
        ("北", ["inner", "wide"]),
        ("京", ["wide"]),
        ("を訪問", ["wide"]),
    ], runs
    assert [r.rt.get_text() for r in sentence.select("ruby")] == ["こくぼうしょう", "ペキン", "ほうもん"]
    assert plain(sentence) == "国防相は北京を訪問した。"


def plain_run(run):
    copy = BeautifulSoup(str(run), "html.parser")
    for extra in copy.select("rt, rp"):
        extra.extract()
    return copy.get_text()


@pytest.mark.parametrize("severity", ["minor", "major"])
def test_note_references_lead_to_notes_without_a_script(project, severity):
    project.write("docs/notes.md", "# Notes\n\n" + caveat(severity=severity))
    soup = built(project)
    reference = soup.select_one("#s2-1 a[role=doc-noteref]")
    assert reference.get_text() == "C1"
    assert "caveat" in reference["aria-label"].lower()
    note = soup.select_one(reference["href"])
    # The facts stand in place, whatever the note weighs; nothing has to be unfolded.
    for fact in ("C1", "訪問", severity, "来訪", "It misleads."):
        assert fact in note.get_text()
    assert all(holder.has_attr("open") for holder in [note, *note.find_parents("details")])
    prose_at = note.select_one(".kochu-more a")
    if severity == "major":
        assert "A reason." in note.get_text()
        assert prose_at is None
    else:
        # The prose stands once, where it was written, and a plain link leads there.
        assert "A reason." not in note.get_text()
        page, _, anchor = prose_at["href"].partition("#")
        target = BeautifulSoup(project.page(page), "html.parser").find(id=anchor)
        assert "A reason." in target.get_text()


def test_a_note_written_on_the_reading_page_itself_leads_to_its_prose(project):
    project.write("docs/reading.md", "# The text\n\n:::{reading}\n:::\n\n## Notes\n\n" + caveat())
    project.write("docs/notes.md", "# Notes\n\nNone.\n")
    soup = built(project)
    note = soup.select_one(soup.select_one("#s2-1 a[role=doc-noteref]")["href"])
    link = note.select_one(".kochu-more a")["href"]
    assert link.startswith("#")
    assert "A reason." in soup.select_one(link).get_text()


NAMED = """:::{{{kind}}}
:key: {key}
:title: {form}
:names: ja: {form}
:forms: {form}
{more}

About it.
:::

"""


def test_names_stand_before_terms_under_every_sentence(project):
    rows = [
        ("term", "訪問", "visit"),
        ("name", "北京", "beijing"),
        ("term", "両国", "both"),
        ("name", "軍事面", "arms"),
    ]
    more = {"name": ":entity: place", "term": ""}
    notes = [NAMED.format(kind=kind, form=form, key=key, more=more[kind]) for kind, form, key in rows]
    project.write("docs/notes.md", "# Notes\n\n" + "".join(notes))
    soup = built(project)
    # The first sentence names the place first, the second the term.
    for address in ("2.1", "2.2"):
        lines = [p.get_text().split(":")[0] for p in soup.select(f'[data-address="{address}"] .kochu-named')]
        assert lines == ["Names", "Terms"]


def test_versions_stand_by_their_sentence(project):
    version = built(project).select_one('[data-address="2.1"] [data-layer="close"]')
    assert "The minister visited Beijing." in version.get_text()
    assert version.select_one("[lang=en]")


def test_headings_are_headings_and_a_title_set_twice_is_one_section(project):
    project.seed("題名\n題名\n本文。\n結論\n終わり。\n")
    project.write(
        "docs/layers/readings.txt",
        "1.1\t{題名|だいめい}\n2.1\t{題名|だいめい}\n3.1\t{本文|ほんぶん}。\n4.1\t{結論|けつろん}\n5.1\t{終|お}わり。\n",
    )
    project.write("docs/layers/english.txt", "1.1\ta\n2.1\tb\n3.1\tc\n4.1\td\n5.1\te\n")
    project.write("docs/notes.md", "# Notes\n\nNone.\n")
    soup = built(project)
    assert [h.select_one("[data-sentence]")["data-sentence"] for h in soup.select("h2")] == ["2.1", "4.1"]


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (
            caveat(severity="major"),
            caveat(severity="major", body="Another reason."),
            "Another reason.",
        ),
        (caveat(), caveat(better="来日"), "来日"),
        (caveat(), caveat().replace("It misleads.", "It puzzles."), "It puzzles."),
        (caveat(), caveat() + caveat("two", "北京", "2.1", "京"), "C2"),
        (caveat() + caveat("two", "北京", "2.1", "京"), caveat(quote="北京"), "note-one"),
    ],
)
def test_an_annotation_elsewhere_rewrites_the_reading_page(project, before, after, shown):
    project.write("docs/other.md", "---\norphan: true\n---\n\n# Other\n")
    project.write("docs/notes.md", "# Notes\n\n" + before)
    old = str(built(project))
    other = (project.root / "build/html/other.html").stat().st_mtime_ns
    time.sleep(0.02)
    project.write("docs/notes.md", "# Notes\n\n" + after)
    incremental = str(built(project))
    assert shown in incremental
    assert incremental != old
    assert (project.root / "build/html/other.html").stat().st_mtime_ns == other
    # What was rewritten is what a build from nothing gives.
    shutil.rmtree(project.root / "build")
    assert str(built(project)) == incremental


def test_a_build_without_changes_writes_nothing(project):
    built(project)
    stamps = {p: p.stat().st_mtime_ns for p in (project.root / "build/html").glob("*.html")}
    time.sleep(0.02)
    built(project)
    written = {p.name for p, stamp in stamps.items() if p.stat().st_mtime_ns != stamp}
    assert written <= ALWAYS


def test_a_touched_layer_rewrites_only_what_shows_it(project):
    built(project)
    stamps = {p.name: p.stat().st_mtime_ns for p in (project.root / "build/html").glob("*.html")}
    time.sleep(0.02)
    text = (project.docs / "layers/english.txt").read_text().replace("Conclusion", "The end")
    project.write("docs/layers/english.txt", text)
    assert "The end" in built(project).get_text()
    now = {p.name: p.stat().st_mtime_ns for p in (project.root / "build/html").glob("*.html")}
    assert {n for n in now if now[n] != stamps[n]} - ALWAYS == {"reading.html"}


def many_pages(project, prose):
    """Pages enough for Sphinx to write them in several processes."""
    for number in range(12):
        text = f"# More {number}\n\n" + caveat(f"more-{number}", "北京", "2.1", f"京{number}") + "\n" + prose
        project.write(f"docs/more{number}.md", text)
    toc = "\n".join(f"more{n}" for n in range(12))
    project.write("docs/index.md", f"# Small\n\n```{{toctree}}\nreading\nnotes\n{toc}\n```\n")


def test_reading_in_parallel_gives_the_same_pages(project):
    many_pages(project, "See {doc}`reading`.\n")
    # A picture is copied by the first process, which does not write this page.
    shutil.copy(ROOT / "tests/typst/dot.png", project.docs)
    project.write("docs/more3.md", (project.docs / "more3.md").read_text("utf-8") + "\n![A dot](dot.png)\n")
    built(project)

    def published():
        files = [
            *(project.root / "build/html").glob("*.html"),
            *(project.root / "build/html/_images").iterdir(),
            *(project.root / "build/html/_downloads").iterdir(),
        ]
        return {p.name: p.read_bytes() for p in files}

    one = published()
    assert "dot.png" in one
    shutil.rmtree(project.root / "build/html")
    done = project.build("html", "-j", "2", "-E", "-a")
    assert done.returncode == 0, done.stderr
    assert published() == one


def test_pages_written_in_parallel_warn_of_the_same(project):
    many_pages(project, "See {doc}`nowhere` and {ref}`nothing`.\n")
    one, two = (project.build("html", "-E", "-a", *options) for options in ((), ("-j", "2")))
    assert one.returncode == two.returncode == 1
    assert sorted(one.stderr.splitlines()) == sorted(two.stderr.splitlines())
    assert one.stderr.count("more7.md") == 2, one.stderr


def test_an_excerpt_holds_no_sentence_that_is_not_chosen(project):
    done = project.build("html", "-t", "excerpt")
    assert done.returncode == 0, done.stderr
    soup = BeautifulSoup(project.page("reading.html"), "html.parser")
    shown = {s["data-sentence"] for s in soup.select("[data-sentence]")}
    assert shown == {"2.1"}
    for path in (project.root / "build/html").rglob("*"):
        if path.suffix in {".html", ".js", ".txt", ".json"}:
            text = path.read_text("utf-8")
            assert "交流を強化した" not in text, path
            assert "stepped up cooperation" not in text, path
    assert "characters, not reproduced" in soup.get_text()
