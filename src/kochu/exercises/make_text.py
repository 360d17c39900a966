"""Build the tasks that are answered by writing."""

from __future__ import annotations

from collections.abc import Sequence

from kochu.exercises.bench import Bench, Mark, TaskError, Where
from kochu.exercises.make_choice import choice, whys
from kochu.exercises.model import Ask, Key, Question
from kochu.exercises.normalize import normalize
from kochu.exercises.rows import Free, Wrong
from kochu.exercises.tasks import (
    ClozeTask,
    CorrectionTask,
    PostEditTask,
    ReadingTask,
    ReconstructTask,
    RepairTask,
    ShortTask,
)

__all__ = ["cloze", "correction", "post_edit", "reading", "reconstruct", "repair", "short"]


def reading(bench: Bench, task: ReadingTask) -> None:
    """Words of the text whose readings are asked; the first must be the edition's own."""
    rows = list(enumerate(task.item, 1))
    words = bench.mark(Mark(("item", n - 1), row.at, row.quote, str(n)) for n, row in rows)
    for number, row in rows:
        where = ("item", number - 1)
        word = words[str(number)]
        _check_texts(bench, row.accept, (), row.wrong, where, kana=task.kana)
        own = _own_reading(bench, row.at, row.quote, where)
        if row.accept and normalize(own, kana=True) != normalize(row.accept[0], kana=True):
            bench.tell(f"the edition reads '{word}' in {row.at} as {own}, not {row.accept[0]}", where)
        key = Key(
            accept=row.accept,
            wrong=_texts(row.wrong),
            kana=task.kana,
            whys=_text_whys(row.wrong),
            why=row.why,
            evidence=bench.evidence(row.evidence, where, needed=False),
        )
        bench.ask(Question(str(number), Ask.TEXT, word, points=row.points), key)


def _own_reading(bench: Bench, address: str, quote: str, where: Where) -> str:
    """Read words by the layer of readings; kana in them read themselves."""
    sentence = bench.sentence(address, where)
    start, end = bench.find(sentence, quote, where)
    read = ""
    at = start
    for group in bench.source.loaded.readings.get(address, ()):
        if group.end <= start or group.start >= end:
            continue
        if group.start < start or group.end > end:
            raise TaskError(
                f"'{sentence.text[start:end]}' cuts the word '{sentence.text[group.start : group.end]}'; "
                "ask for whole words",
                where,
            )
        read += sentence.text[at : group.start] + group.reading
        at = group.end
    return read + sentence.text[at:end]


def cloze(bench: Bench, task: ClozeTask) -> None:
    """Sentences with gaps; what stood there must be accepted."""
    rows = list(enumerate(task.blank, 1))
    words = bench.mark(
        (Mark(("blank", n - 1), row.at, row.quote, str(n), gap=True) for n, row in rows), task.layer
    )
    for number, row in rows:
        where = ("blank", number - 1)
        name = str(number)
        _check_texts(bench, row.accept, (), row.wrong, where, kana=task.kana)
        if words[name] not in row.accept[:1]:
            bench.tell(f"the text has '{words[name]}' here; it must be the first to be accepted", where)
        evidence = bench.evidence(row.evidence, where, needed=False)
        if task.choose:
            if len(row.accept) != 1 or not row.wrong:
                raise TaskError("a gap to choose for needs one accepted text and a wrong one", where)
            options = bench.options((row.accept[0], *_texts(row.wrong)), where)
            question = Question(name, Ask.ONE, "", options, row.points)
            right = tuple(o.id for o in question.options if o.text == row.accept[0])
            bench.ask(question, Key(right, whys=whys(row.wrong), why=row.why, evidence=evidence))
            continue
        key = Key(
            accept=row.accept,
            wrong=_texts(row.wrong),
            kana=task.kana,
            whys=_text_whys(row.wrong),
            why=row.why,
            evidence=evidence,
        )
        bench.ask(Question(name, Ask.TEXT, "", points=row.points, language=bench.language(task.layer)), key)


def correction(bench: Bench, task: CorrectionTask) -> None:
    """Marked words that are to be replaced."""
    rows = list(enumerate(task.fault, 1))
    words = bench.mark(Mark(("fault", n - 1), row.at, row.quote, str(n)) for n, row in rows)
    for number, row in rows:
        where = ("fault", number - 1)
        word = words[str(number)]
        _check_texts(bench, row.accept, row.half, row.wrong, where)
        if normalize(word) in {normalize(text) for text in (*row.accept, *row.half)}:
            bench.tell(f"the correction of '{word}' is '{word}' itself", where)
        if row.caveat:
            bench.caveat(row.caveat, row.at, where)
        key = Key(
            accept=row.accept,
            half_accept=row.half,
            # To leave the words as they are is the first thing to refuse.
            wrong=(word, *_texts(row.wrong)),
            queue=_queue(task.otherwise),
            whys=_text_whys(row.wrong),
            why=row.why,
            evidence=bench.evidence(row.evidence, where, needed=False),
            rubric=bench.rubric(row.rubric, str(number)),
            caveat=row.caveat,
        )
        bench.ask(Question(str(number), Ask.TEXT, word, points=row.points), key)


