"""Draw a figure into a file, once for each content: bytes that do not change between builds."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from kochu.figures.style import GROUND, styled
from kochu.figures.svg import accessible

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["INLINE", "SUFFIXES", "Chart", "fingerprint", "render"]

INLINE = "inline.svg"
"""Suffix of a drawing that is set into a page."""
SUFFIXES = {"image/svg+xml": "svg", "application/pdf": "pdf", "image/png": "png"}
"""What can be drawn, by the media types that Sphinx's builders ask for."""


class Chart(Protocol):
    """What can be drawn: a frozen dataclass of plain values."""

    def draw(self) -> Figure:
        """Draw it with Matplotlib, in whatever style is set."""


def render(chart: Chart, folder: Path, suffix: str, *, title: str, description: str, language: str) -> Path:
    """Draw a chart, unless the folder holds it already.

    :param suffix: one of :data:`SUFFIXES`, or :data:`INLINE`.
    :param title: short name, for those who do not see it.
    :param description: what there is to see.
    :param language: of the signs that are not Latin.
    :return: the file; its name tells its content.
    """
    name = fingerprint(chart, title, description, language)
    path = folder / f"{name}.{suffix}"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        inline = suffix == INLINE
        with styled(outlines=not inline):
            data = _bytes(chart.draw(), suffix)
        if suffix.endswith("svg"):
            finished = accessible(
                data.decode(), title, description, f"chart-{name[:8]}", language=language, inline=inline
            )
            data = finished.encode()
        # Two builds may share the folder: a file appears whole or not at all.
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_bytes(data)
        draft.replace(path)
    return path


def fingerprint(chart: Chart, *texts: str) -> str:
    """Name a chart by its content and by the code that draws it."""
    from matplotlib import __version__ as drawn_by

    data = msgspec.json.encode([type(chart).__name__, chart, texts, drawn_by, _code()], order="sorted")
    return sha256(data).hexdigest()[:20]


def _bytes(figure: Figure, suffix: str) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    kind = suffix.rpartition(".")[2]
    # Dates and versions in a file make every build different.
    empty: dict[str, dict[str, Any]] = {
        "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
        "png": {"Software": None},
    }
    FigureCanvasAgg(figure)
    out = io.BytesIO()
    # Only a drawing in a page takes the page's ground; files lie on paper.
    ground = "none" if suffix == INLINE else GROUND
    figure.savefig(
        out,
        format=kind,
        metadata=empty[kind],
        facecolor=ground,
        dpi=200,
        bbox_inches="tight",
        pad_inches=0.04,
    )
    return out.getvalue()


@cache
def _code() -> str:
    """The drawing code itself: whoever changes it gets new figures."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()
