"""The page in a browser: checking, keeping, saving, restoring, by keyboard, on paper, without a script."""

from __future__ import annotations

import json
import os
from pathlib import Path
import shutil
import subprocess
import sys

import npm
import pytest

from kochu.cli import main
from kochu.exercises.book import load_book
from kochu.exercises.markup import Markup
from kochu.exercises.model import Ask
from kochu.exercises.prove import key_answers
from kochu.exercises.seal import seal, token, unseal

pytestmark = pytest.mark.browser
BOOK = Path(__file__).parent / "book"


def build(root, *options):
    shutil.copytree(BOOK, root / "book")
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-W",
        "-b",
        "html",
        "-d",
        "trees",
        "-c",
        "conf",
        *options,
    ]
    done = subprocess.run(
        [*command, "docs", "out"],
        cwd=root / "book",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
    )
    assert done.returncode == 0, done.stderr
    return (root / "book" / "out").as_uri()


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    return build(tmp_path_factory.mktemp("pages"))


@pytest.fixture
def page(chromium, pages):
    # The edition forbids scripts from elsewhere; axe is one.
    context = chromium.new_context(accept_downloads=True, bypass_csp=True)
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on(
        "request",
        lambda r: page.faults.append(r.url) if not r.url.startswith(("file:", "blob:", "data:")) else None,
    )
    page.goto(f"{pages}/exercises/all.html")
    yield page
    assert page.faults == []
    context.close()


@pytest.fixture(scope="module")
def book():
    return load_book([BOOK / "exercises"])


def fill(page, exercise, answers):
    """Answer as a student does: by clicking, choosing and typing."""
    for question in exercise.sheet.questions:
        answer = answers.get(question.id)
        name = f"all/{exercise.id}/{question.id}"
        if answer is None:
            continue
        if question.ask is Ask.ORDER:
            for place, option in enumerate(answer, 1):
                page.locator(f'select[name="{name}"][data-value="{option}"]').select_option(str(place))
        elif question.ask is Ask.MANY:
            for option in answer:
                page.locator(f'input[name="{name}"][value="{option}"]').check()
        else:
            control = page.locator(f'[name="{name}"]').first
            kind = control.evaluate("c => c.type")
            if kind == "radio":
                page.locator(f'input[name="{name}"][value="{answer}"]').check()
            elif kind == "select-one":
                control.select_option(answer)
            else:
                control.fill(answer)


def check(page, exercise):
    section = page.locator(f"#exercise-{exercise.id}")
    section.locator(".kx-check").click()
    page.wait_for_function(
        "s => /\\d+ of \\d+ right/.test(document.querySelector(s).textContent)",
        arg=f"#exercise-{exercise.id} .kx-status",
    )
    return section


def test_the_key_is_right_in_every_practice_exercise(page, book):
    for exercise in book.exercises.values():
        asked = [q for q in exercise.sheet.questions if q.ask is not Ask.FREE]
        if not exercise.meta.practice or not asked:
            assert page.locator(f"#exercise-{exercise.id} .kx-check").count() == 0
            continue
        fill(page, exercise, key_answers(exercise))
        section = check(page, exercise)
        assert f"{len(asked)} of {len(asked)} right." in section.locator(".kx-status").inner_text(), (
            exercise.id
        )
        # The lesson opens when all is right, with its links.
        whole = section.locator(".kx-whole")
        assert whole.count() == 1, exercise.id


def test_feedback_teaches_links_and_allows_another_try(page, book):
    exercise = book.exercises["h-choice"]
    section = page.locator("#exercise-h-choice")
    section.get_by_label("The guard").check()
    check(page, exercise)
    assert "The guard receives; it reports nothing." in section.inner_text()
    assert "✗ Not yet." in section.inner_text()
    assert section.locator(".kx-whole").count() == 0
    section.get_by_label("The city").check()
    check(page, exercise)
    page.wait_for_selector("#exercise-h-choice .kx-whole")
    assert "The guard receives" not in section.inner_text()
    links = [a.get_attribute("href") for a in section.locator(".kx-feedback a").all()]
    assert "../reading.html#s2-2" in links
    assert any("notes.html#caveat-guard" in link for link in links)


def test_partial_and_unlisted_answers(page, book):
    exercise = book.exercises["h-mqm"]
    by = {o.text: o.id for q in exercise.sheet.questions for o in q.options}
    fill(page, exercise, {"1t": by["Accuracy: omission"], "1v": by["minor"]})
    text = check(page, exercise).inner_text()
    assert "½ Half right." in text
    assert "The reader is misled." in text
    exercise = book.exercises["h-reconstruct"]
    fill(page, exercise, {"1": "reparto speciale"})
    assert "? Not on the list." in check(page, exercise).inner_text()
    exercise = book.exercises["h-reading"]
    fill(page, exercise, {"1": "ﾄｳﾁｬｸ", "2": "なんとか"})
    text = check(page, exercise).inner_text()
    assert "1 of 2 right." in text
    assert "✗ Not yet." in text


