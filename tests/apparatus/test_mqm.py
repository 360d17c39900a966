"""Types of errors as readers meet them."""

from __future__ import annotations

import pytest

from kochu.apparatus.mqm import error_types, label, title


@pytest.mark.parametrize(
    ("error_type", "shown"),
    [
        ("terminology/wrong-term", "terminology: wrong term"),
        ("accuracy/over-translation", "accuracy: over-translation"),
        ("style/third-party-style", "style: third-party style"),
        ("design-and-markup/link-cross-reference", "design and markup: link/cross-reference"),
        ("audience-appropriateness", "audience appropriateness"),
    ],
)
def test_a_type_is_written_as_the_typology_writes_it(error_type, shown):
    assert error_type in error_types()
    assert label(error_type) == shown
    assert title(error_type) == shown.capitalize()


def test_no_two_types_read_alike():
    assert len({label(error_type) for error_type in error_types()}) == len(error_types())
