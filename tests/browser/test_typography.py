"""Typography: measure, faces, breaks, dark, vertical, print."""

from __future__ import annotations

import re
import subprocess

import pytest

MEASURE = """() => [...document.querySelectorAll('.kochu-base')].map(p => {
  const range = document.createRange();
  range.selectNodeContents(p);
  const right = Math.max(...[...range.getClientRects()].map(r => r.right));
  return (right - p.getBoundingClientRect().left) / parseFloat(getComputedStyle(p).fontSize);
})"""


@pytest.mark.parametrize(
    ("size", "least", "most"), [("desktop", 30, 40), ("tablet", 30, 40), ("phone", 17, 24)]
)
def test_signs_on_a_line(visit, size, least, most):
    page = visit(size=size)
    widths = page.evaluate(MEASURE)
    assert max(widths) <= most + 0.5
    assert max(widths) >= least


def test_japanese_is_in_mincho_unless_gothic_is_asked_for(visit):
    page = visit()
    face = "getComputedStyle(document.querySelector('#s4-2')).fontFamily"
    assert "Serif" in page.evaluate(face).split(",")[0]
    page.goto(page.url.split("?")[0] + "?face=sans")
    page.wait_for_selector("html.kochu-ready")
    assert "Sans" in page.evaluate(face).split(",")[0]


@pytest.mark.parametrize("width", [320, 360, 390])
def test_headings_break_between_phrases(visit, width):
    """Set narrower and narrower, a heading never breaks inside a phrase, nor runs out of the page."""
    page = visit("reading.html?layers=", size=(width, 800))
    lines = page.evaluate("""() => [...document.querySelectorAll('.kochu-heading [data-sentence]')].map(sentence => {
      let line = '', last = null;
      const found = [];
      for (const node of kochu.wordNodes(sentence)) for (let i = 0; i < node.length; i += 1) {
        const range = document.createRange();
        range.setStart(node, i);
        range.setEnd(node, i + 1);
        const { top, height } = range.getBoundingClientRect();
        if (last !== null && top - last > height / 2) { found.push(line); line = ''; }
        line += node.data[i];
        last = top;
      }
      return [...found, line];
    })""")
    broken = [heading for heading in lines if len(heading) > 1]
    assert "".join(broken[0]) == "これがロシアがいびきをかかない方法だ"
    assert page.evaluate(
        "[...document.querySelectorAll('.kochu-heading')].every(h => h.scrollWidth <= h.clientWidth)"
    )
    for heading in broken:
        for line in heading[:-1]:
            # Particles and stems end a phrase; a compound or an okurigana is never torn.
            assert re.search(r"(の|が|は|を|に|と|で|ない|・|する|な|だ|へ|や|、)$", line), heading


def test_dark_follows_the_system(visit, shot):
    light, dark = visit(), visit(dark=True)
    colour = "getComputedStyle(document.body).backgroundColor"
    assert light.evaluate(colour) == "rgb(251, 250, 247)"
    assert dark.evaluate(colour) == "rgb(21, 24, 28)"
    shot(light, "desktop-light")
    shot(dark, "desktop-dark")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_vertical_lines(visit, shot, size):
    page = visit("reading.html?writing=vertical#s4-2", size=size)
    page.wait_for_timeout(300)
    text = page.locator(".kochu-text")
    assert text.evaluate("e => getComputedStyle(e).writingMode") == "vertical-rl"
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    # The sentence that was asked for stands at the right edge, where reading begins.
    box, sentence = text.bounding_box(), page.locator("#s4-2").bounding_box()
    right = box["x"] + box["width"]
    assert right - 120 < sentence["x"] + sentence["width"] <= right + 1
    # Its notes lie level under the text, not over it.
    notes = page.locator(".kochu-unit.active > .kochu-notes").bounding_box()
    assert notes["y"] >= box["y"] + box["height"] - 1
    assert page.locator("#s22-1 .kochu-tcy", has_text="16").count() == 1
    page.keyboard.press("j")
    page.wait_for_timeout(100)
    following = page.locator("#s5-1").bounding_box()
    assert box["x"] <= following["x"] <= right
    shot(page, f"vertical-{size}")


def test_print_carries_text_and_notes(visit, tmp_path):
    page = visit("reading.html?layers=fluent,caveat,context,language")
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    words = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "page.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    for part in (
        "4.2",
        "中央軍事評議会",
        "中央軍事委員会",
        "Central Military Commission",
        "terminology: wrong term",
    ):
        assert part in words
    # What is for the screen only stays there.
    for part in ("My words", "Skip to content", "Furigana", "Explanation", "Close translation"):
        assert part not in words
    labels = set(re.findall(r"\b[CXL]\d+\b", words))
    shown = page.locator(
        ".kochu-note:is(.k-caveat, .k-context, .k-language) .kochu-label"
    ).all_text_contents()
    assert set(shown) <= labels


def test_every_piece_of_text_says_its_language(visit):
    page = visit(
        "reading.html?density=full&layers=close,fluent,full,caveat,good,context,claim,language,name,term"
    )
    wrong = page.evaluate("""() => {
      const wrong = [];
      const walker = document.createTreeWalker(document.querySelector('.kochu-text'), NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const text = walker.currentNode.data;
        const lang = walker.currentNode.parentElement.closest('[lang]').lang;
        if (/[\\u3041-\\u30fe]/.test(text) && !lang.startsWith('ja')) wrong.push([lang, text]);
        if (/[\\u0400-\\u04ff]{2}/.test(text) && lang !== 'ru') wrong.push([lang, text]);
        if (/[\\u3400-\\u9fff]/.test(text) && !/^(ja|zh)/.test(lang)) wrong.push([lang, text]);
        if (/[a-z]{4,} [a-z]{4,} [a-z]{3,}/.test(text) && /^(ja|zh|ru)/.test(lang)) wrong.push([lang, text]);
      }
      return wrong.slice(0, 5);
    }""")
    assert wrong == []
