"""Write out what counts as the same answer, for platforms that compare letter by letter.

Moodle and QTI players fold neither width nor kana nor punctuation (tried in both). A
pattern would accept the opposite of the answer, too, so each way to type it is listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import unicodedata

from kochu.exercises.normalize import normalize
from kochu.exercises.prove import wide

__all__ = ["MOST", "variants"]

MOST = 60
"""Variants of one accepted text; more would make a question that nobody can read."""

_HALF = {
    unicodedata.normalize("NFKC", half): half
    for first in range(0xFF66, 0xFF9E)
    for half in (chr(first), chr(first) + "\uff9e", chr(first) + "\uff9f")
    if len(unicodedata.normalize("NFKC", half)) == 1
}
"""Half-width katakana by the letter that stands for it."""


def variants(texts: Iterable[str], *, kana: bool = False) -> tuple[str, ...]:
    """Give all ways to type some texts that our own marking takes for the same.

    :param kana: whether hiragana and katakana count as the same.
    """
    found: dict[str, None] = {}
    for text in texts:
        found |= dict.fromkeys(_variants(text, kana=kana))
    return tuple(found)


def _variants(text: str, *, kana: bool) -> list[str]:
    same = normalize(text, kana=kana)
    listed = dict.fromkeys(v for v in _spellings(text, kana=kana) if normalize(v, kana=kana) == same)
    return list(listed)[:MOST]


def _spellings(text: str, *, kana: bool) -> Iterator[str]:
    """Yield spellings, the likeliest first."""
    scripts = [text]
    if kana:
        scripts += [_shift(text, "\u3041", "\u3096", 0x60), _shift(text, "\u30a1", "\u30f6", -0x60)]
    narrow = [unicodedata.normalize("NFKC", s) for s in scripts]
    plain = dict.fromkeys([*scripts, *narrow])
    widths = [
        *plain,
        *(wide(s) for s in plain),
        *("".join(_HALF.get(c, c) for c in s) for s in plain),
    ]
    quotes = [s.replace("'", "’") for s in widths] + [s.replace("’", "'") for s in widths]
    without = [s.replace(" ", "") for s in widths] + [s.replace(" ", "\u3000") for s in widths]
    repeats = [_repeat(s) for s in widths]
    yield from widths
    yield from (f"{s}。" for s in widths)
    yield from quotes
    yield from repeats
    yield from without
    yield from _with_space(plain)


def _with_space(texts: Iterable[str]) -> Iterator[str]:
    """A space between a number and its counter, as in ``1952 年``."""
    for text in texts:
        for at in range(1, len(text)):
            if text[at - 1].isdigit() and not text[at].isdigit():
                yield f"{text[:at]} {text[at:]}"


def _shift(text: str, first: str, last: str, by: int) -> str:
    return "".join(chr(ord(c) + by) if first <= c <= last else c for c in text)


def _repeat(text: str) -> str:
    """Write 人々 out."""
    return "".join(text[i - 1] if c == "々" and i else c for i, c in enumerate(text))
