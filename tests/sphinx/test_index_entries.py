"""The index: where a reader looks a thing up, and that it stands there once."""

from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup
import pytest

from kochu.apparatus.model import Anchor, Annotation, Wording
from kochu.sphinx.indexing import abbreviations, arranged, entry_name


def names(*given, language="en"):
    """The index of some names, letter by letter."""
    entries = [(name, ([("", f"#{number}")], [], None)) for number, name in enumerate(given)]
    return {letter: [name for name, _ in found] for letter, found in arranged([("?", entries)], language)}


def test_a_leading_article_does_not_count():
    assert names("The visit, day by day", "Vostok", "Theatre", "A view") == {
        "T": ["Theatre"],
        "V": ["A view", "The visit, day by day", "Vostok"],
    }


def test_a_thing_stands_once_whatever_its_capitals_and_articles():
    groups = [("?", [
        ("The West", ([("", "#1")], [], None)),
        ("West, the", ([("", "#2")], [("wind", [("", "#3")])], None)),
        ("Military band", ([("", "#4")], [], None)),
        ("military band", ([("", "#5")], [], None)),
    ])]  # fmt: skip
    assert arranged(groups, "en") == [
        ("M", [("military band", ([("", "#4"), ("", "#5")], [], None))]),
        ("W", [("West, the", ([("", "#1"), ("", "#2")], [("wind", [("", "#3")])], None))]),
    ]


def test_letters_with_macrons_and_accents_stand_among_the_others():
    assert names("kuten", "kōetsu", "koban", "kokumei") == {"K": ["koban", "kōetsu", "kokumei", "kuten"]}
    assert names("Élysée", "east", "ensemble") == {"E": ["east", "Élysée", "ensemble"]}


def test_numbers_stand_in_their_order():
    assert names("ISO 18587", "ISO 5060") == {"I": ["ISO 5060", "ISO 18587"]}


def test_the_articles_are_those_of_the_edition():
    assert names("Die Mauer", language="de") == {"M": ["Die Mauer"]}
    assert names("Die Mauer", language="en") == {"D": ["Die Mauer"]}


@pytest.mark.parametrize(
    ("title", "written", "expected"),
    [
        ("Andrei Belousov", {"ja": "アンドレイ・ベロウソフ", "zh": "别洛乌索夫"}, "Belousov, Andrei"),
        ("Dong Jun", {"ja": "董軍", "zh": "董军"}, "Dong Jun"),
        ("Kim Dae-jung", {"ko": "김대중"}, "Kim Dae-jung"),
        ("Ursula von der Leyen", {"ja": "ウルズラ・フォン・デア・ライエン"}, "von der Leyen, Ursula"),
        ("Xi Jinping", {}, "Xi Jinping"),
    ],
)
def test_a_person_is_found_under_the_family_name(title, written, expected):
    note = person(title, written)
    assert entry_name(note) == expected


def test_what_is_no_person_keeps_its_order():
    assert (
        entry_name(person("Start Magazine", {"ja": "スタート・マガジン"}, "publication")) == "Start Magazine"
    )


NATO = "North Atlantic Treaty Organization"


@pytest.mark.parametrize(
    ("title", "printed", "written", "expected"),
    [
        (NATO, ["NATO", "NATO"], {"ja": "北大西洋条約機構", "en": "NATO"}, (f"NATO ({NATO})",)),
        (NATO, [], {"en": "NATO"}, (f"NATO ({NATO})",)),
        (NATO, [], {"fr": "OTAN"}, ()),
        ("ISO 5060", [], {"en": "ISO"}, ()),
        ("People's Republic of China", ["中国"], {"en": "China"}, ()),
    ],
)
def test_an_abbreviation_leads_to_the_full_name(title, printed, written, expected):
    anchors = tuple(Anchor("1.1", 0, len(words), words) for words in printed)
    assert abbreviations(replace(person(title, written, "body"), anchors=anchors), "en") == expected


def person(title, written, entity="person"):
    wordings = tuple(Wording(language, text) for language, text in written.items())
    return Annotation("name", "k", "t", "d", "p", 1, title, names=wordings, options={"entity": entity})


def test_the_page_of_the_index_is_arranged(project):
    page = "# Names\n\n"
    for key, title in (("term-west", "The West"), ("term-koetsu", "kōetsu"), ("term-kuten", "kuten")):
        page += f":::{{term}}\n:key: {key}\n:title: {title}\n:names: ja: 西側\n\nProse.\n:::\n\n"
    project.write("docs/names.md", page)
    project.write("docs/index.md", "# A small edition\n\n```{toctree}\nreading\nnotes\nnames\n```\n")
    project.build("html", strict=False)
    soup = BeautifulSoup(project.page("genindex.html"), "html.parser")
    shown = soup.get_text(" ", strip=True)
    places = [shown.index(name) for name in ("K kōetsu", "kuten", "W The West")]
    assert places == sorted(places)
