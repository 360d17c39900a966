"""A QTI 1.2 package for Canvas, made by text2qti from its text format.

Canvas's classic quizzes have no order, no gaps in one text and no half credit for a
choice; a gap becomes a question of its own, an order becomes an essay.
"""

from __future__ import annotations

from collections.abc import Iterator
import re

from kochu.exercises.model import Ask, Key, Question
from kochu.exports.lms.material import Lms, Shown, data_address
from kochu.exports.lms.packing import repack
from kochu.exports.lms.variants import variants

__all__ = ["canvas", "quiz_text"]

_MARKDOWN = str.maketrans({c: f"&#{ord(c)};" for c in "\\`*_[]$~^"})


def canvas(lms: Lms) -> bytes:
    """Write exercises as a Canvas package.

    :raises ImportError: text2qti is not installed.
    :raises ValueError: it refuses what an exercise holds.
    """
    from text2qti.config import Config
    from text2qti.err import Text2qtiError
    from text2qti.qti import QTI
    from text2qti.quiz import Quiz

    # Its own configuration file is not read: what is exported must not depend on a home folder.
    try:
        quiz = Quiz(quiz_text(lms), config=Config(), source_name="quiz.txt")
    except Text2qtiError as error:
        raise ValueError(f"text2qti refuses the exercises: {' '.join(str(error).split())}") from None
    return repack(QTI(quiz).zip_bytes())


def quiz_text(lms: Lms) -> str:
    """Write exercises in text2qti's format."""
    lines = [f"Quiz title: {lms.edition.about.title}", ""]
    number = 0
    for exercise in lms.exercises:
        shown = lms.shown(exercise, data_address)
        for place, question in enumerate(exercise.sheet.questions, 1):
            number += 1
            lines += [f"Title: {_plain(exercise.meta.title)} ({exercise.id})"]
            lines += [f"Points: {max(0.5, round(question.points * 2) / 2):g}"]
            lines += [f"{number}. {_html(_body(shown, question, place))}"]
            if feedback := shown.markup.html(exercise.secret.feedback):
                lines += [f"... {_html(f'<div>{feedback}</div>')}"]
            lines += [*_answers(shown, question, shown.key(question)), ""]
    return "\n".join(lines)


def _body(shown: Shown, question: Question, place: int) -> str:
    def gap(name: str) -> str:
        return "<b>[ ? ]</b>" if name == question.id else "______"

    label = shown.markup.inline(question.label)
    # text2qti refuses two questions with the same words, such as the same word read twice.
    number = f"{place}. " if len(shown.exercise.sheet.questions) > 1 else ""
    if question.group and question.id != question.group:
        first = next(q for q in shown.exercise.sheet.questions if q.group == question.group)
        label = f"{shown.markup.inline(first.label)}: {label}"
    order = "<p>Write the items in their right order.</p>" if question.ask is Ask.ORDER else ""
    if question.ask is Ask.ORDER:
        order += (
            "<ul>" + "".join(f"<li>{shown.markup.inline(o.text)}</li>" for o in question.options) + "</ul>"
        )
    return f"<div>{shown.prompt()}{shown.sentences(gap)}<p>{number}{label}</p>{order}</div>"


def _answers(shown: Shown, question: Question, key: Key) -> Iterator[str]:
    match question.ask:
        case Ask.FREE | Ask.ORDER:
            yield "____"
        case Ask.TEXT:
            for variant in variants(key.accept, kana=key.kana):
                yield f"*   {variant}"
        case Ask.MANY:
            for option in question.options:
                yield f"[{'*' if option.id in key.right else ' '}] {_html(_option(shown, option.text))}"
        case _:
            for at, option in enumerate(question.options):
                # Letters come to an end, and text2qti takes any one.
                sign = "*" if option.id in key.right else ""
                yield f"{sign}{chr(97 + at % 26)}) {_html(_option(shown, option.text))}"
                if why := key.whys.get(option.id, ""):
                    yield f"... {_html(f'<span>{shown.feedback(why)}</span>')}"


def _option(shown: Shown, text: str) -> str:
    return f"<span>{shown.markup.inline(text)}</span>"


def _html(html: str) -> str:
    """Put HTML on one line and keep text2qti's Markdown out of its words."""
    return re.sub(r"\s*\n\s*", " ", html).translate(_MARKDOWN)


def _plain(text: str) -> str:
    return " ".join(text.split())
