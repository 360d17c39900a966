"""When two written answers count as the same.

Width, case, spacing, punctuation and the ways to type a long-vowel mark do not make
an answer wrong. Everything else is decided by listed variants and never by substring,
distance or pattern: each of these gives marks to an answer that says the opposite.

``static/exercises.js`` has the same function; ``tests/exercises/normalize.json`` holds
the cases that keep the two alike.
"""

from __future__ import annotations

from functools import lru_cache
import re
import unicodedata

__all__ = ["normalize"]

_KANA = "\u3041-\u3096\u30a1-\u30fa\u30fc"
# A dash stands for the long-vowel mark behind kana only: モスクワ-北京 keeps its own
# meaning because the next rule drops that dash as punctuation.
_DASH = re.compile(f"(?<=[{_KANA}])[\u002d\u2010-\u2015\u2212\u2500\u301c~](?=[{_KANA}]|$)")
_REPEAT = re.compile("(.)\u3005")
_KANA_REPEAT = re.compile("(.)([\u309d\u309e\u30fd\u30fe])")
_VOICED = "\u3099"
# Separators, punctuation and marks that cannot be seen; symbols such as % are kept.
_DROPPED = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"})
_KEPT = frozenset("%&@#*/")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@lru_cache(maxsize=1 << 14)
def normalize(answer: str, *, kana: bool = False) -> str:
    """Fold what does not matter in an answer.

    :param kana: whether hiragana and katakana count as the same. Never by default: in a
        Japanese class the script is part of the answer.

    >>> normalize("ﾍﾞﾛｳｿﾌ 氏。") == normalize("ベロウソフ氏")
    True
    >>> normalize("人々"), normalize("１９５２ 年")
    ('人人', '1952年')
    >>> normalize("べろうそふ", kana=True)
    'ベロウソフ'
    """
    text = unicodedata.normalize("NFKC", _SELECTORS.sub("", answer)).lower()
    text = _DASH.sub("ー", text)
    text = _REPEAT.sub(r"\1\1", text)
    text = _KANA_REPEAT.sub(_repeat, text)
    # 3.8 is not 38: a decimal point is no punctuation.
    text = _POINT.sub("#.#", text)
    text = "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _DROPPED)
    if kana:
        text = "".join(chr(ord(c) + 0x60) if "\u3041" <= c <= "\u3096" else c for c in text)
    return text


def _repeat(match: re.Match[str]) -> str:
    """Write out ゝ and ヽ, voiced where the mark is."""
    first, mark = match.groups()
    plain = unicodedata.normalize("NFD", first)[0]
    second = plain + _VOICED if mark in "\u309e\u30fe" else plain
    return first + unicodedata.normalize("NFC", second)
