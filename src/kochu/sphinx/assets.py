"""Scripts and style sheets: written small for people, sent in few files to browsers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
import re

__all__ = ["BUNDLES", "bundle", "write_bundles"]

BUNDLES: Mapping[str, tuple[str, ...]] = {
    "kochu.css": ("palette.css", "common.css", "lists.css"),
    "kochu.js": ("ruby.js", "tongue.js", "scroll.js", "peek.js"),
    "kochu-early.js": ("early.js",),
    "kochu-reading.css": ("reading.css", "notes.css", "margin.css", "controls.css", "print.css"),
    "kochu-reading.js": (
        "state.js", "text.js", "boxes.js", "notes.js", "words.js", "mine.js", "cite.js", "keys.js",
    ),
    "kochu-list.js": ("filter.js",),
    "kochu-search.js": ("kana.js", "search.js"),
}  # fmt: skip
"""What a page asks for, and of which files it is made, in the order in which they run."""

_SOURCE = Path(__file__).with_name("static")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_SPACE = re.compile(r"\s*([{};,])\s*")


@cache
def bundle(name: str) -> str:
    """Join the files of a bundle, without comments and indentation.

    Line by line and no further: what a real minifier saves beyond that, compression
    saves as well, and a rule this plain cannot change what a script means. (No script
    here has a comment behind code, or a template over several lines.)
    """
    sources = [(_SOURCE / part).read_text("utf-8") for part in BUNDLES[name]]
    if name.endswith(".css"):
        joined = _CSS_COMMENT.sub("", "\n".join(sources))
        return _CSS_SPACE.sub(r"\1", " ".join(joined.split())) + "\n"
    lines = (line.strip() for source in sources for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def write_bundles(folder: Path) -> None:
    """Write every bundle, unless the same is there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in BUNDLES:
        path, text = folder / name, bundle(name)
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
