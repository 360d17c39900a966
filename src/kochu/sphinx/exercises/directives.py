"""``{exercises}`` and ``{exercise-key}``; and the table of all directives of exercises."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from docutils import nodes

from kochu.sphinx.exercises.filtered import Filtered
from kochu.sphinx.exercises.handout import Handout
from kochu.sphinx.exercises.key import key_nodes
from kochu.sphinx.exercises.layout import Layout
from kochu.sphinx.exercises.nodes import kochu_answers, kochu_exercise, kochu_set
from kochu.sphinx.exercises.plan import CoursePlan, ExerciseTable
from kochu.sphinx.exercises.project import is_teacher
from kochu.sphinx.texts import edition_of, text_of

if TYPE_CHECKING:
    from kochu.apparatus.edition import Loaded
    from kochu.sphinx.exercises.domain import ExerciseDomain

__all__ = ["DIRECTIVES"]


class Exercises(Filtered):
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
        layout = Layout(
            self.inline, self.blocks, name, hints, self.load_readings if furigana else None,
            lambda text_id: self.load_readings(text_id).words,
        )  # fmt: skip
        points = sum(exercise.meta.points for exercise in chosen)
        head = kochu_set("", name=name, part="head", points=points, ids=[f"set-{name}"])
        found: list[nodes.Node] = [head]
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


class ExerciseKey(Filtered):
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
            section = kochu_answers("", ids=[f"key-{exercise.id}"])
            section += nodes.title("", "", *self.inline(exercise.meta.title))
            section += key_nodes(exercise, self.inline, self.blocks)
            found.append(section)
        return found


DIRECTIVES = {
    "exercises": Exercises,
    "exercise-key": ExerciseKey,
    "exercise-table": ExerciseTable,
    "course": CoursePlan,
    "handout": Handout,
}
"""Directives of exercises, by name."""
