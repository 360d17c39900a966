"""When all pages have been read: check them together, and stop before anything is spoiled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from kochu.apparatus.chronology import check_prose
from kochu.apparatus.consistency import check_annotations
from kochu.apparatus.coverage import POSTEDITS, check_coverage
from kochu.apparatus.sources import check_sources_dates
from kochu.check import check_reference
from kochu.sphinx.problems import abort, log
from kochu.sphinx.sourcing import check_sources
from kochu.sphinx.texts import edition_of, text_of
from kochu.text.problems import EditionError, shown
from kochu.text.seed import load

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from kochu.sphinx.domain import KochuDomain

__all__ = ["check_project", "check_seeds"]


def check_project(app: Sphinx, env: BuildEnvironment) -> None:
    """Check annotations across pages (handler of ``env-check-consistency``).

    :raises SystemExit: warnings are errors in this build and there was one while reading;
        nothing has been written yet, so the last good output stays as it was.
    """
    domain = cast("KochuDomain", env.domains["kochu"])
    edition = edition_of(env)
    annotations = list(domain.annotations())
    log(check_annotations(annotations))
    if edition.check.chronology:
        for docname in sorted(env.found_docs):
            path = Path(env.doc2path(docname))
            log(check_prose(path.read_text("utf-8"), shown(path)))
        log(check_sources_dates(edition))
    if edition.check.evidence:
        log(check_sources(env, (note for note in annotations if note.kind == "claim")))
    addresses = domain.addresses()
    keys = {note.key: note.kind for note in annotations}
    found = (check_reference(r, addresses, keys) for r in domain.references())
    log(problem for problem in found if problem)
    for text_id, text in edition.texts.items():
        for layer in text.layer:
            if layer.kind in POSTEDITS:
                loaded, notes = text_of(env, text_id), domain.of_text(text_id)
                full = layer.kind == "full-postedit"
                log(check_coverage(loaded, notes, layer.name, remedies=full))
    if app._fail_on_warnings and app._warncount:
        # Without the environment the next build reads all again: a page with a mistake
        # must not count as read.
        Path(app.doctreedir, "environment.pickle").unlink(missing_ok=True)
        count = f"{app._warncount} warning{'s' if app._warncount > 1 else ''}"
        abort(
            (),
            f"{count} while reading, and warnings are errors (-W); "
            "nothing was written, the last good output is as it was",
        )


def check_seeds(app: Sphinx) -> None:
    """Make sure that every base text is what it was (handler of ``builder-inited``).

    :raises SystemExit: one is missing, damaged or changed.
    """
    edition = edition_of(app.env)
    for text_id, spec in edition.texts.items():
        try:
            intact = load(edition.root / spec.seed).intact
        except EditionError:
            intact = False
        if not intact:
            # Reading it with its layers finds out which line was changed.
            text_of(app.env, text_id)
