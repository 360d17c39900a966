"""Where a reading may reach over its neighbours, and where a line must not break.

Source: W3C, Requirements for Japanese Text Layout (JLREQ), 3.1.7 (characters that do
not start a line) and 3.3 (ruby): a reading may overhang kana, never kanji.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
import re

from docutils import nodes

from kochu.sphinx.nodes import (
    kochu_base,
    kochu_line,
    kochu_noteref,
    kochu_number,
    kochu_rt,
    kochu_ruby,
    kochu_versions,
)
from kochu.typst.bare import kochu_bare

__all__ = ["Setting", "base_text", "settings"]

_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc、。]")
_NO_START = re.compile(
    r"[ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー々ゝゞヽヾ〻・、。，．」』）】〕》〉！？…‥：；]"
)
_WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff01-\uff60]")
_POINTS = re.compile(r"[\s、。，．」』）】〕》〉！？…‥]")

# Lengths in ems of the base, whose readings have half its size.
_OVER = 0.5
"""A reading overhangs kana by a sign of its own."""
_OVER_ONE = 0.38
"""As far, where both neighbours of a single kana have readings."""
_BETWEEN_READINGS = 0.2
_BESIDE_LATIN = 0.25
_SPREAD = 0.7
"""A reading shorter than this part of its base is spread over it."""
_LAST = 3
"""So many signs stand at least on the last line of a sentence."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How a ruby, a note reference or a text stands among its neighbours; lengths in ems.

    :param before: how far its reading may overhang what stands before it.
    :param after: how far its reading may overhang what stands behind it.
    :param gap: what its reading needs before it, so as not to touch the one before.
    :param lead: what a base that begins with a digit or Latin letter needs before it.
    :param tail: what a base that ends with one needs behind it.
    :param opens: it opens a sentence: base and reading begin at the margin.
    :param stop: what stands behind it must not start a line.
    :param cling: it must not start a line itself.
    :param glue: so many of a text's last signs must not start a line.
    """

    before: float = 0
    after: float = 0
    gap: float = 0
    lead: float = 0
    tail: float = 0
    opens: bool = False
    stop: bool = False
    cling: bool = False
    glue: int = 0


@dataclass(frozen=True, slots=True)
class _Leaf:
    node: nodes.Node
    text: str
    reading: str = ""

    @property
    def free(self) -> float:
        """How much of the base its reading leaves free at either end, roughly."""
        base = sum(1 if _WIDE.match(sign) else 0.5 for sign in self.text)
        reading = len(self.reading) / 2
        between = (base - reading) / len(self.reading) if reading < _SPREAD * base else base - reading
        return max(between, 0) / 2


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
            if not isinstance(leaf.node, nodes.Text):
                found[id(leaf.node)] = _setting(leaves, index)
        if isinstance(block, kochu_base | kochu_line | nodes.title):
            _keep_last_signs(leaves, found)
    return found


def _setting(leaves: Sequence[_Leaf], index: int) -> Setting:
    leaf = leaves[index]
    previous = leaves[index - 1] if index else None
    following = leaves[index + 1] if index + 1 < len(leaves) else None
    last = previous.text[-1:] if previous else ""
    first = following.text[:1] if following else ""
    gap = lead = tail = 0.0
    if leaf.reading:
        if previous and previous.reading:
            gap = max(_BETWEEN_READINGS - previous.free - leaf.free, 0)
        if _WIDE.match(last) and not _POINTS.match(last) and not _WIDE.match(leaf.text):
            lead = _BESIDE_LATIN
        if _WIDE.match(first) and not _POINTS.match(first) and not _WIDE.match(leaf.text[-1:]):
            tail = _BESIDE_LATIN
    return Setting(
        before=_overhang(leaves, index - 1, last),
        after=_overhang(leaves, index + 1, first),
        gap=round(gap, 2),
        lead=lead,
        tail=tail,
        opens=previous is None,
        stop=bool(_NO_START.match(first)),
    )


def _overhang(leaves: Sequence[_Leaf], index: int, sign: str) -> float:
    """How far the reading of a neighbour may overhang a leaf that has this sign beside it."""
    if not _KANA.match(sign) or leaves[index].reading:
        return 0
    around = leaves[max(index - 1, 0) : index + 2]
    one = len(leaves[index].text) == 1
    return _OVER_ONE if one and sum(bool(leaf.reading) for leaf in around) > 1 else _OVER


def _keep_last_signs(leaves: Sequence[_Leaf], found: dict[int, Setting]) -> None:
    """Let no single sign stand on the last line of a sentence."""
    wanted = _LAST
    for index in range(len(leaves) - 1, 0, -1):
        leaf, previous = leaves[index], leaves[index - 1]
        if leaf.reading:
            wanted -= len(leaf.text)
        elif leaf.text:
            kept = 0
            while kept < len(leaf.text) and wanted > 0:
                kept += 1
                if not _WIDE.match(leaf.text[-kept]):
                    return
                wanted -= not _POINTS.match(leaf.text[-kept])
            joined = wanted > 0 and isinstance(previous.node, nodes.Text)
            found[id(leaf.node)] = Setting(glue=kept if joined else kept - 1)
        if wanted <= 0:
            return
        if leaf.reading:
            found[id(leaf.node)] = replace(found[id(leaf.node)], cling=True)
        if not isinstance(previous.node, nodes.Text):
            found[id(previous.node)] = replace(found[id(previous.node)], stop=True)


def _block(node: nodes.Node) -> nodes.Element:
    """What is set together: the paragraph, or the whole line where its sentences run on."""
    block: nodes.Element = node.parent
    while isinstance(block, nodes.Inline) and block.parent is not None:
        block = block.parent
    line = block.parent.parent if block.parent is not None else None
    return line if isinstance(line, kochu_line) and isinstance(line.parent, kochu_bare) else block


def _leaves(node: nodes.Node) -> Iterator[_Leaf]:
    if isinstance(node, nodes.Text):
        yield _Leaf(node, str(node))
    elif isinstance(node, kochu_ruby):
        reading = "".join(rt.astext() for rt in node.findall(kochu_rt))
        yield _Leaf(node, base_text(node), reading)
    elif isinstance(node, kochu_noteref):
        yield _Leaf(node, "")
    elif isinstance(node, nodes.Element) and not isinstance(node, kochu_versions) and not _is_number(node):
        for child in node.children:
            yield from _leaves(child)


def _is_number(node: nodes.Element) -> bool:
    """A sentence's number stands in the margin, not before its first word."""
    return isinstance(node, kochu_number) or "kochu-number" in node.get("classes", ())
