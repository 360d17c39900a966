"""What an author sees when something is wrong, and what the build leaves alone."""

from __future__ import annotations

import re

import pytest
from tests.conftest import EDITION, ENGLISH, READINGS, SEED, caveat

from kochu.cli import main


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
        "docs/edition.toml:2",
        "Expected `str`, got `int` - at `$.edition.title`",
    ),
    "unknown key in edition.toml": (
        {"docs/edition.toml": EDITION + "\n[check]\nchronologgy = true\n"},
        "docs/edition.toml:29",
        "unknown field `chronologgy`",
    ),
    "missing key in edition.toml": (
        {"docs/edition.toml": EDITION.replace('language = "en"\n', "")},
        "docs/edition.toml:14",
        "missing required field `language` - at `$.text[0].layer[0]`",
    ),
    "two texts of one id": (
        {
            "docs/edition.toml": EDITION
            + '[[text]]\nid = "small"\ntitle = "x"\nseed = "../seeds/text.txt"\nlanguage = "ja"\n'
        },
        "docs/edition.toml:27",
        "a second text has the id 'small'; rename one",
    ),
    "several texts and none named": (
        {
            "docs/reading.md": "# The text\n\n:::{reading} small\n:::\n",
            "docs/edition.toml": EDITION
            + '[[text]]\nid = "o"\ntitle = "x"\nseed = "../seeds/text.txt"\nlanguage = "ja"\n',
        },
        "docs/notes.md:3",
        "the edition has several texts; name one with {text} above this",
    ),
    "unknown text": (
        {"docs/reading.md": "# The text\n\n:::{reading} large\n:::\n"},
        "docs/reading.md:3",
        "unknown text 'large'; it is one of small",
    ),
    "option of a reading": (
        {"docs/reading.md": "# The text\n\n:::{reading}\n:furigana: no\n:::\n"},
        "docs/reading.md:3",
        "reading has an unknown option ':furigana:'; it takes none",
    ),
    "option of a passage": (
        notes(":::{passage} 2\n:at: 2\n:::\n\n" + caveat()),
        "docs/notes.md:3",
        "passage has an unknown option ':at:'; it takes none",
    ),
    "passage of nothing": (
        notes(":::{passage}\n:::\n\n" + caveat()),
        "docs/notes.md:3",
        "passage has no place; write the number of a line behind it",
    ),
    "passage of an unknown line": (
        notes(":::{passage} 99\n:::\n\n" + caveat()),
        "docs/notes.md:3",
        "unknown address '99'; this text has 1.1 to 4.1 and lines 1 to 4",
    ),
    "option of a list": (
        notes(":::{annotations}\n:kindd: caveat\n:::\n\n" + caveat()),
        "docs/notes.md:3",
        "annotations has an unknown option ':kindd:'; it takes choose,",
    ),
    "unknown kind in a list": (
        notes(":::{annotations}\n:kind: caveats\n:::\n\n" + caveat()),
        "docs/notes.md:3",
        "':kind: caveats' is not known; it is one of caveat, good",
    ),
    "broken front matter": (
        {"docs/notes.md": "---\nkey: [unclosed\n---\n\n# Notes\n"},
        "docs/notes.md:2",
        "front matter cannot be read: expected ',' or ']'",
    ),
    "broken options": (
        notes(caveat().replace(":key: one", ':key: "one')),
        "docs/notes.md:4",
        "options cannot be read: found unexpected end of stream; put the value in double quotes",
    ),
    "broken options between rules": (
        notes(':::{caveat} 訪問\n---\nkey: "one\n---\n:::\n'),
        "docs/notes.md:5",
        "options cannot be read",
    ),
    "broken options inside another directive": (
        notes("::::{note}\n" + caveat().replace(":key: one", ':key: "one') + "::::\n"),
        "docs/notes.md:5",
        "options cannot be read",
    ),
    "option twice": (
        notes(caveat().replace(":better:", ":key: two\n:better:")),
        "docs/notes.md:11",
        "option ':key:' stands twice; remove one",
    ),
    "malformed key": (notes(caveat(key="Eins")), "docs/notes.md:3", "key 'Eins' is malformed; use"),
    "no key": (
        notes(caveat().replace(":key: one\n", "")),
        "docs/notes.md:3",
        "caveat has no key; add ':key: some-words' to link to it",
    ),
    "page that is not UTF-8": (
        {"docs/notes.md": "# Notes\n\n訪問\n".encode("shift_jis")},
        "docs/notes.md:3",
        "page is not UTF-8; save it as UTF-8",
    ),
    "unknown address in a layer": (
        {"docs/layers/english.txt": ENGLISH + "9.1\tagain\n"},
        "docs/layers/english.txt:6",
        "unknown address '9.1'; this text has 1.1 to 4.1",
    ),
    "address twice in a layer": (
        {"docs/layers/english.txt": ENGLISH + "1.1\tagain\n"},
        "docs/layers/english.txt:6",
        "address 1.1 stands twice, first in line 1; remove one",
    ),
    "address missing in a layer": (
        {"docs/layers/english.txt": ENGLISH.replace("3.1\tConclusion\n", "")},
        "docs/layers/english.txt:3",
        "no line for 3.1 behind this; each sentence needs one",
    ),
    "no such layer": (
        {"docs/edition.toml": EDITION.replace("english.txt", "englisch.txt")},
        "docs/layers/englisch.txt:1",
        "layer cannot be read: No such file or directory; put it there, or mend its name",
    ),
    "reading that is no kana": (
        {"docs/layers/readings.txt": READINGS.replace("けつろん", "結論")},
        "docs/layers/readings.txt:4",
        "3.1: reading '結論' of '結論' is not kana",
    ),
    "reference to nothing": (
        notes(caveat().replace(":better:", ":see: two\n:better:")),
        "docs/notes.md:3",
        "':see: two' names no annotation",
    ),
    "broken toml": ({"docs/edition.toml": "[edition\n"}, "docs/edition.toml:1", "not valid TOML"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_one_line_with_place_and_remedy_and_spoils_nothing(project, case):
    files, place, message = CASES[case]
    assert project.build().returncode == 0
    good = {p: p.read_bytes() for p in (project.root / "build/html").rglob("*.html")}
    for name, text in files.items():
        data = text if isinstance(text, bytes) else text.encode()
        (project.root / name).write_bytes(data)

    done = project.build()
    assert done.returncode != 0
    told, summary = done.stderr.splitlines()
    told = told.removeprefix(f"{project.root}/")
    assert re.fullmatch(re.escape(place) + ": (WARNING|ERROR): .*", told), done.stderr
    assert message in told
    assert summary.endswith("nothing was written, the last good output is as it was")
    assert {p: p.read_bytes() for p in (project.root / "build/html").rglob("*.html")} == good

    # `kochu check` says the same at the same place.
    (problem,) = project.check().problems
    assert problem.place == place
    assert problem.message == re.sub(r"^.*?: (WARNING|ERROR): | \[kochu\.\w+\]$", "", told)


def test_the_command_prints_the_same_line_and_fails(project, monkeypatch, capsys):
    monkeypatch.chdir(project.root)
    assert main(["check"]) == 0
    project.write("docs/notes.md", "# Notes\n\n" + caveat(quote="米国"))
    assert main(["check"]) == 1
    out, err = capsys.readouterr()
    assert err == "docs/notes.md:3: quote '米国' is not in sentence 2.1; did you mean '国'? [kochu.quote]\n"
    assert out.endswith("5 sentences, 0 annotations: 1 problem\n")


def test_several_mistakes_are_told_in_one_go(project):
    project.write("docs/notes.md", "# Notes\n\n" + caveat(quote="米国") + caveat("two", at="9.9"))
    project.write("docs/layers/english.txt", ENGLISH.replace("1.1\t", "1.1 "))
    done = project.build()
    assert done.returncode != 0
    assert len([line for line in done.stderr.splitlines() if "[kochu." in line]) == 3
    assert len(project.check().problems) == 3


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
