"""Directives, as authors write them."""

from __future__ import annotations

import os
from pathlib import Path
import re
import shutil
import subprocess
import sys

from lxml import html
import pytest

BOOK = Path(__file__).parent / "book"


@pytest.fixture
def site(tmp_path):
    shutil.copytree(BOOK, tmp_path / "book")
    return tmp_path / "book"


def build(site, builder="html", *options, ok=True):
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "sphinx",
            "-q",
            "-n",
            "-b",
            builder,
            *options,
            "-d",
            f"trees-{builder}",
            "-c",
            "conf",
            "docs",
            "out",
        ],
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
    )
    assert (done.returncode == 0) == ok, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def page(site, name="exercises/all.html"):
    return html.fromstring((site / "out" / name).read_text("utf-8"))


def shown(site, name="exercises/all.html"):
    return [s.get("data-exercise") for s in page(site, name).xpath("//section[@data-exercise]")]


FILTERS = {
    ":strand: japanese": ["h-cloze", "h-connectives", "h-reading", "h-vocabulary"],
    ":strand: japanese\n:type: cloze": ["h-cloze", "h-connectives"],
    ":use: assignment": ["h-correction", "h-postedit", "h-repair"],
    ":only: h-order h-choice": ["h-order", "h-choice"],
    ":course: short": ["h-choice", "h-order", "h-postedit"],
    ":type: spot mqm": ["h-mqm", "h-spot"],
}


def test_filters(site):
    # All on one page: a set has its own controls and its own ids.
    text = "".join(f"## {n}\n\n```{{exercises}} set {n}\n{o}\n```\n\n" for n, o in enumerate(FILTERS))
    (site / "docs/exercises/all.md").write_text(f"# X\n\n{text}")
    assert build(site) == ""
    tree = page(site)
    for number, wanted in enumerate(FILTERS.values()):
        found = tree.xpath(f"//section[@data-set='set-{number}']/@data-exercise")
        assert found == wanted
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))


MISTAKES = {
    "```{exercises} x\n:level: B1\n```": "exercises has an unknown option ':level:'; it takes cefr",
    "```{exercises} x\n:cefr: B9\n```": "':cefr: B9' is not known; it is one of A1",
    "```{exercises} x\n:course: none\n```": "there is no course 'none'; it is one of short",
    "```{exercises} x\n:only: none\n```": "there is no exercise 'none'",
    "```{exercises} x\n:cefr: A1\n```": "no exercise fits these options",
    "```{course} none\n```": "there is no course 'none'; it is one of short",
    "```{handout} none\n```": "there is no caveat 'none' for this handout",
    "```{handout} guard\n:size: 3\n```": "handout has an unknown option ':size:'",
    "{exercise:ref}`none`": "exercise:ref reference target not found: none",
}


def test_mistakes_are_warnings_with_a_line(site):
    for number, text in enumerate(MISTAKES):
        (site / f"docs/exercises/wrong{number}.md").write_text(f"---\norphan: true\n---\n# X\n\n{text}\n")
    found = build(site)
    for number, message in enumerate(MISTAKES.values()):
        assert re.search(rf"wrong{number}\.md:6: WARNING: .*{re.escape(message)}", found), (number, found)


def test_a_mistake_in_an_exercise_is_a_warning_at_its_own_line(site):
    file = site / "exercises/h-choice.md"
    file.write_text(file.read_text("utf-8").replace('"市によると"', '"市によれば"'), "utf-8")
    assert re.search(r"exercises/h-choice\.md:2\d: WARNING: h-choice: quote '市によれば'", build(site))


def test_a_page_that_is_evidence_is_held_against_it_whenever_it_changes(site):
    assert build(site) == ""
    file = site / "docs/notes.md"
    old = "A guard of honour is 儀仗隊."
    file.write_text(file.read_text("utf-8").replace(old, "other words"), "utf-8")
    assert f"evidence '{old}' does not stand in notes.md" in build(site)


