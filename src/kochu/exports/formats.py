"""The table of formats: what each is called, its file, and who writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kochu.exports.caveats import caveats_csv, caveats_tsv
from kochu.exports.jsonld import jsonld
from kochu.exports.lms.anki import anki
from kochu.exports.marks import editors_marks
from kochu.exports.material import Material
from kochu.exports.mqm import mqm_tsv

__all__ = ["FORMATS", "Format", "write"]


@dataclass(frozen=True, slots=True)
class Format:
    """One export.

    :param name: what ``kochu export`` calls it.
    :param file: name of the file.
    :param label: what it is, for people.
    """

    name: str
    file: str
    label: str
    make: Callable[[Material], str | bytes]


FORMATS: dict[str, Format] = {
    f.name: f
    for f in (
        Format("jsonld", "annotations.jsonld", "all annotations, W3C Web Annotation", jsonld),
        Format("mqm", "mqm.tsv", "caveats, ten columns of Google’s MQM Viewer", mqm_tsv),
        Format("csv", "caveats.csv", "caveats, for a spreadsheet", caveats_csv),
        Format("tsv", "caveats.tsv", "caveats, tab-separated", caveats_tsv),
        Format("anki", "vocabulary-and-caveats.apkg", "words and caveats as cards, for Anki", anki),
        Format("marks", "marks.json", "the editors' marks, for kochu agree", editors_marks),
    )
}


def write(material: Material, folder: Path, names: tuple[str, ...] = tuple(FORMATS)) -> list[Path]:
    """Write some formats into a folder.

    :return: the files, in the order of the table.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for name in names:
        path = folder / FORMATS[name].file
        content = FORMATS[name].make(material)
        # Bytes, since CSV has its own line ends.
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        written.append(path)
    return written
