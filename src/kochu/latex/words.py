"""Words too long for a line: addresses in the running text, names joined by a stroke."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

__all__ = ["BREAK", "BreakWords", "breakable"]

BREAK = "\u200b"
"""A place without width where a line may break (zero width space)."""

_STROKE = re.compile(r"(?<=\w)/(?=\w)|(?<=[\w.,]{5})[–—](?=[\w.,]{5})")
_LONG = re.compile(r"[!-~]{24,}")
_INSIDE = re.compile(r"(?<=[/.?&=_%])(?=[^/.?&=_%\s])")
_AS_IS = (nodes.literal, nodes.literal_block, nodes.raw, nodes.math, nodes.math_block, addnodes.index)


def breakable(text: str) -> str:
    """The same text with places to break in its long words.

    >>> breakable("east/west and/or").split(BREAK)
    ['east/', 'west and/', 'or']
    >>> breakable("lines 15–17, 13,000–100,000").split(BREAK)
    ['lines 15–17, 13,000–', '100,000']
    >>> breakable("1.5 % of it, see https://example.org/a.html?b=1").split(BREAK)
    ['1.5 % of it, see https://', 'example.', 'org/', 'a.', 'html?', 'b=', '1']
    """
    text = _LONG.sub(lambda word: _INSIDE.sub(BREAK, word[0]), text)
    return _STROKE.sub(rf"\g<0>{BREAK}", text)


class BreakWords(SphinxPostTransform):
    """Mark the places, for LuaLaTeX, whose style file knows the sign."""

    formats = ("latex",)
    default_priority = 900

    def run(self, **kwargs: Any) -> None:
        if self.config.latex_engine != "lualatex":
            return
        for text in list(self.document.findall(nodes.Text)):
            parent = text.parent
            if isinstance(parent, _AS_IS) or _is_address(text):
                continue
            new = breakable(text)
            if new != text:
                parent.replace(text, nodes.Text(new))


def _is_address(text: nodes.Text) -> bool:
    """Whether the text is a link to itself, which is written as an address."""
    parent = text.parent
    return isinstance(parent, nodes.reference) and parent.get("refuri") == text
