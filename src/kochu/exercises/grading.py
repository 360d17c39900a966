"""Grade hand-ins: marks by the key, and marks of the teacher where the key has no say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kochu.exercises.marking import Answer, Marked, Status, mark
from kochu.exercises.model import Exercise, Question
from kochu.exercises.queue import Judgement, work_id
from kochu.exercises.submissions import HandIn

__all__ = ["Graded", "Grader", "Report", "needed"]


@dataclass(frozen=True, slots=True)
class Graded:
    """One answer of one student after all marking.

    :param points: what it earned; nothing while it waits.
    :param waiting: whether a teacher has still to mark it.
    :param comment: what the teacher wrote.
    """

    exercise: Exercise
    marked: Marked
    points: float
    waiting: bool
    comment: str = ""


@dataclass(frozen=True)
class Report:
    """All of one student's answers.

    :param unknown: exercises in the file that this set does not have.
    """

    hand_in: HandIn
    graded: tuple[Graded, ...] = ()
    unknown: tuple[str, ...] = ()

    @cached_property
    def earned(self) -> float:
        """Points so far."""
        return round(sum(g.points for g in self.graded), 2)

    @cached_property
    def waiting(self) -> float:
        """Points that a teacher may still give."""
        return sum(g.marked.question.points for g in self.graded if g.waiting)

    @property
    def total(self) -> float:
        """Points of a perfect hand-in."""
        return sum(g.marked.question.points for g in self.graded)


class Grader:
    """Grades hand-ins of one set.

    :param exercises: of the set; what a student left out counts as empty.
    :param judgements: the teacher's, by the id of the answer judged.
    """

    def __init__(self, exercises: Sequence[Exercise], judgements: Mapping[str, Judgement]) -> None:
        self._exercises = exercises
        self._judgements = judgements
        # A class gives the same few answers again and again; each is marked once.
        self._memo: dict[tuple[str, str, str | tuple[str, ...] | None], Graded] = {}

    def grade(self, hand_in: HandIn) -> Report:
        """Grade one hand-in."""
        if hand_in.answers is None:
            return Report(hand_in)
        graded: list[Graded] = []
        for exercise in self._exercises:
            given = hand_in.answers.get(exercise.id, {})
            for question in exercise.sheet.questions:
                graded.append(self._one(exercise, question, given.get(question.id)))  # noqa: PERF401 - hot
        known = {exercise.id for exercise in self._exercises}
        unknown = tuple(sorted(name[:60] for name in hand_in.answers if name not in known))
        return Report(hand_in, tuple(graded), unknown)

    def _one(self, exercise: Exercise, question: Question, answer: Answer) -> Graded:
        words = answer if answer is None or isinstance(answer, str) else tuple(answer)
        name = (exercise.id, question.id, words)
        if name not in self._memo:
            marked = mark(question, exercise.secret.keys[question.id], answer)
            self._memo[name] = self._settle(exercise, marked)
        return self._memo[name]

    def _settle(self, exercise: Exercise, marked: Marked) -> Graded:
        if marked.status is not Status.MANUAL:
            return Graded(exercise, marked, marked.points, waiting=False)
        judgement = self._judgements.get(work_id(exercise.id, marked.question.id, marked.answer))
        if judgement is None or judgement.points is None:
            return Graded(exercise, marked, 0, waiting=True)
        return Graded(exercise, marked, judgement.points, waiting=False, comment=judgement.comment)


def needed(reports: Iterable[Report]) -> dict[str, tuple[Exercise, Marked, int]]:
    """Give the answers that a teacher has to mark, each wording once, with its number."""
    found: dict[str, tuple[Exercise, Marked, int]] = {}
    for report in reports:
        for g in report.graded:
            if g.marked.status is Status.MANUAL:
                name = work_id(g.exercise.id, g.marked.question.id, g.marked.answer)
                count = found[name][2] if name in found else 0
                found[name] = (g.exercise, g.marked, count + 1)
    return found
