"""How high the head of a note is, and whether its prose is higher.

Typst would measure both, and by that set every note twice. Lengths are in ems of the notes'
type. What is reckoned here leaves a margin: of a head rather too much, of prose too little.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from docutils import nodes

from kochu.typst.base import classes
from kochu.typst.japanese import base_text
from kochu.typst.widths import lines

__all__ = ["REMEDY", "Fact", "first_lines", "head_parts", "heights"]

REMEDY = "Better"
"""Name of the field that is set beside the words it replaces, as in a printed apparatus."""
_HEAD = 10.9
"""What a line of a head has for its words, on the paper on which that is least."""
_KIND = 0.76
"""The size of the line that says what kind of note it is."""
_LABEL_GAP = "\u3000"
_LEADING, _SPACING = 0.35, 0.45
_PROSE, _FACTS = (35.7, 39.5), (40.0, 46.0)
"""What a line of prose and one of facts have, on the paper on which that is least, and most."""
_LINE, _SMALL_LINE = 1.3, 1.15
_TOGETHER = 3
"""A paragraph of so many lines is not divided."""
_PAGE = " (p. 000)"
"""What a reference to another page adds."""


class Fact(NamedTuple):
    """A field of a note."""

    name: nodes.Element
    body: nodes.Element


def head_parts(title: nodes.Element) -> tuple[list[nodes.Node], list[nodes.Node], list[nodes.Node]]:
    """Take the head of a note apart: its label, its words, and what kind of note it is."""
    label: list[nodes.Node] = []
    words: list[nodes.Node] = []
    kind: list[nodes.Node] = []
    named = {"kochu-label": label, "kochu-facts": kind}
    for child in title.children:
        name = next((c for c in classes(child) if c in named), None)
        if name:
            named[name] += child.children
        else:
            words.append(child)
    return label, words, kind


def heights(
    title: nodes.Element, prose: Sequence[nodes.Element], facts: Collection[Fact], below: int
) -> tuple[float, bool]:
    """Reckon how high the beginning of a note is, which is not divided, and whether its head hangs.

    A head hangs beside a note that is surely higher.

    :param title: its label, its words, and what kind of note it is.
    :param facts: what stands below the prose, and the remedy, which stands in the head.
    :param below: lines of facts that stay with the last line of the prose.
    :returns: the height in the size of the prose, and whether the head hangs.
    """
    label, words, kind = ("".join(map(base_text, part)) for part in head_parts(title))
    remedy = "".join(base_text(fact.body) for fact in facts if fact.name.astext() == REMEDY)
    high = _head_height(label, words, remedy, kind)
    texts = list(map(base_text, prose))
    hangs = _least_height(texts, _below(facts)) > high
    if len(texts) == 1 and (count := lines(texts[0], _PROSE[0])) <= _TOGETHER + 1:
        high = max(high, (count + below + 1) * _LINE)
    return high, hangs


def first_lines(facts: Iterable[Fact], references: int) -> int:
    """How many lines of what stands below a note stay with the line before them; 0 if there is nothing.

    :param references: how many of its references give a page.
    """
    text = _below(facts)
    return min(lines(text + _PAGE * references, _FACTS[0]), _TOGETHER) if text else 0


def _below(facts: Iterable[Fact]) -> str:
    """What stands below the prose of a note."""
    shown = (fact for fact in facts if fact.name.astext() != REMEDY)
    return "  ".join(f"{name.astext()}: {base_text(body)}" for name, body in shown)


def _head_height(label: str, words: str, remedy: str, kind: str) -> float:
    """Reckon how high a head is, and a little more: its label and words, the remedy, its kind."""
    height = 0.0
    for text, size in (
        (f"{label}{_LABEL_GAP}{words}", 1.0),
        (f"→ {remedy}" if remedy else "", 1.0),
        (kind, _KIND),
    ):
        if text.strip():
            count = lines(text, _HEAD / size)
            height += count * (size + _LEADING) - _LEADING + _SPACING
    return height


def _least_height(prose: Iterable[str], facts: str) -> float:
    """Reckon how high a note's paragraphs and facts are, or a little less."""
    return sum(lines(text, _PROSE[1]) * _LINE for text in prose if text.strip()) + (
        lines(facts, _FACTS[1]) * _SMALL_LINE if facts else 0
    )
