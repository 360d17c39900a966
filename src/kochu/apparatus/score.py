"""Score a translation by the caveats that its reviewers wrote, in the manner of MQM.

What is counted: caveats only. A caveat counts once, however many places it names:
the places of an inconsistency are one flaw, not two. How many places there are is told
beside it, since tools that read one mark a row count those.

How it is weighed (The MQM Scoring Models, themqm.org; every error type has weight 1):

- absolute penalty total = sum of count x severity multiplier;
- normed penalty total = penalty total / evaluation count x 1,000;
- raw quality score = (1 - penalty total / evaluation count) x 100.

The evaluation count is one of characters, which ISO 5060 allows for languages that put
no spaces between words (Values and Scores, themqm.org). A score per character is not
to be compared with scores per word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kochu.apparatus.model import Annotation
from kochu.apparatus.mqm import TYPOLOGY, Severity
from kochu.apparatus.resolved import Resolved
from kochu.text.segment import BaseText

__all__ = [
    "SEVERITIES",
    "WEIGHTINGS",
    "Load",
    "Score",
    "Tally",
    "Weighting",
    "caveats",
    "characters",
    "loads",
    "penalty",
    "score",
    "tally",
]

SEVERITIES: tuple[str, ...] = tuple(severity.value for severity in Severity)
"""From the lightest to the gravest."""

PER = 1000
"""Penalties are normed to this many characters."""


@dataclass(frozen=True, slots=True)
class Weighting:
    """How many penalty points an error costs.

    :param weights: points by severity.
    :param exceptions: points by severity and type, where a type is weighed otherwise.
    :param source: where the weights come from.
    :param remark: what a reader must know to compare.
    """

    name: str
    label: str
    weights: Mapping[str, float]
    source: str
    url: str
    exceptions: Mapping[tuple[str, str], float] = field(default_factory=dict)
    remark: str = ""

    def points(self, severity: str, error_type: str) -> float:
        """Weigh one error."""
        return self.exceptions.get((severity, error_type), self.weights[severity])


WEIGHTINGS: tuple[Weighting, ...] = (
    Weighting(
        "mqm",
        "MQM default",
        {"neutral": 0, "minor": 1, "major": 5, "critical": 25},
        "The MQM Scoring Models, themqm.org",
        "https://themqm.org/error-types-2/the-mqm-scoring-models/",
    ),
    Weighting(
        "wmt",
        "WMT (Freitag et al. 2021)",
        {"neutral": 0, "minor": 1, "major": 5, "critical": 5},
        "Freitag et al., Experts, Errors, and Context (2021), and the README of its data",
        "https://github.com/google/wmt-mqm-human-evaluation",
        {("minor", "linguistic-conventions/punctuation"): 0.1},
        "This scheme has no critical errors; ours count as major ones. "
        "A minor error of punctuation costs 0.1.",
    ),
)
"""The first is the one that figures and densities use."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many caveats there are.

    :param counts: by type and severity.
    :param places: how many places they name.
    """

    counts: Mapping[tuple[str, str], int]
    places: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts.values())

    @property
    def types(self) -> tuple[str, ...]:
        """The types that occur, in the order of the typology."""
        order = {d: rank for rank, d in enumerate(TYPOLOGY)}
        known = {f"{d}/{s}": (order[d], n) for d in TYPOLOGY for n, s in enumerate(TYPOLOGY[d], 1)}
        known |= {d: (rank, 0) for d, rank in order.items()}
        return tuple(sorted({t for t, _ in self.counts}, key=lambda t: known[t]))

    def of(self, error_type: str = "", severity: str = "") -> int:
        """Count by type, severity, both or neither; a dimension takes in its subtypes."""
        return sum(
            count
            for (t, s), count in self.counts.items()
            if severity in ("", s) and (not error_type or t == error_type or t.split("/")[0] == error_type)
        )


@dataclass(frozen=True, slots=True)
class Score:
    """What a weighting makes of some caveats.

    :param penalty: absolute penalty total.
    :param per_thousand: penalty points per 1,000 characters.
    :param quality: raw quality score; below 0 when there are more points than characters.
    """

    penalty: float
    per_thousand: float
    quality: float


@dataclass(frozen=True, slots=True)
class Load:
    """How much is wrong with one sentence.

    :param counts: caveats that speak of it, by severity.
    :param points: their penalty; a caveat that speaks of several sentences burdens each.
    """

    address: str
    anchor: str
    characters: int
    counts: Mapping[str, int]
    points: float

    @property
    def total(self) -> int:
        """Caveats of all severities."""
        return sum(self.counts.values())

    @property
    def density(self) -> float:
        """Penalty points per 100 characters."""
        return self.points / self.characters * 100 if self.characters else 0.0


def caveats(annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """Choose what is scored."""
    return tuple(note for note in annotations if note.kind == "caveat")


def characters(text: str) -> int:
    """Count the code points of a text; white space is none of the translator's."""
    return sum(not char.isspace() for char in text)


def tally(annotations: Iterable[Annotation]) -> Tally:
    """Count the caveats among some annotations by type and severity."""
    found = caveats(annotations)
    counts = Counter((note.type or "", note.severity or "") for note in found)
    return Tally(dict(counts), sum(len(note.anchors) for note in found))


def penalty(counted: Tally, weighting: Weighting) -> float:
    """Add up the penalty points: the absolute penalty total."""
    points = sum(weighting.points(s, t) * count for (t, s), count in counted.counts.items())
    # Tenths add up to 2.9999999999999996 otherwise.
    return round(points, 6)


def score(counted: Tally, base: BaseText, weighting: Weighting) -> Score:
    """Weigh what was counted against the length of the text."""
    points, count = penalty(counted, weighting), characters(base.text)
    return Score(points, points / count * PER, (1 - points / count) * 100)


def loads(resolved: Resolved, weighting: Weighting = WEIGHTINGS[0]) -> tuple[Load, ...]:
    """Tell for every sentence how much is wrong with it, in text order."""
    found: list[Load] = []
    for sentence in resolved.base.sentences:
        here = tally(resolved.at(sentence.address))
        counts = {severity: here.of(severity=severity) for severity in SEVERITIES}
        points = penalty(here, weighting)
        found.append(Load(sentence.address, sentence.anchor, characters(sentence.text), counts, points))
    return tuple(found)
