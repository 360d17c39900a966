"""Addresses for readers."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from kochu.text.addresses import readable_address


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://example.org/a?b=c&d=1", "https://example.org/a?b=c&d=1"),
        ("https://example.org/word/%E5%84%80%E4%BB%97-473765", "https://example.org/word/儀仗-473765"),
        ("https://example.org/Hero%27s_%28China%29", "https://example.org/Hero's_(China)"),
        # A space of any width, a backslash, a slash and a percent sign would be misread.
        ("https://example.org/%e5%88%b6%E3%80%80%e5%88%b6", "https://example.org/制%E3%80%80制"),
        ("https://example.org/%5C/a%2Fb%20c%25d", "https://example.org/%5C/a%2Fb%20c%25d"),
        # Not in UTF-8: nobody knows which signs these are.
        ("https://example.org/%8b%56", "https://example.org/%8b%56"),
    ],
)
def test_an_address_is_shown_as_browsers_show_it(address, shown):
    assert readable_address(address) == shown
    assert unquote(shown) == unquote(address)
