"""Find them yourself: mark by mouse and by keyboard, keep, save, open, compare as `kochu agree` does."""

from __future__ import annotations

import json
from pathlib import Path
import random
import re

import pytest

from kochu.agreement.compare import compare
from kochu.agreement.marks import Mark, check_marks, read_marks
from kochu.apparatus.edition import load_edition, load_text
from kochu.cli import main

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGE = "caveats/find-them-yourself.html"
SELECT = """([address, words]) => {
  const box = document.querySelector(`.km-words[data-address="${address}"]`);
  const node = [...box.childNodes].map((n) => n.firstChild || n).find((n) => n.data.includes(words));
  const at = node.data.indexOf(words);
  box.focus();
  getSelection().setBaseAndExtent(node, at, node, at + words.length);
}"""


@pytest.fixture(scope="module")
def text():
    edition = load_edition(DOCS)
    return load_text(edition, next(iter(edition.texts)))


@pytest.fixture
def sheet(visit):
    page = visit(PAGE)
    page.set_default_timeout(5000)
    return page


def mark(page, address, words, kind="", severity="", note=""):
    page.evaluate(SELECT, [address, words])
    page.wait_for_selector(".km-dock:not([hidden])")
    page.select_option(".km-dock select[name=type]", kind)
    page.select_option(".km-dock select[name=severity]", severity)
    page.fill(".km-dock input[name=note]", note)
    page.click(".km-dock [type=submit]")


def saved(page, folder: Path, name="Anna") -> Path:
    page.fill("input[name=annotator]", name)
    with page.expect_download() as download:
        page.click("[data-km=save]")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_the_text_is_bare_and_whole(sheet, text):
    shown = {
        box.get_attribute("data-address"): box.text_content()
        for box in sheet.query_selector_all(".km-words[data-address]")
    }
    assert shown == {s.address: s.text for s in text.base.sentences}
    assert sheet.query_selector(".km-sheet :is(ruby, a)") is None
    assert sheet.seen.errors == []


def test_the_editors_marks_come_only_when_asked_for(sheet):
    assert not any("/_marks/" in url for url in sheet.seen.requests)
    assert sheet.evaluate("window.kochuOurs") is None
    assert "名誉部門" not in (sheet.text_content(".km-result") or "")
    sheet.click("[data-km=compare]")
    sheet.wait_for_selector(".km-less li")
    assert any("/_marks/" in url for url in sheet.seen.requests)
    assert sheet.query_selector(".km-sheet mark.km-missed") is not None
    assert sheet.seen.errors == []
    sheet.click("[data-km=compare]")
    assert sheet.query_selector(".km-sheet mark.km-missed") is None
    assert sheet.is_hidden(".km-result")


def test_what_is_saved_is_what_kochu_agree_reads(sheet, site, text, tmp_path, capsys):
    mark(sheet, "4.2", "名誉部門", "terminology/wrong-term", "major", "儀仗隊")
    mark(sheet, "6.3", "何世紀にもわたって。", "linguistic-conventions", "major")
    mark(sheet, "6.1", "天安門広場")
    path = saved(sheet, tmp_path)
    assert path.name == "anna-marks.json"
    found = read_marks(path)
    check_marks(path, found, text.base)
    assert found.annotator == "Anna"
    words = [text.base.sentence(m.address).text[m.start : m.end] for m in found.marks]
    assert words == ["名誉部門", "天安門広場", "何世紀にもわたって。"]
    assert found.marks[0] == Mark(
        "4.2", found.marks[0].start, found.marks[0].end, "terminology/wrong-term", "major"
    )

    ours = site / "_downloads" / "marks.json"
    assert main(["agree", str(ours), str(path), "--list", "--root", str(DOCS)]) == 0
    told = capsys.readouterr().out
    sheet.click("[data-km=compare]")
    sheet.wait_for_selector(".km-less li")
    rows = [row.inner_text().split("\t") for row in sheet.query_selector_all(".km-table tbody tr")]
    for name, matched, *shares in rows:
        assert re.search(rf"^{name} +{matched} +{' +'.join(shares)}$", told, re.MULTILINE), (name, told)
    assert sheet.inner_text(".km-result p:nth-of-type(3)") in told
    # What nobody marks as wrong may be praised, and the page says so.
    extra = sheet.inner_text(".km-more li")
    assert "天安門広場" in extra
    assert "we say of these words" in extra
    assert sheet.seen.errors == []


