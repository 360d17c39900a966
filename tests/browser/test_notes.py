"""Notes: beside their lines, under them, never over them; all reachable, and previews of them."""

from __future__ import annotations

from itertools import pairwise
import json

import pytest

from kochu.apparatus.kinds import KINDS

ALL = ",".join(KINDS)
COVER = """() => {
  const clash = [];
  const over = (a, b) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  for (const unit of kochu.units) {
    const box = kochu.notesOf(unit);
    if (!box) continue;
    kochu.activate(unit);
    for (const note of box.querySelectorAll(':scope > .kochu-note')) {
      kochu.open(note);
      const sentence = kochu.sentenceOf(unit).getBoundingClientRect();
      if (over(note.getBoundingClientRect(), sentence)) clash.push(note.id);
      // Nor the words of the neighbours.
      const frame = box.getBoundingClientRect();
      for (const other of document.querySelectorAll('[data-sentence]')) {
        if (over(frame, other.getBoundingClientRect())) clash.push(`${note.id} over ${other.id}`);
      }
    }
  }
  return clash;
}"""
LISTED = """() => [...kochu.active.querySelectorAll('.kochu-notes.narrowed > .covering')].filter(n => n.getClientRects().length)
  .map(n => kochu.keyOf(n))"""


def test_without_scripts_every_note_is_open_in_place(visit):
    page = visit(js=False)
    notes = page.locator(".kochu-note")
    assert notes.count() > 200
    shut = page.evaluate("""() => [...document.querySelectorAll('.kochu-note')].filter(
      n => !n.open || !n.closest('.kochu-notes').open || n.getBoundingClientRect().height < 30 || !n.innerText.trim()).length""")
    assert shut == 0
    dead = page.evaluate("""() => [...document.querySelectorAll('a[role=doc-noteref]')]
      .filter(a => !document.getElementById(a.hash.slice(1))).length""")
    assert dead == 0
    # And other versions unfold by themselves.
    version = page.locator(".kochu-unit[data-address='4.2'] .v2")
    version.locator("summary").click()
    assert version.locator("p").is_visible()


@pytest.mark.parametrize("size", ["desktop", "laptop", "tablet", "phone"])
def test_no_note_covers_the_words_it_explains(visit, size):
    page = visit(f"reading.html?layers={ALL}", size=size)
    assert page.evaluate(COVER) == []


def test_margin_notes_stand_beside_their_line_in_order(visit, shot):
    page = visit("reading.html#s7-1", size=(1440, 1000))
    page.wait_for_timeout(200)
    box = page.locator(".kochu-unit.active > .kochu-notes").bounding_box()
    base = page.locator(".kochu-unit.active > .kochu-base").bounding_box()
    assert box["x"] > base["x"] + base["width"]
    assert box["y"] < base["y"] + base["height"]
    order = page.evaluate("""() => [...kochu.active.querySelectorAll('.kochu-notes > .kochu-note')]
      .map(n => n.getBoundingClientRect()).filter(r => r.height).map(r => [r.top, r.bottom])""")
    assert len(order) > 5
    assert all(above[1] <= below[0] for above, below in pairwise(order))
    # In the order of the words.
    starts = page.evaluate("""() => [...kochu.active.querySelectorAll('.kochu-notes > .kochu-note')].map(n => {
      const runs = [...kochu.sentenceOf(kochu.active).querySelectorAll('.kochu-run')];
      return runs.findIndex(r => r.dataset.annotations.split(' ').includes(kochu.keyOf(n)));
    }).filter(i => i >= 0)""")
    assert starts == sorted(starts)
    # A folded margin already tells the remedy.
    assert "better" in page.locator(".kochu-unit.active .k-caveat summary").first.inner_text()
    shot(page, "margin")


def test_on_phones_notes_are_in_the_flow_under_their_sentence(visit, shot):
    page = visit("reading.html#s4-2", size="phone")
    unit = page.locator(".kochu-unit[data-address='4.2']")
    unit.locator(".kochu-notes > summary").click()
    unit.locator(".kochu-note > summary").nth(1).click()
    note = unit.locator(".kochu-note.chosen").bounding_box()
    base = unit.locator(".kochu-base").bounding_box()
    assert note["y"] > base["y"] + base["height"]
    following = page.locator("#s5-1").bounding_box()
    assert following["y"] > note["y"] + note["height"]
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    shot(page, "phone-note")


