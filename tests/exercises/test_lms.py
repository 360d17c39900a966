"""Exports, each tried in the real thing as far as package registries have it."""

from __future__ import annotations

import csv
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
import io
import json
from pathlib import Path
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
import npm
import pytest

from kochu.apparatus.edition import load_edition
from kochu.check import check_edition
from kochu.cli import main
from kochu.exercises.book import load_book
from kochu.exercises.model import Ask
from kochu.exercises.normalize import normalize
from kochu.exercises.prove import key_answers
from kochu.exports.lms.command import FILES, write
from kochu.exports.lms.material import Lms
from kochu.exports.lms.variants import variants

ROOT = Path(__file__).parent.parent.parent
BOOK = Path(__file__).parent / "book" / "exercises"


def lms(folder: Path) -> Lms:
    book = load_book([folder], notes=False)
    return Lms(book, tuple(book.exercises.values()), "https://example.org/edition/")


@pytest.fixture(scope="module", params=[BOOK, ROOT / "exercises"], ids=["small", "real"])
def material(request):
    return lms(request.param)


@pytest.fixture(scope="module")
def small():
    return lms(BOOK)


# -- variants ----------------------------------------------------------------------


def test_variants_that_were_seen_to_fail_in_moodle():
    assert {"ﾍﾞﾛｰｿﾌ", "ベローソフ。"} <= set(variants(["ベローソフ"]))
    assert {"１９５２年", "1952 年"} <= set(variants(["1952年"]))
    assert {"Ｂｅｌｏｕｓｏｖ"} <= set(variants(["Belousov"]))
    assert {"べろーそふ", "ﾍﾞﾛｰｿﾌ"} <= set(variants(["ベローソフ"], kana=True))
    assert "べろーそふ" not in variants(["ベローソフ"])
    assert {"人人"} <= set(variants(["人々"]))
    assert {"reparto d’onore"} <= set(variants(["reparto d'onore"]))


@settings(max_examples=60, deadline=None)
@given(st.text("ベロウソフ人々13年 abD'・がぎｶﾞ。", min_size=1, max_size=8), st.booleans())
def test_every_variant_counts_as_the_text(text, kana):
    same = normalize(text, kana=kana)
    assert all(normalize(v, kana=kana) == same for v in variants([text], kana=kana))


@pytest.mark.parametrize("name", ["moodle", "gift", "qti", "canvas", "questions"])
def test_types_of_faults_are_offered_as_a_reader_says_them(small, name):
    data = write(name, small)
    files = [data]
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            files = [pack.read(entry) for entry in pack.namelist()]
    text = "".join(file.decode() for file in files).replace("\\:", ":")
    assert "Terminology: wrong term" in text
    assert "terminology/wrong-term" not in text


# -- Moodle XML --------------------------------------------------------------------


def test_moodle_xml(material):
    tree = etree.fromstring(write("moodle", material))
    questions = [q for q in tree if q.get("type") != "category"]
    ids = [q.findtext("idnumber") for q in questions]
    assert len(ids) == len(set(ids)) >= len(material.exercises)
    for question in questions:
        assert question.findtext("name/text")
        body = question.findtext("questiontext/text")
        html.fromstring(body)
        kind = question.get("type")
        if kind == "ordering":
            # Without it Moodle 4.5 stops the whole import.
            assert question.findtext("shownumcorrect") == "1"
        if kind == "multichoice":
            shares = [float(a.get("fraction")) for a in question.findall("answer")]
            assert sum(s for s in shares if s > 0) == pytest.approx(100, abs=0.01) or max(shares) == 100
        if kind == "essay":
            assert question.findtext("graderinfo/text")
        if kind == "cloze":
            assert FIELD.search(body)
    assert "ruby" in etree.tostring(tree, encoding="unicode")


FIELD = re.compile(r"\{(\d+):(SHORTANSWER|MULTICHOICE):((?:\\.|[^}\\])*)\}")


def fields(body: str) -> list[dict[str, float]]:
    """Read embedded answers as Moodle does: shares by answer."""
    found = []
    for _, _, rows in FIELD.findall(body):
        shares = {}
        for row in re.split(r"(?<!\\)~", rows):
            share, answer = re.match(r"%(-?[\d.]+)%(.*)", row, re.DOTALL).groups()
            answer = re.split(r"(?<!\\)#", answer)[0]
            shares[re.sub(r"\\(.)", r"\1", answer.replace("\\*", "＊"))] = float(share)
        found.append(shares)
    return found


def test_moodle_embedded_answers_give_what_our_marking_gives(material):
    tree = etree.fromstring(write("moodle", material))
    bodies = {
        q.findtext("idnumber"): q.findtext("questiontext/text") for q in tree if q.get("type") == "cloze"
    }
    assert bodies
    for name, body in bodies.items():
        exercise = (
            material.book.exercises[re.sub(r"-1$", "", name.removeprefix("kochu-"))]
            if name.removeprefix("kochu-") not in material.book.exercises
            else material.book.exercises[name.removeprefix("kochu-")]
        )
        asked = [q for q in exercise.sheet.questions if q.ask is not Ask.FREE]
        read = fields(body)
        assert len(read) == len(asked), name
        for shares in read:
            assert max(shares.values()) == 100, name
            assert all(
                not answer.endswith("*") or (answer == "*" and not share) for answer, share in shares.items()
            )


