"""Print every note once.

On the web a note stands both under its sentence and in the page where it was written,
and readers meet one of the two. A book would only be twice as thick. It prints the
note under the sentence and leaves it out of its page, whose own prose stays. A note
that introduces an essay is the exception: there the essay keeps it, and the sentence
refers to the essay.
"""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes
from sphinx import addnodes

from kochu.sphinx.nodes import kochu_annotation, kochu_note, kochu_passage
from kochu.typst.base import names

__all__ = ["print_once"]

_ESSAYS = frozenset({"context"})
"""Kinds of notes with which an essay begins."""

_SILENT = (nodes.title, nodes.comment, nodes.target, addnodes.index, kochu_passage)
"""What does not justify a section from which the notes were taken."""


def print_once(tree: nodes.document, written: Mapping[str, str]) -> dict[str, str]:
    """Take doubled notes out of a tree.

    :param written: the key of every note by the place where it was written, also on pages
        that the book leaves out; references lead there.
    :returns: where the places that are gone can be found now, by id.
    """
    moved: dict[str, str] = {}
    shown = {note["key"]: note for note in tree.findall(kochu_note)}
    hollowed: list[nodes.Element] = []
    present = {name for annotation in tree.findall(kochu_annotation) for name in names(annotation)}
    moved.update({i: shown[key]["ids"][0] for i, key in written.items() if key in shown and i not in present})
    for annotation in list(tree.findall(kochu_annotation)):
        note = shown.get(annotation["key"])
        if note is None:
            continue
        if note["kind"] in _ESSAYS:
            note["home"] = annotation["ids"][0]
            note.children = note.children[:1]
            continue
        moved.update(dict.fromkeys(annotation["ids"], note["ids"][0]))
        hollowed.append(annotation.parent)
        annotation.parent.remove(annotation)
    for place in hollowed:
        _drop_hollow(place, moved)
    return moved


def _drop_hollow(place: nodes.Element | None, moved: dict[str, str]) -> None:
    """Drop a section that holds nothing of its own any more, and those around it."""
    while isinstance(place, nodes.section | addnodes.start_of_file) and place.parent:
        if any(not isinstance(child, _SILENT) for child in place.children):
            return
        parent = place.parent
        goal = _passage_target(place) or next(iter(names(parent)), None)
        gone = [name for node in place.findall() for name in names(node)]
        if goal:
            moved.update(dict.fromkeys(gone, goal))
        parent.remove(place)
        place.parent = None
        place = parent


def _passage_target(place: nodes.Element) -> str | None:
    """The first sentence that a section prints again, on the reading page."""
    for passage in place.findall(kochu_passage):
        for reference in passage.findall(nodes.reference):
            if "refid" in reference:
                return str(reference["refid"])
    return None
