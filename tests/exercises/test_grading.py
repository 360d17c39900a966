"""``kochu grade`` as a teacher runs it."""

from __future__ import annotations

import csv
from hashlib import sha256
import io
import json
from pathlib import Path
import re
import shutil
import tomllib

from lxml import html
import pytest

from kochu.cli import main
from kochu.exercises.book import load_book
from kochu.exercises.marking import mark
from kochu.exercises.prove import answers_of, key_answers
from kochu.exercises.write import site_links

BOOK = Path(__file__).parent / "book"
PRACTICE = ["--only", "h-choice h-choices h-order h-reading h-correction h-repair"]


@pytest.fixture(scope="module")
def book():
    return load_book([BOOK / "exercises"])


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def hand(folder, name, answers, **more):
    data = {"format": "kochu-answers/1", "set": "all", "name": name, "answers": answers, **more}
    (folder / f"{name or 'nobody'}.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def grade(folder, *options, status=0):
    out = folder.parent / "out"
    plot = [] if "--plot" in options else ["--no-plot"]
    done = main(["grade", str(folder), "-e", str(BOOK / "exercises"), "-o", str(out), *plot, *PRACTICE])
    assert done == status
    return out


def rows(path):
    text = path.read_bytes().decode("utf-8-sig")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(text)))


def key(book):
    return {e.id: dict(key_answers(e)) for e in book.exercises.values()}


def test_the_key_gets_full_marks_and_nothing_gets_none(folder, book):
    hand(folder, "key", key(book))
    hand(folder, "empty", {})
    full, none = reversed(rows(grade(folder) / "students.csv"))
    assert (full["file"], full["points"], full["of"], full["to mark"]) == ("key.json", "13", "15", "2")
    assert (none["file"], none["points"], none["to mark"]) == ("empty.json", "0", "0")


def test_partial_credit_and_feedback(folder, book):
    answers = key(book)
    answers["h-reading"] = {"1": "とおちゃく", "2": "けんか"}
    answers["h-correction"] = {"1": "栄誉隊", "2": "残る"}
    ids = answers["h-order"]["1"]
    answers["h-order"] = {"1": [ids[1], ids[0], *ids[2:]]}
    hand(folder, "partly", answers)
    out = grade(folder)
    (row,) = rows(out / "students.csv")
    assert (row["h-reading"], row["h-correction"], row["h-order"]) == ("1", "3", "1")
    page = next((out / "students").iterdir()).read_text("utf-8")
    assert "The long o of 到 is written う." in page
    assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page


def test_a_broken_file_costs_no_other_its_grade(folder, book, capsys):
    hand(folder, "good", key(book))
    (folder / "bad.json").write_bytes(b"{")
    (folder / "link.json").symlink_to("/etc/passwd")
    out = grade(folder, status=3)
    found = {r["file"]: r for r in rows(out / "students.csv")}
    assert found["good.json"]["points"] == "13"
    assert "not JSON" in found["bad.json"]["remarks"]
    assert "bad.json: refused" in capsys.readouterr().err
    assert len(list((out / "students").iterdir())) == 1


def test_free_answers_go_through_the_queue(folder, book):
    answers = key(book)
    answers["h-repair"]["2"] = "役所は兵士ではない。"
    hand(folder, "one", answers)
    answers["h-repair"]["2"] = "役所は　兵士ではない"
    hand(folder, "two", answers)
    out = grade(folder)
    queue = out / "to-mark.toml"
    (work,) = tomllib.loads(queue.read_text("utf-8"))["answer"]
    assert (work["students"], work["of"], work["points"]) == (2, 2, "")
    assert "# 1: Names the fault." in queue.read_text("utf-8")
    marked = (
        queue.read_text("utf-8")
        .replace('points = ""', "points = 1.5")
        .replace('comment = ""', 'comment = "よい <b>"')
    )
    queue.write_text(marked, "utf-8")
    grade(folder)
    assert [r["points"] for r in rows(out / "students.csv")] == ["14.5", "14.5"]
    assert "よい &lt;b&gt;" in next((out / "students").iterdir()).read_text("utf-8")
    # Run again, or without one of the files: the mark is neither lost nor doubled.
    for path in folder.iterdir():
        path.unlink()
        grade(folder, status=0 if any(folder.iterdir()) else 1)
    assert queue.read_text("utf-8").count("points = 1.5") == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('points = ""', "points = 9"), "give a number from 0 to 2"),
        (('points = ""', 'points = "two"'), "give a number"),
        (('points = ""', "points = -1"), "give a number"),
        (('points = ""', "points ="), "not valid TOML"),
        (('points = ""', "point = 1"), "unknown field"),
    ],
)
def test_a_mistake_in_the_queue_is_told_with_its_line(folder, book, capsys, change, message):
    hand(folder, "one", key(book))
    out = grade(folder)
    queue = out / "to-mark.toml"
    queue.write_text(queue.read_text("utf-8").replace(*change), "utf-8")
    grade(folder, status=1)
    error = capsys.readouterr().err
    assert message in error
    assert re.search(r"to-mark\.toml:\d+: ", error)


@pytest.mark.parametrize(
    "name", ["=cmd|' /C calc'!A1", "＝HYPERLINK(1)", "\t=1", "@SUM(1)", "+1", "-1", " =1"]
)
def test_names_are_no_formulas(folder, name):
    data = {"format": "kochu-answers/1", "set": "all", "name": name, "answers": {"h-choice": {"1": name}}}
    (folder / "a.json").write_text(json.dumps(data), "utf-8")
    out = grade(folder)
    for file, field in (("students.csv", "name"), ("answers.csv", "name"), ("answers.csv", "answer")):
        for row in rows(out / file):
            assert not row[field] or row[field][0] not in "=+-@\t＝"


