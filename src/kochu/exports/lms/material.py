"""What the writers share: an exercise's words as HTML, its images, its sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from mimetypes import guess_type
from pathlib import Path

from kochu.apparatus.edition import Edition
from kochu.exercises.book import Book
from kochu.exercises.markup import Link, Markup
from kochu.exercises.model import Exercise, Key, Question, Stimulus
from kochu.exercises.write import site_links

__all__ = ["Images", "Lms", "Shown", "plain_points"]


@dataclass
class Images:
    """The images of one question, by the name under which the platform keeps them.

    :param folder: of the exercise's file.
    :param address: writes the address of a kept image.
    """

    folder: Path
    address: Callable[[str, bytes], str]
    kept: dict[str, bytes] = field(default_factory=dict)

    def __call__(self, source: str) -> str:
        """Keep an image and give its address; of what is no file of the folder, nothing."""
        path = (self.folder / source).resolve()
        if not path.is_relative_to(self.folder.resolve()) or not path.is_file():
            return source
        # Names of one folder cannot clash with each other once its own name is in front.
        name = f"{self.folder.name}-{path.name}".replace(" ", "_")
        self.kept[name] = path.read_bytes()
        return self.address(name, self.kept[name])


@dataclass(frozen=True)
class Shown:
    """An exercise and how its words are written.

    :param exercise: the exercise.
    :param markup: writes MyST as HTML, keeping images.
    :param images: those met so far.
    """

    exercise: Exercise
    markup: Markup
    images: Images

    def key(self, question: Question) -> Key:
        """The key to a question."""
        return self.exercise.secret.keys[question.id]

    def prompt(self) -> str:
        """The prompt as HTML, furigana and images included."""
        return self.markup.html(self.exercise.sheet.prompt)

    def sentences(self, gap: Callable[[str], str] = lambda _: "______") -> str:
        """The sentences shown, with marks, as HTML.

        :param gap: writes the gap of a question.
        """
        return "".join(self._sentence(stimulus, gap) for stimulus in self.exercise.sheet.stimuli)

    def _sentence(self, stimulus: Stimulus, gap: Callable[[str], str]) -> str:
        marked = sum(bool(piece.mark) for s in self.exercise.sheet.stimuli for piece in s.pieces)
        parts: list[str] = []
        for piece in stimulus.pieces:
            if piece.gap:
                parts.append(gap(piece.gap))
            elif piece.mark:
                number = f"<sup>{escape(piece.mark)}</sup>" if marked > 1 else ""
                parts.append(f"<u>{escape(piece.text)}</u>{number}")
            else:
                parts.append(escape(piece.text))
        language = escape(stimulus.language)
        return f'<blockquote lang="{language}">{stimulus.address} {"".join(parts)}</blockquote>'

    def feedback(self, text: str) -> str:
        """Feedback as HTML without a paragraph."""
        return self.markup.inline(text) if text else ""

    def gaps(self) -> frozenset[str]:
        """Ids of the questions that are answered within a sentence."""
        return frozenset(p.gap for s in self.exercise.sheet.stimuli for p in s.pieces if p.gap)


@dataclass(frozen=True)
class Lms:
    """Exercises to be written.

    :param site: address of the published edition, for links; empty without.
    """

    book: Book
    exercises: tuple[Exercise, ...]
    site: str = ""

    @property
    def edition(self) -> Edition:
        """The edition they are about."""
        return self.book.edition

    @property
    def link(self) -> Link:
        """Makes links of roles."""
        return site_links(self.site)

    def shown(self, exercise: Exercise, address: Callable[[str, bytes], str]) -> Shown:
        """Take an exercise in hand.

        :param address: writes the address of an image that the platform keeps.
        """
        images = Images(self.book.files[exercise.id].parent, address)
        return Shown(exercise, Markup(self.link, images), images)


def data_address(name: str, content: bytes) -> str:
    """Write an image into its own address, for formats that carry no files."""
    from base64 import b64encode

    kind = guess_type(name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{b64encode(content).decode()}"


def plain_points(points: float) -> str:
    """Write points as platforms want them."""
    return f"{points:g}"
