"""Lay the key to an exercise out as nodes, for the teacher's edition alone."""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes

from kochu.exercises.model import Ask, Exercise, Key, Question
from kochu.sphinx.exercises.nodes import kochu_key

__all__ = ["key_nodes"]

Parse = Callable[[str], list[nodes.Node]]


def key_nodes(exercise: Exercise, inline: Parse, blocks: Parse) -> kochu_key:
    """Draw the key: answers, evidence, feedback, rubric, notes.

    :param inline: parses MyST's inline markup.
    :param blocks: parses MyST.
    """
    node = kochu_key("", classes=["kx-key"])
    node += nodes.paragraph("", "", nodes.strong("", "Key"))
    answers = nodes.enumerated_list("", enumtype="arabic", prefix="", suffix=".")
    for question in exercise.sheet.questions:
        answers += _question(question, exercise.secret.keys[question.id], inline)
    node += answers
    node += blocks(exercise.secret.feedback)
    if exercise.secret.teacher.strip():
        node += nodes.paragraph("", "", nodes.strong("", "For the teacher"))
        node += blocks(exercise.secret.teacher)
    return node


def _question(question: Question, key: Key, inline: Parse) -> nodes.list_item:
    item = nodes.list_item("")
    line = nodes.paragraph("")
    if question.label:
        mark = " " if question.label[-1] in ".?!。？" else ": "
        line += [*inline(question.label), nodes.Text(mark)]
    line += nodes.strong("", "", *inline(_answer(question, key)))
    line += nodes.Text(f" ({question.points:g})")
    item += line
    rows = nodes.bullet_list("")
    for proof in key.evidence:
        rows += _row(inline(f"{_place(proof.address)}: "), nodes.emphasis("", proof.quote))
    if key.half or key.half_accept:
        half = [o.text for o in question.options if o.id in key.half] + list(key.half_accept)
        rows += _row([nodes.Text("half: " + ", ".join(half))])
    if key.why:
        rows += _row(inline(key.why))
    for name, why in key.whys.items():
        option = question.option(name)
        words = option.text if option else name
        rows += _row([*inline(words), nodes.Text(" → "), *inline(why)])
    for criterion in key.rubric:
        rows += _row([nodes.Text(f"{criterion.points:g}: "), *inline(criterion.text)])
    for model in key.models:
        rows += _row([nodes.Text("model: "), *inline(model)])
    if key.queue and question.ask is Ask.TEXT:
        rows += _row([nodes.Text("Other wordings go to the rubric queue.")])
    if rows.children:
        item += rows
    return item


def _answer(question: Question, key: Key) -> str:
    if question.ask is Ask.FREE:
        return "marked by the rubric"
    if not question.options:
        return " / ".join(key.accept)
    by_id = {o.id: o.text for o in question.options}
    joint = " → " if question.ask is Ask.ORDER else " + " if question.ask is Ask.MANY else " / "
    return joint.join(by_id[name] for name in key.right)


def _place(address: str) -> str:
    if address.startswith("page:"):
        return f"page {address.removeprefix('page:')}"
    layer, _, place = address.rpartition(":")
    return f"{{sentence}}`{place}`" + (f" ({layer})" if layer else "")


def _row(children: list[nodes.Node], *more: nodes.Node) -> nodes.list_item:
    return nodes.list_item("", nodes.paragraph("", "", *children, *more))
