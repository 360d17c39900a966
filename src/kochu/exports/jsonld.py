"""A W3C Web Annotation collection: the apparatus for annotation tools.

The model is that of https://www.w3.org/TR/annotation-model/. Each annotation has one
body that is its kind as a tag and holds our own terms (MQM type, severity, source
wording …), one with its prose, and, where something better is proposed, one with that
wording. Each of its places is a target, with the words and with their position.

The source of a target is named by the bytes' checksum (RFC 6920, ``ni:``), because that
is what the positions count in, whatever the file is called and wherever it lies.
Annotations without a place in the text say nothing about it and stand elsewhere.
"""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from io import BytesIO
import json
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from kochu import __version__
from kochu.apparatus.model import Anchor, Annotation, Wording
from kochu.exports.material import Material, Work

__all__ = ["collection", "jsonld"]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
TERMS = "urn:x-kochu:"
"""Our own terms; no registered namespace, so none that could be looked up."""
NEAR = 32
"""Code points of context on either side of a quote."""

_MOTIVATIONS = {
    "caveat": "assessing",
    "good": "assessing",
    "context": "describing",
    "claim": "assessing",
    "language": "commenting",
    "name": "identifying",
    "term": "identifying",
}
_OWN = {
    "mqmType": "type",
    "severity": "severity",
    "confidence": "confidence",
    "because": "because",
    "certainty": "certainty",
    "basis": "basis",
    "rival": "rival",
    "notApplied": "not-applied",
    "group": "group",
    "verdict": "verdict",
    "now": "now",
    "asOf": "as-of",
    "reading": "reading",
    "level": "level",
    "entity": "entity",
    "identifiers": "ids",
}
"""Our terms in the file, and the options that they come from."""
_MORE = ("key", "heading", "better", "sourceWording", "names", "address", "sha256")


def jsonld(material: Material) -> bytes:
    """Write the collection as indented JSON."""
    encoder = json.JSONEncoder(ensure_ascii=False, indent=1)
    # Piece by piece: of a thousand texts, a list of all the pieces would be the largest thing in memory.
    found = BytesIO()
    for piece in encoder.iterencode(collection(material)):
        found.write(piece.encode())
    found.write(b"\n")
    return found.getvalue()


def collection(material: Material) -> dict[str, Any]:
    """Make the collection, with one page embedded in it."""
    about = material.edition.about
    own = _iri(material, "annotations")
    page = _iri(material, "annotations-page-1")
    items = [item for work in material.works for item in _annotations(material, work)]
    found: dict[str, Any] = {
        "@context": [CONTEXT, _terms()],
        "id": own,
        "type": "AnnotationCollection",
        "label": f"{about.title}: annotations",
        "creator": _creators(material),
        "generator": {"type": "Software", "name": f"kochu {__version__}"},
        "dcterms:rights": [f"{r.layer}: {r.statement}" for r in material.edition.rights],
        "dcterms:source": [
            {"id": _source(work), "dcterms:title": work.loaded.spec.title, "sha256": work.loaded.sha256}
            for work in material.works
        ],
        "total": len(items),
    }
    if rights := _notes_rights(material):
        found["rights"] = rights
    if items:
        found["first"] = {
            "id": page,
            "type": "AnnotationPage",
            "partOf": own,
            "startIndex": 0,
            "items": items,
        }
        found["last"] = page
    return found


def _terms() -> dict[str, Any]:
    """Say what our own words mean, where the model's context has none."""
    plain = {name: TERMS + name for name in sorted({*_OWN, *_MORE})}
    return {**plain, "see": {"@id": f"{TERMS}see", "@type": "@id"}}


