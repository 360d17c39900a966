"""Lay the public side of an exercise out as nodes. This module never sees a key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from docutils import nodes

from kochu.apparatus.edition import Loaded
from kochu.apparatus.tables import Word
from kochu.exercises.framework import TYPES
from kochu.exercises.markup import Markup
from kochu.exercises.model import Ask, Option, Question, Sheet, Stimulus
from kochu.sphinx.compose import words_nodes
from kochu.sphinx.exercises.arrange import in_line, runs_of, shared_options
from kochu.sphinx.exercises.nodes import (
    kochu_bank,
    kochu_blank,
    kochu_box,
    kochu_exercise,
    kochu_facts,
    kochu_gap,
    kochu_hint,
    kochu_label,
    kochu_mark,
    kochu_option,
    kochu_options,
    kochu_question,
    kochu_stimulus,
)

__all__ = ["Layout"]

_WORDS = Markup()
"""Writes MyST as plain words, for what is read out and not seen."""
_LINE = "＿" * 12
_BOND = "\u2060"
"""A word joiner."""
_TEACHES_WORDS = frozenset({"reading", "vocabulary", "cloze", "order"})
"""Types of exercises whose sentences a learner may take as models."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Inline = Callable[[str], list[nodes.Node]]
Blocks = Callable[[str], list[nodes.Node]]


