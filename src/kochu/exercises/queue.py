"""The rubric queue: free answers that a teacher marks in a file and hands back.

The file is TOML, a table an answer. Answers that are the same words stand once, so that
they are marked alike. Marks are found again by a digest of the answer: files may be
renamed, added or handed in anew, and no mark is lost or counted for other words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
import json
from pathlib import Path
import re

import msgspec

from kochu.exercises.marking import Marked
from kochu.exercises.model import Exercise
from kochu.exercises.normalize import normalize
from kochu.text.problems import Problem, Subtype, shown
from kochu.text.toml import TomlError, read_toml

__all__ = ["Judgement", "QueueError", "read_queue", "work_id", "write_queue"]

_HEAD = """# Answers to be marked. For each, write points (0 to "of", halves are allowed) and, if you
# like, a comment for the student; then run the same command again. Leave points = "" where
# you have not decided. Rubrics and model answers stand in comments. Do not change "id".
"""


class QueueError(ValueError):
    """The teacher's file cannot be used; the message is a problem with file and line."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a teacher decided about an answer.

    :param points: nothing while undecided.
    :param row: the table as it stands in the file, to be kept when nobody hands the
        answer in any more.
    """

    points: float | None
    comment: str = ""
    row: str = ""


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    exercise: str
    question: str
    of: float
    answer: str
    points: float | str = ""
    comment: str = ""
    students: int = 1


class _Queue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    answer: tuple[_Row, ...] = ()


def work_id(exercise: str, question: str, answer: str) -> str:
    """Name an answer by its words. Spacing and width make no other answer of it."""
    return sha256(f"{exercise}\n{question}\n{normalize(answer)}".encode()).hexdigest()[:16]


def read_queue(path: Path) -> dict[str, Judgement]:
    """Read what a teacher decided; nothing if there is no file yet.

    :raises QueueError: the file is broken, or a row gives more points than there are.
    """
    try:
        source, data = read_toml(path)
        rows = msgspec.convert(data, _Queue).answer
    except FileNotFoundError:
        return {}
    except TomlError as error:
        raise _error(path, error.line, str(error)) from None
    except msgspec.ValidationError as error:
        at = re.search(r"\$\.answer\[(\d+)\]", str(error))
        raise _error(path, _line(source, int(at[1])) if at else 0, str(error)) from None
    found: dict[str, Judgement] = {}
    for number, row in enumerate(rows):
        points = _points(path, source, number, row)
        found[row.id] = Judgement(points, row.comment, _kept(row, points))
    return found


def write_queue(work: Mapping[str, tuple[Exercise, Marked, int]], judgements: Mapping[str, Judgement]) -> str:
    """Write the queue: undecided answers first; decisions are kept, also of answers now gone."""
    rows = sorted(work.items(), key=lambda item: (_decided(judgements, item[0]), *_place(item[1]), item[0]))
    parts = [_HEAD]
    parts += [_row(name, *item, judgements.get(name, Judgement(None))) for name, item in rows]
    gone = [j.row for name, j in sorted(judgements.items()) if name not in work and j.points is not None]
    return "\n".join([*parts, *gone])


def _decided(judgements: Mapping[str, Judgement], name: str) -> bool:
    return name in judgements and judgements[name].points is not None


def _place(item: tuple[Exercise, Marked, int]) -> tuple[str, str]:
    exercise, marked, _ = item
    return exercise.id, marked.question.id


def _row(name: str, exercise: Exercise, marked: Marked, students: int, judgement: Judgement) -> str:
    question = marked.question
    key = exercise.secret.keys[question.id]
    notes = [f"{c.points:g}: {c.text}" for c in key.rubric] or [f"right: {' / '.join(key.accept)}"]
    notes += [f"model: {model}" for model in key.models]
    title = f"{_one_line(exercise.meta.title)}. {_one_line(question.label)}".rstrip(". ")
    comments = [f"# {_one_line(note)}" for note in (title, *notes)]
    row = _Row(
        name,
        exercise.id,
        question.id,
        question.points,
        marked.answer,
        comment=judgement.comment,
        students=students,
    )
    return _table(row, judgement.points, comments)


def _kept(row: _Row, points: float | None) -> str:
    return _table(row, points, ["# Nobody hands this answer in any more; the mark is kept."])


def _table(row: _Row, points: float | None, comments: list[str]) -> str:
    lines = [
        "[[answer]]",
        *comments,
        f"id = {_string(row.id)}",
        f"exercise = {_string(row.exercise)}",
        f"question = {_string(row.question)}",
        f"students = {row.students}",
        f"answer = {_string(row.answer)}",
        f"of = {row.of:g}",
        "points = " + ('""' if points is None else f"{points:g}"),
        f"comment = {_string(row.comment)}",
        "",
    ]
    return "\n".join(lines)


def _points(path: Path, source: str, number: int, row: _Row) -> float | None:
    if row.points == "":
        return None
    try:
        points = float(row.points)
    except ValueError:
        points = -1
    if not 0 <= points <= row.of:
        raise _error(
            path, _line(source, number), f"points = {row.points!r}: give a number from 0 to {row.of:g}"
        )
    return points


def _line(source: str, number: int) -> int:
    headers = [n for n, line in enumerate(source.splitlines(), 1) if line.strip() == "[[answer]]"]
    return headers[number] if number < len(headers) else 0


def _string(text: str) -> str:
    """Write a TOML string. JSON's escapes are TOML's, but for the lone surrogate and DEL."""
    clean = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(clean, ensure_ascii=False).replace("\x7f", "\\u007f")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _error(path: Path, line: int, message: str) -> QueueError:
    return QueueError(str(Problem(shown(path), line, Subtype.EXERCISE.value, message)))
