"""``{course}`` and ``{exercise-table}``: what there is, and in which order a class does it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import indent
from typing import TYPE_CHECKING

from docutils import nodes

from kochu.exercises.courses import Course, StepRow
from kochu.exercises.framework import SKILLS, TYPES
from kochu.sphinx.exercises.filtered import Filtered
from kochu.sphinx.exercises.project import is_teacher
from kochu.text.problems import Subtype

if TYPE_CHECKING:
    from kochu.exercises.book import Book
    from kochu.exercises.model import Meta

__all__ = ["CoursePlan", "ExerciseTable"]


class CoursePlan(Filtered):
    """``{course} id``: aims, sessions, steps with their minutes, homework; without an id, all courses."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        book = self.book()
        teacher = is_teacher(self.env._app)
        if not self.argument:
            return [self._section(course, book, teacher=teacher) for course in book.courses.values()]
        course = book.courses.get(self.argument)
        if course is None:
            return self.wrong(Subtype.OPTION, f"there is no course '{self.argument}'{_one_of(book.courses)}")
        return self.blocks(_plan(course, book, teacher=teacher))

    def _section(self, course: Course, book: Book, *, teacher: bool) -> nodes.section:
        name = f"course-{course.row.id}"
        section = nodes.section("", ids=[name], names=[name])
        section += nodes.title("", "", *self.inline(course.row.title))
        section += self.blocks(_plan(course, book, teacher=teacher))
        self.state.document.note_implicit_target(section, section)
        return section


def _plan(course: Course, book: Book, *, teacher: bool) -> str:
    """Write a course as MyST."""
    row = course.row
    level = f"CEFR {row.cefr}" + (f", JLPT {row.jlpt}" if row.jlpt else "")
    total = sum(session.minutes for session in row.session)
    lines = [f"**For:** {row.audience} ({level}). **Time:** {total} minutes, homework apart.", ""]
    lines += [row.text, "", "**Aims**", "", *(f"- {aim}" for aim in row.aims), ""]
    if teacher and row.teacher:
        lines += ["**For the teacher**", "", row.teacher, ""]
    for number, session in enumerate(row.session, 1):
        lines += [f"**Session {number}: {session.title}** ({session.minutes} minutes)", ""]
        lines += [*(f"- {aim}" for aim in session.aims), ""]
        lines += _steps(session.step, book, teacher=teacher)
        if session.homework or session.homework_exercises:
            lines += [f"**Homework.** {session.homework}", ""]
            lines += [_named(session.homework_exercises, book), ""]
    return "\n".join(lines)


def _steps(steps: Sequence[StepRow], book: Book, *, teacher: bool) -> list[str]:
    """Write the steps of a session as a table: when, what, with which exercises."""
    lines = ["```{list-table}", ":header-rows: 1", ":widths: 12 58 30", ":class: kx-plan", ""]
    lines += _row("Minutes", "Step", "Exercises")
    start = 0
    for step in steps:
        end = start + step.minutes
        what = f"**{step.title}**\n\n{step.text.strip()}\n"
        if teacher and step.teacher:
            what += f"\n*Teacher:* {step.teacher.strip()}\n"
        lines += _row(f"{start}–{end}", what, _named(step.exercises, book))
        start = end
    return [*lines, "```", ""]


def _named(names: Sequence[str], book: Book) -> str:
    known = [book.exercises[name].meta for name in names if name in book.exercises]
    return "; ".join(f"{{exercise:ref}}`{meta.title} <{meta.id}>`" for meta in known)


def _one_of(names: Iterable[str]) -> str:
    listed = ", ".join(names)
    return f"; it is one of {listed}" if listed else ""


class ExerciseTable(Filtered):
    """``{exercise-table}``: exercises chosen by their front matter, one a row."""

    optional_arguments = 0

    def run(self) -> list[nodes.Node]:
        chosen = self.choose(self.book())
        if not chosen:
            return []
        lines = ["```{list-table}", ":header-rows: 1", ":widths: 34 22 26 10 8", ":class: kx-list", ""]
        lines += _row("Exercise", "Task", "Trains", "Level", "Minutes")
        for exercise in chosen:
            lines += _row(*_cells(exercise.meta))
        return self.blocks("\n".join([*lines, "```"]))


def _cells(meta: Meta) -> tuple[str, ...]:
    return (
        f"{{exercise:ref}}`{meta.title} <{meta.id}>`" + ("" if meta.practice else " (assignment)"),
        TYPES[meta.type].lower(),
        SKILLS[meta.skill],
        f"{meta.cefr}, {meta.jlpt}",
        str(meta.minutes),
    )


def _row(*cells: str) -> list[str]:
    """Write a row of a list-table; a cell may have several paragraphs."""
    first, *rest = (indent(cell, " " * 4).strip() for cell in cells)
    return [f"* - {first}", *(f"  - {cell}" for cell in rest)]
