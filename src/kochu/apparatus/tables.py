"""Word and pattern tables: TOML rows, checked against the base text.

TOML and not YAML: in YAML ``no``, ``12:30`` and dates change their meaning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
import re
import tomllib
from typing import TypeVar

import msgspec

from kochu.text.anchor import find_all
from kochu.text.overlap import Span
from kochu.text.problems import Problem, Subtype, shown
from kochu.text.segment import BaseText

__all__ = ["Word", "read_patterns", "read_words"]


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    reading: str
    level: str
    at: tuple[str, ...]
    forms: tuple[str, ...]
    imitate: bool = True
    caveat_hint: str = ""


class _WordRow(_Row, frozen=True, forbid_unknown_fields=True, kw_only=True):
    lemma: str
    pos: str
    gloss: str
    note: str = ""


class _PatternRow(_Row, frozen=True, forbid_unknown_fields=True, kw_only=True):
    title: str
    meaning: str
    forms_with: str = ""
    example_note: str = ""


R = TypeVar("R", bound=_Row)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a grammar pattern with its meaning in this text.

    :param kind: ``word`` or ``pattern``.
    :param lemma: dictionary form, or the pattern.
    :param reading: in kana.
    :param level: estimated JLPT level, or ``beyond``.
    :param gloss: the meaning here.
    :param part: part of speech, or how a pattern attaches.
    :param note: usage note.
    :param imitate: whether a learner may imitate it; false for the machine's errors.
    :param warning: why not.
    :param spans: where it stands, offsets in the decoded seed.
    """

    kind: str
    lemma: str
    reading: str
    level: str
    gloss: str
    part: str
    note: str
    imitate: bool
    warning: str
    spans: tuple[Span, ...]


def read_words(path: Path, base: BaseText) -> tuple[tuple[Word, ...], tuple[Problem, ...]]:
    """Read a table of ``[[word]]`` rows."""
    return _read(path, base, "word", _WordRow, _word)


def read_patterns(path: Path, base: BaseText) -> tuple[tuple[Word, ...], tuple[Problem, ...]]:
    """Read a table of ``[[pattern]]`` rows."""
    return _read(path, base, "pattern", _PatternRow, _pattern)


def _word(row: _WordRow, spans: tuple[Span, ...]) -> Word:
    return Word(
        "word", row.lemma, row.reading, row.level, row.gloss, row.pos, row.note,
        row.imitate, row.caveat_hint, spans,
    )  # fmt: skip


def _pattern(row: _PatternRow, spans: tuple[Span, ...]) -> Word:
    return Word(
        "pattern", row.title, row.reading, row.level, row.meaning, row.forms_with,
        row.example_note, row.imitate, row.caveat_hint, spans,
    )  # fmt: skip


def _read(
    path: Path,
    base: BaseText,
    table: str,
    shape: type[R],
    make: Callable[[R, tuple[Span, ...]], Word],
) -> tuple[tuple[Word, ...], tuple[Problem, ...]]:
    name = shown(path)
    try:
        source = path.read_text("utf-8")
        data = tomllib.loads(source)
    except (OSError, UnicodeDecodeError) as error:
        return (), (_problem(name, 0, f"cannot be read: {error}"),)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        return (), (_problem(name, int(at[1]) if at else 0, f"not valid TOML: {error}"),)
    # tomllib gives no line numbers: the n-th header is the n-th row.
    header = re.compile(rf"^\s*\[\[\s*{table}\s*\]\]", re.MULTILINE)
    lines = [source.count("\n", 0, m.end()) + 1 for m in header.finditer(source)]
    words: list[Word] = []
    problems = [
        _problem(name, 0, f"unknown table '{other}'; rows are [[{table}]]") for other in data.keys() - {table}
    ]
    for number, row in enumerate(data.get(table, ())):
        line = lines[number] if number < len(lines) else 0
        try:
            read = msgspec.convert(row, shape)
            words.append(make(read, _spans(read, base)))
        except (msgspec.ValidationError, ValueError) as error:
            problems.append(_problem(name, line, str(error)))
    return tuple(words), tuple(problems)


def _spans(row: _Row, base: BaseText) -> tuple[Span, ...]:
    """Find every form in every address of the row; the longest of overlapping forms wins.

    :raises ValueError: an address is unknown, or holds none of the forms.
    """
    spans: set[Span] = set()
    for address in row.at:
        sentence = base.sentence(address)
        if sentence is None:
            raise ValueError(f"unknown address '{address}'")
        here = {(a, b) for form in row.forms for a, b in find_all(form, sentence)}
        if not here:
            raise ValueError(f"none of {', '.join(row.forms)} stands in sentence {address}")
        spans |= {
            Span(a, b, "")
            for a, b in here
            if not any((c, d) != (a, b) and c <= a and b <= d for c, d in here)
        }
    return tuple(sorted(spans))


def _problem(name: str, line: int, message: str) -> Problem:
    return Problem(name, line, Subtype.TABLE.value, message)
