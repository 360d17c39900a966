"""Hold the post-edited text against the caveats: each change explained, each remedy used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
import re
import unicodedata

from kochu.apparatus.edition import Loaded
from kochu.apparatus.model import Annotation
from kochu.text.problems import Problem, Subtype

__all__ = ["Change", "changes", "check_coverage"]

# A word for the purpose of a diff: a run of one script. Hiragana carries the endings
# and particles, which change one at a time, so each of its signs is a token.
_TOKEN = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff々]+|[\u30a1-\u30faー]+|[0-9０-９]+|[A-Za-zＡ-Ｚａ-ｚ]+|\s+|."
)


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


def check_coverage(loaded: Loaded, annotations: Iterable[Annotation], layer: str) -> tuple[Problem, ...]:
    """Check that a post-edited layer and the caveats tell the same story.

    :param layer: name of the layer that shows every remedy.
    :return: a problem for each change of more than punctuation that no caveat covers,
        and for each ``:better:`` that the layer does not show and that says not why.
    """
    caveats = [a for a in annotations if a.kind == "caveat" and a.text_id == loaded.spec.id]
    _, rows = loaded.layers[layer]
    problems: list[Problem] = []
    for sentence in loaded.base.sentences:
        row = rows.rows.get(sentence.address)
        if row is None:
            continue
        spans = [
            (anchor.start - sentence.start, anchor.end - sentence.start)
            for caveat in caveats
            for anchor in caveat.anchors
            if anchor.address == sentence.address
        ]
        problems += [
            Problem(
                rows.path,
                row.line,
                Subtype.COVERAGE.value,
                f"{sentence.address}: the change of '{change.old}' to '{change.new}' has no caveat; "
                "write one, or keep the words",
            )
            for change in changes(sentence.text, row.text)
            if not change.trivial and not _covered(change, spans)
        ]
    problems += [
        Problem(
            caveat.path,
            caveat.line,
            Subtype.COVERAGE.value,
            f"caveat '{caveat.key}': '{anchor.better}' is not in {anchor.address} of layer "
            f"'{layer}'; use it there, or add ':not-applied:' with the reason",
        )
        for caveat in caveats
        if "not-applied" not in caveat.options
        for anchor in caveat.anchors
        if anchor.better and anchor.better not in (rows.get(anchor.address) or anchor.better)
    ]
    return tuple(problems)


def _covered(change: Change, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= change.end and change.start <= end for start, end in spans)


def _offsets(tokens: Sequence[str]) -> list[int]:
    offsets = [0]
    for token in tokens:
        offsets.append(offsets[-1] + len(token))
    return offsets
