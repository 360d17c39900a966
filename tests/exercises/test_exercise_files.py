"""Mistakes in an exercise's file are told with the line and what to do, never by a traceback."""

from __future__ import annotations

from pathlib import Path
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
import pytest

from kochu.apparatus.edition import load_edition
from kochu.exercises.book import Sources, load_book
from kochu.exercises.courses import CourseRow, check_courses
from kochu.exercises.parse import BUILDERS, parse_exercise
from kochu.exercises.tasks import SHAPES
from kochu.text.problems import EditionError

BOOK = Path(__file__).parent / "book"
SOURCES = Sources(load_edition(BOOK / "docs"))


def parse(name, *changes):
    path = BOOK / "exercises" / f"{name}.md"
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return parse_exercise(text, path, SOURCES)


def told(name, *changes):
    _, problems = parse(name, *changes)
    return [(p.line, p.message) for p in problems]


def line_of(name, words):
    lines = (BOOK / "exercises" / f"{name}.md").read_text("utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if words in line)


def test_every_type_has_a_shape_a_builder_and_a_sample():
    kinds = {e.meta.type for e in load_book([BOOK / "exercises"]).exercises.values()}
    assert kinds == set(SHAPES) == set(BUILDERS)


@pytest.mark.parametrize(
    ("name", "change", "where", "message"),
    [
        ("h-choice", ("cefr: B1", "cefr: B9"), "cefr:", "B9 is not known; it is one of A1, A2"),
        ("h-choice", ("type: choice", "type: quiz"), "type:", "quiz is not known; it is one of choice"),
        ("h-choice", ("id: h-choice", "id: other"), "id:", "must be the file's name"),
        ("h-choice", ("minutes: 5", "minutes: long"), None, "Expected `int`"),
        ("h-choice", ("minutes: 5", "minutes: 999"), "minutes:", "a number from 1 to 240"),
        ("h-choice", ("minutes: 5", "minute: 5"), None, "unknown field `minute`"),
        ("h-choice", ("sentences: 2.2", "sentences: 9.9"), None, "9.9"),
        ("h-choice", ("jlpt: N3", "text: nothing\njlpt: N3"), "jlpt:", "unknown text 'nothing'"),
        ("h-choice", ("points: 1", "points: 3"), "{task}", "the questions earn 1 points, the front matter says 3"),
        ("h-choice", ('["2.2", "市によると"]', '["2.1", "市によると"]'), "[[right]]", "is not in sentence 2.1"),
        ("h-choice", ('市によると"]]', '林氏"]]'), "[[right]]", "also stands in 2.1, 3.1; quote more words"),
        ("h-choice", ('evidence = [["2.2", "市によると"]]', ""), "[[right]]", "no evidence"),
        ("h-choice", ('"The guard"\n', '"the city。"\n'), None, "are the same option"),
        ("h-choice", ('why = "The guard receives; it reports nothing."', ""), "The guard", "missing required field `why`"),
        ("h-choice", ("[[right]]", "[[wright]]"), None, "unknown field `wright`"),
        ("h-choice", ('text = "The city"', 'text = "The city'), 'text = "The city"', "not valid TOML"),
        ("h-choice", ("{sentence}`2.2`.", "{sentence}`8.2`."), "{sentence}`2.2`.", "there is no sentence '8.2'"),
        ("h-choice", ("{caveat}`guard`", "{caveat}`gard`"), "{caveat}`guard`", "there is no caveat 'gard'"),
        ("h-choice", ("{caveat}`guard`", "{claim}`guard`"), "{caveat}`guard`", "there is no claim 'guard'"),
        ("h-choice", ("```{feedback}", "```{fedback}"), "{feedback}", "stands outside the fences"),
        ("h-choice", ("```{feedback}", "# Feedback\n\n```{feedback}"), "{feedback}", "stands outside the fences"),
        ("h-choices", ("type: choices", "type: choice"), "{task}", "2 options are right; a choice has one"),
        ("h-truefalse", ("answer = true", 'answer = "maybe"'), "[[statement]]", "write true, false or 'not-stated'"),
        ("h-truefalse", ("answer = true", 'answer = "not-stated"'), "[[statement]]", "has no evidence; remove it"),
        ("h-truefalse", ("sentences: 2 3.1", "sentences: 2.2 3.1"), None, "'sentences' does not name it"),
        ("h-order", ('[["2.1", "到着した"]]', '[["4.2", "協力は"]]'), None, "do not stand in the order of their evidence"),
        ("h-order", ("seed = 2", 'by = "time"'), None, "need rising dates"),
        ("h-order", ("seed = 2", 'by = "size"'), None, "is not known; it is one of text, time, sentence"),
        ("h-reading", ('accept = ["とうちゃく"]', 'accept = ["とうちょう"]'), "[[item]]", "the edition reads '到着' in 2.1 as とうちゃく"),
        ("h-reading", ('quote = "到着"', 'quote = "到"'), "[[item]]", "cuts the word '到着'; ask for whole words"),
        ("h-reading", ('text = "とおちゃく"', 'text = "トウチャク"'), "[[item]]", "counts the same as 'とうちゃく'"),
        ("h-reading", ('at = "3.1"\nquote = "献花"', 'at = "2.1"\nquote = "港"'), 'quote = "献花"', "'港' stands before words of 2.1 that the task names earlier"),
        ("h-cloze", ('accept = ["に", "へ"]', 'accept = ["へ", "に"]'), "[[blank]]", "the text has 'に' here; it must be the first"),
        ("h-cloze", ('at = "3.1"', 'at = "4.1"'), "塔[に]", None),
        ("h-connectives", ('layer = "full"', 'layer = "none"'), None, "unknown layer 'none'; it is one of full"),
        ("h-correction", ('accept = ["残る", "ある"]', 'accept = ["存在します。"]'), None, "the correction of '存在します' is '存在します' itself"),
        ("h-correction", ('caveat = "polite"', 'caveat = "guard"'), None, "'guard' does not speak of 4.1, but of 2.2"),
        ("h-correction", ('prompt = "Correct', 'otherwise = "ask"\nprompt = "Correct'), "{task}", "one of queue, wrong"),
        ("h-spot", ("市によると、 / ", "市によれば、 / "), "{task}", "do not make up sentence 2.2"),
        ("h-spot", ('may = ["迎えた"]', 'may = ["迎えた", "林氏", "市"]'), "{task}", "a student could mark them all"),
        ("h-mqm", ('type = "terminology/wrong-term"', 'type = "accuracy/omission"'), "[[span]]", "but 'guard' has terminology/wrong-term"),
        ("h-mqm", ('severity = "major"', 'severity = "minor"'), "[[span]]", "but 'guard' has major"),
        ("h-mqm", ('"accuracy/omission", "style', '"accuracy/oblivion", "style'), "{task}", "'accuracy/oblivion' is no MQM type"),
        ("h-reconstruct", ("reparto d'onore", "reparto onorifico"), "[[item]]", "the source wording that 'guard' gives is not accepted"),
        ("h-postedit", ("しかし、課題も残る。", "しかし、課題もある。"), None, "no model answer has '残る', the wording of 'polite'"),
        ("h-postedit", ("しかし、課題も残る。", "しかし、課題も存在します。"), None, "is the faulty sentence itself"),
        ("h-short", ('A guard of honour is 儀仗隊."', 'A guard of honour is."'), "[[question]]", "does not stand in notes.md"),
        ("h-short", ('"page:notes"', '"page:../../seeds/harbour"'), "[[question]]", "there is no page"),
        ("h-classify", ('category = "forecast"', 'category = "guess"'), "[[statement]]", "'guess' is none of the categories"),
        ("h-classify", ('text = "The guest arrived."', ""), 'text = "The guest arrived."', "either 'text' or 'at' and 'quote'"),
    ],
)  # fmt: skip
def test_mistakes(name, change, where, message):
    found = told(name, change)
    assert found
    if message:
        assert any(message in text for _, text in found), found
    if where:
        lines = [line for line, text in found if not message or message in text]
        assert any(abs(line - line_of(name, where)) <= 2 for line in lines), (found, line_of(name, where))


def test_files_that_are_none(tmp_path):
    for text in (
        "",
        "# Just a page\n",
        "---\n",
        "---\nid: x\n---\n",
        "---\nid: [\n---\n```{task}\n",
        "```{task}\nx = 1\n",
    ):
        exercise, problems = parse_exercise(text, tmp_path / "x.md", SOURCES)
        assert exercise is None
        assert problems
        assert all(p.line or "front matter" in p.message for p in problems)


TEXTS = [path.read_text("utf-8") for path in sorted((BOOK / "exercises").glob("*.md"))]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(TEXTS), st.data())
def test_no_damage_ends_in_a_traceback(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    new = data.draw(
        st.sampled_from(
            ["", '"', "[", "]", "{", "}", "\n", "=", "`", "…", "|", "\\", "１", "\x00", "---\n", "```\n"]
        )
    )
    broken = text[:start] + new + text[end:]
    name = re.search(r"^id: (\S+)", text, re.MULTILINE)[1]
    parse_exercise(broken, BOOK / "exercises" / f"{name}.md", SOURCES)


# -- folders and courses -----------------------------------------------------------


def write(folder, text):
    folder.mkdir(exist_ok=True)
    (folder / "exercises.toml").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("edition = ", "not valid TOML"),
        ("editoin = '.'", "unknown field"),
        ("", "where is the edition?"),
        ("edition = 'nowhere'", "no edition.toml"),
    ],
)
def test_a_broken_folder(tmp_path, text, message):
    with pytest.raises(EditionError, match=re.escape(message)):
        load_book([write(tmp_path / "x", text)])
    with pytest.raises(EditionError, match="no such folder"):
        load_book([tmp_path / "nothing"])


