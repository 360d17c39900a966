"""Notes that stay true."""

from __future__ import annotations

import pytest

from kochu.apparatus.chronology import check_prose


@pytest.mark.parametrize(
    "text",
    [
        "The treaty runs to 2027 {cite:p}`tass`.",
        "Currently, as of March 2026, two men sit on it {cite:p}`pti`.",
        "See {sentence}`4.2` and line 6; 38メートル is right.",
        "The word 「19世紀」 stands in {sentence}`6.2`.",
        "It is graded N2 and typed by ISO 18587.",
        "# Vostok 2018\n\nNo figure here.",
        "| size | 300,000 |\n|---|---|\n| a | 2 |",
        "```python\n>>> 38\n```",
        ":::{caveat} x\n:at: 4.2\n:key: a\n\nNo figure.\n:::",
    ],
)
def test_what_is_fine(text):
    assert check_prose(text, "x.md") == ()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("One.\n\nIt is currently led by him.", 3, "'currently' without a date"),
        ("Cited {cite:p}`a`. It has 300,000 men.", 1, "the number 300,000 in 'It has 300,000 men.'"),
        ("- In 1952 it began.", 1, "the number 1952"),
    ],
)
def test_what_is_told(text, line, message):
    (problem,) = check_prose(text, "x.md")
    assert problem.line == line
    assert message in problem.message
