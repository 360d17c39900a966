"""Run Typst, and say in the edition's words what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from datetime import UTC, datetime
import json
import os
from pathlib import Path
import re

from sphinx.errors import SphinxError
from sphinx.util import logging

from kochu.typst.base import SUBTYPE
from kochu.typst.fonts import Fonts
from kochu.typst.links import NoPlaceError, Place
from kochu.typst.numbers import digits

__all__ = ["CompileError", "build_time", "compile_pdf"]

logger = logging.getLogger(__name__)

_STANDARD = re.compile(r"PDF/(A|UA)|could not be displayed|no glyph|missing glyph", re.IGNORECASE)


_PER_PAGE = 6000
"""Bytes of a Typst file that fill a page, more or less."""


class CompileError(SphinxError):
    """Typst could not read what we wrote, or a file that it names."""

    category = "Typst error"


def build_time(date: str) -> int:
    """The time that the PDF bears: the build's, or the edition's own date.

    Never the clock: two builds of one edition must be the same file.

    :param date: the edition's date, as ``2026-11-24``.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return int(epoch)
    try:
        return int(datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp())
    except ValueError:
        return 0


def compile_pdf(
    source: Path,
    target: Path,
    *,
    root: Path,
    fonts: Fonts,
    standards: Sequence[str],
    time: int,
    inputs: Mapping[str, str] | None = None,
    helper: Executor | None = None,
) -> None:
    """Compile a Typst file to a PDF.

    A text that breaks a rule of a standard is printed all the same, with a warning: an
    edition with one odd character is better than none.

    :param root: the folder from which the file names others.
    :param standards: what the PDF should conform to, the dispensable ones last.
    :param inputs: what the template asks of this PDF alone, such as its paper.
    :param helper: a process that takes a part of the work.
    :raises CompileError: Typst stops with an error, or writes PDFs otherwise than we know.
    """
    # Loaded late: the wheels are large, and other builders do without them.
    from kochu.typst.pack import pack

    options = dict(inputs or {})
    # Room for the numbers of pages, more if it turns out that they need it.
    room = len(str(source.stat().st_size // _PER_PAGE))
    while True:
        given = {**options, "digits": str(room)}
        data, places = _set(source, target.name, root, fonts, standards, time, given)
        needed = digits(places)
        if needed <= room:
            break
        room = needed
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.write_bytes(pack(data, places, helper))
    except NoPlaceError as error:
        raise CompileError(f"{source.name}: a link leads to {error}, which is not printed") from None
    except ValueError as error:
        raise CompileError(f"{source.name}: {error}; is this another release of Typst?") from None


def _set(
    source: Path,
    name: str,
    root: Path,
    fonts: Fonts,
    standards: Sequence[str],
    time: int,
    inputs: Mapping[str, str],
) -> tuple[bytes, dict[str, Place]]:
    """Let Typst set a PDF, and say where the places are printed that have a name."""
    import typst

    compiler = typst.Compiler(
        source,
        root=root,
        font_paths=list(fonts.folders),
        ignore_system_fonts=True,
        sys_inputs=dict(inputs),
    )
    for count in range(len(standards), -1, -1):
        wanted = list(standards[:count])
        try:
            data, warnings = compiler.compile_with_warnings(
                format="pdf",
                pdf_standards=wanted,  # type: ignore[arg-type]
                timestamp=time,
            )
        except typst.TypstError as error:
            text = f"{error.message} {error.diagnostic}"
            if not count or not _STANDARD.search(text):
                raise CompileError(f"{source.name}: {text.strip()}") from None
            lost = standards[count - 1]
            _warn(f"{name} cannot conform to {lost}: {error.message}", error.hints)
            continue
        for warning in warnings:
            _warn(f"{name}: {warning.message}", warning.hints)
        assert isinstance(data, bytes)
        # Typst has kept what it set; to ask it takes a hundredth of the time.
        found = json.loads(compiler.query("<kochu-places>", field="value"))
        return data, {place: Place(*where) for table in found for place, *where in table}
    raise AssertionError("the last try is without a standard")


def _warn(message: str, hints: Sequence[str]) -> None:
    text = "; ".join([message, *hints])
    logger.warning(text, type="kochu", subtype=SUBTYPE)
