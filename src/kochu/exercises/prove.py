"""What a machine can prove of an exercise, and what it needs a second witness for.

Quotes, distinct options and full marks for the key can be proved. That a key is *true*
cannot: so every doctest says again, by hand, what is right and what is wrong, and a key
that is changed in one place disagrees with the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from kochu.exercises.bench import option_id
from kochu.exercises.marking import Answer, Marked, Status, mark, mark_all
from kochu.exercises.model import Ask, Exercise, Key, Question
from kochu.exercises.normalize import normalize

__all__ = ["Given", "UnprovedError", "answers_of", "key_answers", "mark_given", "prove", "wide"]

Given = str | list[str] | tuple["Given", ...]
"""An answer as a doctest writes it: a text, a list of texts, or a row of answers."""


class UnprovedError(AssertionError):
    """An exercise does not hold; the message says what to change."""


def prove(exercise: Exercise) -> str:
    """Prove what a machine can prove.

    The key earns full marks and every accepted variant does, typed half-width or
    full-width too; nothing earned for an empty answer, for each wrong option and text
    and for the marked words left as they are.

    :return: how much there is of it, so that the doctest notices what is lost.
    :raises UnprovedError: something does not hold.
    """
    wrong = right = 0
    for question in exercise.sheet.questions:
        key = exercise.secret.keys[question.id]
        _expect(exercise, question, None, 0, Status.EMPTY)
        for answer in _right_answers(question, key):
            right += 1
            _expect(exercise, question, answer, question.points, Status.AUTO)
        for answer in _wrong_answers(question, key):
            wrong += 1
            _expect(exercise, question, answer, 0, Status.AUTO)
        if question.ask is Ask.FREE:
            _prove_free(exercise, question, key)
        _prove_feedback(exercise, question, key)
    full = mark_all(exercise, key_answers(exercise))
    free = sum(q.points for q in exercise.sheet.questions if q.ask is Ask.FREE)
    if sum(m.points for m in full) + free != exercise.meta.points:
        raise UnprovedError(f"{exercise.id}: the key does not earn {exercise.meta.points:g} points")
    count = len(exercise.sheet.questions)
    proofs = sum(len(key.evidence) for key in exercise.secret.keys.values())
    return f"{_many(count, 'question')}, {_many(proofs, 'proof')}, {right} right, {wrong} wrong"


def key_answers(exercise: Exercise) -> dict[str, Answer]:
    """Answer every question by its key; free ones by their model answer."""
    found: dict[str, Answer] = {}
    for question in exercise.sheet.questions:
        key = exercise.secret.keys[question.id]
        if question.ask is Ask.FREE:
            found[question.id] = key.models[0]
        else:
            found[question.id] = _right_answers(question, key)[0]
    return found


def answers_of(exercise: Exercise, given: tuple[Given, ...]) -> dict[str, Answer]:
    """Match answers written by hand with the questions, in their order.

    :raises UnprovedError: there are too few or too many, or one names no option.
    """
    flat = list(_flat(given))
    questions = exercise.sheet.questions
    if len(flat) != len(questions):
        raise UnprovedError(f"{exercise.id} asks {len(questions)} questions, {len(flat)} answers are given")
    return {q.id: _ids(exercise, q, answer) for q, answer in zip(questions, flat, strict=True)}


def mark_given(exercise: Exercise, given: tuple[Given, ...]) -> str:
    """Mark answers written by hand.

    :return: such as ``3/4``, or ``1/4, 3 to mark`` where a teacher has the last word.
    """
    marked = mark_all(exercise, answers_of(exercise, given))
    earned = sum(m.points for m in marked)
    waiting = sum(m.question.points for m in marked if m.status is Status.MANUAL)
    total = f"{earned:g}/{exercise.meta.points:g}"
    return f"{total}, {waiting:g} to mark" if waiting else total


def wide(text: str) -> str:
    """Write a text full-width, as a Japanese keyboard does when nobody looks."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _right_answers(question: Question, key: Key) -> list[Answer]:
    match question.ask:
        case Ask.ONE:
            return list(key.right)
        case Ask.MANY:
            whole: list[Answer] = [list(key.right)]
            return [*whole, [*key.right, *sorted(key.may)]] if key.may else whole
        case Ask.ORDER:
            return [list(order) for order in (key.right, *key.also)]
        case _:
            variants = dict.fromkeys(v for text in key.accept for v in (text, wide(text), f" {text}。"))
            return list(variants)


def _wrong_answers(question: Question, key: Key) -> list[Answer]:
    good = {*key.right, *key.half, *key.may}
    match question.ask:
        case Ask.ONE:
            return [o.id for o in question.options if o.id not in good]
        case Ask.MANY:
            bad: list[Answer] = [[o.id] for o in question.options if o.id not in good]
            return [*bad, [o.id for o in question.options if o.id not in key.may]]
        case Ask.ORDER:
            return [list(reversed(key.right))]
        case _:
            return list(key.wrong)


def _expect(exercise: Exercise, question: Question, answer: Answer, points: float, status: Status) -> None:
    key = exercise.secret.keys[question.id]
    found = mark(question, key, answer)
    everything = question.ask is Ask.MANY and isinstance(answer, list) and len(answer) > len(key.right)
    enough = found.points < question.points if everything and points == 0 else found.points == points
    if found.status is not status or not enough:
        shown = found.answer or "an empty answer"
        raise UnprovedError(
            f"{exercise.id}, question {question.id}: '{shown}' earns {found.points:g} of {question.points:g} "
            f"({found.status.value}), it should earn {points:g} ({status.value})"
        )


def _prove_free(exercise: Exercise, question: Question, key: Key) -> None:
    total = sum(criterion.points for criterion in key.rubric)
    if total != question.points:
        raise UnprovedError(f"{exercise.id}, question {question.id}: the rubric adds up to {total:g}")
    for model in key.models:
        found: Marked = mark(question, key, model)
        if not normalize(model) or found.status not in (Status.MANUAL, Status.AUTO):
            raise UnprovedError(f"{exercise.id}, question {question.id}: '{model}' is no model answer")


def _prove_feedback(exercise: Exercise, question: Question, key: Key) -> None:
    if not (key.why or key.whys or exercise.secret.feedback.strip()):
        raise UnprovedError(f"{exercise.id}, question {question.id}: nobody learns why; add a 'why'")


def _ids(exercise: Exercise, question: Question, given: str | list[str]) -> Answer:
    if not question.options:
        if isinstance(given, list):
            raise UnprovedError(f"{exercise.id}, question {question.id} takes a text, not a list")
        return given
    if not given:
        return None
    texts = [given] if isinstance(given, str) else given
    found: list[str] = []
    for text in texts:
        # Equal pieces of a sentence are taken one after the other.
        # A name such as terminology/wrong-term makes the id, though a learner reads another.
        names = (text, option_id(text))
        hits = [o.id for o in question.options if (o.text == text or o.id in names) and o.id not in found]
        if not hits:
            options = " | ".join(o.text for o in question.options)
            raise UnprovedError(
                f"{exercise.id}, question {question.id} has no option '{text}'; they are {options}"
            )
        found.append(hits[0])
    return found[0] if isinstance(given, str) and question.ask is Ask.ONE else found


def _flat(given: Given) -> Iterator[str | list[str]]:
    if isinstance(given, tuple):
        for part in given:
            yield from _flat(part)
    else:
        yield given


def _many(count: int, name: str) -> str:
    return f"{count} {name}{'' if count == 1 else 's'}"