def test_where_notes_overlap_all_are_listed_narrowest_first(visit):
    """Every stretch of the text under several notes, with every kind shown."""
    page = visit(f"reading.html?layers={ALL}")
    wrong = page.evaluate("""() => {
      const wrong = [];
      const width = (key, run) => {
        const whole = [...kochu.sentenceOf(kochu.unitOf(run.closest('[data-sentence]'))).querySelectorAll('.kochu-run')];
        let at = whole.indexOf(run), from = at, to = at;
        const has = r => r && r.dataset.annotations.split(' ').includes(key);
        while (has(whole[from - 1])) from -= 1;
        while (has(whole[to + 1])) to += 1;
        return whole.slice(from, to + 1).map(r => r.cloneNode(true)).reduce((n, r) => {
          for (const x of r.querySelectorAll('rt, [role=doc-noteref]')) x.remove();
          return n + r.textContent.length;
        }, 0);
      };
      const full = new Set(['caveat', 'good', 'context', 'claim', 'language']);
      for (const run of document.querySelectorAll('.kochu-run')) {
        const keys = run.dataset.annotations.split(' ');
        if (keys.length < 2) continue;
        const unit = kochu.unitOf(run.closest('[data-sentence]'));
        kochu.choose(unit, keys, run.textContent);
        const listed = [...kochu.notesOf(unit).querySelectorAll(':scope > .covering')].filter(n => n.getClientRects().length);
        const wanted = keys.filter(key => document.getElementById(`note-${key}`));
        const found = listed.map(n => kochu.keyOf(n));
        if (found.join() !== wanted.join()) wrong.push([run.textContent, wanted, found]);
        const widths = found.map(key => width(key, run));
        if (widths.some((w, i) => i && w < widths[i - 1])) wrong.push([run.textContent, found, widths]);
      }
      return wrong;
    }""")
    assert wrong == []


@pytest.mark.parametrize("how", ["the address", "the key"])
def test_with_all_notes_open_all_prose_is_there(visit, how):
    page = visit("reading.html?density=full#s6-2" if how == "the address" else "reading.html#s6-2")
    if how == "the key":
        page.evaluate("kochu.cycle('density', ['full'])")
    left = page.locator(".kochu-note:not(.k-context) .kochu-more > a")
    for _ in range(400):  # The page's policy forbids waiting by a script.
        if not left.count():
            break
        page.wait_for_timeout(50)
    assert left.count() == 0
    note = page.locator(".kochu-note.k-caveat.severity-minor").first
    assert len(note.locator("p").all_inner_texts()[-1]) > 100


@pytest.mark.parametrize("way", ["mouse", "keys", "touch"])
def test_overlapping_notes_can_all_be_opened(visit, shot, way):
    page = visit(
        f"reading.html?layers={ALL}#s4-2",
        size="phone" if way == "touch" else "desktop",
        has_touch=way == "touch",
    )
    page.wait_for_timeout(200)
    run = page.locator("#s4-2 .kochu-run.severity-major").first
    keys = [k for k in run.get_attribute("data-annotations").split() if page.locator(f"#note-{k}").count()]
    assert len(keys) > 1
    box = run.bounding_box()
    x, y = box["x"] + 20, box["y"] + box["height"] * 0.7
    if way == "touch":
        page.touchscreen.tap(x, y)
    else:
        page.mouse.click(x, y)
    page.wait_for_selector(".kochu-notes.narrowed > .covering")
    assert page.evaluate(LISTED) == keys
    lit = page.evaluate(
        "[...document.querySelectorAll('#s4-2 .kochu-run.lit')].map(r => kochu.wordNodes(r).map(n => n.data).join('')).join('')"
    )
    assert lit
    for key in keys:
        if way == "keys":
            page.keyboard.press("]")
            page.wait_for_timeout(30)
            opened = page.evaluate("kochu.keyOf(document.querySelector('.kochu-note.chosen'))")
            assert opened in keys
            continue
        summary = page.locator(f".covering:is(#note-{key}, [data-copy='{key}']) > summary")
        if page.locator(f".covering[open]:is(#note-{key}, [data-copy='{key}'])").count() == 0:
            summary.click()
        assert page.locator(f".covering[open].chosen:is(#note-{key}, [data-copy='{key}'])").count() == 1
    shot(page, f"overlap-{way}")
    page.get_by_text("all notes on the sentence").click()
    assert page.locator(".kochu-notes.narrowed").count() == 0


