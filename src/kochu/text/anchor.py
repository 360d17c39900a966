"""Find a quote in its window: exactly once, or not at all.

There is no fuzzy matching and no counting of occurrences: an annotation that no
longer fits is an error whose message proposes what to write.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from kochu.text.quote import Quote, QuoteError, escape
from kochu.text.segment import Sentence

__all__ = ["find_all", "locate"]

_CLOSE_ENOUGH = 0.5
"""Similarity up to which the nearest match is not worth proposing."""


def locate(quote: Quote, window: Sentence) -> tuple[int, int]:
    """Find ``quote`` in the sentence ``window``.

    :return: offsets of the quoted words in the decoded seed, half-open.
    :raises QuoteError: it is not there, or there more than once; the message holds the
        nearest match, or a ready bracket form for each hit.
    """
    hits = _hits(quote, window.text)
    if len(hits) == 1:
        start, end = hits[0]
        return window.start + start, window.start + end
    if not hits:
        raise QuoteError(
            f"quote '{quote.raw}' is not in sentence {window.address}{_nearest(quote, window.text)}"
        )
    forms = " or ".join(f"'{_bracketed(window.text, hit, hits)}'" for hit in hits)
    raise QuoteError(
        f"quote '{quote.raw}' occurs {len(hits)} times in sentence {window.address}; write {forms}"
    )


def find_all(form: str, window: Sentence) -> tuple[tuple[int, int], ...]:
    """Find every occurrence of ``form`` in a sentence, as offsets in the decoded seed."""
    return tuple((window.start + start, window.start + end) for start, end in _occurrences(form, window.text))


def _occurrences(needle: str, text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = text.find(needle)
    while at >= 0:
        found.append((at, at + len(needle)))
        at = text.find(needle, at + len(needle))
    return found


def _hits(quote: Quote, text: str) -> list[tuple[int, int]]:
    hits: list[tuple[int, int]] = []
    for at, behind in _overlapping(quote.before + quote.first, text):
        start = at + len(quote.before)
        ends = [behind]
        if quote.last is not None:
            ends = [e for s, e in _overlapping(quote.last, text) if s >= behind]
        hits += [(start, end) for end in ends if text.startswith(quote.after, end)]
    return hits


def _overlapping(needle: str, text: str) -> list[tuple[int, int]]:
    size = len(needle)
    return [(i, i + size) for i in range(len(text) - size + 1) if text.startswith(needle, i)]


def _bracketed(text: str, hit: tuple[int, int], hits: list[tuple[int, int]]) -> str:
    """Write the shortest bracket form that only ``hit`` answers to."""
    start, end = hit
    for size in range(1, len(text) + 1):
        before, after = text[max(0, start - size) : start], text[end : end + size]
        rivals = [(s, e) for s, e in hits if text[:s].endswith(before) and text.startswith(after, e)]
        if len(rivals) == 1:
            break
    return f"{escape(before)}[{escape(text[start:end])}]{escape(after)}"


def _nearest(quote: Quote, text: str) -> str:
    """Propose the stretch of the sentence that looks most like the quote."""
    wanted = quote.first
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    # A slip replaces a sign more often than it drops or adds one.
    for size in (len(wanted), len(wanted) + 1, max(1, len(wanted) - 1)):
        best, near = _CLOSE_ENOUGH, ""
        for start in range(len(text) - size + 1):
            matcher.set_seq1(text[start : start + size])
            if matcher.real_quick_ratio() > best and (ratio := matcher.ratio()) > best:
                best, near = ratio, text[start : start + size]
        if near:
            return f"; did you mean '{escape(near)}'?"
    return ""
