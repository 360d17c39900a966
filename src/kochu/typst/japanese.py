"""Where a reading may reach over its neighbours, and where a line must not break.

Source: W3C, Requirements for Japanese Text Layout (JLREQ), 3.1.7 (characters that do
not start a line) and 3.3 (ruby): a reading may overhang kana, never kanji.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
import re

from docutils import nodes

from kochu.sphinx.nodes import kochu_noteref, kochu_number, kochu_rt, kochu_ruby

__all__ = ["Setting", "base_text", "settings"]

_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc、。]")
_NO_START = re.compile(
    r"[ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー々ゝゞヽヾ〻・、。，．」』）】〕》〉！？…‥：；]"
)
_FULL = 0.3
"""Readings touch if they leave less than this of an em free over their bases."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a ruby or a note reference stands among its neighbours.

    :param before: its reading may overhang what stands before it.
    :param after: its reading may overhang what stands behind it.
    :param stop: what stands behind it must not start a line.
    :param gap: its reading would touch the one before it.
    """

    before: bool = False
    after: bool = False
    stop: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class _Leaf:
    node: nodes.Node
    text: str
    reading: str = ""

    @property
    def full(self) -> bool:
        """Whether the reading covers its base from end to end."""
        return bool(self.reading) and len(self.reading) / 2 > len(self.text) - _FULL


def base_text(node: nodes.Node) -> str:
    """The text of a node without readings, note references and sentence numbers."""
    if isinstance(node, nodes.Text):
        return str(node)
    if isinstance(node, kochu_rt | kochu_noteref | kochu_number):
        return ""
    return "".join(map(base_text, node.children))


def settings(tree: nodes.Node) -> dict[int, Setting]:
    """Look at the neighbours of every ruby and note reference in a tree, by ``id()``."""
    found: dict[int, Setting] = {}
    blocks = {id(b): b for r in tree.findall(kochu_ruby) for b in [_block(r)]}
    blocks |= {id(b): b for r in tree.findall(kochu_noteref) for b in [_block(r)]}
    for block in blocks.values():
        leaves = list(_leaves(block))
        for index, leaf in enumerate(leaves):
            if isinstance(leaf.node, nodes.Text):
                continue
            previous = leaves[index - 1] if index else None
            following = leaves[index + 1] if index + 1 < len(leaves) else None
            found[id(leaf.node)] = _setting(leaf, previous, following)
    return found


def _setting(leaf: _Leaf, previous: _Leaf | None, following: _Leaf | None) -> Setting:
    before = previous.text[-1:] if previous and not previous.reading else ""
    # At the start of a sentence the base aligns with the margin, not the reading.
    opens = previous is None
    after = following.text[:1] if following else ""
    return Setting(
        before=opens or bool(_KANA.match(before)),
        after=bool(_KANA.match(after)) and not (following and following.reading),
        stop=bool(_NO_START.match(after)),
        gap=bool(previous and previous.full and leaf.full),
    )


def _block(node: nodes.Node) -> nodes.Element:
    block: nodes.Element = node.parent
    while isinstance(block, nodes.Inline) and block.parent is not None:
        block = block.parent
    return block


def _leaves(node: nodes.Node) -> Iterator[_Leaf]:
    if isinstance(node, nodes.Text):
        yield _Leaf(node, str(node))
    elif isinstance(node, kochu_ruby):
        reading = "".join(rt.astext() for rt in node.findall(kochu_rt))
        yield _Leaf(node, base_text(node), reading)
    elif isinstance(node, kochu_noteref):
        yield _Leaf(node, "")
    elif isinstance(node, nodes.Element) and not _is_number(node):
        for child in node.children:
            yield from _leaves(child)


def _is_number(node: nodes.Element) -> bool:
    """A sentence's number stands in the margin, not before its first word."""
    return isinstance(node, kochu_number) or "kochu-number" in node.get("classes", ())
