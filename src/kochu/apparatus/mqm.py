"""The error typology and severities of MQM core.

Source: themqm.org, 'MQM Core Typology' (dimensions and subtypes at the two highest
levels); severities as there and in ISO 5060:2024. Names are slugs of the English ones.
"""

from __future__ import annotations

from enum import Enum

__all__ = ["TYPOLOGY", "Severity", "error_types", "label", "title"]


class Severity(Enum):
    """How much an error hurts, by its effect on a reader."""

    NEUTRAL = "neutral"
    """A remark; not counted as an error."""
    MINOR = "minor"
    """Noticed, but the meaning comes across."""
    MAJOR = "major"
    """Misleads or confuses a reader about something that matters."""
    CRITICAL = "critical"
    """Makes the passage useless or harmful: the reader believes the opposite or nothing."""


TYPOLOGY: dict[str, tuple[str, ...]] = {
    "terminology": (
        "inconsistent-with-terminology-resource",
        "inconsistent-use-of-terminology",
        "wrong-term",
    ),
    "accuracy": (
        "mistranslation",
        "over-translation",
        "under-translation",
        "addition",
        "omission",
        "do-not-translate",
        "untranslated",
    ),
    "linguistic-conventions": (
        "grammar",
        "punctuation",
        "spelling",
        "unintelligible",
        "character-encoding",
        "textual-conventions",
    ),
    "style": (
        "organizational-style",
        "third-party-style",
        "inconsistent-with-external-reference",
        "language-register",
        "awkward-style",
        "unidiomatic-style",
        "inconsistent-style",
    ),
    "locale-conventions": (
        "number-format",
        "currency-format",
        "measurement-format",
        "time-format",
        "date-format",
        "address-format",
        "telephone-format",
        "shortcut-key",
    ),
    "audience-appropriateness": ("culture-specific-reference", "offensive"),
    "design-and-markup": (
        "layout",
        "markup-tag",
        "truncation-text-expansion",
        "missing-text",
        "link-cross-reference",
    ),
}
"""Dimensions and their core subtypes, in the order of the typology."""


_PRINTED = {
    "over-translation": "over-translation",
    "under-translation": "under-translation",
    "third-party-style": "third-party style",
    "truncation-text-expansion": "truncation/text expansion",
    "culture-specific-reference": "culture-specific reference",
    "link-cross-reference": "link/cross-reference",
}
"""Names in which a hyphen is more than the space between two words."""


def error_types() -> frozenset[str]:
    """Give all types that an error may have: ``dimension/subtype`` or a dimension alone."""
    return frozenset(TYPOLOGY) | {f"{d}/{s}" for d, subtypes in TYPOLOGY.items() for s in subtypes}


def label(error_type: str) -> str:
    """Write a type for readers: ``terminology/wrong-term`` as ``terminology: wrong term``."""
    return ": ".join(_PRINTED.get(part, part.replace("-", " ")) for part in error_type.split("/"))


def title(error_type: str) -> str:
    """Write a type by itself, not within a sentence: ``Terminology: wrong term``."""
    return label(error_type).capitalize()
