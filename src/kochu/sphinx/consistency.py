"""When all pages have been read: check them together, and stop before anything is spoiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kochu.apparatus.consistency import check_annotations
from kochu.apparatus.coverage import check_coverage
from kochu.check import check_reference, known_addresses
from kochu.sphinx.problems import log
from kochu.sphinx.texts import EditionAbortError, edition_of, text_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from kochu.sphinx.domain import KochuDomain

__all__ = ["check_project"]


def check_project(app: Sphinx, env: BuildEnvironment) -> None:
    """Check annotations across pages (handler of ``env-check-consistency``).

    :raises EditionAbortError: warnings are errors in this build and there was one while reading;
        nothing has been written yet, so the last good output stays as it was.
    """
    domain = cast("KochuDomain", env.domains["kochu"])
    edition = edition_of(env)
    annotations = list(domain.annotations())
    log(check_annotations(annotations))
    texts = {text_id: text_of(env, text_id) for text_id in edition.texts}
    addresses = known_addresses(texts)
    keys = {note.key: note.kind for note in annotations}
    found = (check_reference(r, addresses, keys) for r in domain.references())
    log(problem for problem in found if problem)
    for loaded in texts.values():
        for name, (spec, _) in loaded.layers.items():
            if spec.kind == "full-postedit":
                log(check_coverage(loaded, annotations, name))
    if app._fail_on_warnings and app._warncount:
        raise EditionAbortError(
            f"{app._warncount} warnings while reading, and warnings are errors (-W); "
            "nothing was written, the last good output is as it was"
        )