def test_moodle_keeps_images_and_braces(small):
    tree = etree.fromstring(write("moodle", small))
    choice = next(q for q in tree if q.findtext("idnumber") == "kochu-h-choice")
    assert choice.find("questiontext/file").get("name") == "exercises-tower.svg"
    assert "@@PLUGINFILE@@/exercises-tower.svg" in choice.findtext("questiontext/text")
    assert "The guest ~ {himself} = #1" in [a.findtext("text") for a in choice.findall("answer")]


# -- GIFT --------------------------------------------------------------------------


def test_gift_is_read_by_gift_pegjs(material, tmp_path):
    home = npm.home()
    file = tmp_path / "a.gift"
    file.write_bytes(write("gift", material))
    # Node looks for packages beside the script.
    shutil.copy(npm.CLIENTS / "gift.cjs", home)
    done = subprocess.run(["node", home / "gift.cjs", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    read = [q for q in json.loads(done.stdout) if q["type"] != "Category"]
    asked = [q for e in material.exercises for q in e.sheet.questions]
    assert len(read) == len(asked)
    for found, question in zip(read, asked, strict=True):
        kinds = {Ask.FREE: "Essay", Ask.ORDER: "Matching", Ask.TEXT: "Short"}
        assert found["type"] == kinds.get(question.ask, "MC"), found["title"]
        if found["type"] == "MC":
            right = [c for c in found["choices"] if c["isCorrect"] or (c["weight"] or 0) > 0]
            assert len(found["choices"]) == len(question.options)
            assert 1 <= len(right) < len(question.options)


# -- QTI 2.1 -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def player(tmp_path_factory, chromium):
    """A page with the QTI player, served to Chromium."""
    home = npm.home()
    folder = tmp_path_factory.mktemp("player")
    shutil.copy(home / "node_modules/@citolab/qti-components/cdn/index.js", folder)
    shutil.copy(npm.CLIENTS / "qti.html", folder)

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = chromium.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/qti.html")
    page.wait_for_function("window.ready")
    yield page
    page.close()
    server.shutdown()


@pytest.fixture(scope="module")
def items(material, tmp_path_factory):
    """The package as QTI 3, by exercise."""
    pytest.importorskip("qti_convert")
    folder = tmp_path_factory.mktemp("qti")
    (folder / "two.zip").write_bytes(write("qti", material))
    command = [
        Path(sys.executable).with_name("qti-convert"),
        "upgrade",
        folder / "two.zip",
        folder / "three.zip",
    ]
    subprocess.run(command, check=True, capture_output=True)
    with zipfile.ZipFile(folder / "three.zip") as package:
        return {n[11:-4]: package.read(n).decode() for n in package.namelist() if n.startswith("items/item-")}


@pytest.mark.browser
def test_qti_is_played_as_we_mark(material, player, items):
    def play(exercise, answers):
        given = {f"R{name}": answer for name, answer in answers.items()}
        return player.evaluate("([xml, answers]) => play(xml, answers)", [items[exercise.id], given])["score"]

    for exercise in material.exercises:
        free = sum(q.points for q in exercise.sheet.questions if q.ask is Ask.FREE)
        assert play(exercise, key_answers(exercise)) == exercise.meta.points - free, exercise.id
        assert play(exercise, {}) == 0, exercise.id
        # One wrong answer at a time earns nothing.
        for question in exercise.sheet.questions:
            key = exercise.secret.keys[question.id]
            good = {*key.right, *key.half, *key.may}
            if question.ask is Ask.ONE:
                bad = next((o.id for o in question.options if o.id not in good), None)
            elif question.ask is Ask.ORDER:
                bad = list(reversed(key.right))
            elif question.ask is Ask.TEXT:
                bad = "まったくちがう"
            else:
                continue
            assert play(exercise, {question.id: bad}) == 0, (exercise.id, question.id)


def test_qti_package(material):
    with zipfile.ZipFile(io.BytesIO(write("qti", material))) as package:
        manifest = etree.fromstring(package.read("imsmanifest.xml"))
        files = {f.get("href") for f in manifest.iter("{*}file")}
        assert files == set(package.namelist()) - {"imsmanifest.xml"}
        for name in package.namelist():
            if name.endswith(".xml"):
                etree.fromstring(package.read(name))


# -- Canvas ------------------------------------------------------------------------


def test_canvas_package_is_made_by_text2qti(material):
    pytest.importorskip("text2qti")
    with zipfile.ZipFile(io.BytesIO(write("canvas", material))) as package:
        trees = {n: etree.fromstring(package.read(n)) for n in package.namelist() if n.endswith(".xml")}
    quiz = next(t for t in trees.values() if t.find(".//{*}item") is not None)
    asked = [q for e in material.exercises for q in e.sheet.questions]
    assert len(quiz.findall(".//{*}item")) == len(asked)
    text = " ".join(quiz.itertext())
    assert "<ruby>" in text or "&lt;ruby&gt;" in text
    assert "&amp;#95;" not in text


# -- Anki --------------------------------------------------------------------------


@pytest.mark.parametrize("root", [BOOK.parent / "docs", ROOT / "docs"], ids=["small", "real"])
def test_anki_imports_it_twice_and_adds_nothing(root, tmp_path):
    collection = pytest.importorskip("anki.collection")
    assert main(["export", "anki", str(root), "-o", str(tmp_path)]) == 0
    package = tmp_path / "vocabulary-and-caveats.apkg"
    caveats = [n for n in check_edition(root).annotations if n.kind == "caveat" and n.anchors and not n.whole]
    words = len(re.findall(r"^\[\[word\]\]", _words(root), re.MULTILINE))
    here = collection.Collection(str(tmp_path / "a.anki2"))
    try:
        request = collection.ImportAnkiPackageRequest(package_path=str(package))
        first = here.import_anki_package(request).log
        assert len(first.new) == words + len(caveats) == here.note_count()
        again = here.import_anki_package(request).log
        assert (len(again.new), len(again.updated)) == (0, 0)
        assert here.note_count() == words + len(caveats)
        notes = [here.get_note(i) for i in here.find_notes("note:*caveat")]
        assert all("<mark>" in note["Sentence"] for note in notes)
        assert any("<ruby>" in note["Sentence"] for note in notes)
        assert here.fix_integrity()[1]
    finally:
        here.close()


def _words(root: Path) -> str:
    names = [t.words for t in load_edition(root).texts.values() if t.words]
    return "\n".join((root / name).read_text("utf-8") for name in names)


def test_anki_is_the_same_file_in_every_build(tmp_path):
    found = []
    for name in ("a", "b"):
        main(["export", "anki", str(BOOK.parent / "docs"), "-o", str(tmp_path / name)])
        found.append((tmp_path / name / "vocabulary-and-caveats.apkg").read_bytes())
        # A zip file counts time in steps of two seconds.
        time.sleep(2.1)
    assert found[0] == found[1]


def test_anki_shows_no_sentence_that_an_excerpt_withholds(tmp_path):
    counts = []
    for options in ([], ["--excerpt"]):
        main(["export", "anki", str(ROOT / "docs"), "-o", str(tmp_path), *options])
        with zipfile.ZipFile(tmp_path / "vocabulary-and-caveats.apkg") as package:
            package.extract("collection.anki2", tmp_path)
        with sqlite3.connect(tmp_path / "collection.anki2") as base:
            fields = [row[0].split("\x1f") for row in base.execute("select flds from notes")]
        counts.append(
            len({field for row in fields for field in row if field.count(".") == 1 and field[0].isdigit()})
        )
    whole, excerpt = counts
    assert 0 < excerpt < whole


# -- the rest ----------------------------------------------------------------------


def test_csv(material):
    rows = list(csv.DictReader(io.StringIO(write("questions", material).decode("utf-8-sig"))))
    assert len(rows) == sum(len(e.sheet.questions) for e in material.exercises)
    assert all(row["right"] or row["model"] for row in rows)
    assert all(not cell or cell[0] not in "=+-@" for row in rows for cell in row.values())


@pytest.mark.parametrize("name", ["moodle", "gift", "qti", "canvas", "questions"])
def test_exports_are_the_same_bytes_every_time(small, name):
    assert write(name, small) == write(name, lms(BOOK))


@pytest.mark.parametrize("name", ["moodle", "gift", "qti", "canvas", "questions"])
def test_command(name, tmp_path, capsys):
    assert main(["export", name, "-e", str(BOOK), "-o", str(tmp_path), "--use", "practice"]) == 0
    (path,) = tmp_path.iterdir()
    assert str(path) in capsys.readouterr().out


def test_one_command_writes_all_formats(tmp_path, capsys):
    assert main(["export", "lms", "-e", str(BOOK), "-o", str(tmp_path)]) == 0
    assert capsys.readouterr().out.split() == [str(tmp_path / name) for name in FILES.values()]
    assert all((tmp_path / name).stat().st_size for name in FILES.values())


def test_the_command_says_that_keys_are_in_the_file(tmp_path, capsys):
    main(["export", "gift", "-e", str(BOOK), "-o", str(tmp_path)])
    assert "holds the keys of 3 assignments" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--only", "nothing"], "there is no exercise 'nothing'"),
        (["--course", "nothing"], "there is no course 'nothing'; it is one of short"),
        (["--cefr", "B9"], "':cefr: B9' is not known"),
        (["-e", "nowhere"], "there is no such folder of exercises"),
    ],
)
def test_mistakes_are_told(options, message, tmp_path, capsys):
    where = [] if "-e" in options else ["-e", str(BOOK)]
    assert main(["export", "gift", "-o", str(tmp_path), *where, *options]) == 1
    assert message in capsys.readouterr().err
