"""Where the fonts are: files that pip installs, and those inside the typst wheel.

Nothing is taken from the machine, or a PDF would depend on where it was made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

__all__ = ["Fonts", "installed_fonts"]

_PACKAGES = {
    "ja": ("pylopdf_fonts_jp", "JP"),
    "zh": ("pylopdf_fonts_zh_cn", "SC"),
    "zh-TW": ("pylopdf_fonts_zh_tw", "TC"),
    "ko": ("pylopdf_fonts_ko", "KR"),
}
"""Package and end of the family name (``Noto Serif JP``), by language."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of an edition.

    :param folders: where Typst looks for font files.
    :param regions: end of the Noto families' names, by language.
    """

    folders: tuple[Path, ...]
    regions: Mapping[str, str]


def installed_fonts() -> Fonts:
    """Find the font packages that are installed; only the Japanese one is required."""
    folders: list[Path] = []
    regions: dict[str, str] = {}
    for language, (package, region) in _PACKAGES.items():
        spec = find_spec(package)
        if spec and spec.origin:
            folders.append(Path(spec.origin).parent)
            regions[language] = region
    return Fonts(tuple(folders), regions)
