"""Courses: which exercises, in which order, in how many minutes, to what end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from kochu.exercises.framework import CEFR, JLPT
from kochu.exercises.model import Exercise
from kochu.text.problems import Problem, Subtype

__all__ = ["Course", "CourseRow", "StepRow", "check_courses"]


class StepRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A ``[[course.session.step]]``: what happens in some minutes of a session."""

    minutes: int
    title: str
    text: str = ""
    teacher: str = ""
    exercises: tuple[str, ...] = ()


class SessionRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A ``[[course.session]]``."""

    title: str
    minutes: int
    aims: tuple[str, ...]
    step: tuple[StepRow, ...]
    homework: str = ""
    homework_exercises: tuple[str, ...] = ()


class CourseRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A ``[[course]]`` of ``exercises.toml``."""

    id: str
    title: str
    audience: str
    cefr: str
    aims: tuple[str, ...]
    session: tuple[SessionRow, ...]
    jlpt: str = ""
    text: str = ""
    teacher: str = ""


@dataclass(frozen=True)
class Course:
    """A course whose exercises all exist and whose minutes add up."""

    row: CourseRow

    @property
    def exercises(self) -> tuple[str, ...]:
        """Ids of its exercises in the order in which they are done, homework included."""
        found: dict[str, None] = {}
        for session in self.row.session:
            for step in session.step:
                found |= dict.fromkeys(step.exercises)
            found |= dict.fromkeys(session.homework_exercises)
        return tuple(found)


def check_courses(
    rows: Sequence[tuple[str, CourseRow]], exercises: Mapping[str, Exercise]
) -> tuple[Mapping[str, Course], tuple[Problem, ...]]:
    """Check courses against the exercises they name.

    :param rows: each with the file it stands in.
    """
    courses: dict[str, Course] = {}
    problems: list[Problem] = []

    def tell(path: str, row: CourseRow, message: str) -> None:
        problems.append(Problem(path, 0, Subtype.EXERCISE.value, f"course {row.id}: {message}"))

    for path, row in rows:
        course = Course(row)
        if row.id in courses:
            tell(path, row, "a second course has this id; rename one")
        if row.cefr not in CEFR or (row.jlpt and row.jlpt not in JLPT):
            tell(path, row, f"level {row.cefr} {row.jlpt} is not known")
        for name in course.exercises:
            if name not in exercises:
                tell(path, row, f"there is no exercise '{name}'")
        for session in row.session:
            spent = sum(step.minutes for step in session.step)
            if spent != session.minutes:
                tell(path, row, f"'{session.title}' has {session.minutes} minutes, its steps take {spent}")
            for step in session.step:
                needed = sum(exercises[n].meta.minutes for n in step.exercises if n in exercises)
                if needed > step.minutes:
                    message = f"'{step.title}' has {step.minutes} minutes, its exercises take {needed}"
                    tell(path, row, message)
        courses[row.id] = course
    return courses, tuple(problems)
