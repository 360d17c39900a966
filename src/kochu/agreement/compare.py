"""Compare two annotators: spans found, and agreement beyond chance.

Spans are paired one to one: exactly, by the same borders; or by overlap, so that there
are as many pairs as can be, and among all such pairings one whose pairs share most (the
sum of intersection over union is greatest). Of equal ones, that counts in which types
and severities agree most often. So no figure depends on the order of the files' marks,
and none but precision and recall on which file is named first. The first annotator is
the reference: recall is the share of the first's marks that the second found, precision
the share of the second's that the first has.

Agreement beyond chance is Cohen's kappa over the characters of the text. Each of them
is marked or not; for severity, each carries the gravest mark that covers it, and kappa
weighs a disagreement by how many steps it is wide.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kochu.agreement.marks import Mark
from kochu.apparatus.mqm import Severity
from kochu.text.segment import BaseText

__all__ = ["Agreement", "Found", "compare", "kappas", "pair"]

_GRADES = {"": 2, **{severity.value: grade for grade, severity in enumerate(Severity, 1)}}
"""Steps of severity; a mark without one counts as minor. 0 is a character without a mark."""

_STEPS = 10_000
"""How finely intersection over union is weighed."""

Pair = tuple[Mark, Mark]


@dataclass(frozen=True, slots=True)
class Found:
    """How many marks of two annotators match, and of how many.

    :param matched: pairs.
    :param first: marks of the reference.
    :param second: marks of the other.
    """

    matched: int
    first: int
    second: int

    @property
    def precision(self) -> float:
        """Share of the second's marks that the first has too."""
        return self.matched / self.second if self.second else 0.0

    @property
    def recall(self) -> float:
        """Share of the first's marks that the second found."""
        return self.matched / self.first if self.first else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.matched / (self.first + self.second) if self.first + self.second else 0.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a comparison found.

    :param exact: spans with the same borders.
    :param typed: spans with the same borders and the same type.
    :param overlap: spans that share at least one character.
    :param pairs: the overlapping pairs, in text order.
    :param missed: marks of the first that the second has nothing for.
    :param extra: marks of the second that the first has nothing for.
    """

    exact: Found
    typed: Found
    overlap: Found
    pairs: tuple[Pair, ...]
    missed: tuple[Mark, ...]
    extra: tuple[Mark, ...]

    @property
    def same_dimension(self) -> int:
        """Pairs whose types have the same dimension."""
        return sum(a.type.split("/")[0] == b.type.split("/")[0] for a, b in self.pairs)

    @property
    def same_type(self) -> int:
        """Pairs with the same type."""
        return sum(a.type == b.type for a, b in self.pairs)

    @property
    def same_severity(self) -> int:
        """Pairs with the same severity."""
        return sum(a.severity == b.severity for a, b in self.pairs)


def compare(first: Sequence[Mark], second: Sequence[Mark]) -> Agreement:
    """Compare the marks of two annotators on one text."""
    pairs = pair(first, second)
    left, right = {id(a) for a, _ in pairs}, {id(b) for _, b in pairs}
    sizes = (len(first), len(second))
    return Agreement(
        Found(_same([_span(m) for m in first], [_span(m) for m in second]), *sizes),
        Found(_same([(*_span(m), m.type) for m in first], [(*_span(m), m.type) for m in second]), *sizes),
        Found(len(pairs), *sizes),
        pairs,
        tuple(m for m in first if id(m) not in left),
        tuple(m for m in second if id(m) not in right),
    )


def pair(first: Sequence[Mark], second: Sequence[Mark]) -> tuple[Pair, ...]:
    """Pair overlapping marks, each with one other at most."""
    # Late: SciPy takes a second to load, and most commands never need it.
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    by_address: dict[str, tuple[list[Mark], list[Mark]]] = defaultdict(lambda: ([], []))
    for side, marks in enumerate((first, second)):
        for mark in marks:
            by_address[mark.address][side].append(mark)
    pairs: list[Pair] = []
    for left, right in by_address.values():
        if not left or not right:
            continue
        base = min(len(left), len(right)) + 1
        worth = np.array([[_worth(a, b, base) for b in right] for a in left], dtype=float)
        rows, columns = linear_sum_assignment(worth, maximize=True)
        pairs += [(left[i], right[j]) for i, j in zip(rows, columns, strict=True) if worth[i, j] > 0]
    return tuple(pairs)


def kappas(
    first: Iterable[Mark], second: Iterable[Mark], base: BaseText
) -> tuple[float | None, float | None]:
    """Cohen's kappa over characters: marked or not, and by severity with linear weights.

    :return: ``None`` where both annotators say the same of every character and of every
        one the same: then there is no chance to correct for.
    """
    from sklearn.metrics import cohen_kappa_score

    left, right = _grades(first, base), _grades(second, base)
    grades = list(range(len(Severity) + 1))

    def kappa(a: list[int], b: list[int], labels: list[int], weights: str | None) -> float | None:
        if len({*a, *b}) < 2:
            return None
        return float(cohen_kappa_score(a, b, labels=labels, weights=weights))

    return (
        kappa([min(g, 1) for g in left], [min(g, 1) for g in right], [0, 1], None),
        # All grades are labels, used or not: the weights count the steps between them.
        kappa(left, right, grades, "linear"),
    )


def _grades(marks: Iterable[Mark], base: BaseText) -> list[int]:
    """Give each character of the text, white space left out, the gravest of its marks."""
    grades: list[int] = []
    here: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        here[mark.address].append(mark)
    for sentence in base.sentences:
        row = [0] * len(sentence.text)
        for mark in here[sentence.address]:
            for at in range(mark.start, min(mark.end, len(row))):
                row[at] = max(row[at], _GRADES[mark.severity])
        grades += [g for g, char in zip(row, sentence.text, strict=True) if not char.isspace()]
    return grades


def _same(first: Sequence[tuple[object, ...]], second: Sequence[tuple[object, ...]]) -> int:
    return (Counter(first) & Counter(second)).total()


def _span(mark: Mark) -> tuple[object, ...]:
    return mark.address, mark.start, mark.end


def _worth(a: Mark, b: Mark, base: int) -> int:
    """What a pair adds to the sum to be made greatest: first that it is one, then what it shares.

    Whole numbers, so that equal sums are equal. What comes later in the order of
    importance is worth less than one step of what comes before, even if every pair has it.

    :param base: more than the number of pairs.
    """
    share = _share(a, b)
    if not share:
        return 0
    worth = base * _STEPS + round(share * _STEPS)
    same = (a.type == b.type, a.type.split("/")[0] == b.type.split("/")[0], a.severity == b.severity)
    for agrees in same:
        worth = worth * base + agrees
    return worth


def _share(a: Mark, b: Mark) -> float:
    """Intersection over union of two spans of one sentence."""
    common = min(a.end, b.end) - max(a.start, b.start)
    return max(0, common) / (max(a.end, b.end) - min(a.start, b.start))
