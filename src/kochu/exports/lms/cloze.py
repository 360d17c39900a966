"""Moodle's embedded answers: ``{1:SHORTANSWER:=に~=へ~で#why}`` within the question's text."""

from __future__ import annotations

from itertools import groupby
import re

from kochu.exercises.model import Ask, Key, Question
from kochu.exports.lms.material import Shown
from kochu.exports.lms.variants import variants

__all__ = ["cloze_text"]

_SPECIAL = re.compile(r"([\\~#}/\"])")


def cloze_text(shown: Shown, asked: list[Question]) -> str:
    """Write an exercise of several answers as one text with answers embedded."""
    fields = {question.id: _field(shown, question, shown.key(question)) for question in asked}
    gaps = shown.gaps()
    text = _literal(shown.prompt()) + shown.sentences(lambda name: fields[name])
    beside = [question for question in asked if question.id not in gaps]
    rows = [list(row) for _, row in groupby(beside, key=lambda q: q.group or q.id)]
    for number, row in enumerate(rows, 1):
        label = f"{number}. " if len(rows) > 1 else ""
        parts = [f"{label}{_literal(shown.markup.inline(row[0].label))}: {fields[row[0].id]}"]
        parts += [f"{_literal(shown.markup.inline(q.label))}: {fields[q.id]}" for q in row[1:]]
        text += f"<p>{' '.join(parts)}</p>"
    return text


def _literal(html: str) -> str:
    """Keep an author's braces from being read as an answer."""
    return html.replace("{", "&#123;").replace("}", "&#125;")


def _field(shown: Shown, question: Question, key: Key) -> str:
    weight = max(1, round(question.points))
    if question.ask is Ask.ONE:
        rows = [
            _row(_share(key, o.id), shown.markup.plain(o.text), _why(shown, key, o.id))
            for o in question.options
        ]
        return f"{{{weight}:MULTICHOICE:{'~'.join(rows)}}}"
    rows = []
    for texts, share in ((key.accept, 100), (key.half_accept, 50), (key.wrong, 0)):
        for text in texts:
            why = _why(shown, key, text)
            rows += [_row(share, variant, why) for variant in variants([text], kana=key.kana)]
    if key.queue:
        rows.append(_row(0, "*", "Not on the list; your teacher may accept it."))
    return f"{{{weight}:SHORTANSWER:{'~'.join(rows)}}}"


def _share(key: Key, option: str) -> int:
    return 100 if option in key.right else 50 if option in key.half else 0


def _why(shown: Shown, key: Key, name: str) -> str:
    return shown.markup.plain(key.whys.get(name, "") or key.why)


def _row(share: int, text: str, why: str) -> str:
    # A star alone is Moodle's pattern for every other answer; in a text it is a star.
    answer = text if text == "*" else _escape(text).replace("*", "\\*")
    return f"%{share}%{answer}" + (f"#{_escape(why)}" if why else "")


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
