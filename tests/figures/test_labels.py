"""Names beside marks: apart from each other, off the marks, within the frame, tied to their own."""

from __future__ import annotations

from itertools import combinations
from math import hypot

from kochu.figures.labels import Box, leader, spots

FRAME = Box(0, 0, 400, 300)


def names(marks, size=(60.0, 10.0), soft=()):
    found = [spot.box for spot in spots(marks, [size] * len(marks), FRAME, soft)]
    assert all(a.shared(b) == 0 for a, b in combinations(found, 2))
    assert all(box.shared(FRAME) > 0.99 * size[0] * size[1] for box in found)
    for box in found:
        for x, y in marks:
            assert not box.shared(Box(x - 2, y - 2, x + 2, y + 2))
    return found


def test_a_name_alone_stands_to_the_right_of_its_mark():
    (box,) = names([(200.0, 150.0)])
    assert box.left > 200
    assert box.low < 150 < box.high
    assert leader((200.0, 150.0), box) is None


def test_at_the_edge_it_stands_on_the_other_side():
    (box,) = names([(395.0, 150.0)])
    assert box.right < 395


def test_names_in_a_crowd_keep_apart_and_have_lines_to_their_marks():
    marks = [(200.0 + 9 * (n % 3), 150.0 + 8 * (n // 3)) for n in range(9)]
    for mark, box in zip(marks, names(marks), strict=True):
        near = box.nearest(mark)
        far = hypot(near[0] - mark[0], near[1] - mark[1])
        # One that does not stand at its mark is tied to it.
        assert far < 9 or leader(mark, box)
        assert far < 70


def test_names_of_areas_are_left_free_where_that_costs_little():
    (box,) = names([(200.0, 150.0)], soft=[Box(202, 140, 260, 160)])
    assert not box.shared(Box(202, 140, 260, 160))


def test_the_same_marks_have_the_same_names():
    marks = [(100.0 + 7 * n % 40, 100.0 + 11 * n % 30) for n in range(12)]
    assert names(marks) == names(marks)
