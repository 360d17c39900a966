"""``kochu export moodle`` and its like."""

from __future__ import annotations

import argparse
from collections.abc import Callable
import sys

from kochu.exercises.command import chosen
from kochu.exercises.model import Exercise
from kochu.exercises.tables import save
from kochu.exports.lms.material import Lms

__all__ = ["FILES", "run", "write"]

FILES = {
    "moodle": "exercises.moodle.xml",
    "gift": "exercises.gift",
    "qti": "exercises.qti21.zip",
    "canvas": "exercises.canvas.zip",
    "anki": "vocabulary-and-caveats.apkg",
    "questions": "exercises.csv",
}
"""The file that each format is written to."""


def run(options: argparse.Namespace) -> int:
    """Write exercises, or the Anki package, in one format."""
    if options.format == "anki":
        return _anki(options)
    found = chosen(options)
    if found is None:
        return 1
    book, exercises = found
    lms = Lms(book, exercises, options.site)
    secret = [e for e in exercises if not e.meta.practice]
    return _save(options, lambda: write(options.format, lms), _warning(secret))


def write(name: str, lms: Lms) -> bytes:
    """Write exercises in a format."""
    from kochu.exports.lms.canvas import canvas
    from kochu.exports.lms.gift import gift
    from kochu.exports.lms.moodle import moodle
    from kochu.exports.lms.qti import qti
    from kochu.exports.lms.questions import questions

    writers = {"moodle": moodle, "gift": gift, "qti": qti, "canvas": canvas, "questions": questions}
    return writers[name](lms)


def _anki(options: argparse.Namespace) -> int:
    from kochu.apparatus.edition import load_edition
    from kochu.check import check_edition
    from kochu.exports.lms.anki import anki
    from kochu.text.problems import EditionError

    root = options.edition or options.root
    try:
        edition = load_edition(root)
        return _save(options, lambda: anki(edition, check_edition(root).annotations), "")
    except EditionError as error:
        print(error, file=sys.stderr)
        return 1


def _save(options: argparse.Namespace, make: Callable[[], bytes], warning: str) -> int:
    path = options.output / FILES[options.format]
    try:
        content = make()
    except ImportError as error:
        print(f"{error.name} is not installed; pip install 'kochu[exercises]'", file=sys.stderr)
        return 1
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    save(path, content)
    print(path)
    if warning:
        print(warning, file=sys.stderr)
    return 0


def _warning(secret: list[Exercise]) -> str:
    """The files hold the keys; say so where that matters."""
    if not secret:
        return ""
    return f"the file holds the keys of {len(secret)} assignments: give it to nobody who is to answer them"