def test_strangers_words_stay_words_in_the_pages(folder):
    evil = "<script>alert(1)</script>"
    hand(folder, "x", {"h-repair": {"2": evil}, "../../etc/passwd": {"1": evil}}, set=evil)
    (folder / "x.json").rename(folder / "<img src=x>.json")
    out = grade(folder)
    for page in out.rglob("*.html"):
        tree = html.fromstring(page.read_text("utf-8"))
        assert not tree.xpath("//script | //img[@src='x']")
    assert sorted(p.name for p in folder.parent.iterdir()) == ["in", "out"]


def test_runs_again_to_the_same_bytes(folder, book):
    for name in ("a", "b", "c"):
        hand(folder, name, key(book))
    out = grade(folder)
    first = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    grade(folder)
    assert first == {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    (folder / "b.json").unlink()
    grade(folder)
    assert len(list((out / "students").iterdir())) == 2


@pytest.mark.parametrize("files", [0, 1, 3, 4, 6])
def test_interrupted_and_run_again(folder, book, monkeypatch, capsys, files):
    for name in ("a", "b", "c"):
        hand(folder, name, key(book))
    out = grade(folder)
    whole = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    shutil.rmtree(out)
    replace = Path.replace
    done = []

    def stop(self, target):
        if len(done) == files:
            raise KeyboardInterrupt
        done.append(target)
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stop)
        grade(folder, status=130)
    assert "run this again" in capsys.readouterr().err
    half = {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    assert half.items() < whole.items()
    grade(folder)
    assert {p.relative_to(out): p.read_bytes() for p in out.rglob("*") if p.is_file()} == whole


def test_item_analysis(folder, book):
    good = key(book)
    options = book.exercises["h-choice"].sheet.questions[0]
    wrong = next(o.id for o in options.options if o.text == "The guard")
    for number in range(12):
        answers = {name: dict(given) for name, given in good.items()}
        if number >= 6:
            answers["h-choice"] = {"1": wrong}
            answers["h-reading"] = {"1": "しらない", "2": "こんか"}
            del answers["h-choices"]
        hand(folder, f"s{number}", answers)
    out = grade(folder, "--plot")
    items = {(r["exercise"], r["question"]): r for r in rows(out / "items.csv")}
    choice = items["h-choice", "1"]
    assert choice["difficulty"] == "0.5"
    assert float(choice["discrimination"]) == pytest.approx(1)
    assert "* The city: 6" in choice["chosen"]
    assert "The guard: 6" in choice["chosen"]
    assert items["h-choices", "1"]["empty"] == "6"
    assert "しらない: 6" in items["h-reading", "1"]["chosen"]
    assert items["h-repair", "1"]["remark"] == "nearly everybody is right"
    pytest.importorskip("matplotlib")
    assert b"h-choice 1" in (out / "items.svg").read_bytes()


def test_the_set_is_found_on_the_pages(folder, book, capsys):
    hand(folder, "a", key(book), set="sheet")
    done = main(
        ["grade", str(folder), "-e", str(BOOK / "exercises"), "-o", str(folder.parent / "out"), "--no-plot"]
    )
    assert done == 0
    (row,) = rows(folder.parent / "out" / "students.csv")
    assert {name for name in row if name.startswith("h-")} == {"h-choice", "h-order", "h-postedit"}
    assert "h-choices" in row["remarks"]


def test_an_unknown_set_is_told(folder, book, capsys):
    hand(folder, "a", key(book), set="nowhere")
    main(["grade", str(folder), "-e", str(BOOK / "exercises"), "-o", str(folder.parent / "out"), "--no-plot"])
    assert "no page shows a set named 'nowhere'; pages show all, sheet" in capsys.readouterr().err


def test_a_private_folder_works(folder, tmp_path, book):
    private = tmp_path / "private"
    shutil.copytree(BOOK / "exercises", private)
    (private / "exercises.toml").unlink()
    hand(folder, "a", key(book))
    out = tmp_path / "out"
    options = ["-e", str(private), "--edition", str(BOOK / "docs"), "-o", str(out), "--no-plot", *PRACTICE]
    assert main(["grade", str(folder), *options]) == 0
    assert rows(out / "students.csv")[0]["points"] == "13"


def test_answers_by_hand_are_marked_like_files(book):
    ex = book.exercises["h-mqm"]
    assert answers_of(ex, (("terminology/wrong-term", ""),))["1v"] is None


def test_a_type_of_fault_is_read_by_its_name_and_kept_by_its_old_id(book):
    ex = book.exercises["h-mqm"]
    (types, *_), key = ex.sheet.questions, ex.secret.keys["1t"]
    assert [o.text for o in types.options] == [
        "Terminology: wrong term", "Accuracy: omission", "Style: inconsistent style",
    ]  # fmt: skip
    # As hand-ins of last year have it: made of the name with the slash.
    assert types.options[0].id == "o" + sha256(b"terminology/wrong-term").hexdigest()[:7]
    for name in ("terminology/wrong-term", "Terminology: wrong term"):
        (given, _) = answers_of(ex, ((name, ""),)).values()
        assert mark(types, key, given).full
    assert mark(types, key, types.options[1].id).answer == "Accuracy: omission"


def test_links_lead_into_the_published_edition():
    link = site_links("https://example.org/edition/")
    assert link("sentence", "4.2") == ("https://example.org/edition/reading.html#s4-2", "4.2")
    assert link("caveat", "honour-guard")[0] == "https://example.org/edition/reading.html#note-honour-guard"
    assert site_links("javascript:alert(1)")("sentence", "4.2") == (None, "4.2")
