"""Build the tasks about faults of the translation: find them, type them, weigh them."""

from __future__ import annotations

from kochu.apparatus.mqm import Severity, error_types, title
from kochu.exercises.bench import Bench, Mark, TaskError, option_id
from kochu.exercises.model import Ask, Key, Option, Piece, Question, Stimulus
from kochu.exercises.tasks import MqmTask, SpotTask

__all__ = ["mqm", "spot"]


def spot(bench: Bench, task: SpotTask) -> None:
    """A sentence in pieces; those that hold a fault are to be marked."""
    sentence = bench.sentence(task.at, None)
    chunks = [chunk.strip() for chunk in task.chunks.split("/")]
    if "".join(chunks) != sentence.text.strip():
        raise TaskError(f"the chunks do not make up sentence {task.at}: '{''.join(chunks)}'")
    options: list[Option] = []
    borders: list[tuple[int, int, str]] = []
    at = sentence.text.index(chunks[0])
    for number, chunk in enumerate(chunks, 1):
        # A piece may occur twice in a sentence, so its place belongs to its name.
        options.append(Option(option_id(f"{number}/{chunk}"), chunk))
        borders.append((at, at + len(chunk), options[-1].id))
        at += len(chunk)
    must: dict[str, None] = {}
    may: set[str] = set()
    for number, row in enumerate(task.target):
        where = ("target", number)
        start, end = bench.find(sentence, row.quote, where)
        must |= dict.fromkeys(name for a, b, name in borders if a < end and b > start)
        for words in row.may:
            start, end = bench.find(sentence, words, where)
            may |= {name for a, b, name in borders if a < end and b > start}
        if row.caveat:
            bench.caveat(row.caveat, task.at, where)
    by_text = {option.text: option.id for option in options}
    for words in task.whys:
        if words not in by_text:
            raise TaskError(f"whys has '{words}', which is none of the chunks")
    if len(must) + len(may) >= len(options):
        raise TaskError("every chunk is right or allowed; a student could mark them all")
    bench.stimuli.append(Stimulus(task.at, bench.language(), (Piece(sentence.text),)))
    bench.ask(
        Question("1", Ask.MANY, "", tuple(options), task.points),
        Key(
            tuple(must),
            may=frozenset(may - must.keys()),
            whys={by_text[words]: why for words, why in task.whys.items()},
            why=task.why,
            caveat=task.target[0].caveat if task.target else "",
        ),
    )


def mqm(bench: Bench, task: MqmTask) -> None:
    """Marked words, each to be given an MQM type and a severity.

    The key stands twice, here and in the caveat of the edition, and the two must agree.
    """
    if unknown := [name for name in task.types if name not in error_types()]:
        raise TaskError(f"'{unknown[0]}' is no MQM type")
    types = bench.listed(task.types, shown=title)
    severities = bench.listed([s.value for s in Severity])
    rows = list(enumerate(task.span, 1))
    words = bench.mark(Mark(("span", n - 1), row.at, row.quote, str(n)) for n, row in rows)
    for number, row in rows:
        where = ("span", number - 1)
        note = bench.caveat(row.caveat, row.at, where)
        for field, value, own in (
            ("type", row.type, note and note.type),
            ("severity", row.severity, note and note.severity),
        ):
            if note and value != own:
                bench.tell(f"{field} = '{value}', but '{row.caveat}' has {own}", where)
        for name in (row.type, *row.also):
            if name not in task.types:
                raise TaskError(f"'{name}' is not among the types to choose from", where)
        for name in (row.severity, *row.near):
            if name not in {s.value for s in Severity}:
                raise TaskError(f"'{name}' is no severity", where)
        group = str(number)
        feedback = {option_id(name): why for name, why in row.whys.items()}
        bench.ask(
            Question(f"{number}t", Ask.ONE, words[group], types, row.points, group=group),
            Key(
                (option_id(row.type),),
                half=frozenset(map(option_id, row.also)),
                whys=feedback,
                why=row.why,
                caveat=row.caveat,
            ),
        )
        bench.ask(
            Question(f"{number}v", Ask.ONE, "Severity", severities, row.points, group=group),
            Key(
                (option_id(row.severity),),
                half=frozenset(map(option_id, row.near)),
                whys=feedback,
                caveat=row.caveat,
            ),
        )
