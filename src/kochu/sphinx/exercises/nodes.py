"""Doctree nodes of exercises. Each subclasses a standard node, as in ``kochu.sphinx.nodes``.

They hold public words only. Room for answers is text, ``＿＿＿``, so that every writer
prints it; writers that can do better replace it.
"""

from __future__ import annotations

from docutils import nodes

__all__ = [
    "kochu_answers",
    "kochu_bank",
    "kochu_blank",
    "kochu_box",
    "kochu_exercise",
    "kochu_facts",
    "kochu_fold",
    "kochu_gap",
    "kochu_handout",
    "kochu_hint",
    "kochu_key",
    "kochu_label",
    "kochu_mark",
    "kochu_option",
    "kochu_options",
    "kochu_question",
    "kochu_set",
    "kochu_stimulus",
]


class kochu_set(nodes.container):
    """Place of the controls of a set of exercises. ``name``; ``part``: ``head`` or ``foot``; ``points``."""


class kochu_exercise(nodes.section):
    """An exercise. ``exercise``: its id; ``set``: of which set; ``use``."""


class kochu_facts(nodes.paragraph):
    """Level, minutes, points and sentences of an exercise."""


class kochu_stimulus(nodes.container):
    """A sentence shown with an exercise. ``text_id``, ``address``, ``layer``, ``length``."""


class kochu_mark(nodes.emphasis):
    """Words of a sentence that a question speaks of. ``number``."""


class kochu_bank(nodes.container):
    """Options that several questions share, listed once."""


class kochu_question(nodes.container):
    """A row of questions. ``exercise``, ``question``: its first; ``label``."""


class kochu_options(nodes.bullet_list):
    """What can be chosen, marked or put into order."""


class kochu_option(nodes.list_item):
    """Something to choose: a :class:`kochu_box` and a :class:`kochu_label`."""


class kochu_box(nodes.inline):
    """The box before something that can be chosen or numbered.

    ``exercise``, ``question``, ``value``, ``ask``; ``count`` of options.
    """


class kochu_label(nodes.inline):
    """The words of something that can be chosen. ``exercise``, ``question``, ``value``."""


class kochu_gap(nodes.inline):
    """Room for a short answer in running text.

    ``exercise``, ``question``, ``label``, ``language``; ``options`` where the answer is
    chosen, as pairs of value and text.
    """


class kochu_blank(nodes.container):
    """Room for a longer answer. ``exercise``, ``question``, ``label``, ``language``, ``lines``."""


class kochu_hint(nodes.container):
    """A hint. ``number``."""


class kochu_key(nodes.container):
    """The key to an exercise; stands in the teacher's edition only."""


class kochu_answers(nodes.section):
    """The key to one exercise on a page of keys."""


class kochu_handout(nodes.section):
    """A caveat of the day: one sheet. ``key``."""


class kochu_fold(nodes.container):
    """The last lines of a handout, which a teacher folds away before a class sees it."""
