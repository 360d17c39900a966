"""The table beneath a figure: the same data, row by row, with sources.

It is what those read who do not see the figure, and what everybody checks it against.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kochu.figures.data import Row, data_error, label, when

__all__ = ["Cell", "Part", "Table", "table"]

SOURCES, PLACES = "source", "at"
"""Keys whose values are bibliography keys, and addresses of sentences."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a cell.

    :param kind: ``text``, ``note``, ``cite`` (a key of the bibliography), or ``sentence``.
    :param language: of a text that is not in the edition's language.
    """

    kind: str
    text: str
    language: str = ""


Cell = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(rows: Sequence[Row], columns: Mapping[str, str]) -> Table:
    """Lay rows out.

    :param columns: keys and headings. ``name`` finds the name under any of its keys, ``when``
        the time; a key takes in its range (``key_low``, ``key_high``) and its remark
        (``key_note``). A language at its end (``label_ja``) marks the words' language.
    :raises EditionError: a column is empty: no row has such a key.
    """
    found = tuple(tuple(_cell(row, key) for key in columns) for row in rows)
    for number, key in enumerate(columns):
        if rows and not any(row[number] for row in found):
            raise data_error(rows[0].path, 0, f"no row has '{key}'; a column of the table would be empty")
    return Table(tuple(columns.values()), found)


def _cell(row: Row, key: str) -> Cell:
    if key == "name":
        return (Part("text", label(row)),)
    if key in ("when", "dates"):
        time = when(row)
        return (*((Part("text", time.text),) if time else ()), *_note(row, "dates"), *_note(row, "when"))
    value = row.values.get(key)
    if key == SOURCES:
        return tuple(Part("cite", str(v)) for v in value or ())
    if key == PLACES:
        return tuple(Part("sentence", str(v)) for v in value or ())
    language = key.rpartition("_")[2] if len(key.rpartition("_")[2]) == 2 and "_" in key else ""
    if value is None:
        text = _range(row, key)
    elif isinstance(value, list):
        text = ", ".join(map(_text, value))
    else:
        text = _text(value)
    return (*((Part("text", text, language),) if text else ()), *_note(row, key))


def _range(row: Row, key: str) -> str:
    low, high = row.values.get(f"{key}_low"), row.values.get(f"{key}_high")
    if low is not None and high is not None:
        return _text(low) if low == high else f"{_text(low)}–{_text(high)}"
    return (
        f"at most {_text(high)}" if high is not None else f"at least {_text(low)}" if low is not None else ""
    )


def _note(row: Row, key: str) -> Cell:
    """The remark on a key; companions of ``china_troops`` may be called ``china_note``."""
    if key.endswith("_note"):
        return ()
    text = row.values.get(f"{key}_note") or row.values.get(f"{key.partition('_')[0]}_note")
    return (Part("note", str(text)),) if text else ()


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return (f"{value:,}" if isinstance(value, int) else str(value)).replace("-", "\u2212")
    if isinstance(value, date):
        return f"{value.day} {value:%B} {value.year}"
    return str(value)