def test_no_line_ends_between_marked_words_and_their_number(site):
    (site / "docs/exercises/all.md").write_text("# X\n\n```{exercises} x\n:only: h-reading\n```\n")
    assert build(site) == ""
    lines = ["".join(p.itertext()) for p in page(site).xpath("//p[contains(@class, 'kx-stimulus-text')]")]
    assert ["到着\u20601" in line for line in lines] == [True, False]
    assert ["献花\u20602" in line for line in lines] == [False, True]


def test_a_missing_folder_stops_without_a_traceback(site):
    assert "there is no such folder of exercises" in build(
        site, "html", "-D", "kochu_exercises=nowhere", ok=False
    )


def test_a_private_folder_beside_the_public_one(site, tmp_path):
    private = tmp_path / "private"
    private.mkdir()
    text = (
        (BOOK / "exercises/h-choice.md")
        .read_text("utf-8")
        .replace("h-choice", "mine")
        .replace("Harbour choice", "My own")
    )
    (private / "mine.md").write_text(text, "utf-8")
    shutil.copy(BOOK / "exercises/tower.svg", private)
    assert build(site, "html", "-D", f"kochu_exercises=../exercises,{private}") == ""
    assert {"mine", "h-choice"} <= set(shown(site))


def test_a_changed_exercise_rewrites_its_pages_and_no_others(site):
    build(site)
    before = {p: p.stat().st_mtime_ns for p in (site / "out").rglob("*.html")}
    file = site / "exercises/h-choice.md"
    file.write_text(file.read_text("utf-8").replace("Harbour choice", "Another title"), "utf-8")
    build(site)
    after = {p: p.stat().st_mtime_ns for p in (site / "out").rglob("*.html")}
    changed = {p.relative_to(site / "out").as_posix() for p in after if after[p] != before.get(p)}
    assert "exercises/all.html" in changed
    assert "notes.html" not in changed
    assert "Another title" in (site / "out/exercises/all.html").read_text("utf-8")


def test_a_changed_key_rewrites_the_seal(site):
    build(site)
    seal = page(site).xpath("//section[@data-exercise='h-choice']//script/text()")
    file = site / "exercises/h-choice.md"
    file.write_text(file.read_text("utf-8").replace("it reports nothing", "it says nothing"), "utf-8")
    build(site)
    assert page(site).xpath("//section[@data-exercise='h-choice']//script/text()") != seal


def test_read_in_parallel(site):
    build(site, "html", "-j", "2")
    assert len(shown(site)) == 17
    assert page(site, "exercises/course.html").xpath("//a[contains(@href, 'exercise-h-choice')]")


def test_images_and_furigana(site):
    build(site)
    choice = page(site).xpath("//section[@data-exercise='h-choice']")[0]
    (image,) = choice.xpath(".//img[@alt='A tower']")
    assert (site / "out/exercises" / image.get("src")).resolve().is_file()
    assert "むか" in html.tostring(choice.xpath(".//ruby/rt")[0], encoding="unicode")


def test_furigana_as_chosen(site):
    (site / "docs/exercises/all.md").write_text("# X\n\n```{exercises} x\n:furigana: yes\n```\n")
    build(site, "text")
    text = (site / "out/exercises/all.txt").read_text("utf-8").replace("\n", "")
    assert "市（し）によると、*名誉（めいよ）部門（ぶもん）*が" in text
    # Behind a gap, too; never where the reading is asked; not in other layers.
    assert "林（はやし）氏（し）は港（みなと）＿＿＿＿＿＿到着（とうちゃく）した。" in text
    assert "十月三日、林氏は港に*到着*" in text
    assert "＿＿＿＿＿＿（だから / しかし / 例えば）、課題も残る。" in text


def test_every_control_has_a_name_and_nothing_is_sent(site):
    build(site)
    tree = page(site)
    assert not tree.xpath("//form[.//*[@data-exercise]] | //section[@data-exercise]//form")
    for control in tree.xpath("//section[@data-exercise]//*[self::input or self::select or self::textarea]"):
        labels = tree.xpath(f"//label[@for='{control.get('id')}']")
        assert control.get("aria-label") or labels, html.tostring(control)


