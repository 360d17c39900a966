"""Mark one answer: exact membership after normalisation, and partial credit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from kochu.exercises.model import Ask, Exercise, Key, Question
from kochu.exercises.normalize import normalize

__all__ = ["Answer", "Marked", "Status", "mark", "mark_all", "readable"]

Answer = str | Sequence[str] | None
"""An option's id, a list of ids, or a text; ``None`` when nothing was answered."""

LONGEST = 20_000
"""Characters of an answer that are looked at; more is no answer to any of our questions."""


class Status(Enum):
    """How an answer came to its points."""

    AUTO = "auto"
    """Marked by the key."""
    MANUAL = "manual"
    """Waits for a teacher."""
    EMPTY = "empty"
    """Nothing was answered, which is not the same as a wrong answer."""
    INVALID = "invalid"
    """Not an answer to this question: a list for a text, an option that does not exist."""


@dataclass(frozen=True, slots=True)
class Marked:
    """The outcome for one answer.

    :param answer: as it was given, readable: options by their texts.
    :param points: earned so far; of answers that wait for a teacher, none.
    :param feedback: what to tell the student, in MyST's inline markup.
    """

    question: Question
    status: Status
    answer: str
    points: float
    feedback: tuple[str, ...] = ()

    @property
    def full(self) -> bool:
        """Whether it earned all it could."""
        return self.status is Status.AUTO and self.points == self.question.points


def mark_all(exercise: Exercise, answers: dict[str, Answer]) -> tuple[Marked, ...]:
    """Mark every question of an exercise; unknown ids in ``answers`` are not looked at."""
    return tuple(
        mark(question, exercise.secret.keys[question.id], answers.get(question.id))
        for question in exercise.sheet.questions
    )


def mark(question: Question, key: Key, answer: Answer) -> Marked:
    """Mark one answer."""
    if answer is None or answer == [] or (isinstance(answer, str) and not answer.strip()):
        return Marked(question, Status.EMPTY, "", 0)
    wants_list = question.ask in (Ask.MANY, Ask.ORDER)
    if wants_list == isinstance(answer, str) or len(answer) > LONGEST:
        return Marked(question, Status.INVALID, str(answer)[:200], 0)
    if isinstance(answer, str):
        return _text(question, key, answer) if not question.options else _one(question, key, answer)
    return _list(question, key, answer)


def readable(question: Question, answer: Answer) -> str:
    """Write an answer with the texts of its options."""
    if answer is None:
        return ""
    if not question.options:
        return answer if isinstance(answer, str) else ""
    ids = [answer] if isinstance(answer, str) else answer
    return " / ".join(o.text for name in ids if (o := question.option(name)))


def _one(question: Question, key: Key, answer: str) -> Marked:
    if question.option(answer) is None:
        return Marked(question, Status.INVALID, answer[:200], 0)
    share = 1.0 if answer in key.right else 0.5 if answer in key.half else 0.0
    why = key.whys.get(answer, "")
    return _auto(question, key, readable(question, answer), share, [why])


def _text(question: Question, key: Key, answer: str) -> Marked:
    folded = normalize(answer, kana=key.kana)
    lists = ((key.accept, 1.0), (key.half_accept, 0.5), (key.wrong, 0.0))
    for texts, share in lists:
        for text in texts:
            if folded and folded == normalize(text, kana=key.kana):
                return _auto(question, key, answer, share, [key.whys.get(text, "")])
    if key.queue:
        return Marked(question, Status.MANUAL, answer, 0)
    return _auto(question, key, answer, 0, [])


def _list(question: Question, key: Key, answer: Sequence[str]) -> Marked:
    known = all(question.option(name) for name in answer) and len(set(answer)) == len(answer)
    if not known or (question.ask is Ask.ORDER and len(answer) != len(question.options)):
        return Marked(question, Status.INVALID, " / ".join(answer)[:200], 0)
    if question.ask is Ask.ORDER:
        share = max(_order_share(answer, right) for right in (key.right, *key.also))
    else:
        share = _many_share(answer, key)
    whys = [key.whys.get(name, "") for name in answer] if question.ask is Ask.MANY else []
    return _auto(question, key, readable(question, answer), share, whys)


def _order_share(answer: Sequence[str], right: Sequence[str]) -> float:
    """Count the neighbours that are right: one thing in the wrong place costs little."""
    wanted = set(pairwise(right))
    return sum(pair in wanted for pair in pairwise(answer)) / len(wanted)


def _many_share(answer: Sequence[str], key: Key) -> float:
    """A false alarm costs as much as a hit earns, so that marking everything earns nothing."""
    hits = sum(name in key.right for name in answer)
    false = sum(name not in key.right and name not in key.may for name in answer)
    return max(0.0, (hits - false) / len(key.right))


def _auto(question: Question, key: Key, shown: str, share: float, whys: list[str]) -> Marked:
    feedback = tuple(text for text in (*whys, key.why) if text)
    return Marked(question, Status.AUTO, shown, round(question.points * share, 2), feedback)
