"""Annotations as frozen data: what the editors say, and of which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kochu.apparatus.kinds import KINDS, Kind
from kochu.text.overlap import Span

__all__ = ["Anchor", "Annotation", "Wording"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """The words that an annotation speaks of, in one place.

    :param address: the sentence, such as ``4.2``.
    :param start: offset in the decoded seed, in code points.
    :param end: offset behind the words (half-open).
    :param quote: the words themselves.
    :param better: what should stand there instead; an empty string deletes.
    """

    address: str
    start: int
    end: int
    quote: str
    better: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """Words in a language, as in ``ru: Центральный военный совет``.

    :param language: BCP 47 tag.
    """

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation: its kind, its place and its checked options.

    The body is not here: it stays in the document tree of the page where it was
    written, so that links and citations in it work in every output.

    :param kind: name of a row in :data:`~kochu.apparatus.kinds.KINDS`.
    :param key: unique in the project.
    :param text_id: the text it speaks of.
    :param docname: the page it is written in, without suffix.
    :param path: that page's file, as it should be shown.
    :param line: 1-based line of the directive.
    :param title: heading of the note; the quoted words where the author gave none.
    :param anchors: the places in the text, in text order.
    :param whole: whether it speaks of whole sentences.
    :param see: keys of related annotations.
    :param crosses: keys of annotations of its kind that it crosses on purpose.
    :param source: reconstructed wording of the source text, by language.
    :param names: the thing's name, by language.
    :param options: the other options, checked, by name.
    """

    kind: str
    key: str
    text_id: str
    docname: str
    path: str
    line: int
    title: str
    anchors: tuple[Anchor, ...] = ()
    whole: bool = False
    see: tuple[str, ...] = ()
    crosses: tuple[str, ...] = ()
    source: tuple[Wording, ...] = ()
    names: tuple[Wording, ...] = ()
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def about(self) -> Kind:
        """The row of the table of kinds."""
        return KINDS[self.kind]

    @property
    def spans(self) -> tuple[Span, ...]:
        """Its anchors as spans named by its key."""
        return tuple(Span(a.start, a.end, self.key) for a in self.anchors)

    @property
    def addresses(self) -> tuple[str, ...]:
        """The sentences it speaks of, each once, in text order."""
        return tuple(dict.fromkeys(a.address for a in self.anchors))

    @property
    def offset(self) -> int:
        """Where it begins in the text; annotations without an anchor sort last."""
        return self.anchors[0].start if self.anchors else 1 << 60

    @property
    def severity(self) -> str | None:
        """MQM severity, of a caveat."""
        return self.options.get("severity")

    @property
    def type(self) -> str | None:
        """MQM type, of a caveat or a good solution."""
        return self.options.get("type")
