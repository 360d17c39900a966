"""Compose sentences and notes out of the resolved model: data in, nodes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

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
from kochu.text.overlap import Segment
from kochu.text.ruby import Group
from kochu.text.segment import Sentence

__all__ = ["SentenceView", "note_id", "sentence_nodes", "words_nodes"]

_GRAVITY = {severity.value: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class SentenceView:
    """What is needed to draw a sentence.

    :param language: BCP 47 tag of the text.
    :param heading: the title of a note, as this build may show it.
    """

    resolved: Resolved
    readings: Mapping[str, Sequence[Group]]
    language: str
    heading: Callable[[Annotation], str]


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


def words_nodes(text: str, start: int, groups: Iterable[Group]) -> list[nodes.Node]:
    """Draw a stretch of text with readings and nothing else."""
    found: list[nodes.Node] = []
    at = 0
    for group in groups:
        a, b = group.start - start, group.end - start
        found += _text(text[at:a])
        found.append(_ruby(_text(text[a:b]), group.reading))
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
                yield from _run(view, segment, words_nodes(text[at:until], at, inside))
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
    return _ruby(parts, group.reading)


def _run(view: SentenceView, segment: Segment, children: Sequence[nodes.Node]) -> Sequence[nodes.Node]:
    if not segment.keys:
        return children
    notes = [view.resolved.by_key[key] for key in segment.keys]
    kinds = tuple(name for name in KINDS if any(note.kind == name for note in notes))
    severities = [note.severity for note in notes if note.severity]
    run = kochu_run("", "", *children, keys=segment.keys, kinds=kinds)
    if severities:
        run["severity"] = max(severities, key=_GRAVITY.__getitem__)
    return [run]


def _ruby(base: Sequence[nodes.Node], reading: str) -> kochu_ruby:
    return kochu_ruby("", "", *base, kochu_rt(reading, reading))


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
                title=f"{note.about.label} {label}: {view.heading(note)}",
            )
        )
    return found