def test_the_whole_span_of_the_chosen_note_is_lit(visit, site):
    """The words lit for a note are the words that the data says it is about."""
    page = visit(f"reading.html?layers={ALL}")
    data = json.loads((site / "_downloads/annotations.jsonld").read_text("utf-8"))
    items = data["first"]["items"]
    lit = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('.kochu-note[id]')].map(note => {
      kochu.activate(note.closest('.kochu-unit'));
      kochu.open(note);
      return [kochu.keyOf(note), [...document.querySelectorAll('.kochu-run.lit')]
        .map(r => kochu.wordNodes(r).map(n => n.data).join('')).join('')];
    }))""")
    checked = 0
    for item in items:
        key = next(body["key"] for body in item["body"] if "key" in body)
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        quotes = [s["exact"] for t in targets for s in t["selector"] if s["type"] == "TextQuoteSelector"]
        if lit.get(key):
            assert lit[key] == "".join(quotes), key
            checked += 1
    assert checked > 150


def test_pointing_at_a_note_in_the_list_shows_its_words(visit):
    page = visit("reading.html#s4-2")
    page.wait_for_timeout(200)
    page.locator(".kochu-unit.active .k-caveat > summary").nth(1).hover()
    assert page.locator("#s4-2 .kochu-run.lit").count() > 0
    page.mouse.move(10, 500)
    assert page.locator(".kochu-run.lit").count() == 0


def test_a_note_shuts_again_and_long_prose_is_brought(visit):
    page = visit("reading.html?layers=claim#s6-1")
    page.wait_for_timeout(200)
    summary = page.locator(".kochu-unit.active .k-claim > summary").first
    summary.click()
    page.wait_for_selector(".kochu-unit.active .k-claim .kochu-prose")
    assert len(page.inner_text(".kochu-unit.active .k-claim .kochu-prose")) > 80
    summary.click()
    assert page.locator(".kochu-unit.active .k-claim[open]").count() == 0


# -- previews ---------------------------------------------------------------------

PREVIEWS = [
    ("commentary/02-arrival.html", "article a[href*='reading.html#s']:not(.kochu-number)", "3.1"),
    ("commentary/02-arrival.html", "article a[href*='bibliography.html#']", ""),
    ("caveats/ceremony.html", "article a[href*='glossary/']", ""),
    (
        "introduction.html",
        "article a[href*='glossary/'], article a[href*='caveats/'], article a[href*='bibliography.html#']",
        "",
    ),
    ("reading.html?density=full", ".kochu-note a[href*='bibliography.html#']", ""),
]


@pytest.mark.parametrize(("address", "link", "words"), PREVIEWS)
@pytest.mark.parametrize("base", ["folder", "server"])
def test_links_show_what_they_lead_to(request, visit, address, link, words, base):
    page = visit(address, base=request.getfixturevalue(base))
    target = page.locator(link).first
    target.scroll_into_view_if_needed()
    target.hover()
    page.wait_for_selector(".kochu-peek:popover-open")
    assert len(page.inner_text(".kochu-peek").strip()) > 10
    assert words in page.inner_text(".kochu-peek") or words
    # It can be pointed at, and sent away.
    page.locator(".kochu-peek").hover()
    page.wait_for_timeout(350)
    assert page.locator(".kochu-peek:popover-open").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".kochu-peek:popover-open").count() == 0
    assert page.seen.errors == []


def test_a_preview_comes_by_keyboard_too(visit, shot):
    page = visit("context/central-military-commission.html")
    link = page.locator("article a[href*='bibliography.html#']").first
    link.evaluate("a => a.scrollIntoView({ block: 'center' })")
    page.keyboard.press("Tab")
    link.focus()
    page.wait_for_selector(".kochu-peek:popover-open")
    assert link.get_attribute("aria-describedby") == "kochu-peek"
    peek, box = page.locator(".kochu-peek").bounding_box(), link.bounding_box()
    assert peek["y"] >= box["y"] + box["height"] or peek["y"] + peek["height"] <= box["y"]
    shot(page, "preview")


def test_nothing_needs_hovering(visit, site):
    """What pointing shows is behind a real link, and no text hides in a tooltip."""
    page = visit("reading.html", has_touch=True, size="phone")
    assert page.locator(".kochu-text [title]:not(.headerlink)").count() == 0
    page.goto((site / "commentary/02-arrival.html").as_uri())
    assert page.locator("article :is(p, span, a, em, strong)[title]:not(.headerlink)").count() == 0
    link = page.locator("article a[href*='bibliography.html#']").first
    assert (site / "commentary" / link.get_attribute("href").partition("#")[0]).resolve().is_file()
