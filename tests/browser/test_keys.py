"""Keys: everything without a pointer, nothing taken while typing, no way lost."""

from __future__ import annotations

import pytest

ACTIVE = "document.querySelector('.kochu-unit.active')?.dataset.address"
FOCUS = """() => {
  const e = document.activeElement;
  return [e.tagName, e.id, e.className, e.closest('.kochu-unit')?.dataset.address || e.dataset.sentence || ''];
}"""


def test_next_and_previous_sentence(visit):
    page = visit()
    start = page.evaluate(ACTIVE)
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate(ACTIVE) == "3.1"
    assert page.evaluate("document.activeElement.dataset.sentence") == "3.1"
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert page.evaluate(ACTIVE) == start
    for _ in range(45):
        page.keyboard.press("j")
    assert page.evaluate(ACTIVE) == "22.1"
    box = page.locator("#s22-1").bounding_box()
    assert 0 < box["y"] < 900


def test_every_note_is_opened_and_left_by_keys(visit):
    page = visit("reading.html#s1-1")
    notes = page.locator(".kochu-notes > .kochu-note:is(.k-caveat, .k-context, .k-language)").count()
    seen, shut = set(), 0
    for _ in range(notes):
        page.keyboard.press("n")
        key, is_open, inside = page.evaluate("""() => {
          const note = document.querySelector('.kochu-note.chosen');
          return [note.id, note.open, note.contains(document.activeElement)];
        }""")
        assert is_open
        assert inside
        seen.add(key)
        if len(seen) % 40 == 0:
            page.keyboard.press("Escape")
            assert page.locator(".kochu-note.chosen").count() == 0
            assert page.evaluate("document.activeElement.dataset.sentence") == page.evaluate(ACTIVE)
            shut += 1
            # On to the note after the one that was shut.
            page.evaluate("id => kochu.open(document.getElementById(id), { focus: true })", key)
    assert len(seen) == notes
    assert shut > 3
    page.keyboard.press("p")
    assert page.locator(".kochu-note.chosen[open]").count() == 1


def test_toggles(visit):
    page = visit("reading.html#s6-1")
    page.keyboard.press("1")
    on = "kochu.kinds.filter(k => document.documentElement.hasAttribute(`data-with-${k}`)).join(' ')"
    assert page.evaluate(on) == "context language"
    page.keyboard.press("1")
    page.keyboard.press("f")
    assert page.evaluate("document.documentElement.dataset.furigana") == "n5"
    page.keyboard.press("d")
    assert page.evaluate("document.documentElement.dataset.density") == "calm"
    page.keyboard.press("d")
    page.keyboard.press("d")
    page.keyboard.press("t")
    assert page.locator(".kochu-unit[data-address='6.1'] .v1 p").is_visible()
    page.keyboard.press("g")
    page.keyboard.press("1")
    page.keyboard.press("3")
    page.keyboard.press("Enter")
    assert page.evaluate(ACTIVE) == "13.1"


def test_words_and_notes_of_a_sentence(visit):
    page = visit("reading.html#s4-1")
    page.keyboard.press("k")
    page.keyboard.press("j")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".kochu-wordbox")
    first = page.inner_text(".kochu-card .kochu-lemma")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "w => document.querySelector('.kochu-card .kochu-lemma')?.textContent !== w", arg=first
    )
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.kochu-notes') !== null")
    page.keyboard.press("Escape")
    assert page.locator(".kochu-wordbox").count() == 0
    assert page.evaluate("document.activeElement.dataset.sentence") == "4.1"


def test_help_lists_the_keys_and_switches_letters_off(visit, shot):
    page = visit()
    page.keyboard.press("?")
    dialog = page.locator("#kochu-help")
    assert dialog.is_visible()
    assert dialog.locator("kbd").count() > 15
    shot(page, "help")
    page.get_by_label("Single-letter keys are on").uncheck()
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    before = page.evaluate(ACTIVE)
    page.keyboard.press("j")
    assert page.evaluate(ACTIVE) == before
    page.reload()
    page.wait_for_selector("html.kochu-ready")
    page.keyboard.press("j")
    assert page.evaluate(ACTIVE) == before


def test_nothing_is_taken_while_typing(visit):
    page = visit()
    field = page.locator(".sidebar-search").first
    field.focus()
    page.keyboard.type("jknp?fd1/")
    assert field.input_value() == "jknp?fd1/"
    assert page.evaluate("document.documentElement.dataset.furigana") == "all"
    assert not page.locator("#kochu-help").is_visible()
    # Nor are the browser's own combinations.
    page.locator("h1").click()
    page.keyboard.press("Control+j")
    assert page.evaluate(ACTIVE) == "1.1"


def test_slash_leads_to_the_search(visit):
    page = visit()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_tab_goes_on_and_focus_is_seen(visit, size):
    """From the top of the page through the bar into the text: no trap, always a ring."""
    page = visit(size=size)
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        state = page.evaluate("""async () => {
          // The browser scrolls to what has the focus with the next picture.
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
          const e = document.activeElement;
          const ring = s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
          const box = e.getBoundingClientRect();
          const held = e.closest('.kochu-field');
          return { who: e.outerHTML.slice(0, 120), ring: ring(getComputedStyle(e)) || (held && ring(getComputedStyle(held))),
            inside: box.bottom > 0 && box.top < innerHeight, text: !!e.closest('.kochu-text') };
        }""")
        seen.append(state)
    assert len({s["who"] for s in seen}) > 25
    assert all(s["ring"] for s in seen), [s for s in seen if not s["ring"]][:2]
    assert any(s["text"] for s in seen)
    # The theme's link over the page glides in.
    assert all(s["inside"] for s in seen if "skip-to-content" not in s["who"])


@pytest.mark.parametrize("menu", ["versions", "notes", "view"])
def test_menus_open_and_shut_by_keys(visit, menu):
    page = visit()
    button = page.locator(f"[popovertarget=kochu-menu-{menu}]")
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator(f"#kochu-menu-{menu}").is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[popover]') !== null")
    page.keyboard.press("Escape")
    assert not page.locator(f"#kochu-menu-{menu}").is_visible()
    assert button.evaluate("b => b === document.activeElement")
