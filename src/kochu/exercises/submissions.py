"""Read hand-ins: files that students send, so nothing in them is trusted.

A file is data. It is read once, with limits, and only what is known is taken from it;
no path, no pattern and no code is ever made of what it says. A file that cannot be read
is a row with a reason and costs nobody else a mark.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import dataclass
import json
import os
from pathlib import Path
import re
import stat
from typing import Any
import unicodedata

from kochu.exercises.marking import LONGEST, Answer

__all__ = ["FORMAT", "LARGEST", "BadHandInError", "HandIn", "printable", "read_hand_in", "read_hand_ins"]

FORMAT = "kochu-answers/1"
"""What the page writes into its files."""

LARGEST = 256 * 1024
"""Bytes of a file; a full hand-in of forty exercises has about ten thousand."""

DEEPEST = 6
"""Levels of brackets; a hand-in has four."""

MOST = 60
"""Items of one answer, and characters of a name that are kept."""


class BadHandInError(ValueError):
    """A file is no hand-in; the message says why, for the teacher."""


# A string that is never closed reaches to the end: so each sign is looked at once, and
# no file can make this slow.
_QUOTED = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")


@dataclass(frozen=True, slots=True)
class HandIn:
    """What one student handed in.

    :param file: name of the file, fit for printing; it stands for the student.
    :param name: what the student called himself or herself, fit for printing.
    :param set_name: the set it was made for.
    :param answers: by exercise and question.
    :param problem: why the file was refused; then there are no answers.
    """

    file: str
    name: str = ""
    set_name: str = ""
    answers: dict[str, dict[str, Answer]] | None = None
    problem: str = ""
    ignored: tuple[str, ...] = ()


def printable(text: str, most: int = MOST) -> str:
    """Make a stranger's words fit for one line of a report.

    What cannot be seen, breaks lines or turns the direction of writing is left out;
    half a surrogate becomes the replacement character.
    """
    text = text[: most * 4].encode("utf-8", "replace").decode("utf-8", "replace")
    kept = "".join(c if unicodedata.category(c)[0] not in "CZ" else " " for c in text)
    return " ".join(kept.split())[:most]


def read_hand_ins(folder: Path) -> Iterable[HandIn]:
    """Read every ``.json`` file of a folder, in the order of names.

    :raises BadHandInError: the folder itself cannot be read.
    """
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if entry.name.lower().endswith(".json"))
    except OSError as error:
        raise BadHandInError(f"{folder}: {error.strerror}") from None
    for name in names:
        yield read_hand_in(folder / name)


def read_hand_in(path: Path) -> HandIn:
    """Read one file."""
    name = printable(os.fsencode(path.name).decode("utf-8", "replace"), 120)
    try:
        data = _parse(_decode(_bytes(path)))
        return _take(name, data)
    except BadHandInError as error:
        return HandIn(name, problem=str(error))


def _bytes(path: Path) -> bytes:
    """Read a regular file that is no link, without waiting for a pipe."""
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    try:
        handle = os.open(path, flags)
    except OSError as error:
        link = path.is_symlink()
        raise BadHandInError(
            "a link, not a file" if link else f"cannot be opened: {error.strerror}"
        ) from None
    try:
        # Asked of the opened file: between a look at the name and the opening it could change.
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise BadHandInError("not a file")
        with os.fdopen(handle, "rb", closefd=False) as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise BadHandInError(f"cannot be read: {error.strerror}") from None
    finally:
        os.close(handle)
    if len(data) > LARGEST:
        raise BadHandInError(f"larger than {LARGEST // 1024} KiB")
    return data


def _decode(data: bytes) -> str:
    """Decode UTF-8, or UTF-16 that says so; other encodings are never guessed."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise BadHandInError("neither UTF-8 nor UTF-16; save it from the page again") from None


def _parse(text: str) -> Any:
    depth = 0
    # Counted before parsing: the parser itself fails on deep nesting with a traceback.
    for bracket in _BRACKET.findall(_QUOTED.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > DEEPEST:
            raise BadHandInError(f"nested deeper than {DEEPEST} levels")
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer)
    except json.JSONDecodeError as error:
        raise BadHandInError(f"not JSON: {error.msg} in line {error.lineno}") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        # The last of two would win in silence.
        twice = next(key for key in found if [k for k, _ in pairs].count(key) > 1)
        raise BadHandInError(f"'{printable(twice, 40)}' stands twice")
    return found


def _constant(name: str) -> Any:
    raise BadHandInError(f"{name} is no JSON")


def _integer(text: str) -> int:
    if len(text) > 18:
        raise BadHandInError("a number is too long")
    return int(text)


def _take(file: str, data: Any) -> HandIn:
    """Take what is known from the data; everything else is named and left."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise BadHandInError(f'no hand-in: "format" is not "{FORMAT}"')
    given = data.get("answers")
    if not isinstance(given, dict):
        raise BadHandInError('"answers" is not a table')
    answers: dict[str, dict[str, Answer]] = {}
    ignored: list[str] = []
    for exercise, questions in given.items():
        if not isinstance(questions, dict):
            ignored.append(printable(exercise, 40))
            continue
        taken = {question: _answer(answer) for question, answer in questions.items()}
        answers[exercise] = {question: answer for question, answer in taken.items() if answer is not None}
        ignored += [f"{printable(exercise, 40)}/{printable(q, 20)}" for q, a in taken.items() if a is None]
    name, set_name = data.get("name"), data.get("set")
    return HandIn(
        file,
        printable(name) if isinstance(name, str) else "",
        printable(set_name) if isinstance(set_name, str) else "",
        answers,
        ignored=tuple(ignored[:20]),
    )


def _answer(value: Any) -> Answer:
    """Take an answer that has the shape of one."""
    if isinstance(value, str):
        return value if len(value) <= LONGEST else None
    if isinstance(value, list) and len(value) <= MOST and all(isinstance(v, str) for v in value):
        return value
    return None
