"""The edition itself: text, readings, apparatus, bibliography."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
import re

from bs4 import BeautifulSoup
from pybtex.database import parse_file
import pytest
from tests.conftest import DOCS, ROOT

from kochu.apparatus.edition import load_edition, load_text
from kochu.apparatus.excerpt import choose
from kochu.apparatus.resolved import Resolved
from kochu.check import check_edition

KANJI = re.compile("[々\u3400-\u9fff]+")
SEED = next((ROOT / "seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def report():
    return check_edition(DOCS)


@pytest.fixture(scope="module")
def loaded():
    edition = load_edition(DOCS)
    return load_text(edition, next(iter(edition.texts)))


@pytest.fixture(scope="module")
def bibliography():
    return parse_file(str(DOCS / "references.bib")).entries


def test_the_edition_has_no_problem(report):
    assert report.problems == ()


def test_the_published_text_is_the_seed_sign_for_sign(site):
    soup = BeautifulSoup((site / "reading.html").read_text("utf-8"), "html.parser")
    sentences = soup.select("[data-sentence]")
    assert len(sentences) == 41
    lines: dict[int, str] = {}
    for sentence in sentences:
        for extra in sentence.select("rt, rp, [role=doc-noteref]"):
            extra.extract()
        number = int(sentence["data-sentence"].split(".")[0])
        lines[number] = lines.get(number, "") + sentence.get_text()
    assert list(lines.values()) == [line for line in SEED.read_text("utf-8").split("\n") if line.strip()]


def test_hard_readings(loaded):
    """Homographs, counters, names: read in context, not by a table."""
    pairs = {
        (sentence.text[g.start : g.end], g.reading)
        for sentence in loaded.base.sentences
        for g in loaded.readings[sentence.address]
    }
    for base, reading in [
        ("中露", "ちゅうろ"),
        ("北京", "ペキン"),
        ("14日", "じゅうよっか"),
        ("19世紀", "じゅうきゅうせいき"),
        ("記念碑", "きねんひ"),
        ("両国", "りょうこく"),
        ("名誉", "めいよ"),
        ("部門", "ぶもん"),
        ("国防相", "こくぼうしょう"),
    ]:
        assert (base, reading) in pairs or any(base in b and reading in r for b, r in pairs), base


def test_readings_of_names_and_terms_keep_one_rule(report):
    """Kanji in hiragana, all else as the name has it; no reading where nothing is to be read.

    北京 alone has a borrowed reading, which is in katakana as above the text.
    """
    broken = []
    for note in report.annotations:
        names = {wording.language: wording.text for wording in note.names}
        name, reading = names.get("ja", ""), names.get("ja-Hira", "")
        if not KANJI.search(name):
            broken += [(note.key, reading)] if reading else []
            continue
        assert "ぺきん" not in reading
        parts = re.split(f"({KANJI.pattern})", name)
        wanted = "".join(
            "(?:[ぁ-ゖ・]|ペキン)+" if KANJI.fullmatch(part) else re.escape(part) for part in parts
        )
        broken += [] if re.fullmatch(wanted, reading) else [(note.key, reading)]
    assert broken == []


@pytest.mark.parametrize("folder", ["glossary", "names"])
def test_entries_stand_in_the_order_of_the_table_above_them(site, folder):
    table = BeautifulSoup((site / folder / "index.html").read_text("utf-8"), "html.parser")
    rows = table.select("table.kochu-index tbody tr:not(.kochu-more) > :first-child a[href*='#']")
    order = list(dict.fromkeys(link["href"].partition("#")[2] for link in rows))
    seen: list[str] = []
    for path in (site / folder).glob("*.html"):
        soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for section in soup.select("section"):
            entries = [e["id"] for e in section.find_all("div", class_="kochu-annotation", recursive=False)]
            assert entries == sorted(entries, key=order.index), path.stem
            seen += entries
    assert sorted(seen) == sorted(order)


def test_every_kind_of_annotation_is_there_in_number(report):
    counts = Counter(note.kind for note in report.annotations)
    assert counts["caveat"] >= 110
    assert counts["good"] >= 10
    assert counts["context"] >= 10
    assert counts["term"] >= 60
    assert min(counts[kind] for kind in ("claim", "language", "name")) >= 20


def test_reconstructed_wordings_beyond_the_copy_are_not_called_attested(report):
    """Of the Italian only 4.1 to the opening words of 11.1 was read."""
    for note in report.annotations:
        if note.options.get("certainty") == "attested" and any(w.language == "it" for w in note.source):
            line, sentence = map(int, note.addresses[0].split("."))
            assert (4, 1) <= (line, sentence) <= (11, 1), note.key


def cited():
    keys: set[str] = set()
    for path in DOCS.rglob("*.md"):
        for group in re.findall(r"\{cite(?::\w+)?\}`([^`]+)`", path.read_text("utf-8")):
            keys.update(key.strip() for key in group.split(","))
    for path in (DOCS / "figures").glob("*.toml"):
        for group in re.findall(r"^source = \[(.*)\]", path.read_text("utf-8"), re.MULTILINE):
            keys.update(re.findall(r'"([^"]+)"', group))
    return keys


def test_each_source_is_cited_and_each_citation_has_a_source(bibliography):
    assert cited() == set(bibliography)


def test_each_source_can_be_found_again(bibliography):
    wrong = []
    for key, entry in bibliography.items():
        fields = {name.lower() for name in entry.fields}
        author = entry.persons or {"organization", "key"} & fields
        # Full dates agree with the year that BibTeX sorts by; undated sources have neither.
        days = [entry.fields[name] for name in ("date", "urldate") if name in entry.fields]
        exact = all(date.fromisoformat(day) for day in days)
        dated = entry.fields.get("date", entry.fields.get("year", ""))[:4] == entry.fields.get("year", "")
        language = entry.fields.get("langid", "").isalpha()
        kind = entry.fields["keywords"] in {"primary", "secondary"}
        publisher = {"howpublished", "journal", "publisher"} & fields
        url = entry.fields.get("url")
        if not ("title" in fields and author and publisher and exact and dated and language and kind):
            wrong.append(key)
        if url and not re.fullmatch(r"https?://[\w-]+(\.[\w-]+)+(:\d+)?(/\S*)?", url):
            wrong.append(f"{key}: {url}")
        if "urldate" not in fields:
            wrong.append(f"{key}: no access date")
    assert wrong == []


def test_readers_see_language_dates_and_what_is_primary(site, bibliography):
    soup = BeautifulSoup((site / "bibliography.html").read_text("utf-8"), "html.parser")
    parts = soup.select("#primary-sources .citation"), soup.select("#secondary-sources .citation")
    assert [len(part) for part in parts] == [
        sum(e.fields["keywords"] == kind for e in bibliography.values()) for kind in ("primary", "secondary")
    ]
    languages = "|".join({e.fields["langid"].capitalize() for e in bibliography.values()})
    for label, part in zip("PS", parts, strict=True):
        for citation in part:
            text = citation.get_text("", strip=False)
            assert re.match(rf"\s*\[{label}\d+\]", text), text
            assert re.search(rf"\((?:{languages})\)\.", text), text
            assert re.search(r"(\d{4}|n\.d\.) \(accessed \d+ \w+ \d{4}\)\.", text), text


def test_no_source_is_listed_twice(bibliography):
    urls = Counter(e.fields["url"] for e in bibliography.values() if "url" in e.fields)
    assert [url for url, count in urls.items() if count > 1] == []


def test_an_excerpt_stays_within_its_share(report, loaded):
    resolved = Resolved(loaded.base, tuple(report.annotations))
    chosen = choose(resolved)
    total = sum(len(s.text) for s in loaded.base.sentences)
    assert 0.2 < sum(len(loaded.base.sentence(a).text) for a in chosen) / total <= 0.4


def test_nothing_speaks_of_how_the_project_is_made():
    # Folders at the root of machines; a home is what a guide may take as its example.
    folder = re.compile(r"/(?:root|mnt|Users|work)/")
    for path in [*DOCS.rglob("*.md"), ROOT / "README.md", *Path(ROOT / "src").rglob("*.py")]:
        assert not folder.search(path.read_text("utf-8")), path
