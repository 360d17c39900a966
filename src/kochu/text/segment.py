"""Number the lines of a text and cut them into sentences.

The rules are few and fixed, because an address that has been cited must not move:
no tokenizer whose next release might cut elsewhere has a say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
import re

__all__ = ["BaseText", "Line", "Sentence", "segment"]

_NEWLINE = re.compile(r"\r\n|\n|\r")
_STOPS = frozenset("。！？!?．.…")
_FIRM = frozenset("。！？．")
_OPENERS = "「『（(【〔［[｛{《〈“‘«"
_CLOSERS = "」』）)】〕］]｝}》〉”’»"
_BLANK = "\ufeff \t\u3000\u00a0"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the base text.

    :param line: number of its line, from 1.
    :param number: its number in the line, from 1.
    :param start: offset of its first code point in the decoded seed.
    :param end: offset behind its last code point (half-open).
    :param text: the words themselves, white space included.
    """

    line: int
    number: int
    start: int
    end: int
    text: str

    @property
    def address(self) -> str:
        """The citable address, such as ``4.2``."""
        return f"{self.line}.{self.number}"

    @property
    def anchor(self) -> str:
        """The HTML id, such as ``s4-2``."""
        return f"s{self.line}-{self.number}"


@dataclass(frozen=True, slots=True)
class Line:
    """One non-empty line of the base text, numbered from 1, without its newline."""

    number: int
    start: int
    end: int
    sentences: tuple[Sentence, ...]

    @property
    def anchor(self) -> str:
        """The HTML id, such as ``l4``."""
        return f"l{self.number}"

    @property
    def text(self) -> str:
        """The line as it stands."""
        return "".join(sentence.text for sentence in self.sentences)

    @property
    def heading(self) -> bool:
        """Whether the line is a heading: one sentence that no full stop closes."""
        last = self.sentences[-1].text.rstrip()
        return len(self.sentences) == 1 and last[-1:] not in _STOPS


@dataclass(frozen=True)
class BaseText:
    """A decoded seed with its lines and sentences.

    :param text: the whole decoded seed.
    :param lines: its non-empty lines in order.
    """

    text: str
    lines: tuple[Line, ...]
    _by_address: dict[str, Sentence] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        table = {s.address: s for line in self.lines for s in line.sentences}
        object.__setattr__(self, "_by_address", table)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(self._by_address.values())

    def sentence(self, address: str) -> Sentence | None:
        """Find a sentence by its address."""
        return self._by_address.get(address)

    def line(self, number: int) -> Line | None:
        """Find a line by its number."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else None

    def at(self, offset: int) -> Sentence | None:
        """Find the sentence that holds the code point at ``offset``."""
        return next((s for s in self.sentences if s.start <= offset < s.end), None)

    def pieces(self) -> tuple[str, ...]:
        """All the text in order: sentences and the gaps between them."""
        borders = [0, *(b for s in self.sentences for b in (s.start, s.end)), len(self.text)]
        return tuple(self.text[a:b] for a, b in pairwise(borders))


def segment(text: str) -> BaseText:
    """Number the non-empty lines of ``text`` and cut each into sentences.

    A sentence ends behind ``。！？．``, and behind ``.!?`` before white space unless a small
    letter or a figure follows; never inside brackets. Sentences tile
    their line, white space included.

    :param text: the decoded seed; line ends may be LF, CRLF or CR.
    """
    lines: list[Line] = []
    start = 0
    for end, after in [*((m.start(), m.end()) for m in _NEWLINE.finditer(text)), (len(text),) * 2]:
        first = start + (1 if text.startswith("\ufeff", start) and start == 0 else 0)
        if text[first:end].strip(_BLANK):
            number = len(lines) + 1
            borders = [first, *_cuts(text, first, end), end]
            sentences = tuple(
                Sentence(number, index, a, b, text[a:b]) for index, (a, b) in enumerate(pairwise(borders), 1)
            )
            lines.append(Line(number, first, end, sentences))
        start = after
    return BaseText(text, tuple(lines))


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Find the offsets inside a line at which a new sentence begins."""
    line = text[start:end]
    # An unbalanced bracket would swallow the rest of the line: then ignore all.
    balanced = sum(map(line.count, _OPENERS)) == sum(map(line.count, _CLOSERS))
    cuts: list[int] = []
    depth = 0
    index = start
    while index < end:
        char = text[index]
        index += 1
        if balanced and char in _OPENERS:
            depth += 1
        elif balanced and char in _CLOSERS:
            depth = max(0, depth - 1)
        if depth or char not in _STOPS:
            continue
        while index < end and text[index] in _STOPS:
            char = text[index]
            index += 1
        after = index
        while after < end and text[after].isspace():
            after += 1
        following = text[after : after + 1]
        # "v. 2", "ecc. ma": a full stop before a small letter or a figure closes a word.
        goes_on = following.islower() or following.isdigit()
        ends_here = char in _FIRM or (after > index and not goes_on)
        if ends_here and after < end and text[after] not in _CLOSERS:
            cuts.append(after)
            index = after
    return cuts
