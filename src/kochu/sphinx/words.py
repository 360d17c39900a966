"""Words of the text: how hard each is, and what the page tells of it when it is tapped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
import json

from kochu.apparatus.tables import Word
from kochu.text.segment import BaseText

__all__ = ["LEVELS", "hardness", "word_script"]

LEVELS = ("N5", "N4", "N3", "N2", "N1", "beyond")
"""Estimated JLPT levels, the easiest first."""


def hardness(words: Iterable[Word]) -> Mapping[int, str]:
    """Say how hard each code point of the text is: the level of the narrowest word over it.

    The narrowest, because a reader who knows 国 and 防 may still not know 国防, and the
    table lists what belongs together.
    """
    levels: dict[int, str] = {}
    spans = [(span, word.level) for word in words if word.kind == "word" for span in word.spans]
    for span, level in sorted(spans, key=lambda pair: pair[0].start - pair[0].end):
        levels.update(dict.fromkeys(range(span.start, span.end), level))
    return levels


def word_script(text_id: str, base: BaseText, words: Iterable[Word], published: Iterable[str]) -> str:
    """Write the script that gives the page its words.

    A script and not JSON, because a page opened from a folder may not fetch anything.

    :param published: addresses whose words may be told; an excerpt does not tell all.
    """
    shown = frozenset(published)
    rows: list[list[object]] = []
    places: dict[str, list[list[int]]] = {}
    for word in words:
        here = [(base.at(span.start), span) for span in word.spans]
        kept = [(s, span) for s, span in here if s is not None and s.address in shown]
        if not kept:
            continue
        for sentence, span in kept:
            spans = places.setdefault(sentence.address, [])
            spans.append([span.start - sentence.start, span.end - sentence.start, len(rows)])
        addresses = list(dict.fromkeys(s.address for s, _ in kept))
        rows.append([
            word.kind, word.lemma, word.reading, word.level, word.gloss, word.part, word.note,
            word.imitate, word.warning, addresses,
        ])  # fmt: skip
    for spans in places.values():
        spans.sort(key=lambda item: (item[0], -item[1]))
    data = json.dumps({"rows": rows, "places": places}, ensure_ascii=False, separators=(",", ":"))
    return f"kochu.words({json.dumps(text_id)},{data});\n"
