"""The kinds of annotation: one table that says all that differs between them."""

from __future__ import annotations

from dataclasses import dataclass

from kochu.apparatus.mqm import Severity, error_types

__all__ = ["COMMON_OPTIONS", "DEGREES", "KINDS", "VERDICTS", "Kind"]

VERDICTS = ("supported", "partly", "contested", "outdated", "unsupported", "opinion")
"""What checking a claim can come to."""

DEGREES = ("high", "medium", "low")
"""How sure the editors are, of a flaw or of a reconstructed wording."""

CERTAINTIES = ("attested", *DEGREES)
"""How sure the editors are of the source's wording; attested means that they read it."""

COMMON_OPTIONS = frozenset({"key", "at", "forms", "title", "see", "group", "crosses"})
"""Options that every kind takes."""

_SOURCE = frozenset({"source", "certainty", "basis"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of annotation.

    :param name: the directive's and the role's name.
    :param letter: what note references show; it prints, unlike a colour.
    :param label: singular, for headings of notes.
    :param plural: for headings of lists.
    :param required: options that an author must give, beside ``key``.
    :param optional: options that an author may give.
    :param anchored: whether it must have an anchor in the text.
    :param referenced: whether a note reference stands in the running text. Names and
        terms recur too often; they are reached from the list under the sentence.
    """

    name: str
    letter: str
    label: str
    plural: str
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    anchored: bool = True
    referenced: bool = True

    @property
    def options(self) -> frozenset[str]:
        """All options that this kind takes."""
        return COMMON_OPTIONS | self.required | self.optional


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "caveat",
            "C",
            "Caveat",
            "Caveats",
            frozenset({"type", "severity", "confidence", "group"}),
            _SOURCE | {"because", "better", "rival", "not-applied"},
        ),
        Kind(
            "good",
            "G",
            "Good solution",
            "Good solutions",
            frozenset({"confidence"}),
            _SOURCE | {"type"},
        ),
        Kind("context", "X", "Context", "Context notes", frozenset({"title"}), anchored=False),
        Kind(
            "claim",
            "F",
            "Claim",
            "Claims",
            frozenset({"title", "verdict"}),
            frozenset({"now", "as-of", "confidence"}),
        ),
        Kind(
            "language",
            "L",
            "Language",
            "Language notes",
            frozenset({"title"}),
            frozenset({"reading", "level"}),
        ),
        Kind(
            "name",
            "N",
            "Name",
            "Names",
            frozenset({"title", "entity", "names"}),
            frozenset({"ids"}),
            anchored=False,
            referenced=False,
        ),
        Kind(
            "term",
            "T",
            "Term",
            "Terms",
            frozenset({"title", "names"}),
            anchored=False,
            referenced=False,
        ),
    )
}

CHOICES: dict[str, tuple[str, ...]] = {
    "type": tuple(sorted(error_types())),
    "severity": tuple(s.value for s in Severity),
    "confidence": DEGREES,
    "certainty": CERTAINTIES,
    "verdict": VERDICTS,
    "now": VERDICTS,
    "level": ("N5", "N4", "N3", "N2", "N1", "beyond"),
    "entity": ("person", "place", "body", "treaty", "event", "publication", "alliance", "language"),
}
"""Options whose value is one word of a list."""
