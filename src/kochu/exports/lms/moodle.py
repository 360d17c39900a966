"""Moodle XML: one file that every Moodle imports.

Source: moodle.org, docs/Moodle_XML_format, and what Moodle 4.5 did with such files. It
imports a file that is cut short without a word, and stops at an ``ordering`` without
``shownumcorrect``, which its documentation does not ask for.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from itertools import groupby
import xml.etree.ElementTree as ET

from kochu.exercises.model import Ask, Key, Question
from kochu.exports.lms.cloze import cloze_text
from kochu.exports.lms.material import Lms, Shown, plain_points

__all__ = ["moodle"]


def moodle(lms: Lms) -> bytes:
    """Write exercises as Moodle XML."""
    quiz = ET.Element("quiz")
    for strand, exercises in groupby(lms.exercises, key=lambda e: e.meta.strand):
        category = ET.SubElement(quiz, "question", type="category")
        _text(category, "category", f"$course$/{lms.edition.about.title}/{strand}")
        for exercise in exercises:
            shown = lms.shown(exercise, lambda name, _: f"@@PLUGINFILE@@/{name}")
            for question in _questions(shown):
                quiz.append(question)
    ET.indent(quiz)
    content: bytes = ET.tostring(quiz, "utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + content + b"\n"


def _questions(shown: Shown) -> Iterator[ET.Element]:
    """Write an exercise as one question, or as two where a part is an essay."""
    questions = shown.exercise.sheet.questions
    free = [q for q in questions if q.ask is Ask.FREE]
    asked = [q for q in questions if q.ask is not Ask.FREE]
    parts = len(free) + bool(asked)
    if asked:
        name = shown.exercise.id + ("-1" if parts > 1 else "")
        match [question.ask for question in asked]:
            case [Ask.ONE | Ask.MANY] if not shown.gaps():
                yield _multichoice(shown, asked[0], name)
            case [Ask.ORDER]:
                yield _ordering(shown, asked[0], name)
            case _:
                yield _cloze(shown, asked, name)
    for number, question in enumerate(free, 1 + bool(asked)):
        name = shown.exercise.id + (f"-{number}" if parts > 1 else "")
        yield _essay(shown, question, name)


def _head(shown: Shown, kind: str, name: str, body: str, points: float | None) -> ET.Element:
    node = ET.Element("question", type=kind)
    _text(node, "name", f"{shown.exercise.meta.title} ({name})")
    text = _text(node, "questiontext", body, html=True)
    for file, content in shown.images.kept.items():
        image = ET.SubElement(text, "file", name=file, path="/", encoding="base64")
        image.text = b64encode(content).decode()
    _text(node, "generalfeedback", shown.markup.html(shown.exercise.secret.feedback), html=True)
    if points is not None:
        ET.SubElement(node, "defaultgrade").text = plain_points(points)
    ET.SubElement(node, "penalty").text = "0"
    ET.SubElement(node, "hidden").text = "0"
    # Moodle recognises a question by it when a file is imported again.
    ET.SubElement(node, "idnumber").text = f"kochu-{name}"
    return node


def _body(shown: Shown) -> str:
    return shown.prompt() + shown.sentences()


def _multichoice(shown: Shown, question: Question, name: str) -> ET.Element:
    node = _head(shown, "multichoice", name, _body(shown), question.points)
    single = question.ask is Ask.ONE
    ET.SubElement(node, "single").text = "true" if single else "false"
    ET.SubElement(node, "shuffleanswers").text = "false" if shown.exercise.meta.type == "spot" else "true"
    ET.SubElement(node, "answernumbering").text = "none"
    _combined(node)
    key = shown.key(question)
    for option in question.options:
        share = _share(key, question, option.id)
        answer = ET.SubElement(node, "answer", fraction=f"{share:.7g}", format="html")
        ET.SubElement(answer, "text").text = shown.markup.inline(option.text)
        why = key.whys.get(option.id, key.why if share > 0 else "")
        _text(answer, "feedback", shown.feedback(why), html=True)
    return node


def _share(key: Key, question: Question, option: str) -> float:
    """Percent for an option; where several are right, a false one costs what a right one earns."""
    if question.ask is Ask.ONE:
        return 100 if option in key.right else 50 if option in key.half else 0
    each = 100 / len(key.right)
    return each if option in key.right else 0 if option in key.may else -each


def _ordering(shown: Shown, question: Question, name: str) -> ET.Element:
    node = _head(shown, "ordering", name, _body(shown), question.points)
    rows = {
        "layouttype": "VERTICAL",
        "selecttype": "ALL",
        "selectcount": "0",
        "gradingtype": "RELATIVE_NEXT_EXCLUDE_LAST",
        "showgrading": "SHOW",
        "numberingstyle": "none",
    }
    for tag, text in rows.items():
        ET.SubElement(node, tag).text = text
    _combined(node)
    ET.SubElement(node, "shownumcorrect").text = "1"
    key = shown.key(question)
    texts = {option.id: option.text for option in question.options}
    for option in key.right:
        answer = ET.SubElement(node, "answer", fraction="1.0", format="html")
        ET.SubElement(answer, "text").text = shown.markup.inline(texts[option])
    return node


def _cloze(shown: Shown, asked: list[Question], name: str) -> ET.Element:
    # Moodle adds the points of such a question up itself.
    return _head(shown, "cloze", name, cloze_text(shown, asked), None)


def _essay(shown: Shown, question: Question, name: str) -> ET.Element:
    label = f"<p>{shown.markup.inline(question.label)}</p>" if question.label else ""
    node = _head(shown, "essay", name, _body(shown) + label, question.points)
    ET.SubElement(node, "responseformat").text = "plain"
    ET.SubElement(node, "responserequired").text = "1"
    ET.SubElement(node, "responsefieldlines").text = str(max(3, question.lines))
    ET.SubElement(node, "attachments").text = "0"
    ET.SubElement(node, "attachmentsrequired").text = "0"
    key = shown.key(question)
    rows = [f"<li>{c.points:g}: {shown.markup.inline(c.text)}</li>" for c in key.rubric]
    rows += [f"<li><em>model:</em> {shown.markup.inline(model)}</li>" for model in key.models]
    _text(node, "graderinfo", f"<ul>{''.join(rows)}</ul>", html=True)
    _text(node, "responsetemplate", "", html=True)
    return node


def _combined(node: ET.Element) -> None:
    for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        _text(node, tag, "", html=True)


def _text(parent: ET.Element, tag: str, text: str, *, html: bool = False) -> ET.Element:
    node = ET.SubElement(parent, tag, {"format": "html"} if html else {})
    ET.SubElement(node, "text").text = text
    return node