def test_an_excerpt_withholds_sentences_in_exercises_too(site):
    build(site, "text", "-t", "excerpt")
    text = (site / "out/exercises/all.txt").read_text("utf-8")
    sentences = [
        line.partition("\t")[2] for line in (site / "docs/layers/full.txt").read_text("utf-8").splitlines()
    ]
    assert "see your own copy" in text
    assert sum(sentence in text for sentence in sentences[1:4]) < 3


def test_the_e_book_prints_room_for_answers(site):
    build(site, "epub")
    (book,) = (site / "out").glob("*.epub")
    import zipfile

    with zipfile.ZipFile(book) as archive:
        text = archive.read("exercises/all.xhtml").decode()
    assert "<input" not in text
    assert "＿＿＿" in text
    assert "kx-seal" not in text


def test_a_table_of_exercises(site):
    (site / "docs/exercises/all.md").write_text(
        "# X\n\n```{exercise-table}\n:strand: japanese\n```\n\n```{exercises} x\n```\n"
    )
    assert build(site) == ""
    rows = page(site).xpath("//table[contains(@class, 'kx-list')]/tbody/tr")
    cells = [" ".join(row.xpath("string()").split()) for row in rows]
    assert len(rows) == len(FILTERS[":strand: japanese"])
    assert any("fill the gaps" in cell and "B1, N3" in cell for cell in cells)
    targets = {link.get("href") for row in rows for link in row.xpath(".//a")}
    assert targets == {f"#exercise-{name}" for name in FILTERS[":strand: japanese"]}


def test_a_course_is_a_plan(site):
    build(site)
    (plan,) = page(site, "exercises/course.html").xpath("//table[contains(@class, 'kx-plan')]")
    (row,) = plan.xpath("./tbody/tr")
    minutes, step, exercises = (" ".join(cell.xpath("string()").split()) for cell in row.xpath("./td"))
    assert (minutes, step) == ("0–20", "Read Read the text.")
    assert exercises == "Harbour choice; Harbour order"


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext reads the PDFs")
def test_on_paper(site):
    with (site / "conf/conf.py").open("a", encoding="utf-8") as conf:
        conf.write(
            'kochu_pdf_documents = [("exercises/course", "sheet"), ("exercises/handouts", "handouts"), '
            '("exercises/key", "key")]\n'
        )
    build(site, "typst")

    def pages(name):
        done = subprocess.run(
            ["pdftotext", "-layout", site / f"out/{name}.pdf", "-"],
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.split("\f")[:-1]

    sheet = " ".join("".join(pages("sheet")).split())
    assert re.search(r"Name .*Date .*Points .*of \d", sheet)
    assert "Harbour choice" in sheet
    assert "Hint" not in sheet
    # One sheet for each caveat, and the answer below the fold.
    handouts = pages("handouts")
    assert len(handouts) == 2
    assert all(re.search(r"The editors would write.*\Z", text, re.DOTALL) for text in handouts)
    # Students' PDFs hold no key.
    assert "part of the teacher" in "".join(pages("key"))
    build(site, "typst", "-t", "teacher")
    assert "儀仗隊" in "".join(pages("key"))


def test_a_working_folder_of_a_teacher_tells_students_nothing(site):
    for file in (site / "exercises").glob("*.md"):
        text = file.read_text("utf-8").replace("Ask who else", "Ask Quetzalcoatl who else")
        file.write_text(text, "utf-8")

    def tell():
        files = [path for path in (site / "out").rglob("*") if path.is_file()]
        return {path.name for path in files if b"quetzalcoatl" in path.read_bytes().lower()}

    build(site, "html", "-t", "teacher")
    assert "key.html" in tell()
    build(site)
    assert tell() == set()
    assert not page(site).xpath("//*[contains(@class, 'kx-key')]")
