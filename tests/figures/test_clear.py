"""Names of lines: beside them, on nothing, and no farther away than they must."""

from __future__ import annotations

from math import hypot

from kochu.figures.clear import CLEAR, clear
from kochu.figures.labels import Box
from kochu.figures.layout import Body, Link, layout, room

FRAME = Box(0, 0, 4, 4)
UPRIGHT = [(2.0, 0.0), (2.0, 1.0), (2.0, 3.0), (2.0, 4.0)]
SIZE = (0.6, 0.2)


def around(centre, size):
    (x, y), (wide, high) = centre, size
    return Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def test_a_name_that_has_air_stays():
    assert clear([((3.0, 2.0), SIZE), None], [UPRIGHT], [], FRAME) == [(3.0, 2.0), None]


def test_a_name_on_a_line_goes_beside_it_and_not_far():
    (found,) = clear([((2.1, 2.0), SIZE)], [UPRIGHT], [], FRAME)
    assert found[0] - SIZE[0] / 2 >= 2.0 + CLEAR
    assert hypot(found[0] - 2.1, found[1] - 2.0) < 0.3


def test_names_keep_off_boxes_and_one_another():
    wall = Box(2.3, 1.5, 4, 2.5)
    one, two = clear([((2.2, 2.0), SIZE), ((1.8, 2.0), SIZE)], [UPRIGHT], [wall], FRAME)
    boxes = [around(one, SIZE), around(two, SIZE), wall]
    assert not any(a.shared(b) for a in boxes for b in boxes if a is not b)


def test_a_name_without_a_free_place_stays():
    assert clear([((2.0, 2.0), SIZE)], [], [FRAME], FRAME) == [(2.0, 2.0)]


def test_in_a_drawing_no_name_touches_a_line():
    bodies = [Body(name, (name,), (), "") for name in ("Congress", "Commission", "Army", "Police", "Staff")]
    links = [
        Link("Congress", "Commission", "elects"), Link("Commission", "Congress", "answers to", upward=True),
        *(Link("Commission", end, "commands") for end in ("Army", "Police", "Staff")),
    ]  # fmt: skip
    _, _, lines = layout(bodies, links)
    for link, (_, at) in zip(links, lines, strict=True):
        # A name that has air is not moved again.
        name = [(at, room(link.lines))]
        assert clear(name, [points for points, _ in lines], [], Box(-1, -1, 99, 99)) == [at]
