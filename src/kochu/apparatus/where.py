"""Find the line of a TOML file that is meant: the parser gives data without lines."""

from __future__ import annotations

import re

__all__ = ["header_line", "line_of"]

_PATH = re.compile(r"`\$((?:\.[\w-]+|\[\d+\])+)`")
_STEP = re.compile(r"\.([\w-]+)(?:\[(\d+)\])?")
_FIELD = re.compile(r"(?:field|key) `([^`]+)`")


def line_of(source: str, message: str) -> int:
    """Find what a message of msgspec speaks of, such as ``at `$.text[1].layer[0].name```.

    :return: the line of the key, else of the table that should hold it, else the first.
    """
    path = _PATH.search(message)
    start, end, table = 0, len(source), ""
    steps = _STEP.findall(path[1]) if path else []
    steps += [(name, "") for name in _FIELD.findall(message)]
    for name, index in steps:
        inner = f"{table}.{name}" if table else name
        headers = [m.start(1) for m in _header(inner).finditer(source, start, end)]
        number = int(index or 0)
        if number < len(headers):
            table = inner
            start = headers[number]
            end = headers[number + 1] if number + 1 < len(headers) else end
        elif key := re.compile(rf"^\s*({re.escape(name)})\s*=", re.MULTILINE).search(source, start, end):
            start = key.start(1)
    return source.count("\n", 0, start) + 1


def header_line(source: str, table: str, number: int) -> int:
    """Find the header of the ``number``-th table of an array, counted from 0."""
    headers = [m.start(1) for m in _header(table).finditer(source)]
    return source.count("\n", 0, headers[number]) + 1 if number < len(headers) else 1


def _header(table: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*(\[\[?\s*{re.escape(table)}\s*\])", re.MULTILINE)
