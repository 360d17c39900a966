"""``kochu export moodle`` and its like."""

from __future__ import annotations

import argparse
import sys

from kochu.exercises.command import chosen
from kochu.exercises.model import Exercise
from kochu.exercises.tables import save
from kochu.exports.lms import ALL
from kochu.exports.lms.material import Lms

__all__ = ["FILES", "run", "write"]

FILES = {
    "moodle": "exercises.moodle.xml",
    "gift": "exercises.gift",
    "qti": "exercises.qti21.zip",
    "canvas": "exercises.canvas.zip",
    "questions": "exercises.csv",
}
"""The file that each format is written to."""


def run(options: argparse.Namespace) -> int:
    """Write exercises in one format, or in all."""
    found = chosen(options)
    if found is None:
        return 1
    book, exercises = found
    lms = Lms(book, exercises, options.site)
    for name in FILES if options.format == ALL else (options.format,):
        path = options.output / FILES[name]
        try:
            save(path, write(name, lms))
        except ImportError as error:
            print(f"{error.name} is not installed; pip install 'kochu[exercises]'", file=sys.stderr)
            return 1
        except ValueError as error:
            print(error, file=sys.stderr)
            return 1
        print(path)
    if warning := _warning([e for e in exercises if not e.meta.practice]):
        print(warning, file=sys.stderr)
    return 0


def write(name: str, lms: Lms) -> bytes:
    """Write exercises in a format."""
    from kochu.exports.lms.canvas import canvas
    from kochu.exports.lms.gift import gift
    from kochu.exports.lms.moodle import moodle
    from kochu.exports.lms.qti import qti
    from kochu.exports.lms.questions import questions

    writers = {"moodle": moodle, "gift": gift, "qti": qti, "canvas": canvas, "questions": questions}
    return writers[name](lms)


def _warning(secret: list[Exercise]) -> str:
    """The files hold the keys; say so where that matters."""
    if not secret:
        return ""
    some = "1 assignment" if len(secret) == 1 else f"{len(secret)} assignments"
    return f"this holds the keys of {some}: give it to nobody who is to answer them"
