"""The words of the text: exactly the seed, and whole for find, copying and links."""

from __future__ import annotations

import pytest
from tests.conftest import DOCS

from kochu.apparatus.edition import load_edition, load_text

BASE = """() => [...document.querySelectorAll('[data-sentence]')].map(s => {
  const c = s.cloneNode(true);
  for (const x of c.querySelectorAll('rt, rp, [role=doc-noteref]')) x.remove();
  return [s.dataset.sentence, s.id, c.textContent];
})"""


@pytest.fixture(scope="session")
def loaded():
    edition = load_edition(DOCS)
    return load_text(edition, next(iter(edition.texts)))


@pytest.mark.parametrize("js", [True, False])
def test_every_sentence_is_the_seed(visit, loaded, js):
    page = visit(js=js)
    sentences = [(s.address, s.anchor, s.text) for s in loaded.base.sentences]
    found = [tuple(row) for row in _evaluate(page, BASE)]
    assert [(a, i) for a, i, _ in found] == [(a, i) for a, i, _ in sentences]
    assert [t.strip() for *_, t in found] == [t.strip() for *_, t in sentences]


def _evaluate(page, script):
    # evaluate() works through the driver, also where the page may not run scripts.
    return page.evaluate(script)


def test_readings_move_to_an_attribute(visit):
    page = visit()
    assert page.evaluate("document.querySelectorAll('ruby').length") > 400
    assert page.evaluate("document.querySelectorAll('ruby:has(rt ~ rt), ruby ruby, rp').length") == 0
    assert page.evaluate("[...document.querySelectorAll('rt')].every(r => r.dataset.rt && !r.textContent)")
    shown = page.evaluate("getComputedStyle(document.querySelector('rt'), '::after').content")
    assert shown.strip('"')


def test_the_file_has_plain_readings(site):
    html = (site / "reading.html").read_text("utf-8")
    assert "<rp>（</rp><rt>こくぼうしょう</rt><rp>）</rp>" in html


@pytest.mark.parametrize(
    "words", ["国防相は中国を訪れ", "天安門広場", "評議会本部前", "人民英雄記念碑に献花"]
)
def test_find_through_furigana(visit, words):
    assert visit().evaluate("words => window.find(words)", words)


def test_text_fragment_scrolls(visit):
    page = visit("reading.html#:~:text=天安門広場")
    page.wait_for_timeout(300)
    top = page.evaluate("document.querySelector('[data-sentence=\"6.1\"]').getBoundingClientRect().top")
    assert 0 < top < 900
    assert page.evaluate("scrollY") > 200


def test_selected_text_has_no_reading(visit, loaded):
    page = visit("reading.html?density=full")
    selected = page.evaluate("""() => {
      getSelection().selectAllChildren(document.getElementById('s4-2'));
      return getSelection().toString();
    }""")
    assert selected.strip() == loaded.base.sentence("4.2").text


def test_a_reading_is_the_description_of_its_word(visit, chromium):
    page = visit()
    session = page.context.new_cdp_session(page)
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    rubies = [n for n in tree if n.get("role", {}).get("value") == "Ruby"]
    described = [n for n in rubies if n.get("description", {}).get("value")]
    assert len(described) > 350
    # Heard once: the reading is no text of the sentence.
    names = "".join(
        n.get("name", {}).get("value", "") for n in tree if n.get("role", {}).get("value") == "StaticText"
    )
    assert "こくぼうしょう" not in names


def test_lines_do_not_jump_with_readings(visit):
    page = visit()
    heights = (
        """() => [...document.querySelectorAll('.kochu-base')].map(p => p.getBoundingClientRect().height)"""
    )
    shown = page.evaluate(heights)
    for value in ("n3", "tap"):
        page.select_option("select[name=furigana]", value)
        assert page.evaluate(heights) == shown
    page.select_option("select[name=furigana]", "none")
    # Without readings lines may hold more words, and are as high as before.
    lines = page.evaluate("""() => [...document.querySelectorAll('.kochu-base')].map(
      p => p.getBoundingClientRect().height / parseFloat(getComputedStyle(p).lineHeight))""")
    assert all(abs(n - round(n)) < 0.02 for n in lines)
    page.select_option("select[name=furigana]", "all")
    lines = page.evaluate("""() => [...document.querySelectorAll('.kochu-base')].map(
      p => p.getBoundingClientRect().height / parseFloat(getComputedStyle(p).lineHeight))""")
    assert all(abs(n - round(n)) < 0.02 for n in lines)


def test_furigana_by_level(visit):
    page = visit()
    visible = """level => [...document.querySelectorAll('.kochu-text ruby' + level + ' > rt')]
      .filter(rt => getComputedStyle(rt).visibility === 'visible' && getComputedStyle(rt).display !== 'none').length"""
    everything = page.evaluate(visible, "")
    page.select_option("select[name=furigana]", "n3")
    assert page.evaluate(visible, ".n5") == page.evaluate(visible, ".n3") == 0
    assert page.evaluate(visible, ".n1") > 0
    assert page.evaluate(visible, "") < everything
    page.select_option("select[name=furigana]", "none")
    assert page.evaluate(visible, "") == 0
    page.select_option("select[name=furigana]", "tap")
    assert page.evaluate(visible, "") == 0
    page.locator("#s3-1 ruby").first.hover()
    assert page.evaluate(visible, "") == 1


def test_measure_and_face(visit):
    page = visit()
    base = page.locator(".kochu-unit[data-address='4.2'] > .kochu-base")
    size = base.evaluate("p => parseFloat(getComputedStyle(p).fontSize)")
    box = base.bounding_box()
    assert 30 <= box["width"] / size <= 40
    face = page.evaluate("getComputedStyle(document.querySelector('#s4-2 .kochu-run')).fontFamily")
    assert "Serif" in face.split(",")[0]


def test_headings_break_between_phrases(site):
    html = (site / "reading.html").read_text("utf-8")
    start = html.index('id="s2-1"')
    assert html[start : html.index("</h2>", start)].count("<wbr>") >= 3
