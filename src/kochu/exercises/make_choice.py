"""Build the tasks that are answered by choosing."""

from __future__ import annotations

from collections.abc import Iterable

from kochu.exercises.bench import Bench, Mark, TaskError, option_id
from kochu.exercises.model import Ask, Evidence, Key, Option, Question
from kochu.exercises.rows import Statement, Wrong
from kochu.exercises.tasks import (
    ChoiceTask,
    ClassifyTask,
    MatchTask,
    OrderTask,
    TrueFalseTask,
    VocabularyTask,
)

__all__ = ["choice", "classify", "match", "order", "true_false", "vocabulary", "whys"]

VERDICTS = ("true", "false", "not stated")
"""What a statement can be, measured against the text."""


def whys(rows: Iterable[Wrong]) -> dict[str, str]:
    """Give the feedback to wrong options, by option id."""
    return {option_id(row.text): row.why for row in rows}


def choice(bench: Bench, task: ChoiceTask) -> None:
    """One right option, or several, among wrong ones."""
    several = bench.meta.type == "choices"
    if not several and len(task.right) != 1:
        raise TaskError(f"{len(task.right)} options are right; a choice has one, or use type: choices")
    if not task.right or not task.wrong:
        raise TaskError("a choice needs a [[right]] and a [[wrong]] option")
    options = bench.options([*(row.text for row in task.right), *(row.text for row in task.wrong)])
    evidence = tuple(
        proof for n, row in enumerate(task.right) for proof in bench.evidence(row.evidence, ("right", n))
    )
    praise = {option_id(row.text): row.why for row in task.right if row.why}
    right = tuple(option_id(row.text) for row in task.right)
    question = Question("1", Ask.MANY if several else Ask.ONE, "", options, task.points)
    bench.ask(question, Key(right, whys={**praise, **whys(task.wrong)}, evidence=evidence))


def true_false(bench: Bench, task: TrueFalseTask) -> None:
    """Statements, each with the sentence that shows whether it is true."""
    window = bench.sentences(task.window) if task.window else ()
    addresses = [s.address for s in window] or list(bench.meta.sentences)
    places = tuple(Option(address, address) for address in addresses)
    for number, row in enumerate(task.statement, 1):
        where = ("statement", number - 1)
        verdict = _verdict(row, number)
        stated = verdict != "not stated"
        if not stated and row.evidence:
            raise TaskError("what is not stated has no evidence; remove it", where)
        evidence = bench.evidence(row.evidence, where, needed=stated)
        group = str(number)
        question = Question(group, Ask.ONE, row.text, bench.listed(VERDICTS), row.points, group=group)
        bench.ask(question, Key((option_id(verdict),), why=row.why, evidence=evidence))
        if task.point:
            # "—" is a place too: who finds a statement not stated must not name a sentence.
            nowhere = Option("none", "—")
            right = tuple(e.address for e in evidence) or ("none",)
            if outside := [a for a in right if a != "none" and a not in addresses]:
                raise TaskError(f"evidence in {outside[0]} lies outside the window", where)
            pointed = Question(
                f"{number}s", Ask.ONE, "Sentence", (*places, nowhere), row.points, group=group, pointing=True
            )
            # The reason stands at the verdict; twice would be once too often.
            bench.ask(pointed, Key(right, evidence=evidence))


def _verdict(row: Statement, number: int) -> str:
    verdict = {True: "true", False: "false", "not-stated": "not stated"}.get(row.answer)
    if verdict is None:
        raise TaskError(
            f"answer = '{row.answer}'; write true, false or 'not-stated'", ("statement", number - 1)
        )
    return verdict


def order(bench: Bench, task: OrderTask) -> None:
    """Things in their right order, proved by the text or by dates."""
    if task.by not in ("text", "time", "sentence"):
        raise TaskError(f"by = '{task.by}' is not known; it is one of text, time, sentence")
    if len(task.event) < 3:
        raise TaskError("an order needs three [[event]] rows or more; two are a coin toss")
    texts = [row.text for row in task.event]
    places: list[int] = []
    evidence: list[Evidence] = []
    for number, row in enumerate(task.event):
        found = bench.evidence(row.evidence, ("event", number), needed=task.by != "sentence")
        evidence += found
        places += [found[0].start] if found else []
    if task.by == "text" and places != sorted(places):
        bench.tell("the events do not stand in the order of their evidence; sort them, or say by = 'time'")
    dates = [row.when for row in task.event]
    if task.by == "time" and ("" in dates or dates != sorted(set(dates))):
        bench.tell("the events need rising dates: when = '1952', '1958-05-01', …")
    options = bench.options(texts)
    right = tuple(map(option_id, texts))
    for other in task.also:
        if sorted(other) != sorted(texts):
            bench.tell("an order in 'also' does not hold the same texts as the events")
    if [o.id for o in options] == list(right):
        bench.tell("shuffled, the events stand in the right order; give another seed = 1")
    also = tuple(tuple(map(option_id, other)) for other in task.also)
    bench.ask(
        Question("1", Ask.ORDER, "", options, task.points),
        Key(right, also, why=task.why, evidence=tuple(evidence)),
    )


def match(bench: Bench, task: MatchTask) -> None:
    """For each thing on the left, one of the things on the right."""
    rights = dict.fromkeys(pair.right for pair in task.pair)
    options = bench.options([*rights, *(row.text for row in task.extra)])
    for number, pair in enumerate(task.pair, 1):
        evidence = bench.evidence(pair.evidence, ("pair", number - 1))
        key = Key((option_id(pair.right),), whys=whys(task.extra), why=pair.why, evidence=evidence)
        bench.ask(Question(str(number), Ask.ONE, pair.left, options, pair.points), key)


def vocabulary(bench: Bench, task: VocabularyTask) -> None:
    """Words of the text, each with meanings to choose from."""
    rows = list(enumerate(task.item, 1))
    words = bench.mark(Mark(("item", n - 1), row.at, row.quote, str(n)) for n, row in rows)
    for number, row in rows:
        where = ("item", number - 1)
        wrong = [w.text for w in row.wrong]
        if len(wrong) < 2:
            bench.tell("a word needs two wrong meanings or more", where)
        options = bench.options((row.right, *wrong), where)
        question = Question(str(number), Ask.ONE, words[str(number)], options, row.points)
        evidence = bench.evidence(row.evidence, where, needed=False)
        bench.ask(
            question, Key((option_id(row.right),), whys=whys(row.wrong), why=row.why, evidence=evidence)
        )


def classify(bench: Bench, task: ClassifyTask) -> None:
    """Statements to be put under headings."""
    categories = bench.listed(task.categories)
    rows = list(enumerate(task.statement, 1))
    quoted = [Mark(("statement", n - 1), r.at, r.quote, str(n)) for n, r in rows if r.quote]
    words = bench.mark(quoted)
    for number, row in rows:
        where = ("statement", number - 1)
        if bool(row.text) == bool(row.quote):
            raise TaskError("a statement has either 'text' or 'at' and 'quote'", where)
        for name in (row.category, *row.half, *row.whys):
            if name not in task.categories:
                raise TaskError(f"'{name}' is none of the categories", where)
        evidence = bench.evidence(row.evidence, where, needed=not row.quote)
        label = row.text or words[str(number)]
        key = Key(
            (option_id(row.category),),
            half=frozenset(map(option_id, row.half)),
            whys={option_id(name): why for name, why in row.whys.items()},
            why=row.why,
            evidence=evidence,
        )
        bench.ask(Question(str(number), Ask.ONE, label, categories, row.points), key)
