"""Data files of figures: what is read, and the words of what is refused."""

from datetime import date

import pytest

from kochu.figures.data import label, when
from kochu.figures.table import Part, table
from kochu.text.problems import EditionError

TWO = """
[[things]]
id = "a"
name = "Alpha"
start = 2024-06-29
end = 2024-07-08
size = 20000
size_note = "With guests."
source = ["one", "two"]
at = ["2.1"]

[[things]]
id = "b"
name = "Beta"
when = "2024-09"
size_high = 15000
name_ja = "乙"
"""


def wrong(read):
    with pytest.raises(EditionError) as caught:
        read()
    (problem,) = caught.value.problems
    return problem


def test_rows_know_their_line(rows):
    assert [(label(r), r.line) for r in rows(TWO)] == [("Alpha", 2), ("Beta", 12)]


@pytest.mark.parametrize(
    ("source", "text", "exact"),
    [
        ("start = 2024-06-29\nend = 2024-07-08", "29 June to 8 July 2024", True),
        ("start = 2024-07-05\nend = 2024-07-08", "5–8 July 2024", True),
        ("date = 2024-10-14", "14 October 2024", True),
        ("start = 2023-12-30\nend = 2024-01-02", "30 December 2023 to 2 January 2024", True),
        ('when = "2015"', "2015", False),
        ('when = "2024-02"', "February 2024", False),
    ],
)
def test_times_are_shown_as_exactly_as_they_are_known(rows, source, text, exact):
    found = when(rows(f"[[r]]\nname = 'x'\n{source}\n")[0])
    assert (found.text, found.exact) == (text, exact)


def test_a_month_lasts_until_its_last_day(rows):
    assert when(rows('[[r]]\nwhen = "2024-02"\n')[0]).end == date(2024, 2, 29)
    assert when(rows('[[r]]\nwhen = "2024-12"\n')[0]).end == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("[[r]\n", 1, "not valid TOML"),
        ("a = 1\n", 0, "has no rows"),
        ('[[r]]\nid = "a"\n\n[[r]]\nid = "a"\n', 4, "id 'a' stands in line 1 already"),
    ],
)
def test_a_broken_file_is_named_with_its_line(rows, source, line, message):
    problem = wrong(lambda: rows(source))
    assert problem.path.endswith("data.toml")
    assert (problem.line, message in problem.message) == (line, True)


@pytest.mark.parametrize(
    "source", ['when = "soon"', 'when = "2024-13"', "start = 2024-02-02\nend = 2024-01-01", 'start = "May"']
)
def test_what_is_no_time_is_refused_in_its_line(rows, source):
    row = rows(f"[[r]]\nname = 'x'\n{source}\n")[0]
    assert wrong(lambda: when(row)).line == 1


def test_the_table_brings_ranges_remarks_and_sources(rows):
    found = table(
        rows(TWO), {"name": "Name", "when": "When", "size": "Size", "source": "Sources", "at": "In"}
    )
    alpha, beta = found.rows
    assert found.heads == ("Name", "When", "Size", "Sources", "In")
    assert alpha[2] == (Part("text", "20,000"), Part("note", "With guests."))
    assert alpha[3] == (Part("cite", "one"), Part("cite", "two"))
    assert alpha[4] == (Part("sentence", "2.1"),)
    assert beta[1] == (Part("text", "September 2024"),)
    assert beta[2] == (Part("text", "at most 15,000"),)


def test_words_of_another_language_say_so(rows):
    found = table(rows(TWO), {"name_ja": "Japanese"})
    assert found.rows[1][0] == (Part("text", "乙", "ja"),)


def test_a_column_that_no_row_fills_is_a_misspelling(rows):
    assert "no row has 'sise'" in wrong(lambda: table(rows(TWO), {"sise": "Size"})).message
