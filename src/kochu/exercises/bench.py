"""The workbench on which the rows of a task become questions and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
import re

from kochu.apparatus.edition import Loaded
from kochu.apparatus.model import Annotation
from kochu.apparatus.parse import parse_passage
from kochu.exercises.model import Criterion, Evidence, Key, Meta, Option, Piece, Question, Stimulus
from kochu.exercises.normalize import normalize
from kochu.exercises.rows import Criterion as CriterionRow
from kochu.exercises.rows import Proofs
from kochu.text.anchor import find_all, locate
from kochu.text.problems import Problem, Subtype
from kochu.text.quote import QuoteError, parse_quotes
from kochu.text.segment import Sentence

__all__ = ["Bench", "Mark", "Source", "TaskError", "Where", "option_id"]

Where = tuple[str, int]
"""A row of the task: the name of its table, and which of them, from 0."""

PAGE = "page:"
"""Evidence may stand in a page of the edition: ``["page:context/vostok-drills", "…"]``."""


_NUMBER = re.compile(r"\d+(?:\.\d+)*")


def _as_number(text: str) -> str:
    """Write a number so that sorting letters sorts it: ``8.1`` before ``13.1``."""
    return ".".join(part.zfill(12) for part in text.split("."))


class TaskError(ValueError):
    """A task cannot be built; the message is for its author."""

    def __init__(self, message: str, where: Where | None = None) -> None:
        super().__init__(message)
        self.where = where


@dataclass(frozen=True)
class Source:
    """What an exercise is about.

    :param loaded: the text with its layers.
    :param root: folder of the edition's pages.
    :param note: finds an annotation by its key; reads the pages when first called.
        Without it, nothing that is said of annotations is checked.
    :param pages: the pages that served as evidence, filled while exercises are read.
    """

    loaded: Loaded
    root: Path
    note: Callable[[str], Annotation | None] | None
    pages: set[Path] = field(default_factory=set)


@dataclass(frozen=True)
class Mark:
    """Words of a sentence that a question speaks of."""

    where: Where
    at: str
    quote: str
    question: str
    gap: bool = False


def option_id(text: str) -> str:
    """Name an option by its text: the id tells nothing and does not move when others come."""
    return "o" + sha256(text.encode()).hexdigest()[:7]


@dataclass
class Bench:
    """One task being built.

    :param line_of: gives the line of a row in the exercise's file.
    """

    meta: Meta
    source: Source
    path: str
    line_of: Callable[[Where | None], int]
    seed: int = 0
    questions: list[Question] = field(default_factory=list)
    keys: dict[str, Key] = field(default_factory=dict)
    stimuli: list[Stimulus] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def tell(self, message: str, where: Where | None = None) -> None:
        """Note what is wrong with a row."""
        self.problems.append(
            Problem(self.path, self.line_of(where), Subtype.EXERCISE.value, f"{self.meta.id}: {message}")
        )

    def ask(self, question: Question, key: Key) -> None:
        """Add a question with its key."""
        self.questions.append(question)
        self.keys[question.id] = key

    # -- options ----------------------------------------------------------------------

    def options(self, texts: Sequence[str], where: Where | None = None) -> tuple[Option, ...]:
        """Make options and shuffle them.

        The order is that of digests of the texts. It does not depend on which of them
        is right: a shuffle of the list as written would give the key away by position.
        """
        seen: dict[str, str] = {}
        for text in texts:
            folded = normalize(text, kana=True)
            if folded in seen:
                self.tell(f"'{text}' and '{seen[folded]}' are the same option; change or remove one", where)
            seen[folded] = text

        def digest(text: str) -> str:
            return sha256(f"{self.meta.id}/{self.seed}/{text}".encode()).hexdigest()

        # Numbers and addresses have an order of their own, which tells nothing either.
        numbers = all(_NUMBER.fullmatch(text) for text in texts)
        ordered = sorted(dict.fromkeys(texts), key=_as_number if numbers else digest)
        return tuple(Option(option_id(text), text) for text in ordered)

    def listed(
        self, texts: Sequence[str], where: Where | None = None, *, shown: Callable[[str], str] = str
    ) -> tuple[Option, ...]:
        """Make options that stay in their own order, such as categories and severities.

        :param shown: how a learner reads a text; the option keeps its id whatever this says.
        """
        if len(set(texts)) != len(texts):
            self.tell("an option is given twice; remove one", where)
        return tuple(Option(option_id(text), shown(text)) for text in dict.fromkeys(texts))

    # -- the text ---------------------------------------------------------------------

    def sentences(self, passage: str, where: Where | None = None) -> tuple[Sentence, ...]:
        """Find the sentences of a passage such as ``6 4.2``."""
        found, problems = parse_passage(passage, self.source.loaded.base, self.path, self.line_of(where))
        self.problems += problems
        return found

    def sentence(self, address: str, where: Where | None, layer: str = "") -> Sentence:
        """Find one sentence, in the base text or in a layer."""
        sentence = self.source.loaded.base.sentence(address)
        if sentence is None:
            raise TaskError(f"unknown address '{address}'", where)
        if not layer:
            return sentence
        if layer not in self.source.loaded.layers:
            names = ", ".join(self.source.loaded.layers)
            raise TaskError(f"unknown layer '{layer}'; it is one of {names}", where)
        text = self.source.loaded.layers[layer][1].get(address)
        if text is None:
            raise TaskError(f"layer '{layer}' has no sentence {address}", where)
        return Sentence(sentence.line, sentence.number, 0, len(text), text)

    def language(self, layer: str = "") -> str:
        """Give the language of the text or of a layer."""
        loaded = self.source.loaded
        return loaded.layers[layer][0].language if layer else loaded.spec.language

    def find(self, sentence: Sentence, quote: str, where: Where | None) -> tuple[int, int]:
        """Find a quote in a sentence, as offsets in it."""
        try:
            (parsed,) = parse_quotes(quote)
            start, end = locate(parsed, sentence)
        except ValueError as error:
            message = str(error) if isinstance(error, QuoteError) else "give one quote, not several"
            raise TaskError(message, where) from None
        return start - sentence.start, end - sentence.start

    def show(self, passage: str) -> None:
        """Show sentences above the questions."""
        for sentence in self.sentences(passage) if passage else ():
            self.stimuli.append(Stimulus(sentence.address, self.language(), (Piece(sentence.text),)))

    def mark(self, marks: Iterable[Mark], layer: str = "") -> dict[str, str]:
        """Show sentences with words marked, or taken out.

        :return: the marked words, by question.
        """
        words: dict[str, str] = {}
        by_address: dict[str, list[tuple[int, int, str, bool]]] = {}
        for number, mark in enumerate(marks, 1):
            sentence = self.sentence(mark.at, mark.where, layer)
            if mark.at not in self.meta.sentences:
                self.tell(f"words of {mark.at}, but 'sentences' does not name it; add it there", mark.where)
            start, end = self.find(sentence, mark.quote, mark.where)
            words[mark.question] = sentence.text[start:end]
            spans = by_address.setdefault(mark.at, [])
            if any(start < b and a < end for a, b, _, _ in spans):
                raise TaskError(f"'{mark.quote}' overlaps other marked words of {mark.at}", mark.where)
            if spans and start < spans[-1][0]:
                self.tell(
                    f"'{mark.quote}' stands before words of {mark.at} that the task names earlier; "
                    "list them in the order of the text, or its numbers run backwards",
                    mark.where,
                )
            spans.append((start, end, mark.question if mark.gap else str(number), mark.gap))
        for address, spans in by_address.items():
            text = self.sentence(address, None, layer).text
            pieces: list[Piece] = []
            at = 0
            for start, end, name, gap in sorted(spans):
                pieces.append(Piece(text[at:start]))
                pieces.append(Piece("", gap=name) if gap else Piece(text[start:end], mark=name))
                at = end
            pieces.append(Piece(text[at:]))
            shown = tuple(p for p in pieces if p.text or p.gap)
            self.stimuli.append(Stimulus(address, self.language(layer), shown, layer))
        return words

    # -- evidence ---------------------------------------------------------------------

    def evidence(self, rows: Proofs, where: Where, *, needed: bool = True) -> tuple[Evidence, ...]:
        """Find the words that prove a row.

        A quote that also stands elsewhere proves little: when the address slips, it is
        still found. So it must belong to its sentence alone.
        """
        if needed and not rows:
            self.tell("no evidence; add evidence = [[address, exact words]]", where)
        return tuple(self._proof(address, quote, where) for address, quote in rows)

    def _proof(self, address: str, quote: str, where: Where) -> Evidence:
        if address.startswith(PAGE):
            return self._page_proof(address, quote, where)
        layer, _, place = address.rpartition(":")
        sentence = self.sentence(place, where, layer)
        start, end = self.find(sentence, quote, where)
        words = sentence.text[start:end]
        if not layer:
            others = [
                s.address
                for s in self.source.loaded.base.sentences
                if s.text != sentence.text and find_all(words, s)
            ]
            if others:
                self.tell(f"evidence '{words}' also stands in {', '.join(others)}; quote more words", where)
            if place not in self.meta.sentences:
                self.tell(f"evidence in {place}, but 'sentences' does not name it; add it there", where)
        return Evidence(address, words, sentence.start + start, sentence.start + end)

    def _page_proof(self, address: str, quote: str, where: Where) -> Evidence:
        path = (self.source.root / address.removeprefix(PAGE)).with_suffix(".md")
        if not path.is_file() or not path.resolve().is_relative_to(self.source.root.resolve()):
            raise TaskError(f"there is no page '{address.removeprefix(PAGE)}' in the edition", where)
        self.source.pages.add(path.resolve())
        text = re.sub(r"\s+", " ", path.read_text("utf-8"))
        hits = text.count(quote)
        if hits != 1:
            many = f"stands {hits} times" if hits else "does not stand"
            raise TaskError(f"evidence '{quote}' {many} in {path.name}; quote words that stand once", where)
        start = text.index(quote)
        return Evidence(address, quote, start, start + len(quote))

    # -- the rest ---------------------------------------------------------------------

    def rubric(self, rows: Sequence[CriterionRow], question: str) -> tuple[Criterion, ...]:
        """Number the rows of a rubric."""
        return tuple(Criterion(f"{question}{chr(97 + n)}", r.points, r.text) for n, r in enumerate(rows))

    def caveat(self, key: str, address: str, where: Where) -> Annotation | None:
        """Find the annotation that a row leans on, and see that it speaks of the sentence."""
        if self.source.note is None:
            return None
        note = self.source.note(key)
        if note is None:
            self.tell(f"there is no annotation '{key}'", where)
        elif address not in note.addresses:
            self.tell(f"'{key}' does not speak of {address}, but of {', '.join(note.addresses)}", where)
        return note
