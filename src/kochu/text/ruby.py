"""Readings: ``{強化|きょうか}される`` beside the sentence 強化される.

Source of the terms: W3C, Requirements for Japanese Text Layout (JLREQ), group ruby.
"""

from __future__ import annotations

from dataclasses import dataclass
import re

__all__ = ["Group", "RubyError", "parse_readings", "strip_readings", "unread"]

_GROUP = re.compile(r"\{([^{}|]+)\|([^{}|]+)\}")
# Ideographs and the marks that stand for one.
_KANJI = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〆ヶ]")
_READING = re.compile(r"[\u3041-\u3096\u30a1-\u30faー・\s]+")


class RubyError(ValueError):
    """A line of readings does not fit its sentence; the message says where."""


@dataclass(frozen=True, slots=True)
class Group:
    """A reading over its base.

    :param start: offset of the base in the sentence, in code points.
    :param end: offset behind it (half-open).
    :param reading: the reading, in kana.
    """

    start: int
    end: int
    reading: str


def parse_readings(marked: str, sentence: str) -> tuple[Group, ...]:
    """Read the groups out of ``marked``.

    :param marked: the sentence with readings in braces.
    :param sentence: the base sentence.
    :raises RubyError: the marks are malformed, a reading is not kana, or what is left
        without the marks is not the sentence.
    """
    groups: list[Group] = []
    plain = ""
    at = 0
    for match in _GROUP.finditer(marked):
        plain += marked[at : match.start()]
        base, reading = match.groups()
        if not _READING.fullmatch(reading):
            raise RubyError(f"reading '{reading}' of '{base}' is not kana")
        groups.append(Group(len(plain), len(plain) + len(base), reading))
        plain += base
        at = match.end()
    plain += marked[at:]
    if plain.strip() != sentence.strip():
        raise RubyError(_difference(plain.strip(), sentence.strip()))
    # A sentence keeps the white space of its line; a layer file may leave it out.
    lead = len(sentence) - len(sentence.lstrip()) - (len(plain) - len(plain.lstrip()))
    return tuple(Group(g.start + lead, g.end + lead, g.reading) for g in groups)


def unread(sentence: str, groups: tuple[Group, ...]) -> tuple[str, ...]:
    """Find the kanji that no group covers."""
    covered = {i for group in groups for i in range(group.start, group.end)}
    return tuple(char for i, char in enumerate(sentence) if i not in covered and _KANJI.match(char))


def _difference(plain: str, sentence: str) -> str:
    same = next(
        (i for i, (a, b) in enumerate(zip(plain, sentence, strict=False)) if a != b),
        min(len(plain), len(sentence)),
    )
    here, there = plain[same : same + 8] or "the end", sentence[same : same + 8] or "the end"
    return (
        f"readings do not strip to the base sentence: after '{sentence[max(0, same - 6) : same]}' "
        f"they have '{here}', the text has '{there}'"
    )


def strip_readings(marked: str) -> str:
    """Take the marks out of a line of readings and leave the base."""
    return _GROUP.sub(r"\1", marked)
