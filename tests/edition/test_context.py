"""The context notes and their figures, as a reader finds them."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
import pytest
from tests.conftest import DOCS

NOTES = sorted(path.stem for path in (DOCS / "context").glob("*.md") if path.stem != "index")
FIGURES = {
    "fig-commission": "context/central-military-commission",
    "fig-drills": "context/vostok-drills",
    "fig-map": "context/vostok-drills",
    "fig-visit": "context/belousov-in-beijing",
}


def page(site, name):
    return BeautifulSoup((site / f"{name}.html").read_text("utf-8"), "html.parser").article


def test_there_is_a_note_on_each_subject():
    assert len(NOTES) == 10


@pytest.mark.parametrize("name", NOTES)
def test_a_note_is_of_readable_length_and_gives_sources_terms_and_ways_on(site, name):
    article = page(site, f"context/{name}")
    links = [a["href"] for a in article.select("a[href]")]
    assert any("reading.html#s" in link for link in links)
    assert any(re.match(r"[\w-]+\.html#context-", link) for link in links), "no other note"
    assert any("glossary/" in link for link in links), "no term"
    heads = {cell.get_text(strip=True) for cell in article.select("th, td:first-child")}
    assert {"Japanese", "Chinese", "Russian", "Italian"} <= heads
    # Every paragraph of prose says where it has its facts, or is about the text at hand.
    bare = [
        p.get_text(" ", strip=True)[:60]
        for p in article.select("section > p, .kochu-annotation > p:not(.kochu-note-title)")
        if not p.select('a[href*="bibliography"], a[href*="reading.html"]') and len(p.get_text()) > 300
    ]
    assert bare == []
    for extra in article.select("table, figure, .kochu-drawer, .kochu-fields, .bibtex-citation, h1, h2"):
        extra.extract()
    words = re.findall(r"[A-Za-zÀ-ÿ0-9][\w'’.,-]*", article.get_text(" "))
    assert 300 <= len(words) <= 900


@pytest.mark.parametrize(("figure", "where"), FIGURES.items())
def test_a_figure_can_be_read_without_seeing_it(site, figure, where):
    article = page(site, where)
    svg = article.select_one(f"#{figure} svg")
    assert len(svg.find("title").text) > 15
    assert len(svg.find("desc").text) > 80
    assert article.select_one(f"#{figure} figcaption").get_text(strip=True)
    table = article.select_one(f"#{figure}").find_next("details", class_="kochu-drawer").table
    rows = table.select("tbody tr")
    assert len(rows) >= 10
    # What is drawn is also written, each with its source.
    drawn = svg.get_text(" ")
    named = [row.td.get_text(strip=True).split(" (")[0] for row in rows]
    assert sum(name.split(" ")[0] in drawn for name in named) >= len(named) // 2
    assert sum(bool(row.select(".bibtex-citation")) for row in rows) >= len(rows) // 2


def test_claims_and_text_lead_to_each_other(site):
    ledger = page(site, "claims/index")
    rows = ledger.select("table.kochu-index tbody tr:not(.kochu-more)")
    assert len(rows) >= 60
    reading = (site / "reading.html").read_text("utf-8")
    for row in rows:
        here, there = (
            a["href"] for a in row.select("td")[0].select("a")[:1] + row.select("td")[1].select("a")[:1]
        )
        assert there.startswith("../reading.html#s")
        assert f"claims/{here.split('/')[-1]}" in reading
    reasons = ledger.select(".kochu-more details")
    assert len(reasons) == len(rows)
    assert all(len(reason.get_text()) > 80 for reason in reasons)


def test_glossary_terms_have_readings_and_ways_back(site):
    table = page(site, "glossary/index").select_one("table.kochu-index")
    rows = table.select("tbody tr")
    assert len(rows) >= 60
    assert sum(bool(row.select("rt, .kochu-tag[lang='ja-Hira']")) for row in rows) >= 60
    assert sum("reading.html#s" in str(row) for row in rows) >= 60
