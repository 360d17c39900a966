"""The directive, the nodes it leaves, and the sentences that fill them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from kochu.sphinx.directives import KochuDirective
from kochu.sphinx.texts import edition_of, text_of
from kochu.text.problems import Subtype

if TYPE_CHECKING:
    from kochu.sphinx.domain import KochuDomain

__all__ = ["FillMarking", "Marking", "kochu_marking", "kochu_markline"]


class kochu_marking(nodes.container):  # noqa: N801 - docutils finds visitors by the class name
    """A text to be marked. ``text_id``."""


class kochu_markline(nodes.paragraph):  # noqa: N801
    """A sentence to be marked: its words and nothing else. ``address``, ``withheld``."""


class Marking(KochuDirective):
    """``{marking}``: a text without notes and readings, and room to mark what is wrong."""

    def run(self) -> list[nodes.Node]:
        texts = edition_of(self.env).texts
        if self.argument and self.argument not in texts:
            return self.wrong(
                Subtype.EDITION, f"unknown text '{self.argument}'; it is one of {', '.join(texts)}"
            )
        text_id = self.argument or self.text_id()
        if text_id is None:
            return []
        self.load(text_id)
        # Written again whenever a caveat changes anywhere: its marks are compared here.
        self.domain.note_shown(self.env.docname, text_id)
        node = kochu_marking("", text_id=text_id)
        self.set_source_info(node)
        return [node]


class FillMarking(SphinxPostTransform):
    """Set the sentences, as far as this build publishes them."""

    default_priority = 6

    def run(self, **kwargs: Any) -> None:
        """Fill the places of one page."""
        domain = cast("KochuDomain", self.env.domains["kochu"])
        for place in self.document.findall(kochu_marking):
            loaded = text_of(self.env, place["text_id"])
            for sentence in loaded.base.sentences:
                withheld = not domain.published(place["text_id"], sentence.address)
                words = f"({len(sentence.text)} characters, not reproduced in this excerpt)"
                text = words if withheld else sentence.text
                line = kochu_markline("", text, address=sentence.address, withheld=withheld)
                line["classes"] += [] if withheld else [f"language-{loaded.spec.language}"]
                place.append(line)