def test_answers_are_kept_saved_restored_and_graded(page, book, tmp_path, pages):
    for exercise in book.exercises.values():
        fill(page, exercise, key_answers(exercise))
    page.get_by_label("Name or number").fill("山田 <b>/..")
    page.reload()
    assert page.get_by_label("Name or number").input_value() == "山田 <b>/.."
    with page.expect_download() as download:
        page.get_by_role("button", name="Save answers").click()
    name = download.value.suggested_filename
    assert name == "all-山田_b_.json"
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / "a.json"
    download.value.save_as(file)
    assert (
        main(
            [
                "grade",
                str(tmp_path / "in"),
                "-e",
                str(BOOK / "exercises"),
                "-o",
                str(tmp_path / "out"),
                "--no-plot",
            ]
        )
        == 0
    )
    row = (tmp_path / "out/students.csv").read_text("utf-8-sig").splitlines()[1].split('","')
    total = sum(e.meta.points for e in book.exercises.values())
    free = sum(q.points for e in book.exercises.values() for q in e.sheet.questions if q.ask is Ask.FREE)
    assert [float(row[3]), float(row[4]), float(row[6])] == [total - free, total, free]

    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear").click()
    assert page.locator("#exercise-h-choice input:checked").count() == 0
    assert page.evaluate("localStorage.length") == 0
    page.get_by_label("Restore from a file").set_input_files(file)
    page.wait_for_function("document.querySelector('#exercise-h-choice input:checked')")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save answers").click()
    download.value.save_as(tmp_path / "again.json")
    one, two = (json.loads(p.read_text("utf-8")) for p in (file, tmp_path / "again.json"))
    assert one == two


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"format": "x"}', '{"format": "kochu-answers/1", "answers": 3}']
)
def test_a_wrong_file_is_told(page, tmp_path, content):
    (tmp_path / "x.json").write_text(content)
    page.get_by_label("Restore from a file").set_input_files(tmp_path / "x.json")
    if "answers" not in content:
        page.wait_for_function(
            "document.querySelector('.kx-set .kx-status').textContent.includes('no file of answers')"
        )


def test_an_incomplete_order_is_told(page, book):
    page.locator('select[name="all/h-order/1"]').first.select_option("1")
    page.get_by_role("button", name="Save answers").click()
    page.wait_for_function(
        "document.querySelector('.kx-set .kx-status').textContent.includes('missing or twice')"
    )


def test_everything_can_be_reached_and_done_by_keyboard(page):
    seen = []
    for _ in range(200):
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")
        if name in seen[-1:]:
            continue
        seen.append(name)
        if name == "all/h-classify/2":
            break
    wanted = page.evaluate(
        "[...new Set([...document.querySelectorAll('.kx-exercise [name]')].map(c => c.name))]"
    )
    reached = [name for name in seen if name in wanted]
    # In the order of the page; the boxes of one question are several stops.
    assert list(dict.fromkeys(reached)) == wanted
    page.locator('input[name="all/h-choice/1"]').first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.checked")


def test_a_screen_reader_finds_names_for_all(page):
    axe = npm.home() / "node_modules/axe-core/axe.min.js"
    page.add_script_tag(content=axe.read_text("utf-8"))
    # Colours are the theme's; the basic theme of this test has none of its own.
    found = page.evaluate("axe.run('[data-set]', {rules: {'color-contrast': {enabled: false}}})")
    assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []
    assert len(found["passes"]) > 10
    for status in page.locator(".kx-status").all():
        assert status.get_attribute("aria-live") == "polite"


def test_on_a_phone_nothing_is_cut_off(chromium, tmp_path):
    pytest.importorskip("furo")
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    # The basic theme is not made for telephones.
    page.goto(build(tmp_path, "-D", "html_theme=furo") + "/exercises/all.html")
    wide = page.evaluate(
        "[...document.querySelectorAll('.kx-exercise, .kx-exercise *, .kx-set *')]"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"
    )
    assert wide == []
    small = page.evaluate(
        "[...document.querySelectorAll('.kx-exercise :is(select, input[type=text], button, label)')]"
        ".filter(e => e.getBoundingClientRect().height < 24).map(e => e.outerHTML.slice(0, 80))"
    )
    assert small == []
    page.close()


def test_without_a_script(chromium, pages):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{pages}/exercises/all.html")
    assert "can be read and printed" in page.locator(".kx-set").first.inner_text()
    assert page.get_by_label("The city").is_visible()
    assert page.locator("textarea").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator("textarea").first.is_visible()
    assert not page.locator(".kx-hint").first.is_visible()
    context.close()


def test_where_the_browser_cannot_check(chromium, pages):
    context = chromium.new_context()
    context.add_init_script("Object.defineProperty(globalThis, 'crypto', {value: undefined})")
    page = context.new_page()
    page.goto(f"{pages}/exercises/all.html")
    assert page.locator("#exercise-h-choice .kx-check").is_disabled()
    assert "hand them in instead" in page.locator("#exercise-h-choice .kx-status").inner_text()
    context.close()


def test_the_page_says_what_its_check_does_not_stop(page):
    assert "a short answer to a word list, in seconds" in page.locator(".kx-note").inner_text()


# -- the seals themselves ----------------------------------------------------------


def test_seals_open_for_the_key_and_for_nothing_else(book):
    for exercise in book.exercises.values():
        sealed = seal(exercise, Markup().html)
        text = json.dumps(sealed, ensure_ascii=False)
        for question in exercise.sheet.questions:
            key = exercise.secret.keys[question.id]
            if question.ask is Ask.FREE:
                assert question.id not in sealed["questions"]
                continue
            answer = key_answers(exercise)[question.id]
            assert unseal(sealed, question.id, token(question, key, answer))["share"] == 1
            assert unseal(sealed, question.id, "something else") is None
            for accepted in key.accept:
                assert accepted not in text
        assert "lesson" not in text
