"""The score: what is counted, how it is weighed, against what."""

import pytest

from kochu.apparatus.model import Anchor, Annotation
from kochu.apparatus.resolved import Resolved
from kochu.apparatus.score import SEVERITIES, WEIGHTINGS, characters, loads, penalty, score, tally
from kochu.text.segment import segment

BASE = segment("協力は続く。\n 両国は協力を強化した。\n")
MQM, WMT = WEIGHTINGS
PUNCTUATION = "linguistic-conventions/punctuation"


def note(key, severity="minor", error_type="style/awkward-style", places=((0, 2),), kind="caveat"):
    anchors = tuple(Anchor(BASE.at(a).address, a, b, BASE.text[a:b]) for a, b in places)
    options = {"severity": severity, "type": error_type, "confidence": "high"}
    return Annotation(kind, key, "t", "d", "d.md", 1, key, anchors, options=options)


def test_white_space_is_no_character():
    assert characters(" 協力\n　は\t") == 3


def test_only_caveats_count_and_each_once():
    here, there = (0, 2), (11, 13)
    counted = tally([note("a", places=(here, there)), note("b", kind="good"), note("c", "major")])
    assert (counted.total, counted.places) == (2, 3)
    assert counted.of(severity="major") == 1
    assert counted.of("style") == counted.of("style/awkward-style") == 2
    assert counted.of("accuracy") == 0


def test_types_stand_in_the_order_of_the_typology():
    notes = [note("a", error_type="style"), note("b", error_type="accuracy/omission"), note("c"),
             note("d", error_type="accuracy/mistranslation"), note("e", error_type="terminology/wrong-term")]  # fmt: skip
    assert tally(notes).types == (
        "terminology/wrong-term", "accuracy/mistranslation", "accuracy/omission", "style", "style/awkward-style",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("severity", "mqm", "wmt"), [("neutral", 0, 0), ("minor", 1, 1), ("major", 5, 5), ("critical", 25, 5)]
)
def test_weights_are_those_of_the_sources(severity, mqm, wmt):
    counted = tally([note("a", severity)])
    assert (penalty(counted, MQM), penalty(counted, WMT)) == (mqm, wmt)


def test_minor_punctuation_is_cheap_in_the_second_weighting_only():
    counted = tally([note(str(n), error_type=PUNCTUATION) for n in range(3)])
    assert (penalty(counted, MQM), penalty(counted, WMT)) == (3, 0.3)
    assert penalty(tally([note("a", "major", PUNCTUATION)]), WMT) == 5


def test_the_formula_by_hand():
    # 17 characters without white space; 5 + 1 + 1 points.
    found = score(tally([note("a", "major"), note("b"), note("c"), note("d", "neutral")]), BASE, MQM)
    assert characters(BASE.text) == 17
    assert found.penalty == 7
    assert found.per_thousand == pytest.approx(7 / 17 * 1000)
    assert found.quality == pytest.approx((1 - 7 / 17) * 100)


def test_a_text_without_caveats_is_perfect():
    assert score(tally([]), BASE, MQM).quality == 100


def test_a_caveat_burdens_every_sentence_that_it_names():
    found = loads(Resolved(BASE, (note("a", "major", places=((0, 2), (11, 13))), note("b"))))
    assert [load.points for load in found] == [6, 5]
    assert [load.total for load in found] == [2, 1]
    assert found[0].density == pytest.approx(100)
    assert set(found[0].counts) == set(SEVERITIES)
