"""The editors' side of a comparison: every caveat's places, and the good solutions.

The places are those of ``marks.json`` (``kochu export marks``), so that the page and
``kochu agree`` compare with the same; here each also says which note explains it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kochu.sphinx.domain import anchor_id

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from kochu.apparatus.model import Annotation
    from kochu.sphinx.domain import KochuDomain

__all__ = ["ours"]


def ours(domain: KochuDomain, text_id: str, builder: Builder) -> dict[str, list[dict[str, object]]]:
    """Give the editors' marks, and what else they said of some words.

    :return: ``marks`` are errors; ``remarks`` cost nothing: neutral caveats and good solutions.
    """
    resolved = domain.resolved(text_id)
    starts = {s.address: s.start for s in resolved.base.sentences}
    found: dict[str, list[dict[str, object]]] = {"marks": [], "remarks": []}
    for note in resolved.of(("caveat", "good")):
        error = note.kind == "caveat" and note.severity != "neutral"
        for anchor in note.anchors:
            start = starts[anchor.address]
            found["marks" if error else "remarks"].append({
                "address": anchor.address,
                "start": anchor.start - start,
                "end": anchor.end - start,
                **_about(note, error=error),
                "label": resolved.labels[note.key],
                "title": domain.heading(note),
                "uri": f"{builder.get_target_uri(note.docname)}#{anchor_id(note)}",
            })  # fmt: skip
    return found


def _about(note: Annotation, *, error: bool) -> dict[str, object]:
    if not error:
        return {"kind": note.kind}
    return {
        "type": note.type or "",
        "severity": note.severity or "",
        "confidence": note.options.get("confidence", ""),
    }
