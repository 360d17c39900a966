"""Cutting a text at the borders of spans."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kochu.text.overlap import Span, crossings, cut

SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 12), st.sampled_from("abcdef")).map(
        lambda t: Span(t[0], t[0] + t[1], t[2])
    ),
    max_size=12,
)


@given(SPANS)
def test_segments_tile_the_stretch(spans):
    segments = cut(5, 35, spans)
    assert segments[0].start == 5
    assert segments[-1].end == 35
    assert all(one.end == two.start for one, two in pairwise(segments))
    assert all(s.start < s.end for s in segments)


@given(SPANS)
def test_each_sign_knows_exactly_the_spans_over_it(spans):
    for segment in cut(5, 35, spans):
        for offset in range(segment.start, segment.end):
            assert set(segment.keys) == {s.key for s in spans if s.start <= offset < s.end}


def test_the_narrowest_span_comes_first():
    (_, middle, _) = cut(0, 10, [Span(0, 10, "wide"), Span(4, 6, "narrow")])
    assert middle.keys == ("narrow", "wide")


def test_only_true_crossings_are_told():
    nested, apart, same = Span(2, 4, "b"), Span(20, 30, "c"), Span(0, 10, "d")
    assert crossings([Span(0, 10, "a"), nested, apart, same]) == ()
    ((one, two),) = crossings([Span(0, 10, "a"), Span(5, 15, "b")])
    assert (one.key, two.key) == ("a", "b")
    assert crossings([Span(0, 10, "a"), Span(5, 15, "a")]) == ()
