"""The edition's texts, loaded once a process and only when asked for."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kochu.apparatus.edition import Edition, Loaded, load_edition, load_text
from kochu.sphinx.problems import abort
from kochu.text.problems import EditionError

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

__all__ = ["edition_of", "text_of"]


_STOPPED = "the edition cannot be read; nothing was written, the last good output is as it was"


def edition_of(env: BuildEnvironment) -> Edition:
    """Read the edition's description, again whenever the file has changed."""
    root = Path(env.srcdir)
    try:
        stamp = (root / "edition.toml").stat().st_mtime_ns
    except OSError:
        stamp = 0
    try:
        return _edition(root, stamp)
    except EditionError as error:
        abort(error.problems, _STOPPED)


def text_of(env: BuildEnvironment, text_id: str) -> Loaded:
    """Read a text and its layers, again whenever one of its files has changed.

    :raises SystemExit: the seed is missing, damaged or changed.
    """
    edition = edition_of(env)
    files = edition.files(text_id)
    stamps = tuple(f.stat().st_mtime_ns if f.is_file() else 0 for f in files)
    try:
        return _text(edition.root, text_id, stamps, edition.path.stat().st_mtime_ns)
    except EditionError as error:
        abort(error.problems, _STOPPED)


@lru_cache(maxsize=4)
def _edition(root: Path, stamp: int) -> Edition:
    return load_edition(root)


# Small on purpose: a project may hold a thousand texts, a page needs one.
@lru_cache(maxsize=16)
def _text(root: Path, text_id: str, stamps: tuple[int, ...], stamp: int) -> Loaded:
    return load_text(_edition(root, stamp), text_id)