def test_a_browser_pairs_as_the_command_does(sheet):
    dice = random.Random(7)
    types = ["terminology/wrong-term", "style/awkward-style", "style", ""]

    def some(count):
        marks = []
        for _ in range(count):
            start = dice.randrange(20)
            end = start + dice.randrange(1, 9)
            address = dice.choice(["1.1", "4.2", "6.4"])
            marks.append(Mark(address, start, end, dice.choice(types), dice.choice(["minor", "major", ""])))
        return marks

    as_rows = "({rows, pairs, dimension, type, severity}) => [rows.map((r) => [r.matched, r.precision, r.recall, r.f1]), pairs.length, dimension, type, severity]"
    for sizes in ((0, 3), (1, 1), (9, 4), (4, 9), (14, 14), (25, 30), (40, 12)):
        first, second = some(sizes[0]), some(sizes[1])
        data = [[vars_of(m) for m in first], [vars_of(m) for m in second]]
        got = sheet.evaluate(f"([a, b]) => ({as_rows})(kochuCompare.compare(a, b))", data)
        expected = compare(first, second)
        agree = (expected.same_dimension, expected.same_type, expected.same_severity)
        assert got[1:] == [len(expected.pairs), *agree]
        for row, known in zip(got[0], (expected.exact, expected.typed, expected.overlap), strict=True):
            assert row == pytest.approx([known.matched, known.precision, known.recall, known.f1])


def vars_of(m: Mark):
    return {"address": m.address, "start": m.start, "end": m.end, "type": m.type, "severity": m.severity}


def test_by_keyboard_alone(sheet, text):
    sheet.focus('.km-words[data-address="7.1"]')
    sheet.keyboard.press("Home")
    for _ in range(len("ロシア中国の")):
        sheet.keyboard.press("Shift+ArrowRight")
    sheet.keyboard.press("Enter")
    assert sheet.evaluate("document.activeElement.name") == "type"
    sheet.keyboard.type("Gram")
    sheet.keyboard.press("Tab")
    sheet.keyboard.type("Min")
    sheet.keyboard.press("Tab")
    sheet.keyboard.type("ロシアと中国")
    sheet.keyboard.press("Enter")
    assert sheet.inner_text(".km-list li").startswith("7.1 「ロシア中国の」")
    assert "grammar, minor · ロシアと中国" in sheet.inner_text(".km-list li")
    assert "1 mark" in sheet.inner_text("[role=status]")
    # Back in the sentence, behind the mark, ready to go on.
    assert sheet.evaluate("document.activeElement.dataset.address") == "7.1"
    sheet.keyboard.press("ArrowLeft")
    sheet.keyboard.press("Enter")
    assert sheet.inner_text(".km-dock [type=submit]") == "Change"
    sheet.keyboard.press("Escape")
    assert sheet.is_hidden(".km-dock")
    # Words cannot be written over.
    sheet.keyboard.type("x")
    sheet.keyboard.press("Backspace")
    sheet.keyboard.press("Control+v")
    assert sheet.text_content('.km-words[data-address="7.1"]') == text.base.sentence("7.1").text


def test_words_can_be_typed_instead_of_selected(sheet):
    sheet.click(".km-typing summary")
    sheet.select_option(".km-typing select", "14.2")
    sheet.fill(".km-typing input[name=words]", "地域")
    sheet.fill(".km-typing input[name=which]", "3")
    sheet.click(".km-typing button")
    sheet.keyboard.press("Tab")
    sheet.click(".km-dock [type=submit]")
    kept = sheet.evaluate(
        "JSON.parse(localStorage.getItem(Object.keys(localStorage).find((k) => k.startsWith('kochu-marks:'))))"
    )
    assert [(m["address"], m["end"] - m["start"]) for m in kept["marks"]] == [("14.2", 2)]
    assert kept["marks"][0]["start"] > 30
    sheet.fill(".km-typing input[name=words]", "地球")
    sheet.click(".km-typing button")
    assert "has no such words" in sheet.inner_text("[role=status]")


