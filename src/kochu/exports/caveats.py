"""All caveats as a table for spreadsheets, as CSV and as TSV: one row a caveat."""

from __future__ import annotations

import csv
import io

from kochu.apparatus.model import Annotation
from kochu.exports.material import Material, Work

__all__ = ["COLUMNS", "caveats_csv", "caveats_tsv"]

COLUMNS = (
    *("label", "key", "text", "addresses", "starts", "ends", "words", "dimension", "subtype"),
    *("severity", "because", "confidence", "better", "source_wording", "certainty", "basis"),
    *("rival", "not_applied", "group", "see", "page", "explanation"),
)
BOM = "\ufeff"
BETWEEN = " | "
"""Stands between the places of a caveat, as in the sources."""


def caveats_csv(material: Material) -> str:
    """Write as CSV (RFC 4180); with a byte order mark, or Excel would not see that it is UTF-8."""
    return BOM + _write(material, ",", "\r\n")


def caveats_tsv(material: Material) -> str:
    """Write as tab-separated values, without a byte order mark."""
    return _write(material, "\t", "\n")


def _write(material: Material, delimiter: str, end: str) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, delimiter=delimiter, lineterminator=end)
    writer.writeheader()
    for work in material.works:
        for note in work.resolved.of(("caveat",)):
            writer.writerow({name: _flat(value) for name, value in _row(material, work, note).items()})
    return out.getvalue()


def _row(material: Material, work: Work, note: Annotation) -> dict[str, str]:
    options = note.options
    dimension, _, subtype = (note.type or "").partition("/")
    betters = [work.better(a) for a in note.anchors]
    return {
        "label": work.resolved.labels[note.key],
        "key": note.key,
        "text": work.id,
        "addresses": BETWEEN.join(a.address for a in note.anchors),
        "starts": BETWEEN.join(str(a.start) for a in note.anchors),
        "ends": BETWEEN.join(str(a.end) for a in note.anchors),
        "words": BETWEEN.join(work.quote(a) or "…" for a in note.anchors),
        "dimension": dimension,
        "subtype": subtype,
        "severity": note.severity or "",
        "because": options.get("because", ""),
        "confidence": options.get("confidence", ""),
        # An empty remedy deletes the words; a missing one is a gap in the list.
        "better": BETWEEN.join("∅" if b == "" else b or "" for b in dict.fromkeys(betters)),
        "source_wording": BETWEEN.join(f"{w.language}: {w.text}" for w in note.source),
        "certainty": options.get("certainty", ""),
        "basis": options.get("basis", ""),
        "rival": options.get("rival", ""),
        "not_applied": options.get("not-applied", ""),
        "group": options.get("group", ""),
        "see": " ".join(note.see),
        "page": material.pages.get(note.key, note.docname),
        "explanation": material.prose.get(note.key, ""),
    }


def _flat(value: str) -> str:
    return " ".join(value.split())
