"""GIFT: Moodle's text format, read by many other tools.

GIFT has no question with several fields: each becomes a question of its own. It has no
order either; that becomes a matching of things with their places.
"""

from __future__ import annotations

from collections.abc import Iterator
import re

from kochu.exercises.model import Ask, Key, Question
from kochu.exports.lms.material import Lms, Shown, data_address
from kochu.exports.lms.variants import variants

__all__ = ["gift"]

_SPECIAL = re.compile(r"([~=#{}:\\])")


def gift(lms: Lms) -> bytes:
    """Write exercises as GIFT."""
    parts = [f"// {lms.edition.about.title}"]
    strand = ""
    for exercise in lms.exercises:
        if exercise.meta.strand != strand:
            strand = exercise.meta.strand
            parts.append(f"$CATEGORY: $course$/{lms.edition.about.title}/{strand}")
        shown = lms.shown(exercise, data_address)
        several = len(exercise.sheet.questions) > 1
        for number, question in enumerate(exercise.sheet.questions, 1):
            title = f"{exercise.meta.title} ({exercise.id}{f'-{number}' if several else ''})"
            parts.append(
                f"::{_escape(title)}::[html]{_escape(_body(shown, question))} {_answer(shown, question)}"
            )
    return ("\n\n".join(parts) + "\n").encode()


def _body(shown: Shown, question: Question) -> str:
    """Write what is asked; of several gaps, only this question's is a gap."""

    def gap(name: str) -> str:
        key = shown.exercise.secret.keys[name]
        other = shown.markup.plain(_right(shown, name, key))
        return "<b>______</b>" if name == question.id else other

    label = f"<p>{shown.markup.inline(question.label)}</p>" if question.label else ""
    if question.group and question.id != question.group:
        first = next(q for q in shown.exercise.sheet.questions if q.group == question.group)
        label = f"<p>{shown.markup.inline(first.label)}: {shown.markup.inline(question.label)}</p>"
    # A blank line would end the question.
    return re.sub(r"\s*\n\s*", " ", shown.prompt() + shown.sentences(gap) + label)


def _right(shown: Shown, name: str, key: Key) -> str:
    question = next(q for q in shown.exercise.sheet.questions if q.id == name)
    option = question.option(key.right[0]) if key.right else None
    return option.text if option else key.accept[0]


def _answer(shown: Shown, question: Question) -> str:
    rows = list(_rows(shown, question))
    # Of an essay the braces hold nothing but feedback, and no line break.
    return f"{{{rows[0]}}}" if len(rows) == 1 else "{\n" + "\n".join(f"\t{row}" for row in rows) + "\n}"


def _rows(shown: Shown, question: Question) -> Iterator[str]:
    key = shown.key(question)
    match question.ask:
        case Ask.FREE:
            pass
        case Ask.ORDER:
            texts = {o.id: o.text for o in question.options}
            for place, name in enumerate(key.right, 1):
                yield f"={_escape(shown.markup.inline(texts[name]))} -> {place}"
        case Ask.TEXT:
            for lists, share in ((key.accept, 100), (key.half_accept, 50)):
                for text in lists:
                    why = _why(shown, key, text)
                    for variant in variants([text], kana=key.kana):
                        sign = "=" if share == 100 else f"=%{share}%"
                        yield f"{sign}{_escape(variant)}{why}"
        case _:
            for option in question.options:
                text = _escape(shown.markup.inline(option.text))
                yield f"{_sign(key, question, option.id)}{text}{_why(shown, key, option.id)}"
    feedback = shown.markup.html(shown.exercise.secret.feedback).replace("\n", " ")
    yield f"####{_escape(feedback)}"


def _sign(key: Key, question: Question, option: str) -> str:
    if question.ask is Ask.ONE:
        return "=" if option in key.right else "~%50%" if option in key.half else "~"
    each = 100 / len(key.right)
    share = each if option in key.right else 0 if option in key.may else -each
    return f"~%{share:.5g}%"


def _why(shown: Shown, key: Key, name: str) -> str:
    why = key.whys.get(name, "") or (key.why if name in key.right or name in key.accept else "")
    return f" #{_escape(shown.feedback(why))}" if why else ""


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
