"""Notes that stay true."""

from __future__ import annotations

import pytest

from kochu.apparatus.chronology import check_prose

NOTE = ":::{context} x\n:key: a\n:::\n\n"


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
    assert check_prose(NOTE + text, "x.md") == ()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("One.\n\nIt is currently led by him.", 3, "'currently' without a date"),
        ("Six sat on it. Two do now.", 1, "'now' without a date in 'Two do now.'"),
        ("Trade fell this year.", 1, "'this year' without a date"),
        ("Cited {cite:p}`a`. It has 300,000 men.", 1, "the number 300,000 in 'It has 300,000 men.'"),
        ("- In 1952 it began.", 1, "the number 1952"),
        # A figure is not made good by a citation in the next sentence, or by another note.
        ("It is 38 metres high. So says a guide {cite:p}`a`.", 1, "the number 38"),
        ("It is 38 metres high; see {context}`monument`.", 1, "the number 38"),
    ],
)
def test_what_is_told(text, line, message):
    (problem,) = check_prose(NOTE + text, "x.md")
    assert problem.line == line + NOTE.count("\n")
    assert message in problem.message


@pytest.mark.parametrize(
    ("page", "problems"),
    [
        ("# A guide\n\nNow count to 10.", 0),
        ("# A guide\n\nWrite `{cite:p}`\\`key\\``. Now count to 10.", 0),
        ("# A guide\n\n```md\n:::{caveat} x\n:::\n```\n\nNow count to 10.", 0),
        ("# Method\n\nRead in 2026. Cited {cite:p}`a`.", 1),
        ("# Claims\n\nRead in 2026.\n\n:::{claim} x\n:key: a\n:::", 1),
    ],
)
def test_only_pages_that_state_facts_are_held_to_it(page, problems):
    assert len(check_prose(page, "x.md")) == problems
