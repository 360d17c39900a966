"""Exercises in the formats of learning platforms: Moodle, GIFT, QTI, Canvas, CSV."""

from __future__ import annotations

__all__ = ["ALL", "LABELS"]

ALL = "lms"
"""Stands for all of them on the command line."""

LABELS: dict[str, str] = {
    "moodle": "exercises, Moodle XML",
    "gift": "exercises, GIFT",
    "qti": "exercises, QTI 2.1 content package",
    "canvas": "exercises, QTI 1.2 for Canvas (text2qti)",
    "questions": "exercises with their keys, CSV",
    ALL: "exercises, in each of these formats",
}
"""What ``kochu export`` can write of exercises; the writers are loaded when asked for."""
