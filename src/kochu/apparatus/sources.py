"""Sources must be older than the edition that cites them.

A day of reading that lies after the edition's own date is a slip in one of the two,
and makes a reader doubt both.
"""

from __future__ import annotations

from collections.abc import Iterator
import re

from kochu.apparatus.edition import Edition
from kochu.text.problems import Problem, Subtype, shown

__all__ = ["check_days", "check_sources_dates"]

_ENTRY = re.compile(r"\s*@\w+\s*\{\s*([^,\s]+)")
_DAY = re.compile(r"\b(date|urldate)\s*=\s*[\"{]+(\d{4}-\d\d-\d\d)")
_SAID = {"date": "is of", "urldate": "was read on"}


def check_sources_dates(edition: Edition) -> Iterator[Problem]:
    """Check all bibliographies that lie with the pages of an edition."""
    for path in sorted(edition.root.rglob("*.bib")):
        yield from check_days(path.read_text("utf-8"), shown(path), edition.about.date)


def check_days(source: str, path: str, edition_date: str) -> Iterator[Problem]:
    """Find sources that are of a day after the edition's date, or were read after it.

    :param source: a BibTeX file.
    :param edition_date: as ``2026-11-26``.
    """
    key = ""
    for number, line in enumerate(source.splitlines(), 1):
        if entry := _ENTRY.match(line):
            key = entry[1]
        for field, day in _DAY.findall(line):
            if day > edition_date:
                yield Problem(
                    path,
                    number,
                    Subtype.DATE.value,
                    f"source '{key}' {_SAID[field]} {day}, after the edition's date {edition_date}; "
                    "correct the day, or the date in edition.toml",
                )
