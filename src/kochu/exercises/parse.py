"""Read an exercise from its file: front matter, task, feedback, doctest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
import re
from typing import Any

import msgspec
import yaml

from kochu.apparatus.kinds import KINDS
from kochu.apparatus.parse import parse_passage
from kochu.exercises import make_choice, make_fault, make_text
from kochu.exercises.bench import Bench, Source, TaskError, Where
from kochu.exercises.framework import BLOOM, CEFR, JLPT, SKILLS, STRANDS, TYPES, USES
from kochu.exercises.markup import roles
from kochu.exercises.model import Exercise, Meta, Secret, Sheet
from kochu.exercises.rows import Task
from kochu.exercises.tasks import SHAPES
from kochu.text.problems import Problem, Subtype, shown
from kochu.text.toml import TomlError, parse_toml

__all__ = ["parse_exercise", "read_exercise"]

_OPEN = re.compile(r"^(`{3,})\s*(\{?)([\w-]+)(\}?)\s*$")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FENCES = ("task", "feedback", "teacher", "python")

BUILDERS: dict[str, Callable[[Bench, Any], None]] = {
    "choice": make_choice.choice,
    "choices": make_choice.choice,
    "true-false": make_choice.true_false,
    "order": make_choice.order,
    "match": make_choice.match,
    "vocabulary": make_choice.vocabulary,
    "classify": make_choice.classify,
    "reading": make_text.reading,
    "cloze": make_text.cloze,
    "correction": make_text.correction,
    "reconstruct": make_text.reconstruct,
    "repair": make_text.repair,
    "post-edit": make_text.post_edit,
    "short": make_text.short,
    "spot": make_fault.spot,
    "mqm": make_fault.mqm,
}
"""What makes questions and keys of a task, by type."""


class _Front(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    id: str
    title: str
    type: str
    strand: str
    skill: str
    bloom: str
    cefr: str
    jlpt: str
    minutes: int
    points: float
    use: str
    sentences: str = ""
    text: str = ""


@dataclass(frozen=True)
class _Fence:
    name: str
    line: int
    text: str


@dataclass
class _Cut:
    """A file cut into its parts."""

    front: str
    fences: list[_Fence]
    problems: list[Problem]

    def only(self, name: str) -> _Fence | None:
        return next((f for f in self.fences if f.name == name), None)


def read_exercise(
    path: Path, source_of: Callable[[str], Source]
) -> tuple[Exercise | None, tuple[Problem, ...]]:
    """Read an exercise from disk; see :func:`parse_exercise`."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return None, (_problem(shown(path), 0, f"cannot be read: {error}; save it as UTF-8"),)
    return parse_exercise(text, path, source_of)


def parse_exercise(
    text: str, path: Path, source_of: Callable[[str], Source]
) -> tuple[Exercise | None, tuple[Problem, ...]]:
    """Parse the text of an exercise's file.

    :param path: where it came from; its stem must be the exercise's id.
    :param source_of: gives what the exercise is about, by the id of a text; raises
        :class:`KeyError` with a message for an unknown one.
    :return: the exercise, ``None`` if it cannot be built, and all that is wrong.
    """
    name = shown(path)
    cut = _cut(text, name)
    task = cut.only("task")
    feedback = cut.only("feedback")
    for wanted, found in (("{task}", task), ("{feedback}", feedback), ("python", cut.only("python"))):
        if found is None:
            cut.problems.append(_problem(name, 1, f"no ```{wanted} fence; every exercise needs one"))
    meta, source = _meta(cut, path, name, source_of)
    if meta is None or source is None or task is None:
        return None, tuple(cut.problems)
    data, problem = _load(task, name)
    if problem:
        return None, (*cut.problems, problem)
    line_of = _lines(task)
    bench = Bench(meta, source, name, line_of)
    try:
        row = msgspec.convert(data, SHAPES[meta.type])
        assert isinstance(row, Task)
        bench.seed = row.seed
        bench.show(row.show)
        BUILDERS[meta.type](bench, row)
    except msgspec.ValidationError as error:
        return None, (*cut.problems, _problem(name, line_of(_place(error)), _plain(error, meta.type)))
    except TaskError as error:
        bench.tell(str(error), error.where)
        return None, (*cut.problems, *bench.problems)
    for fence in cut.fences:
        _check_roles(bench, fence)
    total = sum(question.points for question in bench.questions)
    if total != meta.points:
        bench.tell(f"the questions earn {total:g} points, the front matter says {meta.points:g}")
    teacher = cut.only("teacher")
    sheet = Sheet(
        meta, row.prompt, row.hints, tuple(bench.stimuli), tuple(bench.questions), name, task.line + 1
    )
    secret = Secret(bench.keys, feedback.text if feedback else "", teacher.text if teacher else "")
    return Exercise(sheet, secret), (*cut.problems, *bench.problems)