def reconstruct(bench: Bench, task: ReconstructTask) -> None:
    """Words of the text whose wording in the source is to be reconstructed."""
    rows = list(enumerate(task.item, 1))
    words = bench.mark(Mark(("item", n - 1), row.at, row.quote, str(n)) for n, row in rows)
    for number, row in rows:
        where = ("item", number - 1)
        _check_texts(bench, row.accept, row.half, row.wrong, where)
        note = bench.caveat(row.caveat, row.at, where)
        stated = {normalize(w.text) for w in (note.source if note else ()) if w.language == row.language}
        if note and not stated & {normalize(text) for text in row.accept}:
            bench.tell(f"the source wording that '{row.caveat}' gives is not accepted; list it", where)
        key = Key(
            accept=row.accept,
            half_accept=row.half,
            wrong=_texts(row.wrong),
            queue=_queue(task.otherwise),
            whys=_text_whys(row.wrong),
            why=row.why,
            evidence=bench.evidence(row.evidence, where, needed=False),
            rubric=bench.rubric(row.rubric, str(number)),
            caveat=row.caveat,
        )
        question = Question(
            str(number), Ask.TEXT, words[str(number)], points=row.points, language=row.language
        )
        bench.ask(question, key)


def repair(bench: Bench, task: RepairTask) -> None:
    """Repairs to choose from, and the reason, which a teacher marks."""
    choice(bench, task)
    _free(bench, task.justify, "2", ("justify", 0))


def post_edit(bench: Bench, task: PostEditTask) -> None:
    """A sentence to be rewritten; a teacher marks it."""
    sentence = bench.sentence(task.at, None)
    bench.show(task.at)
    models = task.models
    if sentence.text.strip() in {model.strip() for model in models}:
        bench.tell("a model answer is the faulty sentence itself")
    for key in task.caveats:
        note = bench.caveat(key, task.at, ("rubric", 0))
        betters = {a.better for a in note.anchors if a.address == task.at and a.better} if note else set()
        for better in betters:
            if not any(better in model for model in models):
                bench.tell(f"no model answer has '{better}', the wording of '{key}'")
    free = Free(lines=task.lines, rubric=task.rubric, models=models, why=task.why)
    _free(bench, free, "1", ("rubric", 0))


def short(bench: Bench, task: ShortTask) -> None:
    """Questions to answer freely."""
    for number, row in enumerate(task.question, 1):
        _free(bench, row, str(number), ("question", number - 1))


def _free(bench: Bench, row: Free, name: str, where: Where) -> None:
    if not row.rubric or not row.models:
        raise TaskError("a free answer needs a rubric and a model answer", where)
    points = sum(criterion.points for criterion in row.rubric)
    evidence = bench.evidence(row.evidence, where, needed=False)
    key = Key(
        queue=True,
        why=row.why,
        evidence=evidence,
        rubric=bench.rubric(row.rubric, name),
        models=row.models,
    )
    question = Question(name, Ask.FREE, row.label, points=points, lines=row.lines, language=row.language)
    bench.ask(question, key)


def _queue(otherwise: str) -> bool:
    if otherwise not in ("queue", "wrong"):
        raise TaskError(f"otherwise = '{otherwise}' is not known; it is one of queue, wrong")
    return otherwise == "queue"


def _texts(rows: Sequence[Wrong]) -> tuple[str, ...]:
    return tuple(row.text for row in rows)


def _text_whys(rows: Sequence[Wrong]) -> dict[str, str]:
    return {row.text: row.why for row in rows}


def _check_texts(
    bench: Bench,
    accept: Sequence[str],
    half: Sequence[str],
    wrong: Sequence[Wrong],
    where: Where,
    *,
    kana: bool = False,
) -> None:
    """See that no text is listed twice, which after folding width may be hard to see."""
    if not accept:
        raise TaskError('nothing is accepted; add accept = ["…"]', where)
    seen: dict[str, str] = {}
    for text in (*accept, *half, *_texts(wrong)):
        folded = normalize(text, kana=kana)
        if not folded:
            bench.tell(f"'{text}' is empty once spaces and punctuation are dropped", where)
        if folded in seen:
            bench.tell(f"'{text}' counts the same as '{seen[folded]}'; remove one", where)
        seen[folded] = text