@dataclass(frozen=True)
class Layout:
    """Draws exercises.

    :param inline: parses MyST's inline markup.
    :param blocks: parses MyST.
    :param set_name: of which set the exercises are.
    :param hints: whether hints are shown.
    :param readings: gives a text with its readings, where sentences get furigana.
    :param words: gives the words of a text, so that the machine's errors among them are
        not learnt as Japanese.
    """

    inline: Inline
    blocks: Blocks
    set_name: str
    hints: bool = True
    readings: Callable[[str], Loaded] | None = None
    words: Callable[[str], Sequence[Word]] | None = None

    def exercise(self, sheet: Sheet) -> kochu_exercise:
        """Draw an exercise."""
        meta = sheet.meta
        name = f"exercise-{meta.id}"
        section = kochu_exercise(
            "", ids=[name], names=[name], exercise=meta.id, set=self.set_name, use=meta.use
        )
        section += nodes.title("", "", *self.inline(meta.title))
        section += self._facts(sheet)
        section += self.blocks(sheet.prompt)
        section += [self._stimulus(sheet, stimulus) for stimulus in sheet.stimuli]
        section += self._questions(sheet)
        if self.hints:
            for number, hint in enumerate(sheet.hints, 1):
                text = nodes.paragraph(
                    "", "", nodes.strong("", f"Hint {number}:"), nodes.Text(" "), *self.inline(hint)
                )
                section += kochu_hint("", text, number=number)
        return section

    def _facts(self, sheet: Sheet) -> kochu_facts:
        meta = sheet.meta
        words = [
            TYPES[meta.type],
            f"CEFR {meta.cefr}",
            f"JLPT {meta.jlpt}",
            f"{meta.minutes} min",
            f"{meta.points:g} point{'' if meta.points == 1 else 's'}",
            meta.use,
        ]
        found = kochu_facts("", " · ".join(words), classes=["kx-facts"])
        if meta.sentences:
            places = runs_of(meta.sentences)
            found += nodes.Text(" · sentences " if len(meta.sentences) > 1 else " · sentence ")
            found += self.inline(", ".join(places))
        return found

    def _stimulus(self, sheet: Sheet, stimulus: Stimulus) -> kochu_stimulus:
        japanese = [f"language-{stimulus.language}"]
        words = nodes.paragraph("", "", classes=["kx-stimulus-text", *japanese])
        by_id = {question.id: question for question in sheet.questions}
        single = sum(bool(piece.mark) for s in sheet.stimuli for piece in s.pieces) == 1
        for piece, drawn in zip(stimulus.pieces, self._words(sheet, stimulus), strict=True):
            if piece.gap:
                words += self._gap(sheet, by_id[piece.gap], f"gap {piece.gap}")
            elif piece.mark:
                words += kochu_mark("", "", *drawn, number=piece.mark)
                # No line ends between words and their number.
                words += [] if single else [nodes.Text(_BOND), nodes.superscript("", piece.mark)]
            else:
                words += drawn
        label = nodes.inline("", "", *self.inline(f"{{sentence}}`{stimulus.address}`"))
        words.insert(0, [label, nodes.Text(" ")])
        return kochu_stimulus(
            "",
            words,
            *self._warnings(sheet, stimulus),
            text_id=sheet.meta.text_id,
            address=stimulus.address,
            layer=stimulus.layer,
            length=len(stimulus.text),
        )

    def _warnings(self, sheet: Sheet, stimulus: Stimulus) -> list[nodes.Node]:
        """Name the words that are the machine's errors, where Japanese is what is learnt.

        Where errors are to be found or mended this would tell the answer.
        """
        if self.words is None or stimulus.layer or sheet.meta.type not in _TEACHES_WORDS:
            return []
        shown = [piece.text for piece in stimulus.pieces if not piece.gap]
        flagged = [
            word.lemma
            for word in self.words(sheet.meta.text_id)
            if not word.imitate and word.kind == "word" and any(word.lemma in text for text in shown)
        ]
        if not flagged:
            return []
        language = [f"language-{stimulus.language}"]
        line = nodes.paragraph("", "Do not imitate: ", classes=["kx-warning"])
        for number, lemma in enumerate(flagged):
            line += [nodes.Text(", ")] if number else []
            line += nodes.inline(lemma, lemma, classes=language)
        what = "an error" if len(flagged) == 1 else "errors"
        line += nodes.Text(f" ({what} of the machine translation)")
        return [line]

    def _words(self, sheet: Sheet, stimulus: Stimulus) -> Iterator[Sequence[nodes.Node]]:
        """Draw the words of each piece, with furigana where it is wanted and does not tell."""
        # Readings belong to the base text, and must not stand where they are asked for.
        if self.readings is None or stimulus.layer or sheet.meta.type == "reading":
            yield from ([nodes.Text(piece.text)] for piece in stimulus.pieces)
            return
        loaded = self.readings(sheet.meta.text_id)
        sentence = loaded.base.sentence(stimulus.address)
        groups = loaded.readings.get(stimulus.address, ())
        at = 0
        for piece in stimulus.pieces:
            # The length of a gap is not known here, so each piece is looked for behind the last.
            first = sentence.text.index(piece.text, at) if sentence else 0
            at = last = first + len(piece.text)
            yield words_nodes(piece.text, first, (g for g in groups if first <= g.start and g.end <= last))

    def _questions(self, sheet: Sheet) -> list[nodes.Node]:
        inside = {piece.gap for stimulus in sheet.stimuli for piece in stimulus.pieces}
        asked = [question for question in sheet.questions if question.id not in inside]
        rows = [list(row) for _, row in groupby(asked, lambda q: q.group or q.id)]
        found: list[nodes.Node] = []
        bank = shared_options(asked)
        if bank:
            found.append(self._bank(bank))
        number_them = len(rows) > 1
        for number, row in enumerate(rows, 1):
            found.append(self._row(sheet, row, str(number) if number_them else "", bank))
        return found

    def _row(
        self, sheet: Sheet, row: Sequence[Question], number: str, bank: Sequence[Option]
    ) -> kochu_question:
        name = self._name(row[0], number)
        node = kochu_question("", exercise=sheet.meta.id, question=row[0].id, label=name)
        label = nodes.paragraph("", "", classes=["kx-label"])
        if number:
            label += nodes.Text(f"{number}. ")
        label += self.inline(row[0].label) if row[0].label else []
        if label.children:
            node += label
        for question in row:
            node += self._answer(sheet, question, number, bank, first=question is row[0])
        return node

    def _answer(
        self, sheet: Sheet, question: Question, number: str, bank: Sequence[Option], *, first: bool
    ) -> list[nodes.Node]:
        exercise = sheet.meta.id
        name = self._name(question, number)
        if question.ask is Ask.FREE:
            lines = [nodes.line("", _LINE * 3) for _ in range(question.lines)]
            return [
                kochu_blank(
                    "",
                    nodes.line_block("", *lines),
                    exercise=exercise,
                    question=question.id,
                    label=name,
                    language=question.language,
                    lines=question.lines,
                )
            ]
        if question.ask is Ask.TEXT or question.pointing or (bank and question.options == bank):
            paragraph = nodes.paragraph("", "", classes=["kx-answer"])
            if not first:
                paragraph += nodes.Text(f"{question.label}: ")
            paragraph += self._gap(sheet, question, name, lettered=question.options == bank)
            return [paragraph]
        if question.ask is Ask.MANY and sheet.meta.type == "spot":
            return [self._chunks(sheet, question)]
        if question.ask is not Ask.ORDER and in_line(question.options):
            return [self._in_line(sheet, question, first=first)]
        return [self._list(sheet, question)]

    def _list(self, sheet: Sheet, question: Question) -> kochu_options:
        found = kochu_options("", classes=["kx-options"])
        for option in question.options:
            found += kochu_option("", nodes.paragraph("", "", *self._choice(sheet, question, option)))
        return found

    def _in_line(self, sheet: Sheet, question: Question, *, first: bool) -> nodes.paragraph:
        found = nodes.paragraph("", "", classes=["kx-answer", "kx-choices"])
        if not first:
            found += nodes.Text(f"{question.label}: ")
        for option in question.options:
            found += [*self._choice(sheet, question, option), nodes.Text("\u2003")]
        return found

    def _chunks(self, sheet: Sheet, question: Question) -> nodes.paragraph:
        """Draw a sentence in pieces, each of which can be marked."""
        language = sheet.stimuli[0].language if sheet.stimuli else ""
        found = nodes.paragraph("", "", classes=["kx-chunks", f"language-{language}"])
        for option in question.options:
            found += [*self._choice(sheet, question, option), nodes.Text(" ")]
        return found

    def _choice(self, sheet: Sheet, question: Question, option: Option) -> list[nodes.Node]:
        """Draw one option: its box and its words."""
        place = {"exercise": sheet.meta.id, "question": question.id, "value": option.id}
        sign = "（　）" if question.ask is Ask.ORDER else "□"
        box = kochu_box("", sign, ask=question.ask.value, count=len(question.options), **place)
        return [box, nodes.Text(" "), kochu_label("", "", *self.inline(option.text), **place)]

    def _gap(self, sheet: Sheet, question: Question, name: str, *, lettered: bool = False) -> kochu_gap:
        options = [(o.id, _WORDS.plain(o.text)) for o in question.options]
        shown = "＿" * 6
        if lettered:
            options = [
                (value, f"{sign} {text}") for sign, (value, text) in zip(_LETTERS, options, strict=False)
            ]
        elif options and not question.pointing:
            shown += "（" + " / ".join(text for _, text in options) + "）"
        return kochu_gap(
            "",
            shown,
            exercise=sheet.meta.id,
            question=question.id,
            label=name,
            language=question.language,
            options=options,
        )

    def _bank(self, options: Sequence[Option]) -> kochu_bank:
        found = kochu_options("", classes=["kx-bank"])
        for letter, option in zip(_LETTERS, options, strict=False):
            text = nodes.paragraph(
                "", "", nodes.strong("", letter), nodes.Text(" "), *self.inline(option.text)
            )
            found += kochu_option("", text)
        return kochu_bank("", found)

    def _name(self, question: Question, number: str) -> str:
        """What a screen reader calls the control."""
        text = _WORDS.plain(question.label) or "answer"
        return f"{number}. {text}" if number else text
