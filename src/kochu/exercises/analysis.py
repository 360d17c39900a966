"""Item analysis: how hard each question was, and whether it tells good answers from bad.

Difficulty is the mean share of the points (facility). Discrimination is the correlation
of a question with the rest of the test, the question itself left out. Both are the usual
measures of classical test theory; with few students they say little, and the table says
how many there were.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from kochu.exercises.grading import Report
from kochu.exercises.marking import Status
from kochu.exercises.model import Ask, Exercise, Question

__all__ = ["FEW", "Item", "analyse"]

FEW = 10
"""Students under which a discrimination is not worth printing."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question over all students.

    :param count: students whose answer is marked; empty answers count, waiting ones not.
    :param empty: how many left it out.
    :param facility: mean share of the points, 0 to 1; ``None`` while nothing is marked.
    :param discrimination: correlation with the rest, -1 to 1; ``None`` where it has no meaning.
    :param choices: how often each option was chosen, key first, with its text.
    :param wrong: the commonest unlisted or wrong texts.
    :param remark: what to look at.
    """

    exercise: Exercise
    question: Question
    count: int
    empty: int
    facility: float | None
    discrimination: float | None
    choices: tuple[tuple[str, int, bool], ...]
    wrong: tuple[tuple[str, int], ...]
    remark: str


def analyse(reports: Sequence[Report]) -> tuple[Item, ...]:
    """Analyse every question of the graded reports."""
    good = [report for report in reports if report.graded]
    if not good:
        return ()
    return tuple(_item(good, number) for number in range(len(good[0].graded)))


def _item(reports: Sequence[Report], number: int) -> Item:
    first = reports[0].graded[number]
    question = first.marked.question
    settled = [r for r in reports if not r.graded[number].waiting]
    shares = [r.graded[number].points / question.points for r in settled]
    rests = [r.earned - r.graded[number].points for r in settled]
    answers = [r.graded[number].marked for r in reports]
    empty = sum(m.status is Status.EMPTY for m in answers)
    facility = sum(shares) / len(shares) if shares else None
    discrimination = _correlation(shares, rests) if len(shares) >= FEW else None
    key = first.exercise.secret.keys[question.id]
    chosen = Counter(m.answer for m in answers if m.status in (Status.AUTO, Status.MANUAL))
    choices: list[tuple[str, int, bool]] = []
    if question.ask is Ask.ONE:
        options = sorted(question.options, key=lambda o: o.id not in key.right)
        choices = [(o.text, chosen[o.text], o.id in key.right) for o in options]
    elif question.ask is Ask.MANY:
        parts = Counter(part for m in answers for part in m.answer.split(" / ") if part)
        choices = [(o.text, parts[o.text], o.id in key.right) for o in question.options]
    wrong = [
        (text, count)
        for text, count in chosen.most_common()
        if question.ask is Ask.TEXT and any(m.answer == text and not m.points for m in answers)
    ][:5]
    return Item(
        first.exercise,
        question,
        len(settled),
        empty,
        facility,
        discrimination,
        tuple(choices),
        tuple(wrong),
        _remark(facility, discrimination, choices),
    )


def _correlation(one: Sequence[float], two: Sequence[float]) -> float | None:
    """Pearson's correlation; none where one side does not vary."""
    mean_one, mean_two = sum(one) / len(one), sum(two) / len(two)
    spread = sqrt(sum((x - mean_one) ** 2 for x in one) * sum((y - mean_two) ** 2 for y in two))
    if spread < 1e-9:
        return None
    return sum((x - mean_one) * (y - mean_two) for x, y in zip(one, two, strict=True)) / spread


def _remark(
    facility: float | None, discrimination: float | None, choices: Sequence[tuple[str, int, bool]]
) -> str:
    right = max((count for _, count, is_right in choices if is_right), default=0)
    if discrimination is not None and discrimination < 0:
        return "the better students answer worse: look at the key"
    if any(count > right for _, count, is_right in choices if not is_right):
        return "a wrong option draws more than the key"
    if facility is not None and facility > 0.95:
        return "nearly everybody is right"
    if facility is not None and facility < 0.2:
        return "hardly anybody is right"
    if discrimination is not None and discrimination < 0.15:
        return "tells little"
    return ""