def _annotations(material: Material, work: Work) -> Iterator[dict[str, Any]]:
    rights = _notes_rights(material)
    for note in work.resolved.by_key.values():
        if not note.anchors:
            continue
        targets = [_target(work, anchor) for anchor in note.anchors]
        item: dict[str, Any] = {
            "id": _iri(material, note.key),
            "type": "Annotation",
            "motivation": _MOTIVATIONS[note.kind],
            "creator": _creators(material),
            "body": list(_bodies(material, work, note)),
            "target": targets if len(targets) > 1 else targets[0],
        }
        if rights:
            item["rights"] = rights
        if (page := material.pages.get(note.key)) and material.edition.about.url:
            item["dcterms:isPartOf"] = f"{material.edition.about.url.rstrip('/')}/{page}"
        yield item


def _bodies(material: Material, work: Work, note: Annotation) -> Iterator[dict[str, Any]]:
    """Give the kind first, then what people wrote."""
    betters = [work.better(anchor) for anchor in note.anchors]
    tag: dict[str, Any] = {
        "type": "TextualBody",
        "purpose": "tagging",
        "value": note.kind,
        "key": note.key,
        "label": work.resolved.labels[note.key],
        "heading": work.title(note) or work.resolved.labels[note.key],
    }
    tag |= {name: note.options[option] for name, option in _OWN.items() if note.options.get(option)}
    if any(better is not None for better in betters):
        tag["better"] = betters[0] if len(set(betters)) == 1 else betters
    tag |= {
        name: [_wording(w) for w in wordings]
        for name, wordings in (("sourceWording", note.source), ("names", note.names))
        if wordings
    }
    if note.see:
        tag["see"] = [_iri(material, key) for key in note.see]
    yield tag
    if prose := material.prose.get(note.key):
        yield {
            "type": "TextualBody",
            "purpose": "describing" if note.kind in ("context", "name", "term") else "commenting",
            "format": "text/plain",
            "value": prose,
        }
    for better in dict.fromkeys(b for b in betters if b):
        yield {
            "type": "TextualBody",
            "purpose": "editing",
            "format": "text/plain",
            "language": work.loaded.spec.language,
            "value": better,
        }


def _target(work: Work, anchor: Anchor) -> dict[str, Any]:
    position = {"type": "TextPositionSelector", "start": anchor.start, "end": anchor.end}
    selectors: list[dict[str, Any]] = [position]
    if (quote := work.quote(anchor)) is not None:
        before, after = _context(work, anchor)
        found = {"type": "TextQuoteSelector", "exact": quote}
        found |= {name: text for name, text in (("prefix", before), ("suffix", after)) if text}
        selectors.insert(0, found)
    return {"source": _source(work), "selector": selectors, "address": anchor.address}


def _context(work: Work, anchor: Anchor) -> tuple[str, str]:
    """The words around an anchor; in an excerpt none from elsewhere than its own sentence."""
    text = work.resolved.base.text
    low, high = 0, len(text)
    if work.published is not None:
        sentence = work.resolved.base.sentence(anchor.address)
        if sentence is None or not work.shows(anchor.address):
            return "", ""
        low, high = sentence.start, sentence.end
    return (
        text[max(low, anchor.start - NEAR) : anchor.start],
        text[anchor.end : min(high, anchor.end + NEAR)],
    )


def _source(work: Work) -> str:
    digest = urlsafe_b64encode(bytes.fromhex(work.loaded.sha256)).decode().rstrip("=")
    return f"ni:///sha-256;{digest}"


def _iri(material: Material, name: str) -> str:
    """Name a thing: below the edition's address, or, without one, by a UUID that never changes."""
    about = material.edition.about
    if about.url:
        return f"{about.url.rstrip('/')}/_downloads/annotations.jsonld#{name}"
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'kochu:{about.title}#{name}')}"


def _creators(material: Material) -> list[dict[str, str]] | dict[str, str]:
    people = [{"name": name} for name in material.edition.about.editors or (material.editors,)]
    return people if len(people) > 1 else people[0]


def _notes_rights(material: Material) -> str:
    """The licence of the annotations: that of the first layer whose name speaks of them."""
    urls = (r.url for r in material.edition.rights if "annotation" in r.layer.lower() and r.url)
    return next(urls, "")


def _wording(wording: Wording) -> dict[str, str]:
    return {"value": wording.text, "language": wording.language}
