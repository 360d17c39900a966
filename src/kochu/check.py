"""``kochu check``: validate an edition in a blink, without Sphinx.

The messages are those of the build. What only a build can see (a citation that is
not in the bibliography, a link to a page that is not there) is left to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kochu.apparatus.chronology import check_prose
from kochu.apparatus.consistency import check_annotations, nearest_key
from kochu.apparatus.coverage import POSTEDITS, check_coverage
from kochu.apparatus.edition import Edition, Loaded, load_edition, load_text
from kochu.apparatus.model import Annotation
from kochu.apparatus.scan import Page, Reference, scan_page
from kochu.apparatus.sources import check_sources_dates
from kochu.text.problems import EditionError, Problem, Subtype, shown

__all__ = ["Report", "check_edition"]

_SKIPPED = ("_", ".")
"""Folders whose names begin so hold no pages: ``_build``, ``_static``, ``.git``."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found.

    :param annotations: all that could be read.
    :param sentences: how many the texts have.
    :param problems: all mistakes, by file and line.
    """

    annotations: tuple[Annotation, ...]
    sentences: int
    problems: tuple[Problem, ...]


def check_edition(root: Path) -> Report:
    """Check the edition whose ``edition.toml`` lies in ``root``."""
    try:
        edition = load_edition(root)
    except EditionError as error:
        return Report((), 0, error.problems)
    problems: list[Problem] = []
    texts: dict[str, Loaded] = {}
    for text_id in edition.texts:
        try:
            texts[text_id] = loaded = load_text(edition, text_id)
            problems += loaded.problems
        except EditionError as error:
            problems += error.problems
    pages = [scan_page(path, edition, texts) for path in _pages(edition)]
    annotations = [note for page in pages for note in page.annotations]
    problems += [problem for page in pages for problem in page.problems]
    if edition.check.chronology:
        for path in _pages(edition):
            problems += check_prose(path.read_text("utf-8"), shown(path))
        problems += check_sources_dates(edition)
    problems += check_annotations(annotations)
    problems += _check_references(pages, texts, annotations)
    for loaded in texts.values():
        for name, (spec, _) in loaded.layers.items():
            if spec.kind in POSTEDITS:
                full = spec.kind == "full-postedit"
                problems += check_coverage(loaded, annotations, name, remedies=full)
    sentences = sum(len(loaded.base.sentences) for loaded in texts.values())
    return Report(tuple(annotations), sentences, tuple(sorted(set(problems))))


def check_reference(reference: Reference, addresses: frozenset[str], keys: dict[str, str]) -> Problem | None:
    """Check one role.

    :param addresses: all addresses, plain and as ``text:4.2``.
    :param keys: kind by key, of all annotations.
    """
    role, target = reference.role, reference.target
    if role == "sentence":
        if target in addresses:
            return None
        message = f"unknown address '{target}' in a reference"
        subtype = Subtype.ADDRESS
    else:
        kind = keys.get(target)
        if kind == role:
            return None
        subtype = Subtype.REFERENCE
        if kind:
            message = f"'{target}' is a {kind}, not a {role}; write {{{kind}}}`{target}`"
        else:
            same = [key for key, of in keys.items() if of == role]
            message = f"there is no {role} '{target}'{nearest_key(target, same)}"
    return Problem(reference.path, reference.line, subtype.value, message)


def known_addresses(texts: dict[str, Loaded]) -> frozenset[str]:
    """All addresses a reference may use: plain in an edition of one text, else with its id."""
    full = {f"{i}:{s.address}" for i, loaded in texts.items() for s in loaded.base.sentences}
    plain = {s.address for loaded in texts.values() for s in loaded.base.sentences}
    return frozenset(full | (plain if len(texts) == 1 else set()))


def _check_references(
    pages: list[Page], texts: dict[str, Loaded], annotations: list[Annotation]
) -> list[Problem]:
    addresses = known_addresses(texts)
    keys = {note.key: note.kind for note in annotations}
    found = [
        check_reference(reference, addresses, keys)
        for page in pages
        for reference in page.references
        # A glossary term is Sphinx's own to resolve.
        if reference.role != "term"
    ]
    return [problem for problem in found if problem]


def _pages(edition: Edition) -> list[Path]:
    return sorted(
        path
        for path in edition.root.rglob("*.md")
        if not any(part.startswith(_SKIPPED) for part in path.relative_to(edition.root).parts)
    )
