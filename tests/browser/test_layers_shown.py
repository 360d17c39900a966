"""Layers at the reader's hand: shown, hidden, told apart, kept, and put in the address."""

from __future__ import annotations

import pytest

from kochu.apparatus.kinds import KINDS

STATE = """() => ({...document.documentElement.dataset,
  kinds: kochu.kinds.filter(k => document.documentElement.hasAttribute(`data-with-${k}`)).join(' ')})"""
SHOWN = """() => [...document.querySelectorAll('.kochu-version')].filter(v => v.getClientRects().length
  && v.querySelector('p').getClientRects().length).map(v => v.dataset.layer)"""
UNDERLINES = """() => Object.fromEntries(kochu.kinds.map(kind => {
  for (const k of kochu.kinds) document.documentElement.toggleAttribute(`data-with-${k}`, k === kind);
  const run = document.querySelector(`.kochu-run.k-${kind}`);
  const { textDecorationLine: line, textDecorationStyle: style, textDecorationThickness: weight } = getComputedStyle(run);
  return [kind, [line, style, weight]];
}))"""


def test_other_versions_wait_until_they_are_asked_for(visit):
    page = visit()
    assert page.evaluate(SHOWN) == []
    page.click("[popovertarget=kochu-menu-versions]")
    page.get_by_label("Fluent translation").check()
    assert page.evaluate(SHOWN) == ["fluent"] * 41
    page.keyboard.press("Escape")
    assert "layers=fluent,caveat,context,language" in page.url


def test_a_version_is_shown_line_by_line(visit):
    page = visit("reading.html#s6-1")
    page.click(".kochu-tools >> text=Close translation")
    assert page.evaluate(SHOWN) == ["close"]
    unit = page.locator(".kochu-unit[data-address='6.1']")
    assert unit.locator(".v1 p").is_visible()
    page.click(".kochu-tools >> text=Close translation")
    assert page.evaluate(SHOWN) == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_one_address_is_one_view(visit, shot, size):
    page = visit("reading.html?layers=fluent,caveat,claim&furigana=n2&density=marked#s16-1", size=size)
    state = page.evaluate(STATE)
    assert state["kinds"] == "caveat claim"
    assert state["furigana"] == "n2"
    assert set(page.evaluate(SHOWN)) == {"fluent"}
    page.wait_for_timeout(200)
    top = page.locator("#s16-1").bounding_box()["y"]
    assert 0 < top < 500
    assert page.evaluate("kochu.active.dataset.address") == "16.1"
    page.click("[popovertarget=kochu-menu-notes]")
    page.locator("input[name=kinds][value=name]").check()
    again = visit("reading.html" + page.url.split("reading.html")[1], size=size)
    assert again.evaluate(STATE)["kinds"] == "caveat claim name"
    assert again.url.endswith("#s16-1")
    shot(page, f"layers-{size}")


@pytest.mark.parametrize("address", ["s1-1", "s6-2", "s13-1", "s22-1"])
def test_the_address_decides_which_sentence_is_read(visit, address):
    page = visit(f"reading.html#{address}", size=(1440, 1000))
    page.wait_for_timeout(300)
    assert "s" + page.evaluate("kochu.active.dataset.address").replace(".", "-") == address
    # Scrolling on lets it go.
    page.mouse.move(700, 500)
    page.mouse.wheel(0, -1200 if address == "s22-1" else 1200)
    page.wait_for_timeout(300)
    assert "s" + page.evaluate("kochu.active.dataset.address").replace(".", "-") != address


def test_versions_stand_beside_their_sentences_on_wide_screens(visit, shot):
    page = visit("reading.html?layers=fluent")
    rows = page.evaluate("""() => kochu.units.map(unit => {
      const ja = kochu.sentenceOf(unit).getClientRects()[0];
      const range = document.createRange();
      range.selectNodeContents(unit.querySelector('[data-layer=fluent] p'));
      const en = range.getClientRects()[0];
      return [unit.dataset.address, (ja.top + ja.bottom - en.top - en.bottom) / 2, en.left - ja.left];
    })""")
    assert len(rows) == 41
    for address, apart, right in rows:
        assert abs(apart) < 8, address
        assert right > 400, address
    assert page.locator("[data-layer=fluent][lang=en], [data-layer=fluent] [lang=en]").count() == 41
    shot(page, "side-by-side")
    narrow = visit("reading.html?layers=fluent", size="phone")
    unit = narrow.locator(".kochu-unit[data-address='4.2']")
    assert unit.locator(".v2 p").bounding_box()["y"] > unit.locator(".kochu-base").bounding_box()["y"] + 60


