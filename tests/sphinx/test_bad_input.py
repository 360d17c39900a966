"""What an author sees when something is wrong, and what the build leaves alone."""

from __future__ import annotations

import re

import pytest
from tests.conftest import READINGS, SEED, caveat


def notes(text):
    return {"docs/notes.md": "# Notes\n\n" + text}


CASES = {
    "missing quote": (notes(caveat(quote="米国")), "docs/notes.md:3", "quote '米国' is not in sentence 2.1"),
    "ambiguous quote": (
        notes(caveat(quote="軍事面", at="2.2")),
        "docs/notes.md:3",
        "quote '軍事面' occurs 2 times in sentence 2.2; write 'は[軍事面]の' or 'と[軍事面]の'",
    ),
    "unknown address": (notes(caveat(at="9.9")), "docs/notes.md:3", "unknown address '9.9'"),
    "duplicate key": (
        notes(caveat() + caveat()),
        "docs/notes.md:15",
        "key 'one' is used twice, first in docs/notes.md:3",
    ),
    "unknown option": (
        notes(caveat().replace(":better:", ":bettter: x\n:better:")),
        "docs/notes.md:3",
        "caveat has an unknown option ':bettter:'; it takes",
    ),
    "unknown role target": (
        notes(caveat() + "\nSee {caveat}`none`.\n"),
        "docs/notes.md:16",
        "there is no caveat 'none'",
    ),
    "wrong role": (
        notes(caveat() + "\nSee {claim}`one`.\n"),
        "docs/notes.md:16",
        "'one' is a caveat, not a claim; write {caveat}`one`",
    ),
    "unknown sentence": (
        notes(caveat() + "\nSee {sentence}`8.1`.\n"),
        "docs/notes.md:16",
        "unknown address '8.1' in a reference",
    ),
    "tab missing": (
        {"docs/layers/english.txt": "1.1 The visit\n"},
        "docs/layers/english.txt:1",
        "no tab in '1.1 The visit'; write the address, a tab, the text",
    ),
    "unread kanji": (
        {"docs/layers/readings.txt": READINGS.replace("{北京|ペキン}", "北京")},
        "docs/layers/readings.txt:2",
        "2.1: no reading for '北京'; write {kanji|kana}",
    ),
    "readings do not strip": (
        {"docs/layers/readings.txt": READINGS.replace("{結論|けつろん}", "{結局|けっきょく}")},
        "docs/layers/readings.txt:4",
        "3.1: readings do not strip to the base sentence",
    ),
    "no such table": (
        {"docs/edition.toml": "[edition]\ntitle = 3\n"},
        "docs/edition.toml",
        "Expected `str`, got `int` - at `$.edition.title`",
    ),
    "broken toml": ({"docs/edition.toml": "[edition\n"}, "docs/edition.toml:1", "not valid TOML"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_one_line_with_place_and_remedy_and_spoils_nothing(project, case):
    files, place, message = CASES[case]
    assert project.build().returncode == 0
    good = {p: p.read_bytes() for p in (project.root / "build/html").rglob("*.html")}
    for name, text in files.items():
        project.write(name, text)

    done = project.build()
    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if message in line]
    assert len(lines) == 1, done.stderr
    assert place in lines[0]
    assert "Traceback" not in done.stderr
    assert {p: p.read_bytes() for p in (project.root / "build/html").rglob("*.html")} == good

    # `kochu check` says the same at the same place.
    told = [p for p in project.check().problems if message in p.message]
    assert len(told) == 1, project.check().problems
    assert str(told[0]).startswith(place)


def test_a_changed_seed_names_the_line_and_is_not_published(project):
    assert project.build().returncode == 0
    good = project.page("reading.html")
    (project.root / "seeds/text.txt").write_text(SEED.replace("北京", "上海"), "utf-8")
    done = project.build()
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert re.search(
        r"seeds/text\.txt:2: ERROR: seed was changed.*line 2 differs: sentence 2\.1", done.stderr
    )
    assert project.page("reading.html") == good
    assert "line 2 differs" in str(project.check().problems[0])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("国防".encode("euc-jp"), "seed is not UTF-8"),
        (b"", "seed is empty"),
        (b"\x00\x01", "control character"),
    ],
)
def test_a_seed_that_is_no_text_is_refused(project, data, message):
    (project.root / "seeds/text.txt").write_bytes(data)
    done = project.build()
    assert done.returncode != 0
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("page", "place", "message"),
    [
        ("---\nkey: [unclosed\n---\n\n# Notes\n", "docs/notes.md:", "front matter cannot be read"),
        ('# Notes\n\n:::{caveat} 訪問\n:key: "one\n:::\n', "docs/notes.md:", "options cannot be read"),
    ],
)
def test_broken_yaml_is_told_and_fatal(project, page, place, message):
    project.write("docs/notes.md", page)
    done = project.build()
    assert done.returncode != 0
    assert "docs/notes.md:" in done.stderr
    assert "Traceback" not in done.stderr
    (problem, *_) = project.check().problems
    assert str(problem).startswith(place)
    assert message in problem.message
