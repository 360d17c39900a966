"""Read TOML, with errors that tell the line."""

from __future__ import annotations

from pathlib import Path
import re
import tomllib
from typing import Any

__all__ = ["TomlError", "parse_toml", "read_toml"]


class TomlError(Exception):
    """A file that is no TOML.

    :ivar line: the line, counted from 1, or 0 where none can be told.
    """

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def read_toml(path: Path) -> tuple[str, dict[str, Any]]:
    """Read a file; a byte order mark does no harm.

    :return: its text, in which lines can be looked up, and what it says.
    :raises FileNotFoundError: there is none, of which each caller has its own to say.
    :raises TomlError: it cannot be read, or is no TOML.
    """
    try:
        source = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise
    except UnicodeDecodeError:
        raise TomlError(0, "is not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise TomlError(0, f"cannot be read: {error.strerror}") from None
    return source, parse_toml(source)


def parse_toml(source: str) -> dict[str, Any]:
    """Read a text.

    :raises TomlError: it is no TOML. One cut short is wrong at its last line.
    """
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        at = int(line[1]) if line else max(1, len(source.splitlines()))
        raise TomlError(at, f"not valid TOML: {error}") from None
