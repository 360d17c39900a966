"""CSV that a spreadsheet opens as it is, and runs nothing of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
import csv
import io
import os
from pathlib import Path
import tempfile
import unicodedata

__all__ = ["cells", "harmless", "lines", "save", "table"]

_MARK = "\ufeff"
"""Tells spreadsheets that a file is UTF-8."""

_FORMULA = "=+-@|%\t\r\n"


def harmless(value: object) -> str:
    """Keep a spreadsheet from taking a stranger's words for a formula.

    Looked at after NFKC, since programs fold a full-width ``＝`` too.
    """
    if not isinstance(value, str):
        return f"{value:g}" if isinstance(value, int | float) else str(value)
    # Nearly all cells begin with a letter or a digit, which begins no formula.
    if not value or value[0].isalnum():
        return value
    first = unicodedata.normalize("NFKC", value.lstrip())[:1]
    return f"'{value}" if (first and first in _FORMULA) or value[0] in "\t\r\n" else value


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write a table, every field quoted."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([harmless(name) for name in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return _MARK + out.getvalue()


def cells(values: Sequence[object]) -> str:
    """Write some cells of a row; for tables so long that their cells are worth keeping."""
    return ",".join('"' + harmless(value).replace('"', '""') + '"' for value in values)


def lines(header: Sequence[str], rows: Iterable[str]) -> str:
    """Write a table of rows that are written already."""
    return _MARK + "".join(f"{row}\r\n" for row in (cells(header), *rows))


def save(path: Path, content: str | bytes) -> None:
    """Write a file as a whole or not at all, and not when nothing changed."""
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    try:
        if path.read_bytes() == data:
            return
    except OSError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".kochu-", suffix=path.suffix)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
