"""Read the data of figures: TOML files of rows, such as ``[[drills]]``.

Rows are free to hold what their authors want to show in the table; each kind of figure
checks the keys that it draws. A key may have companions: ``size_low`` and ``size_high``
for a range, ``size_note`` for a remark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
import re
from typing import Any, TypeVar

import msgspec

from kochu.text.problems import EditionError, Problem, Subtype, shown
from kochu.text.toml import TomlError, read_toml

__all__ = ["Row", "When", "convert", "data_error", "label", "read_rows", "when"]

T = TypeVar("T")

_LABELS = ("name", "label", "title", "name_en", "label_en")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a data file.

    :param line: 1-based line of its header.
    """

    path: str
    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class When:
    """A time as exactly as it is known.

    :param start: first day.
    :param end: last day; of a month or year that is all that is known, its last.
    :param text: as it is shown.
    :param exact: whether the days are known.
    """

    start: date
    end: date
    text: str
    exact: bool


def read_rows(path: Path, table: str = "") -> tuple[Row, ...]:
    """Read the rows of a data file.

    :param table: name of the rows' table; the first array of tables, if not given.
    :raises EditionError: the file is missing or malformed, or has no such rows.
    """
    name = shown(path)
    try:
        source, data = read_toml(path)
    except FileNotFoundError as error:
        raise data_error(name, 0, f"cannot be read: {error.strerror}") from None
    except TomlError as error:
        raise data_error(name, error.line, str(error)) from None
    tables = [key for key, value in data.items() if _is_rows(value)]
    chosen = table or next(iter(tables), "")
    if chosen not in tables:
        raise data_error(name, 0, f"has no rows [[{chosen or 'rows'}]]")
    header = re.compile(rf"^\s*\[\[\s*{re.escape(chosen)}\s*\]\]", re.MULTILINE)
    lines = [source.count("\n", 0, m.end()) + 1 for m in header.finditer(source)]
    rows = tuple(Row(name, line, values) for line, values in zip(lines, data[chosen], strict=True))
    seen: dict[str, int] = {}
    for row in rows:
        if (identity := row.values.get("id")) and seen.setdefault(identity, row.line) != row.line:
            raise data_error(name, row.line, f"id '{identity}' stands in line {seen[identity]} already")
    return rows


def convert(row: Row, shape: type[T]) -> T:
    """Read the keys that a figure draws.

    :raises EditionError: one is missing or of the wrong type.
    """
    try:
        return msgspec.convert(row.values, shape)
    except msgspec.ValidationError as error:
        raise data_error(row.path, row.line, str(error)) from None


def label(row: Row) -> str:
    """What a row is called.

    :raises EditionError: it has no name under any of the usual keys.
    """
    for key in _LABELS:
        if text := row.values.get(key):
            return str(text)
    raise data_error(row.path, row.line, f"has no name; give it one of {', '.join(_LABELS)}")


def when(row: Row) -> When | None:
    """Read the time of a row: ``start`` and ``end``, ``date``, or ``when`` as a year or month.

    :raises EditionError: it is no time, or ends before it starts.
    """
    values = row.values
    start = values.get("start", values.get("date"))
    if start is None and (text := values.get("when")):
        return _vague(row, str(text))
    if start is None:
        return None
    end = values.get("end", start)
    if not (type(start) is date and type(end) is date) or end < start:
        raise data_error(row.path, row.line, f"'{start}' to '{end}' is no time; write dates as 2024-10-14")
    return When(start, end, _range(start, end), exact=True)


def _vague(row: Row, text: str) -> When:
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?", text)
    if not match or not 1 <= int(match[2] or 1) <= len(_MONTHS):
        raise data_error(row.path, row.line, f"when = '{text}' is no year or month; write 2015 or 2024-09")
    year, month = int(match[1]), int(match[2] or 0)
    if not month:
        return When(date(year, 1, 1), date(year, 12, 31), text, exact=False)
    last = date(year + month // 12, month % 12 + 1, 1).toordinal() - 1
    return When(date(year, month, 1), date.fromordinal(last), f"{_MONTHS[month - 1]} {year}", exact=False)


def _range(start: date, end: date) -> str:
    """Write days as people do: ``29 June to 8 July 2010``."""
    last = f"{end.day} {_MONTHS[end.month - 1]} {end.year}"
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    year = "" if start.year == end.year else f" {start.year}"
    return f"{start.day} {_MONTHS[start.month - 1]}{year} to {last}"


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def data_error(path: str, line: int, message: str) -> EditionError:
    """Make an error about a data file."""
    return EditionError(Problem(path, line, Subtype.TABLE.value, message))
