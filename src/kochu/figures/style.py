"""How every figure looks: fonts, colours, and the settings that make bytes repeatable.

The hues are of middle lightness: each has a contrast of at least 3:1 with white and with
near-black (WCAG 2.2, 1.4.11), so that one drawing serves light pages, dark ones and
paper. No meaning hangs on a hue alone: forms, hatches or words carry it, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
import textwrap
from typing import Any
from unicodedata import east_asian_width

__all__ = [
    "BOX",
    "GRID",
    "GROUND",
    "HATCHES",
    "HUES",
    "INK",
    "LAND",
    "LINE",
    "QUIET",
    "SMALL",
    "TEXT",
    "WIDTH",
    "styled",
    "width",
    "wrap",
]

INK = "#1f2328"
QUIET = "#5f666e"
GROUND = "#ffffff"
GRID = "#d4d7db"
LAND = "#e6e4de"
LINE = "#b3afa5"
BOX = "#f5f4f0"
HUES = ("#2f7ebc", "#c8553d", "#2e8b6a", "#9a6fb0", "#a87a1f", "#7a828a")
HATCHES = ("\\\\\\", "", "////", "xxxx")
"""One for each severity: a bar is told from its neighbour without colour."""
WIDTH = 7.4
"""Inches: the measure of the page, so that letters keep their size."""
TEXT = 9.8
SMALL = 8.6
"""Points; the smaller page shows a figure at three quarters, and 6.5 points can be read."""

_FONTS = (
    ("pylopdf_fonts_jp", "NotoSansJP-Regular.otf", "Noto Sans JP"),
    ("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf", "Noto Sans SC"),
    ("pylopdf_fonts_ko", "NotoSansKR-Regular.otf", "Noto Sans KR"),
)
"""Packages of fonts, their files and families; only the first is required."""


@cache
def _families() -> list[str]:
    """Make the edition's fonts known to Matplotlib: no figure may depend on the machine's fonts."""
    from matplotlib.font_manager import fontManager

    found: list[str] = []
    for package, file, family in _FONTS:
        spec = find_spec(package)
        path = Path(spec.origin).with_name(file) if spec and spec.origin else None
        if path and path.is_file():
            fontManager.addfont(str(path))
            found.append(family)
    return found


@contextmanager
def styled(*, outlines: bool) -> Iterator[None]:
    """Draw in the house style.

    :param outlines: whether letters are drawn as shapes (for files that must look the
        same everywhere) or stay text (inside a page, where they can be searched).
    """
    from matplotlib import rc_context

    settings: Any = {
        "svg.fonttype": "path" if outlines else "none",
        # Without a salt the ids in an SVG are random.
        "svg.hashsalt": "kochu",
        "pdf.fonttype": 42,
        "font.family": _families(),
        "font.size": TEXT,
        "text.color": INK,
        "axes.edgecolor": QUIET,
        "axes.labelcolor": INK,
        "axes.labelsize": SMALL + 0.5,
        "axes.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": False,
        "xtick.color": QUIET,
        "xtick.labelcolor": INK,
        "ytick.color": QUIET,
        "ytick.labelcolor": INK,
        "xtick.labelsize": SMALL,
        "ytick.labelsize": TEXT,
        "grid.color": GRID,
        "grid.linewidth": 0.5,
        "legend.frameon": False,
        "legend.fontsize": SMALL + 0.5,
        "hatch.linewidth": 0.6,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "savefig.facecolor": "none",
    }
    with rc_context(settings):
        yield


def width(text: str) -> int:
    """Count the columns a text takes, two for a full-width sign."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def wrap(text: str, columns: int) -> list[str]:
    """Break a text into lines; one in Japanese breaks between any two signs."""
    if width(text) <= columns:
        return [text]
    if " " in text:
        return textwrap.wrap(text, columns, break_long_words=False)
    lines, line = [], ""
    for char in text:
        if width(line + char) > columns:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]
