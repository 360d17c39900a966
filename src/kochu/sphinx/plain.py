"""Plain text: readings in brackets, as a typescript sets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.writers.text import TextTranslator

__all__ = ["depart_rt", "visit_rt"]


def visit_rt(self: TextTranslator, node: nodes.Element) -> None:
    """Open the bracket of a reading."""
    self.add_text("（")


def depart_rt(self: TextTranslator, node: nodes.Element) -> None:
    """Close the bracket of a reading."""
    self.add_text("）")
