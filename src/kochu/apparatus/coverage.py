"""Hold the post-edited text against the caveats: each change explained, each remedy used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
import re
import unicodedata

from kochu.apparatus.edition import Loaded
from kochu.apparatus.model import Anchor, Annotation
from kochu.text.problems import Problem, Subtype

__all__ = ["POSTEDITS", "Change", "changes", "check_coverage", "phrases"]

POSTEDITS = frozenset({"postedit", "full-postedit"})
"""Kinds of layers that are the text mended, and so can be held against it."""

# A word for the purpose of a diff: a run of one script. Hiragana carries the endings
# and particles, which change one at a time, so each of its signs is a token.
_TOKEN = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff々]+|[\u30a1-\u30faー]+|[0-9０-９]+|[A-Za-zＡ-Ｚａ-ｚ]+|\s+|."
)

_SLIGHT = re.compile(r"[\u3041-\u3096\s]{1,2}")
"""What is too little between two changes to be read as kept."""
_HIRAGANA = re.compile(r"[\u3041-\u3096]+")
_FIRST = re.compile(r"[\u3041-\u3096](?![\u3041-\u3096])")
_LAST = re.compile(r"(?<![\u3041-\u3096])[\u3041-\u3096]$")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a sentence that was rewritten.

    :param start: offset in the base sentence, in code points.
    :param end: offset behind it; equal to ``start`` for an insertion.
    :param old: the words of the base.
    :param new: the words that stand there instead.
    """

    start: int
    end: int
    old: str
    new: str

    @property
    def trivial(self) -> bool:
        """Whether only punctuation or white space changes."""
        return not any(unicodedata.category(c)[0] in "LNM" for c in self.old + self.new)


def changes(base: str, edited: str) -> tuple[Change, ...]:
    """Compare two versions of a sentence word by word.

    :return: the changes in order; putting each ``new`` in the place of its ``old``
        turns ``base`` into ``edited``.
    """
    old, new = _TOKEN.findall(base), _TOKEN.findall(edited)
    at_old, at_new = _offsets(old), _offsets(new)
    return tuple(
        Change(at_old[a], at_old[b], base[at_old[a] : at_old[b]], edited[at_new[c] : at_new[d]])
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    )


def phrases(base: str, edited: str) -> tuple[Change, ...]:
    """Compare two versions of a sentence as one would show the difference to a reader.

    As :func:`changes`, but changes between which only a syllable or two was kept are one
    change, and a syllable that a change cuts off from its word goes with it: what stands
    in both versions by chance is no part of either wording.
    """
    found: list[Change] = []
    for change in changes(base, edited):
        kept = base[found[-1].end : change.start] if found else ""
        found.append(_joined(found.pop(), kept, change) if _SLIGHT.fullmatch(kept) else change)
    ends, starts = [0, *(c.end for c in found)], [*(c.start for c in found), len(base)]
    return tuple(
        _whole(change, base[ends[n] : change.start], base[change.end : starts[n + 1]])
        for n, change in enumerate(found)
    )


def _joined(first: Change, kept: str, second: Change) -> Change:
    return Change(first.start, second.end, first.old + kept + second.old, first.new + kept + second.new)


def _whole(change: Change, before: str, behind: str) -> Change:
    """Take in the one syllable that is left over of a word, on either side."""
    start, end, old, new = change.start, change.end, change.old, change.new
    if _LAST.search(before) and any(map(_HIRAGANA.match, (old, new))):
        start, old, new = start - 1, before[-1] + old, before[-1] + new
    if _FIRST.match(behind) and any(_HIRAGANA.match(x[-1:]) for x in (old, new)):
        end, old, new = end + 1, old + behind[0], new + behind[0]
    return Change(start, end, old, new)


def check_coverage(
    loaded: Loaded, annotations: Iterable[Annotation], layer: str, *, remedies: bool = True
) -> tuple[Problem, ...]:
    """Check that a post-edited layer and the caveats tell the same story.

    :param layer: name of the layer.
    :param remedies: whether the layer is the one that shows every remedy.
    :return: a problem for each change of more than punctuation that no caveat with a remedy
        covers, for each ``:better:`` that the layer does not show and that says not why,
        and for each such reason where the layer does show it.
    """
    caveats = [a for a in annotations if a.kind == "caveat" and a.text_id == loaded.spec.id]
    problems = list(_unexplained(loaded, caveats, layer))
    if remedies:
        problems += _unused(loaded, caveats, layer)
    return tuple(problems)


def _unexplained(loaded: Loaded, caveats: Sequence[Annotation], layer: str) -> Iterator[Problem]:
    """Find the changes that no caveat proposes. A remark without a remedy proposes none."""
    _, rows = loaded.layers[layer]
    for sentence in loaded.base.sentences:
        row = rows.rows.get(sentence.address)
        if row is None:
            continue
        spans = [
            (anchor.start - sentence.start, anchor.end - sentence.start)
            for caveat in caveats
            for anchor in caveat.anchors
            if anchor.address == sentence.address and anchor.better is not None
        ]
        for change in changes(sentence.text, row.text):
            if not change.trivial and not _covered(change, spans):
                yield Problem(
                    rows.path,
                    row.line,
                    Subtype.COVERAGE.value,
                    f"{sentence.address}: the change of '{change.old}' to '{change.new}' has no caveat; "
                    "write one, or keep the words",
                )


def _unused(loaded: Loaded, caveats: Sequence[Annotation], layer: str) -> Iterator[Problem]:
    """Find the remedies that the layer does not show, and reasons given for nothing."""
    _, rows = loaded.layers[layer]
    for caveat in caveats:
        anchors = [a for a in caveat.anchors if a.better is not None and rows.get(a.address) is not None]
        unused = [a for a in anchors if not _shown(a, rows.get(a.address) or "", whole=caveat.whole)]
        excused = "not-applied" in caveat.options
        messages = [
            f"'{a.better or '(delete)'}' is not what {a.address} of layer '{layer}' has; use it there, "
            "or add ':not-applied:' with the reason"
            for a in unused
            if not excused
        ]
        if excused and anchors and not unused:
            messages = [f"layer '{layer}' shows the remedy, so drop ':not-applied:'"]
        for message in messages:
            yield Problem(
                caveat.path, caveat.line, Subtype.COVERAGE.value, f"caveat '{caveat.key}': {message}"
            )


def _shown(anchor: Anchor, row: str, *, whole: bool) -> bool:
    """Whether a remedy was used; one that deletes is used when the words are gone."""
    if anchor.better:
        return anchor.better in row
    # A sentence to be deleted is gone when nothing stands in its place.
    return not row.strip() if whole else anchor.quote not in row


def _covered(change: Change, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a span holds part of a change; where words are only put in, it may touch it."""
    touch = change.start == change.end
    return any(
        start <= change.end and change.start <= end if touch else start < change.end and change.start < end
        for start, end in spans
    )


def _offsets(tokens: Sequence[str]) -> list[int]:
    offsets = [0]
    for token in tokens:
        offsets.append(offsets[-1] + len(token))
    return offsets
