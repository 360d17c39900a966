"""Print a text once in peace, before it is printed again with its notes.

With a page of notes to a sentence nobody can read an article from end to end. So the
chapter of a reading page opens with the bare text, line by line with its translation,
and the text with notes follows as a chapter of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from kochu.sphinx.nodes import (
    kochu_base,
    kochu_line,
    kochu_noteref,
    kochu_notes,
    kochu_sentence,
    kochu_unit,
)

__all__ = ["NOTES_TITLE", "kochu_bare", "reading_texts"]

NOTES_TITLE = "The text with notes"
"""Heading of the chapter in which the notes stand."""


class kochu_bare(nodes.container):  # noqa: N801 -- docutils finds visitors by the name
    """A text without notes. Its children are lines."""


def reading_texts(tree: nodes.document) -> None:
    """Set the bare text before every text with notes."""
    for page in _reading_sections(tree):
        start = next(i for i, child in enumerate(page.children) if _is_text(child))
        annotated = [child for child in page.children[start:] if _is_text(child)]
        bare = kochu_bare("")
        bare += [line for child in annotated for line in _bare(child)]
        title = nodes.title(NOTES_TITLE, NOTES_TITLE)
        notes = nodes.section("", title, ids=[f"{page['ids'][0]}-with-notes"])
        rest = [child for child in page.children[start:] if not _is_text(child)]
        page.children[start:] = []
        page.extend([bare, *rest])
        notes += annotated
        page.parent.insert(page.parent.index(page) + 1, notes)


def _reading_sections(tree: nodes.document) -> list[nodes.section]:
    lines = list(tree.findall(kochu_line))
    found: dict[int, nodes.section] = {}
    for line in lines:
        section = line.parent
        if isinstance(section, nodes.section) and "kochu-section" in section["classes"]:
            section = section.parent
        if isinstance(section, nodes.section):
            found[id(section)] = section
    return list(found.values())


def _is_text(node: nodes.Node) -> bool:
    return isinstance(node, kochu_line) or (
        isinstance(node, nodes.section) and "kochu-section" in node["classes"]
    )


def _bare(node: nodes.Node) -> Iterator[nodes.Node]:
    """A line without notes; a section as its heading and its lines."""
    if isinstance(node, kochu_line):
        yield _without_notes(node.deepcopy())
        return
    assert isinstance(node, nodes.section)
    title, line = node[0].deepcopy(), node[1].deepcopy()
    assert isinstance(line, kochu_line)
    unit = line.children[0]
    assert isinstance(unit, kochu_unit)
    assert isinstance(title, nodes.title)
    if unit.get("titled"):
        unit.insert(0, kochu_base("", "", *title.children, classes=_language(title)))
    line["classes"].append("kochu-heading")
    yield _without_notes(line)
    for child in node.children[2:]:
        yield from _bare(child)


def _language(title: nodes.title) -> list[str]:
    """The language of a heading, which only its sentence knows."""
    return [c for s in title.findall(kochu_sentence) for c in s["classes"]]


def _without_notes(line: nodes.Node) -> nodes.Node:
    for kind in (kochu_notes, kochu_noteref):
        for gone in list(line.findall(kind)):
            gone.parent.remove(gone)
    for node in line.findall(nodes.Element):
        # The places that others refer to are those with the notes.
        node["ids"] = []
    return line
