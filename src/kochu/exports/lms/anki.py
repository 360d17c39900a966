"""Anki packages: the words of the text, and its caveats, each with the sentence it stands in.

A note's guid is made of what the note is about, so that importing a newer package
changes notes in place and adds none twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from html import escape
from pathlib import Path
import tempfile
from typing import TYPE_CHECKING, Any

from kochu.apparatus.model import Annotation
from kochu.apparatus.mqm import title as type_title
from kochu.apparatus.tables import Word
from kochu.exports.lms.packing import repack
from kochu.exports.material import Material, Work
from kochu.text.ruby import Group
from kochu.text.segment import Sentence

if TYPE_CHECKING:
    from kochu.apparatus.edition import Loaded

__all__ = ["anki", "cards"]

FIELDS: dict[str, tuple[str, ...]] = {
    "word": ("Key", "Word", "Reading", "Meaning", "Part", "Level", "Sentence", "Address", "Warning", "Note"),
    "caveat": ("Key", "Sentence", "Words", "Better", "Type", "Severity", "Why", "Source", "Address"),
}
"""Fields of the notes; the key comes first because Anki sorts by it."""

_FRONTS = {
    "word": '<div class="ja big">{{Word}}</div><div class="ja">{{Sentence}}</div>',
    "caveat": (
        '<div class="ja">{{Sentence}}</div>'
        "<p>What is wrong with the marked words, and how would you mend them?</p>"
    ),
}
_BACKS = {
    "word": (
        '{{FrontSide}}<hr id="answer"><div class="ja big">{{Reading}}</div><div>{{Meaning}}</div>'
        '<div class="small">{{Part}} · {{Level}} · sentence {{Address}}</div>'
        '{{#Warning}}<div class="warning">Do not imitate: {{Warning}}</div>{{/Warning}}'
        '<div class="small">{{Note}}</div>'
    ),
    "caveat": (
        '{{FrontSide}}<hr id="answer"><div class="ja big">{{Better}}</div><div>{{Type}} · {{Severity}}</div>'
        '<div>{{Why}}</div><div class="small">{{Source}}</div>'
        '<div class="small">sentence {{Address}} · {{Key}}</div>'
    ),
}
_STYLE = """.card { font-family: sans-serif; font-size: 1.2rem; text-align: center; }
.ja { font-family: "Noto Sans JP", "Hiragino Sans", "Yu Gothic", sans-serif; line-height: 2; }
.big { font-size: 1.8rem; } .small { font-size: .85rem; opacity: .8; } .warning { font-weight: bold; }
mark { background: none; border-bottom: 3px solid; color: inherit; }"""


def anki(material: Material) -> bytes:
    """Write the package, the same bytes every time."""
    # Loaded late: other formats do without it.
    import genanki

    decks: list[Any] = []
    title = material.edition.about.title
    for work in material.works:
        for kind, part in (("word", "Vocabulary"), ("caveat", "Caveats")):
            name = f"{title}::{part}" + (f"::{work.id}" if len(material.works) > 1 else "")
            deck = genanki.Deck(_number("deck", name), name)
            model = _model(genanki, kind)
            for card in cards(kind, work):
                guid = genanki.guid_for("kochu", work.id, kind, card[0])
                deck.add_note(genanki.Note(model=model, fields=list(card), guid=guid, tags=["kochu", kind]))
            decks.append(deck)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.apkg"
        genanki.Package(decks).write_to_file(str(path), timestamp=_TIME)
        return repack(path.read_bytes())


_TIME = 1_700_000_000.0
"""When every note was last changed: the same for each build, so that a build changes nothing."""


def cards(kind: str, work: Work) -> list[tuple[str, ...]]:
    """Give the fields of all notes of a kind, as far as their sentences may be shown."""
    loaded = work.loaded
    if kind == "word":
        words = [word for word in loaded.words if word.kind == "word" and word.spans]
        return [_word(word, loaded) for word in words if work.shows(_sentence_of(word, loaded).address)]
    notes = [n for n in work.resolved.annotations if n.kind == "caveat" and n.anchors and not n.whole]
    return [_caveat(note, loaded) for note in notes if work.shows(note.anchors[0].address)]


def _word(word: Word, loaded: Loaded) -> tuple[str, ...]:
    span = word.spans[0]
    sentence = _sentence_of(word, loaded)
    shown = _sentence(sentence, loaded.readings, [(span.start, span.end)])
    warning = (word.warning or "machine translation") if not word.imitate else ""
    # Two words may be written alike; their readings keep them apart, or their meanings.
    key = f"{word.lemma}／{word.reading}／{word.part}"
    texts = (word.lemma, word.reading, word.gloss, word.part, word.level)
    return (key, *map(escape, texts), shown, sentence.address, escape(warning), escape(word.note))


def _sentence_of(word: Word, loaded: Loaded) -> Sentence:
    sentence = loaded.base.at(word.spans[0].start)
    assert sentence is not None
    return sentence


def _caveat(note: Annotation, loaded: Loaded) -> tuple[str, ...]:
    address = note.anchors[0].address
    sentence = loaded.base.sentence(address)
    assert sentence is not None
    spans = [(a.start, a.end) for a in note.anchors if a.address == address]
    better = " / ".join(dict.fromkeys(a.better or "∅" for a in note.anchors if a.better is not None))
    source = " | ".join(f"{w.language}: {w.text}" for w in note.source)
    return (
        note.key,
        _sentence(sentence, loaded.readings, spans),
        escape(" / ".join(dict.fromkeys(a.quote for a in note.anchors))),
        escape(better or "—"),
        escape(type_title(note.type or "")),
        escape(note.severity or ""),
        escape(note.options.get("because", "") or note.title),
        escape(source),
        address,
    )


def _sentence(
    sentence: Sentence, readings: Mapping[str, Sequence[Group]], spans: Sequence[tuple[int, int]]
) -> str:
    """Write a sentence with furigana and with the words marked.

    A mark that begins inside a reading takes the whole reading in: a base cannot be cut.
    """
    groups = {sentence.start + g.start: g for g in readings.get(sentence.address, ())}
    parts: list[str] = []
    at = sentence.start
    while at < sentence.end:
        group = groups.get(at)
        end = sentence.start + group.end if group else at + 1
        words = escape(sentence.text[at - sentence.start : end - sentence.start])
        if group:
            words = f"<ruby>{words}<rt>{escape(group.reading)}</rt></ruby>"
        inside = any(a < end and at < b for a, b in spans)
        parts.append(f"<mark>{words}</mark>" if inside else words)
        at = end
    return "".join(parts).replace("</mark><mark>", "")


def _model(genanki: Any, kind: str) -> Any:
    return genanki.Model(
        _number("model", kind),
        f"kochu {kind}",
        fields=[{"name": name} for name in FIELDS[kind]],
        templates=[{"name": kind, "qfmt": _FRONTS[kind], "afmt": _BACKS[kind]}],
        css=_STYLE,
    )


def _number(*names: str) -> int:
    """Number a deck or a model the same every time, as Anki asks for it."""
    return (1 << 30) + int.from_bytes(sha256("/".join(names).encode()).digest()[:3], "big")