def test_two_exercises_of_one_name(tmp_path):
    book = load_book([BOOK / "exercises", copy(tmp_path)])
    assert any("id: h-choice is taken by" in p.message for p in book.problems)


def copy(tmp_path):
    folder = write(tmp_path / "mine", f"edition = '{BOOK / 'docs'}'")
    (folder / "h-choice.md").write_text((BOOK / "exercises/h-choice.md").read_text("utf-8"), "utf-8")
    return folder


def course(**changes):
    step = {"minutes": 10, "title": "A", "exercises": ("h-choice",), **changes.pop("step", {})}
    session = {"title": "One", "minutes": 10, "aims": (), "step": (step,), **changes.pop("session", {})}
    row = {
        "id": "c",
        "title": "C",
        "audience": "all",
        "cefr": "B1",
        "aims": (),
        "session": (session,),
        **changes,
    }
    import msgspec

    return msgspec.convert(row, CourseRow, strict=False)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"cefr": "B9"}, "level B9"),
        ({"step": {"exercises": ("nothing",)}}, "there is no exercise 'nothing'"),
        ({"session": {"minutes": 12}}, "'One' has 12 minutes, its steps take 10"),
        ({"step": {"minutes": 3}, "session": {"minutes": 3}}, "has 3 minutes, its exercises take 5"),
        ({"session": {"homework_exercises": ("nothing",)}}, "there is no exercise 'nothing'"),
    ],
)
def test_courses_are_checked(row, message):
    exercises = load_book([BOOK / "exercises"]).exercises
    _, problems = check_courses([("exercises.toml", course(**row))], exercises)
    assert any(message in p.message for p in problems), problems
    _, problems = check_courses([("exercises.toml", course())], exercises)
    assert problems == ()
