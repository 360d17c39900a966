"""Write text, strings and calls in Typst's syntax."""

from __future__ import annotations

import re

__all__ = ["array", "escape", "label", "plain", "string"]

_SPECIAL = re.compile(r"([\\#$*_`@<>\[\]~\"'/=+\-])")
# Typst reads "1." at the start of a block as a list item and "..." as an ellipsis.
_NUMBERED = re.compile(r"^(\s*\d+)\.")
_DOTS = re.compile(r"\.(?=\.)")
_WIDE = "\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_SOFT_BREAK = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n[ \t]*(?=[{_WIDE}])")
_SPACES = re.compile(r"[ \t\r\n]+")


def plain(text: str) -> str:
    """Undo the line breaks of a source file: none between characters that need no space."""
    return _SPACES.sub(" ", _SOFT_BREAK.sub("", text))


def escape(text: str) -> str:
    """Write text so that Typst's markup reads it as nothing but text."""
    escaped = _SPECIAL.sub(r"\\\1", plain(text))
    return _DOTS.sub(r"\\.", _NUMBERED.sub(r"\1\\.", escaped))


def string(text: str) -> str:
    """Write a string literal."""
    out = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return '"' + out.replace("\r", "").replace("\n", "\\n") + '"'


def label(name: str) -> str:
    """Write a label by a name that may hold any character."""
    return f"label({string(name)})"


def array(*items: str) -> str:
    """Write an array; Typst wants a comma behind the only item of one."""
    return "(" + "".join(f"{item}, " for item in items) + ")"