def _cut(text: str, name: str) -> _Cut:
    """Cut a file at its fences; what stands between them would be lost, so it is an error."""
    lines = text.removeprefix("\ufeff").splitlines()
    cut = _Cut("", [], [])
    at = 0
    if lines[:1] == ["---"] and "---" in lines[1:]:
        at = lines.index("---", 1) + 1
        cut.front = "\n".join(lines[1 : at - 1])
    else:
        cut.problems.append(_problem(name, 1, "no front matter; begin with --- , options, ---"))
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line.strip():
            continue
        opened = _OPEN.match(line)
        if not opened or opened[3] not in _FENCES or (opened[2] == "{") != (opened[3] != "python"):
            wanted = ", ".join("```" + (f if f == "python" else "{" + f + "}") for f in _FENCES)
            cut.problems.append(_problem(name, at, f"'{line[:40]}' stands outside the fences {wanted}"))
            continue
        closing = next((i for i in range(at, len(lines)) if lines[i].strip() == opened[1]), None)
        if closing is None:
            cut.problems.append(_problem(name, at, f"the fence {line} is never closed"))
            closing = len(lines)
        if opened[3] != "python" and cut.only(opened[3]):
            cut.problems.append(_problem(name, at, f"a second {line}; an exercise has one"))
        cut.fences.append(_Fence(opened[3], at, "\n".join(lines[at:closing])))
        at = closing + 1
    return cut


def _meta(
    cut: _Cut, path: Path, name: str, source_of: Callable[[str], Source]
) -> tuple[Meta | None, Source | None]:
    def wrong(message: str, field: str = "") -> None:
        lines = [n for n, text in enumerate(cut.front.splitlines(), 2) if text.startswith(f"{field}:")]
        cut.problems.append(_problem(name, lines[0] if field and lines else 1, message))

    try:
        # Every value is read as a string: in plain YAML 'no', 12:30 and dates change.
        front = msgspec.convert(yaml.load(cut.front, _LOADER), _Front, strict=False)  # noqa: S506
    except yaml.YAMLError as error:
        wrong(f"front matter is not valid: {str(error).splitlines()[0]}")
        return None, None
    except msgspec.ValidationError as error:
        wrong(f"front matter: {error}")
        return None, None
    count = len(cut.problems)
    for field, value, allowed in (
        ("type", front.type, TYPES),
        ("strand", front.strand, STRANDS),
        ("skill", front.skill, SKILLS),
        ("bloom", front.bloom, BLOOM),
        ("cefr", front.cefr, CEFR),
        ("jlpt", front.jlpt, JLPT),
        ("use", front.use, USES),
    ):
        if value not in allowed:
            wrong(f"{field}: {value} is not known; it is one of {', '.join(allowed)}", field)
    if front.id != path.stem or not _ID.fullmatch(front.id):
        wrong(f"id: {front.id} must be the file's name, in small letters, digits and hyphens", "id")
    if not 1 <= front.minutes <= 240:
        wrong("minutes: give a number from 1 to 240", "minutes")
    try:
        source = source_of(front.text)
    except KeyError as error:
        wrong(str(error.args[0]), "text")
        return None, None
    sentences, problems = parse_passage(front.sentences, source.loaded.base, name, 1)
    if front.sentences:
        cut.problems += problems
    if len(cut.problems) > count:
        return None, None
    meta = Meta(
        front.id, front.title, front.type, front.strand, front.skill, front.bloom, front.cefr, front.jlpt,
        front.minutes, front.points, front.use, tuple(s.address for s in sentences),
        source.loaded.spec.id,
    )  # fmt: skip
    return meta, source


def _check_roles(bench: Bench, fence: _Fence) -> None:
    """See that what is linked exists. Feedback is opened in the page, where no build looks."""
    find = bench.source.note
    if find is None or fence.name == "python":
        return
    for number, line in enumerate(fence.text.splitlines(), fence.line + 1):
        for role, target in roles(line):
            if role == "sentence":
                known = bench.source.loaded.base.sentence(target.rpartition(":")[2]) is not None
            elif role in KINDS and role != "term":
                note = find(target)
                known = note is not None and note.kind == role
            else:
                continue
            if not known:
                message = f"{bench.meta.id}: there is no {role} '{target}'"
                bench.problems.append(_problem(bench.path, number, message))


def _load(task: _Fence, name: str) -> tuple[dict[str, object], Problem | None]:
    try:
        return parse_toml(task.text), None
    except TomlError as error:
        return {}, _problem(name, task.line + error.line, f"the task is {error}")


def _lines(task: _Fence) -> Callable[[Where | None], int]:
    """Find the lines of rows: tomllib tells none, but the n-th header is the n-th row."""
    places: dict[str, list[int]] = {}
    for number, line in enumerate(task.text.splitlines(), task.line + 1):
        if header := re.match(r"\s*\[\[?\s*([\w-]+)\s*\]\]?\s*(#.*)?$", line):
            places.setdefault(header[1], []).append(number)

    def line_of(where: Where | None) -> int:
        rows = places.get(where[0], []) if where else []
        return rows[where[1]] if where and where[1] < len(rows) else task.line

    return line_of


def _place(error: msgspec.ValidationError) -> Where | None:
    found = re.search(r"`\$\.([\w-]+)(?:\[(\d+)\])?", str(error))
    return (found[1], int(found[2] or 0)) if found else None


def _plain(error: msgspec.ValidationError, kind: str) -> str:
    return f"task of type {kind}: {error}"


def _problem(name: str, line: int, message: str) -> Problem:
    return Problem(name, line, Subtype.EXERCISE.value, message)
