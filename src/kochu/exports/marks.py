"""The editors' caveats in the form in which a student's marks are saved.

So that ``kochu agree`` can compare a student with the editors. Positions only: the file
gives away no word of the text.
"""

from __future__ import annotations

from kochu.agreement.marks import FORMAT, Mark, MarksFile, write_marks
from kochu.exports.material import Material

__all__ = ["editors_marks"]


def editors_marks(material: Material) -> str:
    """Write the caveats of the edition's first text; neutral remarks are no errors."""
    work = material.works[0]
    starts = {s.address: s.start for s in work.resolved.base.sentences}
    marks = [
        Mark(
            a.address,
            a.start - starts[a.address],
            a.end - starts[a.address],
            note.type or "",
            note.severity or "",
        )
        for note in work.resolved.of(("caveat",))
        if note.severity != "neutral"
        for a in note.anchors
    ]
    return write_marks(MarksFile(FORMAT, work.id, material.editors, tuple(marks)))
