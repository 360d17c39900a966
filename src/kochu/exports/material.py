"""What every export is made of: the apparatus, the prose, and what may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kochu.apparatus.edition import Edition, Loaded
from kochu.apparatus.excerpt import choose
from kochu.apparatus.model import Anchor, Annotation
from kochu.apparatus.resolved import Resolved

__all__ = ["Material", "Work", "gather"]


@dataclass(frozen=True)
class Work:
    """One text of an edition with its apparatus.

    :param published: addresses that may be shown whole; ``None`` for all.
    """

    loaded: Loaded
    resolved: Resolved
    published: frozenset[str] | None = None

    @property
    def id(self) -> str:
        """The text's id."""
        return self.loaded.spec.id

    def shows(self, address: str) -> bool:
        """Whether a sentence may be shown."""
        return self.published is None or address in self.published

    def quote(self, anchor: Anchor) -> str | None:
        """The words of an anchor, or ``None`` in a sentence that is not published.

        A page may quote a few words of such a sentence where it discusses them. A file
        may not: hundreds of short quotes with their positions are the sentence again.
        """
        return anchor.quote if self.shows(anchor.address) else None

    def better(self, anchor: Anchor) -> str | None:
        """The better wording of an anchor, as far as it may be shown."""
        return anchor.better if self.shows(anchor.address) else None

    def title(self, note: Annotation) -> str:
        """The heading of an annotation: its own, or the words that may be shown."""
        joined = " / ".join(dict.fromkeys(a.quote for a in note.anchors))
        if note.title and note.title != joined:
            return note.title
        return " / ".join(dict.fromkeys(q for a in note.anchors if (q := self.quote(a))))


@dataclass(frozen=True)
class Material:
    """All that an edition has to export.

    :param prose: text of each annotation's body, by key; may be empty.
    :param pages: where each annotation is published, by key: page and fragment.
    """

    edition: Edition
    works: tuple[Work, ...]
    prose: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)

    @property
    def editors(self) -> str:
        """Who wrote the annotations."""
        return ", ".join(self.edition.about.editors) or self.edition.about.title


def gather(
    edition: Edition,
    texts: Mapping[str, Loaded],
    annotations: Iterable[Annotation],
    *,
    excerpt: bool = False,
    prose: Mapping[str, str] | None = None,
    pages: Mapping[str, str] | None = None,
) -> Material:
    """Put together what the exports need.

    :param excerpt: whether only the sentences that an excerpt publishes may be shown.
    """
    by_text: dict[str, list[Annotation]] = {}
    for note in annotations:
        by_text.setdefault(note.text_id, []).append(note)
    works: list[Work] = []
    for text_id, loaded in texts.items():
        resolved = Resolved(loaded.base, tuple(by_text.get(text_id, ())))
        works.append(Work(loaded, resolved, choose(resolved) if excerpt else None))
    return Material(edition, tuple(works), prose or {}, pages or {})
