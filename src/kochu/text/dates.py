"""Days, as they are kept and as they are read."""

from __future__ import annotations

from datetime import date

__all__ = ["day_in_words"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def day_in_words(iso: str) -> str:
    """Write a day as prose does, for readers: ``2026-02-03`` is "3 February 2026".

    Data for other tools keep the form in which it was written down.
    """
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        # Whatever an author wrote instead is better than nothing.
        return iso
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
