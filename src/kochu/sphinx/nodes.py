"""Doctree nodes of an edition.

Each subclasses a standard node: Sphinx looks visitors up along a class's bases, so
text, man, LaTeX and XML writers handle them without a word from us.
"""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes

__all__ = [
    "ancestors",
    "kochu_annotation",
    "kochu_base",
    "kochu_break",
    "kochu_colophon",
    "kochu_diff",
    "kochu_fields",
    "kochu_held",
    "kochu_line",
    "kochu_list",
    "kochu_note",
    "kochu_noteref",
    "kochu_notes",
    "kochu_number",
    "kochu_passage",
    "kochu_rt",
    "kochu_ruby",
    "kochu_run",
    "kochu_sentence",
    "kochu_title",
    "kochu_unit",
    "kochu_version",
    "kochu_versions",
]


class kochu_annotation(nodes.container):
    """An annotation in the page where it was written. Attributes: ``key``, ``kind``."""


class kochu_passage(nodes.container):
    """Lines of the base text, printed where they are discussed. ``text_id``, ``addresses``."""


class kochu_list(nodes.container):
    """Place of a list of annotations. ``filter``: option values by name."""


class kochu_colophon(nodes.container):
    """Place of an edition's colophon."""


class kochu_line(nodes.container):
    """A line of the text on the reading page: units of sentences. ``number``."""


class kochu_unit(nodes.container):
    """A sentence with all that hangs on it. ``text_id``, ``address``; empty until resolved."""


class kochu_base(nodes.paragraph):
    """The paragraph that holds a sentence of the base text and its number."""


class kochu_number(nodes.reference):
    """A sentence's number, which links to itself."""


class kochu_sentence(nodes.inline):
    """The words of a sentence and nothing else but readings and note references.

    Attribute: ``address``. Its language is a class, ``language-ja``, as docutils has it.
    """


class kochu_run(nodes.inline):
    """Words between two borders of annotations. ``keys``, ``kinds``, ``severity``."""


class kochu_ruby(nodes.inline):
    """A base with its reading: runs or text, then one :class:`kochu_rt`."""


class kochu_rt(nodes.inline):
    """The reading of a base."""


class kochu_break(nodes.inline):
    """An empty place between two phrases, where a heading may break."""


class kochu_noteref(nodes.reference):
    """A note reference in the running text. ``key``, ``kind``, ``title``."""


class kochu_versions(nodes.container):
    """The other versions of a sentence."""


class kochu_version(nodes.container):
    """One other version of a sentence. ``name``, ``label``."""


class kochu_diff(nodes.paragraph):
    """A post-edited sentence, as edited. ``changes``: how it differs from the base.

    The words are plain text, so that a writer that cannot show changes shows the result.
    """


class kochu_notes(nodes.container):
    """The notes on a sentence. ``address``, ``count``."""


class kochu_note(nodes.container):
    """One note under its sentence. ``key``, ``kind``, ``severity``, ``ids``."""


class kochu_title(nodes.paragraph):
    """The line at the head of a note: label, words or name, and the facts in brief."""


class kochu_fields(nodes.field_list):
    """The facts of a note at length."""


class kochu_held(nodes.container):
    """Place of a page's content while the first process of several resolves the others.

    Not among the children, where transforms would find it.
    """

    content: Sequence[nodes.Node] = ()


def ancestors(node: nodes.Node) -> list[nodes.Element]:
    """What a node stands in, the nearest first."""
    found: list[nodes.Element] = []
    above = node.parent
    while above is not None:
        found.append(above)
        above = above.parent
    return found
