"""An exercise as frozen data: a public side, and a key that is kept apart from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

__all__ = [
    "Ask",
    "Criterion",
    "Evidence",
    "Exercise",
    "Key",
    "Meta",
    "Option",
    "Piece",
    "Question",
    "Secret",
    "Sheet",
    "Stimulus",
]


class Ask(Enum):
    """What a student does to answer a question."""

    ONE = "one"
    """Choose one option."""
    MANY = "many"
    """Mark all options that apply."""
    ORDER = "order"
    """Put all options into order."""
    TEXT = "text"
    """Write a word or a phrase, compared with a list."""
    FREE = "free"
    """Write freely; a teacher marks it by a rubric."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose, to mark or to put into order.

    :param id: made of the text alone, so that it tells nothing and survives additions.
    :param text: in MyST's inline markup.
    """

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence shown with an exercise.

    :param mark: number under which a question speaks of these words.
    :param gap: id of the question whose answer belongs here; then ``text`` is empty.
    """

    text: str
    mark: str = ""
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Stimulus:
    """A sentence that is shown above the questions.

    :param address: its address in the base text.
    :param language: BCP 47 tag.
    :param layer: the layer it is taken from; empty for the base text itself.
    """

    address: str
    language: str
    pieces: tuple[Piece, ...]
    layer: str = ""

    @property
    def text(self) -> str:
        """The sentence without marks; gaps are left out."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked. Everything here is public.

    :param id: unique in the exercise.
    :param label: what is asked, in MyST's inline markup; empty where the prompt says it.
    :param options: what can be chosen, in an order that does not depend on the key.
    :param points: what a full answer earns.
    :param lines: room for writing, in lines.
    :param language: of the answer, as BCP 47 tag.
    :param group: questions of the same group are shown in one row.
    :param pointing: whether the options are addresses of sentences.
    """

    id: str
    ask: Ask
    label: str
    options: tuple[Option, ...] = ()
    points: float = 1
    lines: int = 1
    language: str = "ja"
    group: str = ""
    pointing: bool = False

    def option(self, wanted: str) -> Option | None:
        """Find an option by its id."""
        for option in self.options:
            if option.id == wanted:
                return option
        return None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of the base text that prove an answer."""

    address: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Criterion:
    """A row of a rubric.

    :param id: what the teacher's marking file calls it.
    """

    id: str
    points: float
    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """What makes an answer to one question right. Nothing here is public.

    :param right: ids of options. For ``ONE`` each earns full marks, for ``MANY`` all
        belong to the answer, for ``ORDER`` they are the order.
    :param also: other right orders.
    :param may: options that are neither asked for nor wrong.
    :param half: options that earn half.
    :param accept: texts that are right; the first is the one to show.
    :param half_accept: texts that earn half.
    :param wrong: plausible texts that are wrong, for feedback and for the checks.
    :param kana: whether hiragana and katakana count as the same.
    :param queue: whether a text that is not listed goes to the teacher.
    :param whys: feedback by option id, or by text as written in the lists.
    :param why: feedback to the question as a whole.
    :param caveat: key of the annotation that discusses it.
    """

    right: tuple[str, ...] = ()
    also: tuple[tuple[str, ...], ...] = ()
    may: frozenset[str] = frozenset()
    half: frozenset[str] = frozenset()
    accept: tuple[str, ...] = ()
    half_accept: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    kana: bool = False
    queue: bool = False
    whys: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    evidence: tuple[Evidence, ...] = ()
    rubric: tuple[Criterion, ...] = ()
    models: tuple[str, ...] = ()
    caveat: str = ""


@dataclass(frozen=True, slots=True)
class Meta:
    """The front matter of an exercise; public.

    :param use: ``practice`` or ``assignment``.
    :param sentences: addresses of the sentences that it speaks of.
    """

    id: str
    title: str
    type: str
    strand: str
    skill: str
    bloom: str
    cefr: str
    jlpt: str
    minutes: int
    points: float
    use: str
    sentences: tuple[str, ...]
    text_id: str = ""

    @property
    def practice(self) -> bool:
        """Whether the page may check the answers."""
        return self.use == "practice"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The public side of an exercise: all that a worksheet shows.

    :param prompt: MyST.
    :param hints: MyST's inline markup, from a nudge to a strong hint.
    :param file: the file it was read from, as it should be shown.
    :param line: line of the prompt in that file.
    """

    meta: Meta
    prompt: str
    hints: tuple[str, ...]
    stimuli: tuple[Stimulus, ...]
    questions: tuple[Question, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Secret:
    """The teacher's side of an exercise.

    :param keys: by question id.
    :param feedback: what everybody should have learnt, in MyST.
    :param teacher: notes for the teacher, in MyST.
    """

    keys: Mapping[str, Key]
    feedback: str
    teacher: str = ""


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise: its public sheet and its key."""

    sheet: Sheet
    secret: Secret

    @property
    def id(self) -> str:
        """Its name, unique in a book of exercises."""
        return self.sheet.meta.id

    @property
    def meta(self) -> Meta:
        """Its front matter."""
        return self.sheet.meta
