"""Files of marks: what an annotator found in a text, as the page saves it.

Offsets are code points in the sentence, half-open; they say nothing of the other
sentences, so a file stays right when a text is set in another page.
"""

from __future__ import annotations

import json
from pathlib import Path

import msgspec

from kochu.apparatus.mqm import Severity, error_types
from kochu.text.segment import BaseText

__all__ = ["FORMAT", "Mark", "MarksError", "MarksFile", "check_marks", "read_marks", "write_marks"]

FORMAT = "kochu-marks/1"
"""The format that this release reads and writes."""

_SEVERITIES = tuple(severity.value for severity in Severity)


class MarksError(ValueError):
    """A file of marks cannot be used; the message is one line and names the file."""


class Mark(msgspec.Struct, frozen=True):
    """One marked span. Fields that a later page may add are passed over.

    :param address: the sentence, such as ``4.2``.
    :param start: offset in the sentence, in code points.
    :param end: offset behind the last one.
    :param type: MQM type, or empty where the annotator chose none.
    :param severity: MQM severity, or empty.
    """

    address: str
    start: int
    end: int
    type: str = ""
    severity: str = ""


class MarksFile(msgspec.Struct, frozen=True):
    """All marks of one annotator on one text."""

    format: str
    text: str
    annotator: str
    marks: tuple[Mark, ...]


def read_marks(path: Path) -> MarksFile:
    """Read a file of marks.

    :raises MarksError: it cannot be read, or does not hold what it should.
    """
    try:
        found = msgspec.json.decode(path.read_bytes(), type=MarksFile)
    except OSError as error:
        raise MarksError(f"{path}: cannot be read: {error.strerror}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MarksError(f"{path}: not a file of marks: {error}") from None
    if found.format != FORMAT:
        raise MarksError(f"{path}: format '{found.format}' is not known; this release reads '{FORMAT}'")
    for number, mark in enumerate(found.marks, 1):
        if wrong := _wrong(mark):
            raise MarksError(f"{path}: mark {number} at {mark.address}: {wrong}")
    return found


def check_marks(path: Path, found: MarksFile, base: BaseText) -> None:
    """Check that marks fit a text.

    :raises MarksError: a mark names a sentence that is not there, or reaches beyond it.
    """
    for number, mark in enumerate(found.marks, 1):
        sentence = base.sentence(mark.address)
        if sentence is None:
            raise MarksError(f"{path}: mark {number}: the text has no sentence '{mark.address}'")
        if mark.end > len(sentence.text):
            raise MarksError(
                f"{path}: mark {number} ends at {mark.end}, "
                f"but sentence {mark.address} has {len(sentence.text)} characters"
            )


def write_marks(marks: MarksFile) -> str:
    """Write a file of marks as indented JSON."""
    return json.dumps(msgspec.to_builtins(marks), ensure_ascii=False, indent=1) + "\n"


def _wrong(mark: Mark) -> str:
    if not 0 <= mark.start < mark.end:
        return f"start {mark.start} and end {mark.end} are no span"
    if mark.type and mark.type not in error_types():
        return f"unknown type '{mark.type}'"
    if mark.severity and mark.severity not in _SEVERITIES:
        return f"unknown severity '{mark.severity}'; it is one of {', '.join(_SEVERITIES)}"
    return ""
