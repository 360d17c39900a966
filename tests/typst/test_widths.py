"""Tables as readers see them: heads whole, words whole where there is room, few lines."""

from __future__ import annotations

import re

import pytest
from tests.typst.reading import painted

from kochu.typst.widths import PAGE, TEXT, Column, kept, shared

NAMES = {
    "Name": [
        "N3 China (People’s Republic of China) (p.\u00a0149) China place",
        "N24 Arctic (p.\u00a0151) place",
    ],
    "Japanese": ["中華人民共和国、中国、中ロ、米中", "北極地域"],
    "Russian": ["Китайская Народная Республика", "Арктика"],
    "Identifier": ["wikidata: Q148", ""],
    "In": ["3.1 4.1 4.2 6.2 7.1 8.1 9.1 10.1 11.1 11.2 13.1 14.1 16.2 16.3 17.1 17.2 18.1 19.2", "14.2"],
}


def share(table, room):
    columns = [Column(head, cells) for head, cells in table.items()]
    return dict(zip(table, shared(columns, room), strict=True))


def test_a_long_row_of_numbers_gets_room():
    found = share(NAMES, PAGE)
    assert found["In"].width > found["Identifier"].width
    assert sum(one.width for one in found.values()) == pytest.approx(PAGE, abs=1.5)


def test_no_column_is_narrower_than_a_word_of_its_head():
    heads = ("Longitude", "Latitude", "Confidence", "Identifier", "Characters", "Penalty")
    found = share({head: ["1", "2"] for head in heads}, TEXT)
    for head in heads:
        assert found[head].width > len(head) * 0.45, head


def test_only_a_cell_whose_word_is_too_long_may_break_it():
    table = {
        "In": ["8.1"] * 6,
        "What": ["Donaudampfschifffahrtsgesellschaftskapitänsmütze", *["a short word or two"] * 5],
        "Why": ["for reasons that take a long time to be told " * 4] * 6,
    }
    found = share(table, 24.0)
    assert found["What"].tight == (0,)
    assert not any(found["Why"].tight)


def test_what_no_hyphen_breaks_has_its_width():
    found = share({"A": ["Tsentr-2019", "startmag.it,"], "B": ["many words in a long cell " * 20] * 2}, TEXT)
    assert found["A"].width > 5.5


def test_heads_of_a_printed_table_are_whole(typeset, project):
    heads = ("Confidence", "Longitude", "Identifier", "Per 1,000 characters", "Terminology", "Consequences")
    cells = "| " + " | ".join(["some words that fill a cell of a table"] * len(heads)) + " |\n"
    table = f"| {' | '.join(heads)} |\n{'|---' * len(heads)}|\n{cells * 4}"
    project.write("docs/index.md", "# A small edition\n\n```{toctree}\nreading\nnotes\ntable\n```\n")
    project.write("docs/table.md", f"# A table\n\n{table}")
    with typeset().pdf() as pdf:
        words = " ".join(words for _, _, words in painted(pdf))
    for word in re.findall(r"[A-Za-z]{4,}", " ".join(heads)):
        assert word in words


def test_widths_that_an_author_gave_stand_but_for_the_words_of_heads():
    columns = [Column("What", ["words " * 20]), Column("Level", ["B1"]), Column("Minutes", ["7"])]
    what, level, minutes = kept(columns, [60, 34, 6], TEXT)
    assert minutes.width > 3.3
    assert what.width / level.width == pytest.approx(60 / 34, rel=0.1)
    assert what.width + level.width + minutes.width == pytest.approx(TEXT, abs=0.1)
    assert not minutes.tight


def test_a_column_of_single_words_and_a_date_tied_together_stay_whole():
    table = {
        "No": ["unsupported", "opinion", "partly", "supported", "unsupported"],
        "As": ["28\u00a0Feb\u00a02026", "", "", "", ""],
        "Why": ["for reasons that take a long time to be told " * 9] * 5,
    }
    found = share(table, 24.0)
    assert found["No"].width > len("unsupported") * 0.45
    assert found["As"].width > len("28 Feb 2026") * 0.42
    assert not found["No"].tight
