"""The tables: Google's ten columns, spreadsheets, and the editors' marks."""

from contextlib import closing
import csv
import io
import json
import re
import sqlite3
import tempfile
import zipfile

import pytest
from tests.conftest import caveat

from kochu.agreement.marks import read_marks
from kochu.cli import main
from kochu.exports.caveats import caveats_csv, caveats_tsv
from kochu.exports.formats import FORMATS
from kochu.exports.mqm import COLUMNS, category, mqm_tsv


@pytest.fixture(scope="module")
def rows(real):
    header, *lines = mqm_tsv(real).splitlines()
    assert header.startswith("system\tdoc")
    return [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines]


def test_every_row_has_ten_columns_and_one_marked_span(rows):
    for row in rows:
        clean = row["severity"] == "no-error"
        assert row["target"].count("<v>") == row["target"].count("</v>") == (0 if clean else 1)
        assert row["category"] == "no-error" or not clean


def test_unmarked_the_target_is_the_sentence(rows, real):
    base = real.works[0].resolved.base
    for row in rows:
        data = json.loads(row["metadata"])
        bare = re.sub("</?v>", "", row["target"])
        assert bare == base.sentence(data["address"]).text.strip()
        if row["severity"] != "no-error":
            assert f"<v>{data['marked_text']}</v>" in row["target"]


def test_every_sentence_and_every_place_has_its_row(rows, real):
    work = real.works[0]
    places = sum(len(n.anchors) for n in work.resolved.of(("caveat",)))
    marked = [r for r in rows if r["severity"] != "no-error"]
    assert len(marked) == places
    assert {int(r["docSegId"]) for r in rows} == set(range(1, len(work.resolved.base.sentences) + 1))
    assert {r["severity"] for r in marked} <= {"Neutral", "Minor", "Major", "Critical"}


def test_the_source_is_empty_and_said_to_be_unseen_where_it_was(rows):
    assert all(row["source"] == "" for row in rows)
    for data in (json.loads(row["metadata"]) for row in rows):
        assert data["source_not_seen"] is (data.get("certainty") != "attested")


def test_categories_are_written_as_the_viewer_has_them():
    assert category("terminology/wrong-term") == "Terminology/Wrong term"
    assert category("accuracy") == "Accuracy"


def test_spreadsheets_hold_one_row_a_caveat(real):
    count = len(real.works[0].resolved.of(("caveat",)))
    assert caveats_csv(real).startswith("\ufeff")
    for text, delimiter in ((caveats_csv(real).removeprefix("\ufeff"), ","), (caveats_tsv(real), "\t")):
        found = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
        assert len(found) == count
        row = next(r for r in found if r["key"] == "headline-snoring")
        assert row["words"] == "いびきをかかない | いびきをかかない"
        assert (row["dimension"], row["subtype"], row["severity"]) == (
            "accuracy",
            "mistranslation",
            "critical",
        )
        assert row["source_wording"] == "it: non russa"


def words_in(content):
    """Give what a reader of an export sees; cards hold markup and readings between the words."""
    if isinstance(content, str):
        return content
    if not content.startswith(b"PK"):
        return content.decode()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as package,
        tempfile.TemporaryDirectory() as folder,
        closing(sqlite3.connect(package.extract("collection.anki2", folder))) as base,
    ):
        fields = "\n".join(row[0] for row in base.execute("select flds from notes"))
    return re.sub(r"<rt>.*?</rt>|<[^>]+>", "", fields)


def test_cards_hold_whole_sentences(real):
    text = words_in(FORMATS["anki"].make(real))
    assert real.works[0].resolved.base.sentence("4.1").text in text


def test_no_export_of_an_excerpt_holds_a_long_sentence_that_is_withheld(excerpt):
    work = excerpt.works[0]
    hidden = [s.text.strip() for s in work.resolved.base.sentences if not work.shows(s.address)]
    for form in FORMATS.values():
        text = words_in(form.make(excerpt))
        assert [s for s in hidden if len(s) > 20 and s in text] == []


def test_a_tab_in_the_prose_does_not_tear_a_row(project, capsys):
    project.write("docs/notes.md", "# Notes\n\n" + caveat(body="one\ttwo\nthree"))
    args = [
        "export",
        "mqm",
        str(project.docs),
        "-c",
        str(project.root / "conf"),
        "-o",
        str(project.root / "out"),
    ]
    assert main([*args, "-d", str(project.root / "trees")]) == 0
    assert str(project.root / "out" / "mqm.tsv") in capsys.readouterr().out
    lines = (project.root / "out" / "mqm.tsv").read_text("utf-8").splitlines()
    assert all(line.count("\t") == 9 for line in lines)


def test_the_command_writes_the_editors_marks_without_sphinx(project, capsys):
    project.write("docs/notes.md", "# Notes\n\n" + caveat(at="2.2", quote="協力", severity="major"))
    out = project.root / "out"
    assert main(["export", "marks", str(project.docs), "-o", str(out)]) == 0
    (mark,) = read_marks(out / "marks.json").marks
    assert (mark.address, mark.start, mark.end, mark.severity) == ("2.2", 7, 9, "major")
    assert "協力" not in (out / "marks.json").read_text("utf-8")


def test_a_broken_edition_is_an_error_in_words(project, capsys):
    project.write("docs/edition.toml", "[edition\n")
    assert main(["export", "marks", str(project.docs), "-o", str(project.root / "out")]) == 1
    assert "not valid TOML" in capsys.readouterr().err
    assert not (project.root / "out").exists()
