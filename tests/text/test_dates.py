"""Days for readers."""

from __future__ import annotations

import pytest

from kochu.text.dates import day_in_words


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2026-02-03", "3 February 2026"),
        ("2024-10-14", "14 October 2024"),
        ("2024-10", "2024-10"),
        ("spring", "spring"),
    ],
)
def test_a_day_is_written_as_in_prose(iso, words):
    assert day_in_words(iso) == words
