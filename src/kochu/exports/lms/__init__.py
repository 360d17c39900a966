"""Exercises in the formats of learning platforms: Moodle, GIFT, Anki, QTI, Canvas, CSV."""

from __future__ import annotations

__all__ = ["LABELS"]

LABELS: dict[str, str] = {
    "moodle": "exercises, Moodle XML",
    "gift": "exercises, GIFT",
    "qti": "exercises, QTI 2.1 content package",
    "canvas": "exercises, QTI 1.2 for Canvas (text2qti)",
    "anki": "vocabulary and caveats, an Anki package",
    "questions": "exercises with their keys, CSV",
}
"""What ``kochu export`` can write of exercises; the writers are loaded when asked for."""
