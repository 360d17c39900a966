"""Compose sentences and notes out of the resolved model: data in, nodes out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from docutils import nodes

from kochu.apparatus.kinds import KINDS
from kochu.apparatus.model import Annotation
from kochu.apparatus.mqm import Severity
from kochu.apparatus.resolved import Resolved
from kochu.sphinx.nodes import (
    kochu_noteref,
    kochu_rt,
    kochu_ruby,
    kochu_run,
    kochu_sentence,
)
from kochu.sphinx.words import LEVELS
from kochu.text.overlap import Segment
from kochu.text.ruby import Group
from kochu.text.segment import Sentence

__all__ = ["SentenceView", "note_id", "sentence_nodes", "words_nodes"]

_GRAVITY = {severity.value: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class SentenceView:
    """What is needed to draw a sentence.

    :param levels: how hard each code point of the text is.
    :param language: BCP 47 tag of the text.
    """

    resolved: Resolved
    readings: Mapping[str, Sequence[Group]]
    levels: Mapping[int, str]
    language: str


def note_id(note: Annotation) -> str:
    """The HTML id of a note on the reading page."""
    return f"note-{note.key}"


def sentence_nodes(view: SentenceView, sentence: Sentence) -> kochu_sentence:
    """Draw a sentence with readings, runs and note references.

    The text of the node without readings and references is the sentence itself.
    """
    classes = [f"language-{view.language}"]
    node = kochu_sentence("", ids=[sentence.anchor], address=sentence.address, classes=classes)
    segments = view.resolved.segments(sentence)
    groups = [
        Group(sentence.start + g.start, sentence.start + g.end, g.reading)
        for g in view.readings.get(sentence.address, ())
    ]
    ends = _endings(view, sentence)
    node += list(_segments(view, segments, groups, ends))
    return node


def words_nodes(
    text: str, start: int, groups: Iterable[Group], levels: Mapping[int, str] | None = None
) -> list[nodes.Node]:
    """Draw a stretch of text with readings and nothing else.

    :param start: offset of the stretch in the seed, as the groups count.
    """
    found: list[nodes.Node] = []
    at = 0
    for group in groups:
        a, b = group.start - start, group.end - start
        found += _text(text[at:a])
        found.append(_ruby(_text(text[a:b]), group, levels or {}))
        at = b
    return found + _text(text[at:])


def _segments(
    view: SentenceView,
    segments: Sequence[Segment],
    groups: Sequence[Group],
    ends: Mapping[int, list[Annotation]],
) -> Iterable[nodes.Node]:
    """Draw segments in order; a group that a border cuts holds the runs instead.

    A border inside a reading group must change neither the words nor the reading, so
    there the ruby is outside and the runs are in its base.
    """
    text = view.resolved.base.text
    cuts = {segment.end for segment in segments[:-1]}
    broken = [g for g in groups if any(g.start < c < g.end for c in cuts)]
    for segment in segments:
        at = segment.start
        for group in [*(g for g in broken if g.start < segment.end and g.end > segment.start), None]:
            until = group.start if group else segment.end
            if until > at:
                inside = [g for g in groups if at <= g.start and g.end <= until]
                yield from _run(view, segment, words_nodes(text[at:until], at, inside, view.levels))
            if group is None:
                break
            if group.end <= segment.end:
                yield _broken(view, segments, group)
                # References that fall due inside the group stand behind it.
                for offset in range(group.start + 1, group.end):
                    yield from _references(view, ends.get(offset, ()))
            at = min(group.end, segment.end)
        if segment.end not in _inside(broken):
            yield from _references(view, ends.get(segment.end, ()))


def _inside(groups: Iterable[Group]) -> set[int]:
    return {offset for g in groups for offset in range(g.start + 1, g.end)}


def _broken(view: SentenceView, segments: Sequence[Segment], group: Group) -> kochu_ruby:
    text = view.resolved.base.text
    parts = [
        node
        for s in segments
        if s.start < group.end and s.end > group.start
        for node in _run(view, s, _text(text[max(s.start, group.start) : min(s.end, group.end)]))
    ]
    return _ruby(parts, group, view.levels)


def _run(view: SentenceView, segment: Segment, children: Sequence[nodes.Node]) -> Sequence[nodes.Node]:
    if not segment.keys:
        return children
    notes = sorted((view.resolved.by_key[key] for key in segment.keys), key=partial(_rank, segment))
    kinds = tuple(name for name in KINDS if any(note.kind == name for note in notes))
    severities = [note.severity for note in notes if note.severity]
    run = kochu_run("", "", *children, keys=tuple(note.key for note in notes), kinds=kinds)
    if severities:
        run["severity"] = max(severities, key=_GRAVITY.__getitem__)
    # The surest caveat decides whether a reader who wants only sure ones sees the words marked.
    sure = {note.options.get("confidence", "") for note in notes if note.kind == "caveat"}
    run["confidence"] = next((grade for grade in ("high", "medium", "low") if grade in sure), "")
    return [run]


def _rank(segment: Segment, note: Annotation) -> tuple[int, int, int]:
    """In which order notes on the same words are offered: narrowest, gravest, by kind."""
    width = min(s.end - s.start for s in note.spans if s.start <= segment.start and segment.end <= s.end)
    gravity = _GRAVITY[note.severity] if note.severity else -1
    return width, -gravity, tuple(KINDS).index(note.kind)


def _ruby(base: Sequence[nodes.Node], group: Group, levels: Mapping[int, str]) -> kochu_ruby:
    # Over several words the hardest counts: its reader needs the whole reading.
    over = {levels[offset] for offset in range(group.start, group.end) if offset in levels}
    level = max(over, key=LEVELS.index, default=LEVELS[-1])
    return kochu_ruby("", "", *base, kochu_rt(group.reading, group.reading), level=level)


def _text(words: str) -> list[nodes.Node]:
    return [nodes.Text(words)] if words else []


def _endings(view: SentenceView, sentence: Sentence) -> dict[int, list[Annotation]]:
    """Which note references stand behind which offset of the sentence."""
    ends: dict[int, list[Annotation]] = {}
    for note in view.resolved.at(sentence.address):
        if not note.about.referenced:
            continue
        for anchor in note.anchors:
            if anchor.address == sentence.address:
                ends.setdefault(anchor.end, []).append(note)
    return ends


def _references(view: SentenceView, notes: Iterable[Annotation]) -> list[nodes.Node]:
    found: list[nodes.Node] = []
    for note in notes:
        label = view.resolved.labels[note.key]
        found.append(
            kochu_noteref(
                label,
                label,
                refid=note_id(note),
                internal=True,
                key=note.key,
                kind=note.kind,
                title=f"{note.about.label} {label}",
            )
        )
    return found
