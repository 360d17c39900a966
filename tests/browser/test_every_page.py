"""Every page of the site: accessible, offline, private, and whole at any size."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.browser.conftest import Seen
from tests.exercises import npm

LEVELS = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa']"
# What may come out otherwise in another colour scheme or at another width.
AGAIN = (
    "['color-contrast','link-in-text-block','scrollable-region-focusable','target-size','aria-hidden-focus']"
)


def pages(site) -> list[str]:
    found = sorted(str(p.relative_to(site)) for p in site.rglob("*.html") if "_static" not in p.parts)
    return [name for name in found if "for-a-test" not in name]


STATES = (("light desktop", "light", (1440, 900)), ("dark phone", "dark", (390, 844)))


@pytest.fixture(scope="module")
def survey(chromium, site):
    """Look once at every page, opened from the folder, and keep what was seen.

    In two windows at once, light and wide, dark and narrow: axe is busy for minutes.
    """
    axe = (npm.home() / "node_modules/axe-core/axe.min.js").read_text("utf-8")
    windows = []
    for name, scheme, (width, height) in STATES:
        context = chromium.new_context(
            reduced_motion="reduce", color_scheme=scheme, viewport={"width": width, "height": height}
        )
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.seen = Seen(page)
        windows.append((name, page, LEVELS if scheme == "light" else f"{{ type: 'rule', values: {AGAIN} }}"))
    kept = {}
    for address in pages(site):
        for _, page, rules in windows:
            page.seen.errors.clear()
            page.seen.requests.clear()
            page.goto((site / address).as_uri())
            page.evaluate(axe)
            page.evaluate(f"() => {{ window.found = {_run(f'runOnly: {rules}')}; }}")
        violations = [
            (name, *violation) for name, page, _ in windows for violation in page.evaluate("window.found")
        ]
        page = windows[1][1]
        page.set_viewport_size({"width": 320, "height": 640})
        kept[address] = {
            "violations": violations,
            "width": page.evaluate("document.documentElement.scrollWidth"),
            "errors": [error for _, page, _ in windows for error in page.seen.errors],
            "requests": [url for _, page, _ in windows for url in page.seen.requests],
            "cookies": [cookie for _, page, _ in windows for cookie in page.context.cookies()],
            "storage": page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('kochu'))"),
        }
        page.set_viewport_size({"width": 390, "height": 844})
    for _, page, _ in windows:
        page.context.close()
    return kept


def _run(options: str) -> str:
    return (
        f"axe.run(document, {{ {options}, preload: false, resultTypes: ['violations'] }}).then(r => r.violations.map(v => "
        "[v.id, v.nodes[0].html.slice(0, 200)]))"
    )


def test_axe_finds_nothing_on_any_page(survey):
    assert len(survey) > 60
    assert {name: seen["violations"] for name, seen in survey.items() if seen["violations"]} == {}


def test_no_page_scrolls_sideways_at_320_pixels(survey):
    assert {name: seen["width"] for name, seen in survey.items() if seen["width"] > 320} == {}


def test_every_page_opens_from_a_folder_without_a_request_or_an_error(survey, site):
    root = site.as_uri()
    for name, seen in survey.items():
        assert seen["errors"] == [], name
        assert [u for u in seen["requests"] if not u.startswith((root, "data:"))] == [], name


def test_no_page_keeps_anything_unasked(survey):
    for name, seen in survey.items():
        assert seen["cookies"] == [], name
        assert seen["storage"] == [], name


def test_every_page_opens_from_a_server_and_asks_no_other_host(chromium, site, server):
    context = chromium.new_context(java_script_enabled=True)
    page = context.new_page()
    page.seen = Seen(page)
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("response", lambda r: failed.append(r.url) if r.status >= 400 else None)
    for name in pages(site):
        page.goto(server + name, wait_until="load")
    assert failed == []
    assert page.seen.errors == []
    assert [u for u in page.seen.requests if not u.startswith((server, "data:"))] == []
    context.close()


# -- the reading page in the states that matter ------------------------------------------


@pytest.mark.parametrize(
    ("address", "size", "dark"),
    [
        ("reading.html?density=full&layers=close,context,good", "tablet", False),
        ("reading.html?density=calm&layers=", "phone", True),
        ("reading.html?layers=fluent,full,caveat,claim#s4-2", "desktop", True),
        ("reading.html?writing=vertical#s4-2", "desktop", False),
    ],
)
def test_axe_finds_nothing_in_any_view(visit, address, size, dark):
    axe = (npm.home() / "node_modules/axe-core/axe.min.js").read_text("utf-8")
    page = visit(address, size=size, dark=dark)
    page.evaluate(axe)
    assert page.evaluate(_run(f"runOnly: {LEVELS}")) == []


def test_axe_finds_nothing_where_things_are_open(visit):
    axe = (npm.home() / "node_modules/axe-core/axe.min.js").read_text("utf-8")
    page = visit("reading.html#s4-2")
    page.evaluate(axe)
    page.click(".kochu-tools [data-do=words]")
    page.wait_for_selector(".kochu-card")
    page.click("[popovertarget=kochu-menu-view]")
    run = _run(f"runOnly: {LEVELS}").replace("axe.run(document", "axe.run(document.querySelector('WHERE')")
    for where in (".kochu-unit.active", ".kochu-bar"):
        assert page.evaluate(run.replace("WHERE", where)) == []
    page.keyboard.press("Escape")
    for name in ("help", "mine", "cite"):
        page.evaluate(f"kochu.actions.{name}()")
        assert page.evaluate(run.replace("WHERE", f"#kochu-{name}")) == []
        page.keyboard.press("Escape")


def test_a_sentence_is_heard_once_and_its_notes_are_announced(visit):
    page = visit("reading.html?density=full#s4-2")
    session = page.context.new_cdp_session(page)
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    heard = "".join(
        n["name"]["value"]
        for n in tree
        if not n["ignored"] and n["role"]["value"] == "StaticText" and "name" in n
    )
    for reading in ("こくぼうしょう", "ちゅうかじんみんきょうわこく", "にこくかんかんけい"):
        assert reading not in heard
    links = {n["name"]["value"] for n in tree if not n["ignored"] and n["role"]["value"] == "doc-noteref"}
    assert any(name.startswith("Caveat C") for name in links)
    triangles = [n for n in tree if not n["ignored"] and n["role"]["value"] == "DisclosureTriangle"]
    assert any("notes" in n["name"]["value"] for n in triangles)
    # A passage in another page is heard once, too.
    page.goto(page.url.split("reading.html")[0] + "commentary/02-arrival.html")
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    names = [
        n["name"]["value"]
        for n in tree
        if not n["ignored"] and n["role"]["value"] == "StaticText" and "name" in n
    ]
    assert "こくぼうしょう" not in names


def test_twice_as_large(visit, shot):
    """200 % on a laptop: half the pixels each way, and everything still reached."""
    page = visit("reading.html#s4-2", size=(640, 400), device_scale_factor=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    page.click("[popovertarget=kochu-menu-notes]")
    menu = page.locator("#kochu-menu-notes").bounding_box()
    assert menu["x"] >= 0
    assert menu["x"] + menu["width"] <= 640
    assert menu["y"] + menu["height"] <= 400
    page.keyboard.press("Escape")
    page.locator("#s4-2").scroll_into_view_if_needed()
    assert page.locator("#s4-2").is_visible()
    shot(page, "zoom-200")


@pytest.mark.parametrize("size", ["phone", "narrow"])
def test_targets_for_fingers(visit, shot, size):
    page = visit("reading.html#s4-2", size=size, has_touch=True)
    small = page.evaluate("""() => [...document.querySelectorAll(
        '.kochu-bar > .kochu-button, .kochu-field, .kochu-tools .kochu-button, .kochu-notes > summary')]
      .filter(e => e.getClientRects().length).map(e => [e.textContent.trim(), e.getBoundingClientRect()])
      .filter(([, r]) => r.height < 44 || r.width < 44).map(([t, r]) => [t, r.width, r.height])""")
    assert small == []
    for text in ("Furigana", "Versions", "Notes", "View"):
        assert page.locator(".kochu-bar").get_by_text(text, exact=True).first.is_visible()
    for name in ("My words", "Cite"):
        assert page.get_by_role("button", name=name).count() == 1
    page.select_option("select[name=furigana]", "none")
    shot(page, size)


def test_forced_colours_keep_marks_and_the_chosen_words(visit, shot):
    page = visit("reading.html#s4-2", forced_colors="active")
    styles = page.evaluate("""() => [...document.querySelectorAll('#s4-2 .kochu-run')]
      .map(r => getComputedStyle(r).textDecorationLine)""")
    assert "underline" in styles
    page.locator("#s4-2 .kochu-run.severity-major").first.click(position={"x": 20, "y": 25})
    page.wait_for_selector(".kochu-run.lit")
    lit, plain = page.evaluate("""() => ['.kochu-run.lit', '.kochu-run:not(.lit)'].map(
      s => getComputedStyle(document.querySelector('#s4-2').querySelector(s)).backgroundColor)""")
    assert lit != plain
    shot(page, "forced-colours")


def test_reduced_motion(visit):
    page = visit()
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_pictures_of_key_states(visit, shot):
    for name, address, options in (
        ("home", "index.html", {}),
        ("home-phone", "index.html", {"size": "phone"}),
        ("tablet", "reading.html#s4-2", {"size": "tablet"}),
        ("no-scripts", "reading.html", {"js": False}),
        ("full", "reading.html?density=full#s4-2", {}),
        ("calm", "reading.html?density=calm&layers=#s4-2", {}),
        ("commentary", "commentary/02-arrival.html", {}),
        ("glossary-dark", "glossary/index.html", {"dark": True}),
    ):
        shot(visit(address, **options), name)
    assert len(list((Path(__file__).parents[2] / "build/screenshots").glob("*.png"))) >= 8
