"""The exports among the pages: written when a build of pages has succeeded."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from sphinx.errors import SphinxError

from kochu.exports.formats import write
from kochu.exports.material import Material, gather
from kochu.sphinx.domain import anchor_id
from kochu.sphinx.prose import prose
from kochu.sphinx.texts import edition_of, text_of
from kochu.text.problems import EditionError, Problem, Subtype, shown

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from kochu.sphinx.domain import KochuDomain

__all__ = ["FOLDER", "read_material", "write_downloads"]

FOLDER = "_downloads"
"""Where they lie, below the pages."""


def write_downloads(app: Sphinx, exception: Exception | None) -> None:
    """Write every format (handler of ``build-finished``).

    Books made of pages (EPUB) and single pages made for printing carry no data files.
    """
    if exception is None and app.builder.format == "html" and app.builder.name != "epub":
        write(material_of(app, excerpt=app.tags.has("excerpt")), Path(app.outdir) / FOLDER)


def material_of(app: Sphinx, *, excerpt: bool) -> Material:
    """Gather what the exports need from a project that has been read."""
    env = app.env
    domain = cast("KochuDomain", env.domains["kochu"])
    edition = edition_of(env)
    texts = {text_id: text_of(env, text_id) for text_id in edition.texts}
    notes = tuple(domain.annotations())
    return gather(
        edition,
        texts,
        notes,
        excerpt=excerpt,
        prose=prose(env, domain),
        pages={note.key: f"{note.docname}.html#{anchor_id(note)}" for note in notes},
    )


def read_material(root: Path, conf: Path, doctrees: Path, *, excerpt: bool) -> Material:
    """Gather it for the command line: read the project, write no page.

    :raises EditionError: it cannot be read. Lesser faults are the business of ``kochu check``
        and of a build, which tell them all.
    """
    from sphinx.application import Sphinx

    try:
        with TemporaryDirectory() as folder:
            app = Sphinx(root, conf, folder, doctrees, "dummy", status=None, warning=None)
            app.build()
            return material_of(app, excerpt=excerpt)
    except SphinxError as error:
        problem = Problem(shown(root), 0, Subtype.EDITION.value, str(error))
        raise EditionError(problem) from None
