"""Choose what an excerpt edition publishes: the passages that the notes discuss.

The base text of an edition may be somebody's property. Quotation for criticism is
tied to what is criticised and must stay the smaller part, so an excerpt prints the
sentences whose words are discussed most gravely, up to a share of the text, and
never a long run of them. The rest is named by address and length.
"""

from __future__ import annotations

from kochu.apparatus.resolved import Resolved

__all__ = ["LEMMA", "LONGEST_RUN", "SHARE", "choose", "lemma"]

SHARE = 0.4
"""Largest share of the text's code points that an excerpt publishes."""
LONGEST_RUN = 3
"""Most sentences in a row that an excerpt publishes."""
LEMMA = 20
"""Most code points that a note quotes from a sentence that is not published."""

_WEIGHTS = {"critical": 25, "major": 5, "minor": 1, "neutral": 0}


def choose(resolved: Resolved) -> frozenset[str]:
    """Give the addresses that an excerpt publishes."""
    sentences = resolved.base.sentences
    weights = {
        s.address: sum(_WEIGHTS.get(note.severity or "", 1) for note in resolved.at(s.address))
        for s in sentences
    }
    room = SHARE * sum(len(s.text) for s in sentences)
    order = {s.address: index for index, s in enumerate(sentences)}
    chosen: set[int] = set()
    for sentence in sorted(sentences, key=lambda s: (-weights[s.address], order[s.address])):
        index = order[sentence.address]
        if not weights[sentence.address] or len(sentence.text) > room:
            continue
        low = high = index
        while low - 1 in chosen:
            low -= 1
        while high + 1 in chosen:
            high += 1
        if high - low + 1 > LONGEST_RUN:
            continue
        chosen.add(index)
        room -= len(sentence.text)
    return frozenset(sentences[index].address for index in chosen)


def lemma(quote: str) -> str:
    """Shorten a quote to what a note may show of a sentence that is not published."""
    if len(quote) <= LEMMA:
        return quote
    half = LEMMA // 2 - 1
    return f"{quote[:half]}…{quote[-half:]}"
