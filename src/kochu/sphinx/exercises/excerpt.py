"""In an excerpt edition, exercises show no sentence that the edition withholds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from kochu.apparatus.excerpt import LEMMA
from kochu.sphinx.exercises.nodes import kochu_exercise, kochu_label, kochu_stimulus

if TYPE_CHECKING:
    from kochu.sphinx.domain import KochuDomain

__all__ = ["WithholdText"]


class WithholdText(SphinxPostTransform):
    """Replaces sentences by their address and length, after all pages have been read."""

    default_priority = 7

    def run(self, **kwargs: Any) -> None:
        if not self.env._app.tags.has("excerpt"):
            return
        domain = cast("KochuDomain", self.env.domains["kochu"])
        for exercise in self.document.findall(kochu_exercise):
            withheld = [
                stimulus
                for stimulus in exercise.findall(kochu_stimulus)
                if not domain.published(stimulus["text_id"], stimulus["address"])
            ]
            for stimulus in withheld:
                _withhold(stimulus)
            if withheld:
                _shorten(exercise)


def _withhold(stimulus: kochu_stimulus) -> None:
    words = f"Sentence {stimulus['address']} ({stimulus['length']} characters; see your own copy)"
    stimulus.children = []
    stimulus += nodes.paragraph(words, words)


def _shorten(exercise: kochu_exercise) -> None:
    """Options that are pieces of the sentence would give it back when read in a row."""
    chunks = [p for p in exercise.findall(nodes.paragraph) if "kx-chunks" in p["classes"]]
    for paragraph in chunks:
        for number, chunk in enumerate(paragraph.findall(kochu_label), 1):
            text = chunk.astext()
            chunk.children = []
            chunk.append(nodes.Text(f"{number}: {text[0]}…" if len(text) < LEMMA else str(number)))
