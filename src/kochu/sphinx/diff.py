"""A post-edited sentence as changes to the base, each with the caveats that explain it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kochu.apparatus.coverage import phrases
from kochu.apparatus.model import Annotation
from kochu.text.segment import Sentence

__all__ = ["Piece", "pieces"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a post-edited sentence.

    :param old: words of the base that went; equal to ``new`` where nothing changed.
    :param new: words of the post-edit.
    :param notes: key and label of the caveats that cover the change, the narrowest first.
    """

    old: str
    new: str
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the words were changed here."""
        return self.old != self.new


def pieces(
    sentence: Sentence, edited: str, notes: Iterable[Annotation], labels: Mapping[str, str]
) -> Iterator[Piece]:
    """Cut a post-edited sentence into stretches kept and stretches changed.

    :param notes: the annotations of the sentence.
    :param labels: what each annotation is called in print.
    """
    caveats = [note for note in notes if note.kind == "caveat"]
    at = 0
    for change in phrases(sentence.text, edited):
        if kept := sentence.text[at : change.start]:
            yield Piece(kept, kept)
        start, end = sentence.start + change.start, sentence.start + change.end
        keys = _covering(caveats, start, end)
        yield Piece(change.old, change.new, tuple((key, labels[key]) for key in keys))
        at = change.end
    if kept := sentence.text[at:]:
        yield Piece(kept, kept)


def _covering(caveats: Iterable[Annotation], start: int, end: int) -> tuple[str, ...]:
    """Find the caveats that propose a change of ``[start, end)``: those that overlap it, or touch it.

    Remarks propose none; they only tell of a change that nothing else explains.
    """
    spans = [
        (anchor.better is None, anchor.end - anchor.start, note.key, anchor.start, anchor.end)
        for note in caveats
        for anchor in note.anchors
        if anchor.start <= end and start <= anchor.end
    ]
    # Those that only touch the change count when none overlaps it.
    over = [span for span in spans if span[3] < end and start < span[4]] or spans
    chosen = [span for span in over if not span[0]] or over
    return tuple(dict.fromkeys(key for _, _, key, *_ in sorted(chosen)))
