"""``{exercises}``, ``{exercise-key}``, ``{course}`` and ``{handout}``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
import os
from pathlib import Path
import re
from typing import TYPE_CHECKING, ClassVar, cast

from docutils import nodes

from kochu.exercises.courses import Course
from kochu.exercises.framework import OPTIONS
from kochu.exercises.markup import ruby_roles
from kochu.exercises.model import Exercise
from kochu.exercises.select import SelectionError, parse_selection, select
from kochu.sphinx.directives import KochuDirective
from kochu.sphinx.exercises.handout import Handout
from kochu.sphinx.exercises.key import key_nodes
from kochu.sphinx.exercises.layout import Layout
from kochu.sphinx.exercises.library import book_of, files_of, is_teacher
from kochu.sphinx.exercises.nodes import kochu_exercise, kochu_set
from kochu.sphinx.problems import log
from kochu.sphinx.texts import edition_of, text_of
from kochu.text.problems import Subtype

if TYPE_CHECKING:
    from kochu.apparatus.edition import Loaded
    from kochu.exercises.book import Book
    from kochu.sphinx.exercises.domain import ExerciseDomain

__all__ = ["DIRECTIVES"]

_IMAGE = re.compile(r"(!\[[^\]]*\])\(([^)\s]+)\)")


class _Filtered(KochuDirective):
    """What the directives share: the book, a choice from it, and MyST in its strings."""

    more_options: ClassVar[frozenset[str]] = frozenset()
    folder = Path()

    def book(self) -> Book:
        for path in files_of(self.env):
            self.env.note_dependency(path)
        book = book_of(self.env)
        log(book.problems)
        return book

    def choose(self, book: Book) -> tuple[Exercise, ...]:
        """Choose exercises by the options; none if an option is wrong, which is told."""
        known = {*OPTIONS, *self.more_options}
        if unknown := sorted(set(self.options) - known):
            self.wrong(
                Subtype.OPTION,
                f"{self.name} has an unknown option ':{unknown[0]}:'; it takes {', '.join(sorted(known))}",
            )
            return ()
        try:
            return select(book, parse_selection(self.options))
        except SelectionError as error:
            self.wrong(Subtype.OPTION, str(error))
            return ()

    def blocks(self, text: str) -> list[nodes.Node]:
        return self.parse_text_to_nodes(self._own(text)) if text.strip() else []

    def inline(self, text: str) -> list[nodes.Node]:
        found, messages = self.parse_inline(self._own(text), lineno=self.lineno)
        return [*found, *messages]

    def _own(self, text: str) -> str:
        """Write furigana as roles, and images as seen from this page instead of the exercise."""
        page = Path(self.env.doc2path(self.env.docname)).parent

        def moved(match: re.Match[str]) -> str:
            file = self.folder / match[2]
            return f"{match[1]}({os.path.relpath(file, page)})" if file.is_file() else match[0]

        return _IMAGE.sub(moved, ruby_roles(text))


class Exercises(_Filtered):
    """``{exercises} set-name``: exercises chosen by their front matter, public fields only."""

    required_arguments = 1
    optional_arguments = 0
    more_options: ClassVar[frozenset[str]] = frozenset({"hints", "furigana"})

    def run(self) -> list[nodes.Node]:
        book = self.book()
        chosen = self.choose(book)
        if not chosen:
            return []
        name = nodes.make_id(self.argument)
        domain = cast("ExerciseDomain", self.env.domains["exercise"])
        hints = self.options.get("hints", "yes") != "no"
        furigana = self.options.get("furigana", "no") != "no"
        layout = Layout(self.inline, self.blocks, name, hints, self.load_readings if furigana else None)
        found: list[nodes.Node] = [kochu_set("", name=name, part="head", ids=[f"set-{name}"])]
        for exercise in chosen:
            self.folder = book.files[exercise.id].parent
            section = layout.exercise(exercise.sheet)
            # The one place where a key meets the document tree.
            if is_teacher(self.env._app):
                section += key_nodes(exercise, self.inline, self.blocks)
            self._place(section)
            domain.note(self.env.docname, exercise.id, exercise.meta.title, section["ids"][0])
            found.append(section)
        return [*found, kochu_set("", name=name, part="foot")]

    def load_readings(self, text_id: str) -> Loaded:
        """Load a text, and have this page read again when its readings change."""
        for file in edition_of(self.env).files(text_id):
            self.env.note_dependency(file.resolve())
        return text_of(self.env, text_id)

    def _place(self, section: kochu_exercise) -> None:
        """Give the section an id that is free on this page."""
        self.set_source_info(section)
        if section["ids"][0] in self.state.document.ids:
            section["ids"] = section["names"] = [f"{section['ids'][0]}-{section['set']}"]
        self.state.document.note_implicit_target(section, section)


class ExerciseKey(_Filtered):
    """``{exercise-key}``: the key alone, for printing. Students' editions print a sentence."""

    optional_arguments = 0

    def run(self) -> list[nodes.Node]:
        if not is_teacher(self.env._app):
            text = "The key is part of the teacher's edition."
            return [nodes.paragraph(text, text)]
        book = self.book()
        chosen = self.choose(book)
        found: list[nodes.Node] = []
        for exercise in chosen:
            self.folder = book.files[exercise.id].parent
            section = nodes.section("", ids=[f"key-{exercise.id}"])
            section += nodes.title("", "", *self.inline(exercise.meta.title))
            section += key_nodes(exercise, self.inline, self.blocks)
            found.append(section)
        return found


class CoursePlan(_Filtered):
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
        start = 0
        for step in session.step:
            lines += [f"{start}–{start + step.minutes} min: **{step.title}**", "", step.text, ""]
            start += step.minutes
            if step.exercises:
                lines += ["Exercises: " + _named(step.exercises, book), ""]
            if teacher and step.teacher:
                lines += [f"*Teacher:* {step.teacher}", ""]
        if session.homework or session.homework_exercises:
            lines += [f"**Homework.** {session.homework}", ""]
            lines += [_named(session.homework_exercises, book), ""]
    return "\n".join(lines)


def _named(names: Sequence[str], book: Book) -> str:
    known = [book.exercises[name].meta for name in names if name in book.exercises]
    return "; ".join(f"{{exercise:ref}}`{meta.title} <{meta.id}>`" for meta in known)


def _one_of(names: Iterable[str]) -> str:
    listed = ", ".join(names)
    return f"; it is one of {listed}" if listed else ""


DIRECTIVES = {"exercises": Exercises, "exercise-key": ExerciseKey, "course": CoursePlan, "handout": Handout}
"""Directives of exercises, by name."""
