"""How the directives that hold no annotation are written: what they take, and what is wrong.

The Sphinx directives and ``kochu check`` both ask here, so they say the same.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from kochu.apparatus.kinds import KINDS
from kochu.text.problems import Subtype

__all__ = ["FACETS", "FILTERS", "LIST_OPTIONS", "PLAIN", "UNNAMED", "check_usage"]

FILTERS = ("type", "severity", "confidence", "group", "verdict", "entity")
"""Options of annotations by which an author chooses what is listed."""

LIST_OPTIONS = frozenset({"kind", "style", "text", "order", "choose", "prose", *FILTERS})
"""All that an author may say of a list."""

FACETS = ("verdict", "now", "entity", "severity", "confidence", "level", "certainty")
"""Options by whose values a reader can choose."""

PLAIN = ("text", "reading", "passage", "colophon")
"""Directives that take an argument at most, and no option."""

UNNAMED = "the edition has several texts; name one with {text} above this"


def check_usage(
    directive: str, argument: str, options: Mapping[str, str], texts: Collection[str]
) -> tuple[tuple[Subtype, str], ...]:
    """Check a directive that holds no annotation.

    :param texts: ids of the texts of the edition.
    :return: what is wrong, with the subtype of each.
    """
    found: list[tuple[Subtype, str]] = []
    known = LIST_OPTIONS if directive == "annotations" else frozenset()
    takes = f"takes {', '.join(sorted(known))}" if known else "takes none"
    found += [
        (Subtype.OPTION, f"{directive} has an unknown option ':{name}:'; it {takes}")
        for name in sorted(options.keys() - known)
    ]
    if directive in ("text", "reading") and argument and argument not in texts:
        found.append((Subtype.EDITION, f"unknown text '{argument}'; it is one of {', '.join(texts)}"))
    if directive == "text" and not argument:
        found.append((Subtype.EDITION, f"text names no text; write one of {', '.join(texts)} behind it"))
    if directive == "annotations":
        for name, values in (("kind", tuple(KINDS)), ("choose", FACETS)):
            found += [
                (Subtype.OPTION, f"':{name}: {value}' is not known; it is one of {', '.join(values)}")
                for value in options.get(name, "").split()
                if value not in values
            ]
    return tuple(found)