def test_what_a_post_edit_changed_is_marked_and_explained(visit):
    page = visit("reading.html?layers=full#s4-2")
    unit = page.locator(".kochu-unit[data-address='4.2']")
    assert unit.locator(".kochu-diff del:visible").count() > 1
    assert "儀仗隊" in unit.locator(".kochu-diff ins").all_inner_texts()[-1]
    link = unit.locator(".kochu-diff a:visible").first
    key = link.get_attribute("href")
    link.click()
    assert page.locator(f"{key}.chosen[open]").count() == 1


def test_the_choice_is_kept_only_when_asked(visit, server):
    page = visit(base=server)
    page.select_option("select[name=furigana]", "n3")
    assert page.evaluate("localStorage.length") == 0
    page.goto(server + "reading.html")
    assert page.evaluate(STATE)["furigana"] == "all"
    page.click("[popovertarget=kochu-menu-view]")
    page.get_by_label("Remember on this device").check()
    page.keyboard.press("Escape")
    page.select_option("select[name=furigana]", "n2")
    page.goto(server + "reading.html")
    assert page.evaluate(STATE)["furigana"] == "n2"
    # What a teacher sent wins over what was kept.
    page.goto(server + "reading.html?furigana=none")
    assert page.evaluate(STATE)["furigana"] == "none"
    page.click("[popovertarget=kochu-menu-view]")
    page.get_by_label("Remember on this device").uncheck()
    assert page.evaluate("localStorage.length") == 0


def test_kinds_are_told_apart_by_more_than_colour(visit):
    page = visit("reading.html?layers=" + ",".join(KINDS))
    lines = page.evaluate(UNDERLINES)
    assert set(lines) == set(KINDS)
    assert all(line == "underline" for line, *_ in lines.values())
    assert len({tuple(line) for line in lines.values()}) == len(KINDS)
    letters = page.locator("#kochu-menu-notes .kochu-sample").all_text_contents()
    assert sorted(letters) == sorted(kind.letter for kind in KINDS.values())


@pytest.mark.parametrize("kind", list(KINDS))
def test_each_kind_is_shown_or_hidden(visit, kind):
    page = visit(f"reading.html?layers={kind}&density=full")
    others = [name for name in KINDS if name != kind]
    assert page.locator(f".kochu-notes > .k-{kind}:visible").count() > 5
    for other in others:
        assert page.locator(f".kochu-notes > .k-{other}:visible").count() == 0
    marked = page.evaluate("""() => [...document.querySelectorAll('.kochu-run')]
      .filter(r => getComputedStyle(r).textDecorationLine === 'underline').map(r => r.className)""")
    assert marked
    assert all(f"k-{kind}" in names for names in marked)


def test_ready_made_views(visit):
    page = visit("reading.html?view=mt")
    state = page.evaluate(STATE)
    assert state["kinds"] == "caveat good"
    assert state["furigana"] == "none"
    assert set(page.evaluate(SHOWN)) == {"full"}
    page.click("[popovertarget=kochu-menu-view]")
    page.click("[data-preset=plain]")
    assert page.evaluate(STATE)["density"] == "calm"
    assert page.locator(".kochu-notes:visible").count() == 0
    page.click("[data-preset=reader]")
    assert "?" not in page.url


@pytest.mark.parametrize("touch", [False, True])
def test_a_hidden_reading_comes_on_hover_or_tap(visit, touch):
    page = visit("reading.html?furigana=tap&layers=", size="phone" if touch else "desktop", has_touch=touch)
    word = page.locator("#s3-1 ruby", has_text="訪").first
    assert word.locator("rt").evaluate("rt => getComputedStyle(rt).visibility") == "hidden"
    box = word.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.7
    if touch:
        page.touchscreen.tap(x, y)
        page.wait_for_selector(".kochu-wordbox")
    else:
        page.mouse.move(x, y)
    assert word.locator("rt").evaluate("rt => getComputedStyle(rt).visibility") == "visible"
