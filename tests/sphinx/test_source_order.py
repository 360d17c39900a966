"""The order of a list of sources: by author, then by day, then by title."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

pytest.importorskip("pybtex", reason="pip install sphinxcontrib-bibtex for lists of sources")

from pybtex.database import Entry, Person
from pybtex.plugin import find_plugin

from kochu.sphinx.bibliography import register


def source(title, author="Agency", **fields):
    return Entry("misc", {"title": title, **fields}, {"author": [Person(author)]})


@pytest.fixture(scope="module")
def ordered():
    register(Mock())
    sort = find_plugin("pybtex.style.sorting", "kochu")().sort
    return lambda *entries: [entry.fields["title"] for entry in sort(list(entries))]


def test_sources_of_an_author_stand_by_day(ordered):
    late = source("A", date="2024-11-28", year="2024")
    early = source("B", date="2024-07-14", year="2024")
    assert ordered(late, early) == ["B", "A"]


def test_a_month_stands_among_the_days(ordered):
    days = [source(t, date=t, year=t[:4]) for t in ("2024-11-02", "2024-09-30")]
    assert ordered(*days, source("Oct", month="oct", year="2024"), source("Year", year="2024")) == [
        "Year",
        "2024-09-30",
        "Oct",
        "2024-11-02",
    ]


def test_brackets_and_capitals_are_no_letters(ordered):
    assert ordered(source("{[Bee]}"), source("{cow}"), source("{Ant}")) == ["{Ant}", "{[Bee]}", "{cow}"]


def test_an_odd_month_is_no_error(ordered):
    assert ordered(source("A", month="Ramadan", year="2024"), source("B")) == ["B", "A"]
