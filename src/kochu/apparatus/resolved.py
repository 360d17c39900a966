"""All annotations of one text, put in order: labels, sentences, segments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kochu.apparatus.kinds import KINDS
from kochu.apparatus.model import Annotation
from kochu.text.overlap import Segment, cut
from kochu.text.segment import BaseText, Sentence

__all__ = ["Resolved"]


@dataclass(frozen=True)
class Resolved:
    """The apparatus of one text.

    :param base: the text.
    :param annotations: all annotations of the text, in any order.
    """

    base: BaseText
    annotations: tuple[Annotation, ...]

    @cached_property
    def ordered(self) -> tuple[Annotation, ...]:
        """In text order, wider spans first where they begin together."""
        ranks = {name: rank for rank, name in enumerate(KINDS)}
        return tuple(
            sorted(
                self.annotations,
                key=lambda a: (a.offset, -a.anchors[0].end if a.anchors else 0, ranks[a.kind], a.key),
            )
        )

    @cached_property
    def by_key(self) -> Mapping[str, Annotation]:
        """Annotations by key; of doubled keys the first."""
        table: dict[str, Annotation] = {}
        for note in self.ordered:
            table.setdefault(note.key, note)
        return table

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What a note is called in print: the letter of its kind and its number in text order."""
        counts: dict[str, int] = defaultdict(int)
        labels: dict[str, str] = {}
        for note in self.by_key.values():
            counts[note.kind] += 1
            labels[note.key] = f"{note.about.letter}{counts[note.kind]}"
        return labels

    @cached_property
    def _by_address(self) -> Mapping[str, tuple[Annotation, ...]]:
        table: dict[str, list[Annotation]] = defaultdict(list)
        for note in self.by_key.values():
            for address in note.addresses:
                table[address].append(note)
        return {address: tuple(notes) for address, notes in table.items()}

    def at(self, address: str) -> tuple[Annotation, ...]:
        """The annotations that speak of a sentence, in text order."""
        return self._by_address.get(address, ())

    def segments(self, sentence: Sentence) -> tuple[Segment, ...]:
        """The sentence cut at every border of an annotation.

        Annotations of the whole sentence are left out: a mark under every word tells
        nothing; they stand in the list of notes.
        """
        spans = [span for note in self.at(sentence.address) if not note.whole for span in note.spans]
        return cut(sentence.start, sentence.end, spans)

    def of(self, kinds: Iterable[str]) -> tuple[Annotation, ...]:
        """The annotations of some kinds, in text order."""
        wanted = frozenset(kinds)
        return tuple(a for a in self.by_key.values() if a.kind in wanted)
