"""Exercises with their keys as a table, one question a row."""

from __future__ import annotations

from kochu.exercises.model import Ask, Key, Question
from kochu.exercises.tables import table
from kochu.exports.lms.material import Lms, Shown, data_address

__all__ = ["questions"]

HEADER = (
    "exercise", "title", "type", "strand", "skill", "bloom", "cefr", "jlpt", "minutes", "use", "sentences",
    "question", "asked", "prompt", "shown", "label", "options", "right", "accepted", "half", "points",
    "evidence", "feedback", "rubric", "model",
)  # fmt: skip


def questions(lms: Lms) -> bytes:
    """Write exercises as CSV."""
    rows = []
    for exercise in lms.exercises:
        shown = lms.shown(exercise, data_address)
        meta = exercise.meta
        for question in exercise.sheet.questions:
            head = [
                *(meta.id, meta.title, meta.type, meta.strand, meta.skill, meta.bloom, meta.cefr, meta.jlpt),
                *(meta.minutes, meta.use, " ".join(meta.sentences), question.id, question.ask.value),
                shown.markup.plain(exercise.sheet.prompt),
                " | ".join(f"{s.address} {s.text}" for s in exercise.sheet.stimuli),
                shown.markup.plain(question.label),
            ]
            rows.append([*head, *_key(shown, question, shown.key(question))])
    return table(HEADER, rows).encode()


def _key(shown: Shown, question: Question, key: Key) -> list[object]:
    plain = shown.markup.plain
    texts = {o.id: plain(o.text) for o in question.options}
    joint = " → " if question.ask is Ask.ORDER else " | "
    right = [texts[name] for name in key.right] or list(key.accept[:1])
    whys = [f"{texts.get(name, name)}: {plain(why)}" for name, why in key.whys.items()]
    return [
        " | ".join(texts.values()),
        joint.join(right),
        " | ".join(key.accept),
        " | ".join([*(texts[n] for n in sorted(key.half)), *key.half_accept]),
        question.points,
        " | ".join(f"{e.address} {e.quote}" for e in key.evidence),
        " | ".join([*([plain(key.why)] if key.why else []), *whys]),
        " | ".join(f"{c.points:g}: {plain(c.text)}" for c in key.rubric),
        " | ".join(key.models),
    ]
