"""Addresses of the web, as they are written and as they are read."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

__all__ = ["readable_address"]

_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_HARMLESS = "()'!,~*@"
"""Signs of ASCII that mean the same in an address whether they are encoded or not."""


def readable_address(address: str) -> str:
    """Show an address as browsers do: signs of all scripts as themselves.

    Spaces of all kinds, what cannot be seen, and what would divide the address stay
    encoded, so that what a reader copies still leads to the page.
    """
    try:
        return _ENCODED.sub(lambda run: "".join(map(_shown, unquote(run[0], errors="strict"))), address)
    except UnicodeDecodeError:
        return address


def _shown(sign: str) -> str:
    plain = sign in _HARMLESS if sign.isascii() else sign.isprintable() and not sign.isspace()
    return sign if plain else quote(sign, safe="")
