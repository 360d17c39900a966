"""Weight and speed: small at first view, quick to toggle, asking nobody else for anything."""

from __future__ import annotations

import gzip
import re

import pytest

LIMIT = 150_000


def quickest(page, work, limit, rounds=12):
    """The least time in milliseconds that a change takes, asked again while it is over the limit.

    Other work on the machine, for half a minute or more on a shared one, only ever adds to a
    time; so one that is under the limit shows what the page itself needs.
    """
    least = float("inf")
    for number in range(rounds):
        page.wait_for_timeout(1000 * min(number, 5))
        least = min(least, page.evaluate(TOGGLE.replace("WORK", work)))
        if least < limit:
            break
    return least


TOGGLE = """async work => {
  const settle = () => { document.body.getBoundingClientRect(); document.documentElement.scrollHeight; };
  const times = [];
  for (let i = 0; i < 6; i += 1) {
    settle();
    const start = performance.now();
    WORK;
    settle();
    times.push(performance.now() - start);
    await new Promise(done => setTimeout(done, 20));
  }
  // There and back may differ: the slower of the two, each at its best.
  const best = way => Math.min(...times.filter((_, i) => i % 2 === way));
  return Math.max(best(0), best(1));
}"""
WORKS = {
    "furigana": "kochu.cycle('furigana', ['none', 'all'])",
    "a kind of note": "kochu.toggleKind('caveat')",
    "a translation": "kochu.change(() => { kochu.state.versions = kochu.state.versions.length ? [] : ['fluent']; })",
}


def test_first_view_is_light(site, visit, server):
    """Everything that is fetched before and while the page is first painted, as servers send it."""
    page = visit(base=server)
    page.wait_for_timeout(500)
    parts = {}
    for url in dict.fromkeys(page.seen.requests):
        if url.startswith("data:"):
            continue
        path = site / url.removeprefix(server).split("?")[0].split("#")[0]
        parts[path.name] = len(gzip.compress(path.read_bytes(), 9))
    assert {"reading.html", "kochu-reading.js", "kochu-reading.css"} <= set(parts)
    assert sum(parts.values()) <= LIMIT, parts


@pytest.mark.timed
@pytest.mark.parametrize("name", list(WORKS))
def test_toggling_is_quick(visit, name):
    page = visit()
    assert quickest(page, WORKS[name], 50) < 50


@pytest.fixture(scope="module")
def long_page(site, tmp_path_factory):
    """The reading page of a text fifty times as long: every line of this one fifty times over."""
    html = (site / "reading.html").read_text("utf-8")
    start = html.index('<div class="kochu-text">') + len('<div class="kochu-text">')
    end = html.index("</section>", html.rindex('class="kochu-unit"'))
    body = html[start:end]
    copies = [body]
    for n in range(1, 50):
        copy = re.sub(r'(id|href)="(#?)(s\d+-\d+|note-[^"]+)"', rf'\1="\2\3-{n}"', body)
        copy = re.sub(
            r'data-(sentence|address)="(\d+)\.(\d+)"',
            lambda m, n=n: f'data-{m[1]}="{int(m[2]) + 100 * n}.{m[3]}"',
            copy,
        )
        copies.append(
            re.sub(
                r'data-annotations="([^"]+)"',
                lambda m, n=n: 'data-annotations="' + " ".join(f"{k}-{n}" for k in m[1].split()) + '"',
                copy,
            )
        )
    made = site / "reading-long-for-a-test.html"
    made.write_text(html[:start] + "".join(copies) + html[end:], "utf-8")
    yield made.name
    made.unlink()


@pytest.mark.timed
def test_a_text_fifty_times_as_long_still_toggles_quickly(visit, long_page):
    page = visit(long_page, wait=False, timeout=120_000)
    page.wait_for_selector("html.kochu-ready", timeout=60_000)
    assert page.locator(".kochu-unit").count() == 41 * 50
    times = {name: quickest(page, work, 200) for name, work in WORKS.items()}
    assert max(times.values()) < 200, times


def test_no_shift_beyond_the_toggled_lines(visit):
    """What is being read stays where it is on the screen, whatever opens above it."""
    page = visit("reading.html#s13-1")
    page.wait_for_timeout(300)
    top = "document.querySelector('#s13-1').getBoundingClientRect().top"
    before = page.evaluate(top)
    for work in WORKS.values():
        page.evaluate(f"() => {{ {work}; }}")
        assert abs(page.evaluate(top) - before) <= 8, work
        page.evaluate(f"() => {{ {work}; }}")
        assert abs(page.evaluate(top) - before) <= 8, work
    # A version shown for one sentence moves nothing above it.
    above = page.evaluate("document.querySelector('#s12-1').getBoundingClientRect().top")
    page.keyboard.press("t")
    assert page.evaluate("document.querySelector('#s12-1').getBoundingClientRect().top") == above


def test_nothing_shifts_while_the_page_loads(visit, server):
    page = visit(base=server, wait=False)
    page.wait_for_selector("html.kochu-ready")
    page.wait_for_timeout(300)
    shift = page.evaluate("""() => new Promise(done => {
      let sum = 0;
      new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value; })
        .observe({ type: 'layout-shift', buffered: true });
      setTimeout(() => done(sum), 200);
    })""")
    assert shift < 0.02


def test_the_policy_is_strict_and_holds(site, visit):
    html = (site / "reading.html").read_text("utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)[1]
    assert "default-src 'none'" in policy
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy
    assert "http" not in policy
    page = visit()
    assert page.seen.errors == []
    page.evaluate("""() => {
      const script = document.createElement('script');
      script.textContent = 'window.slipped = true';
      document.body.append(script);
    }""")
    assert page.evaluate("window.slipped") is None
