"""The exercises of a project, read once a process and only when asked for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kochu.exercises.book import Book, load_book
from kochu.sphinx.problems import abort
from kochu.text.problems import EditionError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["book_of", "files_of", "is_teacher"]


def is_teacher(app: Sphinx) -> bool:
    """Whether this build is for teachers: ``-t teacher``."""
    return app.tags.has("teacher")


def folders_of(env: BuildEnvironment) -> tuple[Path, ...]:
    """The folders of exercises, from ``kochu_exercises``; relative to the documents."""
    return tuple((Path(env.srcdir) / name).resolve() for name in env.config.kochu_exercises)


def files_of(env: BuildEnvironment) -> tuple[Path, ...]:
    """Every file of these folders that a page of exercises depends on."""
    return tuple(
        path
        for folder in folders_of(env)
        for path in sorted([*folder.glob("*.md"), *folder.glob("exercises.toml")])
    )


def book_of(env: BuildEnvironment) -> Book:
    """Read the exercises, again whenever one of their files has changed.

    :raises SystemExit: a folder is missing or its description is broken.
    """
    stamps = tuple((str(path), path.stat().st_mtime_ns) for path in files_of(env))
    try:
        return _book(folders_of(env), Path(env.srcdir), stamps)
    except EditionError as error:
        abort(error.problems, "the exercises cannot be read; nothing was written")


@lru_cache(maxsize=2)
def _book(folders: tuple[Path, ...], edition: Path, stamps: object) -> Book:
    # The annotations are checked by the doctests and by `kochu check`; while pages are
    # being read they are not all known.
    return load_book(folders, edition, notes=False)