def test_marks_overlap_change_and_go(sheet):
    mark(sheet, "14.1", "世界的な勢力バランス", "style")
    mark(sheet, "14.1", "勢力バランス", "terminology/wrong-term")
    assert len(sheet.query_selector_all(".km-list li")) == 2
    sheet.click(".km-list li:nth-child(2) [data-km=edit]")
    sheet.select_option(".km-dock select[name=severity]", "critical")
    sheet.click(".km-dock [type=submit]")
    assert "critical" in sheet.inner_text(".km-list li:nth-child(2)")
    sheet.click(".km-list li:nth-child(1) [data-km=drop]")
    assert len(sheet.query_selector_all(".km-list li")) == 1


def test_a_selection_over_two_sentences_stays_in_the_first(sheet):
    sheet.evaluate("""() => {
      const box = (a) => document.querySelector(`.km-words[data-address="${a}"]`).firstChild;
      getSelection().setBaseAndExtent(box("6.1"), 29, box("6.2"), 4);
    }""")
    sheet.wait_for_selector(".km-dock:not([hidden])")
    assert sheet.inner_text(".km-chosen") == "6.1 「した。」"


def test_marks_outlive_the_page_and_come_back_from_a_file(sheet, visit, tmp_path):
    mark(sheet, "16.2", "国際場", "terminology/wrong-term", "minor", "国際舞台")
    path = saved(sheet, tmp_path, "Björn")
    sheet.reload()
    assert "国際場" in sheet.inner_text(".km-list")
    assert sheet.input_value("input[name=annotator]") == "Björn"
    other = visit(PAGE)
    assert other.is_visible(".km-none")
    other.set_input_files("input[type=file]", path)
    other.wait_for_selector(".km-list li")
    assert "国際舞台" in other.inner_text(".km-list")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "no file of marks"),
        ('{"format": "kochu-marks/1", "text": "other", "annotator": "", "marks": []}', "of another text"),
        (None, "its mark 1 does not fit this text"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(sheet, text, tmp_path, content, message):
    path = tmp_path / "given.json"
    bad = {"address": "4.2", "start": 0, "end": 9999, "type": "", "severity": ""}
    data = {"format": "kochu-marks/1", "text": text.spec.id, "annotator": "", "marks": [bad]}
    path.write_text(content or json.dumps(data))
    sheet.set_input_files("input[type=file]", path)
    sheet.wait_for_function("document.querySelector('.km-said').textContent !== ''")
    assert message in sheet.inner_text("[role=status]")
    assert sheet.is_visible(".km-none")


def test_less_of_ours_can_be_asked_for(sheet):
    sheet.click("[data-km=compare]")
    sheet.wait_for_selector(".km-less li")
    missed = lambda: len(sheet.query_selector_all(".km-less li"))  # noqa: E731
    everything = missed()
    sheet.select_option("select[name=against]", "high")
    sure = missed()
    sheet.select_option("select[name=against]", "major")
    assert 0 < missed() < sure < everything


def test_links_lead_to_the_explanations(sheet, site):
    sheet.click("[data-km=compare]")
    sheet.wait_for_selector(".km-less li")
    links = sheet.evaluate("[...document.querySelectorAll('.km-less a')].map((a) => a.href)")
    pages: dict[str, str] = {}
    for href in links:
        file, _, name = href.removeprefix("file://").partition("#")
        html = pages.setdefault(file, Path(file).read_text("utf-8"))
        assert f'id="{name}"' in html


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", ["desktop", "tablet", "phone", "narrow"])
def test_it_fits_the_screen(visit, shot, size, dark):
    page = visit(PAGE, size=size, dark=dark)
    mark(page, "4.2", "名誉部門", "terminology/wrong-term", "major")
    page.click("[data-km=compare]")
    page.wait_for_selector(".km-less li")
    page.evaluate(SELECT, ["4.2", "軍事オーケストラ"])
    page.wait_for_selector(".km-dock:not([hidden])")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    dock = page.locator(".km-dock").bounding_box()
    assert dock["y"] + dock["height"] <= page.viewport_size["height"]
    shot(page, f"marking-{size}-{'dark' if dark else 'light'}")


def test_without_scripts_it_is_a_sheet_to_print(visit):
    page = visit(PAGE, js=False)
    assert page.is_hidden(".km-tools")
    assert page.is_hidden(".km-dock")
    assert page.is_visible("noscript p")
    page.emulate_media(media="print")
    line, words = (
        page.locator(".km-line").nth(5).bounding_box(),
        page.locator(".km-words").nth(5).bounding_box(),
    )
    # A margin to write in.
    assert line["x"] + line["width"] - words["x"] - words["width"] > line["width"] / 5
