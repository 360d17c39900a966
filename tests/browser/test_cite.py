"""Citing: one sentence, one note, the whole edition; and addresses that last."""

from __future__ import annotations

import json
from pathlib import Path
import re

from bs4 import BeautifulSoup
from pybtex.database import parse_string
import pytest
from tests.conftest import DOCS, ROOT

from kochu.apparatus.edition import load_edition

PERMALINKS = ROOT / "tests/browser/permalinks.txt"
ABOUT = load_edition(DOCS).about


def _links() -> list[str]:
    lines = PERMALINKS.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_addresses_once_published_are_still_there(site):
    """The list only grows: what somebody cited must never lead nowhere."""
    ids: dict[str, set[str]] = {}
    for link in _links():
        page, _, anchor = link.partition("#")
        if page not in ids:
            html = (site / page).read_text("utf-8")
            ids[page] = set(re.findall(r'\sid="([^"]+)"', html))
        assert anchor in ids[page], link


def test_the_list_of_addresses_holds_every_sentence(site):
    html = (site / "reading.html").read_text("utf-8")
    found = set(re.findall(r'\sid="(s\d+-\d+)"', html))
    listed = {link.partition("#")[2] for link in _links() if link.startswith("reading.html#")}
    missing = sorted(found - listed)
    assert not missing, f"add to {PERMALINKS.relative_to(ROOT)}: {missing[:5]}"


@pytest.mark.parametrize("js", [True, False])
def test_every_sentence_can_be_gone_to(visit, folder, js):
    page = visit(js=js)
    anchors = [a.partition("#")[2] for a in _links() if re.match(r"reading\.html#s\d", a)]
    assert len(anchors) == 41
    for anchor in anchors:
        page.goto(f"{folder}reading.html#{anchor}")
        box = page.locator(f"#{anchor}").bounding_box()
        assert 0 <= box["y"] < 900, anchor


def test_a_note_has_an_address(visit, folder):
    page = visit()
    link = next(link for link in _links() if "#note-" in link)
    page.goto(folder + link)
    note = page.locator("#" + link.partition("#")[2])
    assert note.get_attribute("open") is not None
    assert note.is_visible()


def test_c_copies_a_sentence_with_its_citation(visit, server):
    page = visit("reading.html#s4-2", base=server, permissions=["clipboard-read", "clipboard-write"])
    page.keyboard.press("c")
    page.wait_for_selector("text=4.2 copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("「ロシア国防省によると、ロシア代表団は中華人民共和国中央軍事評議会本部前で")
    for part in ("4.2", ABOUT.title, f"version {ABOUT.version}", "reading.html#s4-2"):
        assert part in copied
    page.keyboard.press("Shift+C")
    page.wait_for_function(
        "async () => (await navigator.clipboard.readText()).includes('国防省(こくぼうしょう)')"
    )


def test_the_copy_button_does_the_same_from_a_folder(visit):
    page = visit("reading.html#s6-1")
    page.evaluate("""() => { navigator.clipboard.writeText = text => { window.copied = text; }; }""")
    page.click(".kochu-tools [data-do=copy]")
    assert page.evaluate("window.copied").startswith(
        "「訪問中、ベロウソフ氏は天安門広場にある人民英雄記念碑に献花した。」 (6.1,"
    )


def test_citations_of_the_edition(visit, site, shot):
    page = visit()
    page.click("[data-do=cite]")
    dialog = page.locator("#kochu-cite")
    assert ABOUT.title in dialog.locator("blockquote").inner_text()
    shot(page, "cite")
    bib = parse_string(dialog.locator("pre").inner_text(), "bibtex")
    (entry,) = bib.entries.values()
    assert ABOUT.title in entry.fields["title"]
    assert entry.fields["year"] == ABOUT.date[:4]
    assert parse_string((site / "_cite/edition.bib").read_text("utf-8"), "bibtex").entries
    (item,) = json.loads((site / "_cite/edition.csl.json").read_text("utf-8"))
    assert item["type"] == "book"
    assert item["version"] == ABOUT.version
    assert item["issued"]["date-parts"][0][0] == int(ABOUT.date[:4])
    hrefs = [a.get_attribute("href") for a in dialog.locator("a[download]").all()]
    assert all((site / Path(href)).is_file() for href in hrefs)
    assert len(hrefs) == 2


def test_metadata_for_search_engines(site):
    soup = BeautifulSoup((site / "reading.html").read_text("utf-8"), "html.parser")
    data = json.loads(soup.select_one("script[type='application/ld+json']").string)
    assert data["@context"] == "https://schema.org"
    assert data["name"] == ABOUT.title
    assert data["version"] == ABOUT.version
    assert {"ja", "en"} <= set(data["inLanguage"])
    assert all(url.startswith("http") for url in data["license"])


def test_without_scripts_the_citation_stands_at_the_end(visit):
    page = visit(js=False)
    assert page.locator("#kochu-cite blockquote").is_visible()
    assert page.locator("#kochu-cite button:visible").count() == 0
