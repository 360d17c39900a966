"""``kochu export FORMAT``: write the apparatus in a format that other tools read."""

from __future__ import annotations

import argparse
from pathlib import Path
import sys
from typing import Any

from kochu.exercises.command import add_selection
from kochu.exports.formats import FORMATS, write
from kochu.exports.lms import LABELS
from kochu.exports.material import Material, gather
from kochu.text.problems import EditionError

__all__ = ["add"]


def add(commands: Any) -> None:
    """Add the command to a parser's commands."""
    parser = commands.add_parser("export", help="write the apparatus in a format that other tools read")
    names = "; ".join(f"{f.name}: {f.label}" for f in FORMATS.values())
    names += "; " + "; ".join(f"{name}: {label}" for name, label in LABELS.items())
    parser.add_argument("format", choices=[*FORMATS, "all", *LABELS], help=names, metavar="FORMAT")
    parser.add_argument(
        "root", nargs="?", type=Path, default=Path("docs"), help="folder of edition.toml (docs)"
    )
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("build/export"), help="folder (build/export)"
    )
    parser.add_argument("-c", "--conf", type=Path, default=Path("conf"), help="folder of conf.py (conf)")
    parser.add_argument(
        "-d", "--doctrees", type=Path, default=Path("build/doctrees"), help="(build/doctrees)"
    )
    parser.add_argument("--excerpt", action="store_true", help="show no sentence that an excerpt withholds")
    parser.add_argument("--site", default="", help="address of the published edition, for links in exercises")
    add_selection(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.format in LABELS:
        from kochu.exports.lms.command import run

        return run(options)
    names = tuple(FORMATS) if options.format == "all" else (options.format,)
    try:
        material = _material(options)
    except EditionError as error:
        print(error, file=sys.stderr)
        return 1
    for path in write(material, options.output, names):
        print(path)
    return 0


def _material(options: argparse.Namespace) -> Material:
    """Read the edition; with Sphinx where a format holds prose, else without."""
    if options.format in _BARE:
        return _bare(options)
    from kochu.sphinx.downloads import read_material

    return read_material(options.root, options.conf, options.doctrees, excerpt=options.excerpt)


_BARE = frozenset({"anki", "marks"})
"""Formats that hold no prose of the pages."""


def _bare(options: argparse.Namespace) -> Material:
    from kochu.apparatus.edition import load_edition, load_text
    from kochu.check import check_edition

    report = check_edition(options.root)
    edition = load_edition(options.root)
    texts = {text_id: load_text(edition, text_id) for text_id in edition.texts}
    return gather(edition, texts, report.annotations, excerpt=options.excerpt)
