"""The ten tab-separated columns that Google's MQM Viewer and its heir Marot read.

Format: google-research/mqm_viewer/README.md. One row for each place that is marked, with
the place between ``<v>`` and ``</v>`` in the sentence; a clean sentence has one row that
says ``no-error``. There is no source text sentence by sentence, so the column is empty and
the metadata say ``source_not_seen``, but for caveats whose source wording was read; what
is known or thought of that wording stands in the metadata with its certainty.
"""

from __future__ import annotations

from collections.abc import Iterator
import json
import re

from kochu.apparatus.model import Anchor, Annotation
from kochu.exports.material import Material, Work
from kochu.text.segment import Sentence

__all__ = ["COLUMNS", "category", "mqm_tsv"]

COLUMNS = (
    *("system", "doc", "docSegId", "globalSegId", "rater"),
    *("source", "target", "category", "severity", "metadata"),
)
NO_ERROR = "no-error"
UNKNOWN_SOURCE = "und"
"""BCP 47 for a language that is not known; documents are named with their language pair."""


def mqm_tsv(material: Material) -> str:
    """Write all texts as one file; its first line, a header, is ignored by the viewer."""
    rows = ["\t".join(COLUMNS)]
    number = 0
    for work in material.works:
        for within, sentence in enumerate(work.resolved.base.sentences, 1):
            number += 1
            head = (work.id, f"{work.id}:{UNKNOWN_SOURCE}-{work.loaded.spec.language}")
            for tail in _marks(material, work, sentence):
                cells = (*head, str(within), str(number), material.editors, "", *tail)
                rows.append("\t".join(map(_clean, cells)))
    return "\n".join(rows) + "\n"


def category(error_type: str) -> str:
    """Write a type as the viewer has it: ``Terminology/Wrong term``."""
    return "/".join(part.replace("-", " ").capitalize() for part in error_type.split("/"))


def _marks(material: Material, work: Work, sentence: Sentence) -> Iterator[tuple[str, str, str, str]]:
    found = False
    for note in work.resolved.at(sentence.address):
        if note.kind != "caveat":
            continue
        for part, anchor in enumerate(note.anchors, 1):
            if anchor.address == sentence.address:
                found = True
                yield (
                    _marked(work, sentence, anchor),
                    category(note.type or ""),
                    (note.severity or "").capitalize(),
                    _metadata(material, work, note, anchor, part),
                )
    if not found:
        shown = sentence.text.strip() if work.shows(sentence.address) else ""
        yield shown, NO_ERROR, NO_ERROR, _json({"address": sentence.address, "source_not_seen": True})


def _marked(work: Work, sentence: Sentence, anchor: Anchor) -> str:
    quote = work.quote(anchor)
    if not work.shows(sentence.address):
        return f"…<v>{quote or '…'}</v>…"
    start, end = anchor.start - sentence.start, anchor.end - sentence.start
    text = sentence.text
    return f"{text[:start]}<v>{text[start:end]}</v>{text[end:]}".strip()


def _metadata(material: Material, work: Work, note: Annotation, anchor: Anchor, part: int) -> str:
    found: dict[str, object] = {
        "marked_text": work.quote(anchor) or "",
        "source_not_seen": note.options.get("certainty") != "attested",
        "address": anchor.address,
        "annotation": note.key,
        "place": f"{part} of {len(note.anchors)}",
        "confidence": note.options.get("confidence", ""),
    }
    if (better := work.better(anchor)) is not None:
        found["better"] = better
    if note.source:
        found["source_wording"] = {w.language: w.text for w in note.source}
        found["certainty"] = note.options.get("certainty", "")
    if text := note.options.get("because") or material.prose.get(note.key):
        found["note"] = text
    return _json(found)


def _json(data: dict[str, object]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _clean(cell: str) -> str:
    """A tab or a line break inside a cell would tear the row."""
    return re.sub(r"[\t\r\n]+", " ", cell)
