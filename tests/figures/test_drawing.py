"""Drawings: accessible, the same bytes each time, and true to their data."""

from dataclasses import replace
import re
from xml.etree import ElementTree as ET

import pytest

from kochu.figures.bars import Bar, Bars
from kochu.figures.organisation import named, organisation
from kochu.figures.render import INLINE, render
from kochu.figures.schedule import schedule
from kochu.figures.timeline import timeline
from kochu.figures.worldmap import worldmap
from kochu.text.problems import EditionError

pytest.importorskip("matplotlib")

SVG = "{http://www.w3.org/2000/svg}"
TIMES = """
[[r]]
name = "東方"
side = "one"
when = "2018"
claimed = 297000
estimate_low = 50000
estimate_high = 100000
[[r]]
name = "West"
side = "two"
start = 2021-09-10
end = 2021-09-16
claimed = 12700
estimate_high = 5000
[[r]]
name = "Earlier"
side = "two"
start = 2014-09-10
"""
DAYS = """
[[e]]
title = "Talks"
date = 2024-10-14
order = 2
order_certain = false
ours = "Long talks."
theirs = "Not mentioned."
[[e]]
title = "Arrival"
date = 2024-10-14
order = 1
ours = "Arrived."
"""
BODIES = """
[[nodes]]
id = "party"
label_en = "Party committee"
label_ja = "党委員会"
kind = "body"
[[nodes]]
id = "state"
label_en = "State committee"
kind = "body"
[[nodes]]
id = "army"
label_en = "Army"
kind = "force"
[[nodes]]
id = "guard"
label_en = "Guard"
kind = "force"
[[nodes]]
id = "her"
label_en = "Ms Chair"
kind = "person"
office = "chair; and more"
"""
EDGES = """
[[edges]]
from = "her"
to = "party"
relation = "chairs"
[[edges]]
from = "party"
to = "state"
relation = "same-members"
[[edges]]
from = "party"
to = "army"
relation = "commands"
[[edges]]
from = "guard"
to = "army"
relation = "part-of"
[[edges]]
from = "her"
to = "army"
relation = "met-on-2024-10-15"
"""
PLACES = """
[[p]]
name = "Beijing"
kind = "city"
lat = 39.9
lon = 116.4
[[p]]
name = "A hall in Beijing"
kind = "city"
lat = 39.91
lon = 116.39
[[p]]
name = "Oslo"
kind = "city"
lat = 59.9
lon = -100.0
[[p]]
name = "Nowhere"
kind = "city"
[[p]]
name = "China"
kind = "country"
lat = 35.0
lon = 103.0
"""


def draw(chart, folder, suffix=INLINE):
    path = render(chart, folder, suffix, title="A & B", description="What is to be seen.", language="ja")
    return path.read_bytes()


def texts(svg):
    return [t.text for t in ET.fromstring(svg).iter(f"{SVG}text")]


@pytest.fixture
def times(rows):
    return timeline(
        rows(TIMES), values={"claimed": "Claimed", "estimate": "Estimate"}, group="side",
        groups={"one": "First", "two": "Second"}, axis="People",
    )  # fmt: skip


def test_a_drawing_has_a_name_and_a_description(times, tmp_path):
    for suffix in (INLINE, "svg"):
        root = ET.fromstring(draw(times, tmp_path, suffix))
        assert root.get("role") == "img"
        names = root.get("aria-labelledby").split()
        found = {child.get("id"): child.text for child in list(root)[:2]}
        assert [found[name] for name in names] == ["A & B", "What is to be seen."]


def test_in_a_page_words_are_words_and_colours_are_the_pages(times, tmp_path):
    svg = draw(times, tmp_path).decode()
    assert {"東方", "West", "First", "297,000", "50,000–100,000", "≤ 5,000", "no figure seen"} <= set(
        texts(svg)
    )
    assert "currentColor" in svg
    assert "font-family" not in svg
    assert '<text lang="ja"' in svg or 'lang="ja"' in svg
    # A style sheet inside a drawing would style the whole page.
    assert "<style" not in svg
    assert "<metadata" not in svg
    assert "width=" not in svg.partition(">")[0]


def test_in_a_file_letters_are_shapes_on_paper(times, tmp_path):
    svg = draw(times, tmp_path, "svg").decode()
    assert texts(svg) == []
    assert "currentColor" not in svg
    assert "fill: #ffffff" in svg


def test_ids_are_the_figures_own_and_all_in_use(times, tmp_path):
    svg = draw(times, tmp_path).decode()
    ids = re.findall(r'\bid="([^"]+)"', svg)
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg)) | set(
        re.findall(r'aria-labelledby="([^"]+)"', svg)[0].split()
    )
    assert len(ids) == len(set(ids))
    assert set(ids) == used
    assert all(i.startswith("chart-") for i in ids)


@pytest.mark.parametrize("suffix", [INLINE, "svg", "pdf", "png"])
def test_the_same_data_give_the_same_bytes(times, tmp_path, suffix):
    assert draw(times, tmp_path / "one", suffix) == draw(times, tmp_path / "two", suffix)


def test_another_datum_gives_another_file_and_the_same_none(times, tmp_path):
    folder = tmp_path / "drawn"
    for chart, count in ((times, 1), (times, 1), (replace(times, axis="Heads"), 2)):
        draw(chart, folder)
        assert len(list(folder.iterdir())) == count


def test_a_timeline_is_in_order_within_its_groups(times):
    assert [(e.group, e.name) for e in times.events] == [
        ("First", "東方"),
        ("Second", "Earlier"),
        ("Second", "West"),
    ]


def test_a_timeline_needs_times_and_numbers(rows):
    with pytest.raises(EditionError, match="has no time"):
        timeline(rows("[[r]]\nname = 'x'\n"), values={})
    with pytest.raises(EditionError, match="is no number above 0"):
        timeline(rows("[[r]]\nname = 'x'\nwhen = '2020'\nsize = 0\n"), values={"size": "Size"})


def test_a_schedule_tells_silence_from_ignorance(rows, tmp_path):
    found = schedule(rows(DAYS), sides={"ours": "Ours", "theirs": "Theirs"})
    assert [(e.name, e.certain, e.told) for e in found.events] == [
        ("Arrival", True, (True, None)),
        ("Talks", False, (True, False)),
    ]
    shown = texts(draw(found, tmp_path))
    assert {"14 October 2024", "Ours", "no report seen", "report seen, event left out"} <= set(shown)


@pytest.fixture
def bodies(rows):
    nodes = rows(BODIES)
    return organisation(
        nodes, rows(EDGES), inside=["person"], names=["label_ja"], groups={"body": "Body", "force": "Force"},
        equal=["same"], meet=["met"], up=["part-of"], fold=["part-of"],
    )  # fmt: skip


def test_people_and_parts_stand_in_the_box_they_belong_to(bodies):
    found = {b.name[0]: b.people for b in bodies.bodies}
    assert found == {"Party committee": ("Ms Chair, chair",), "State committee": (), "Army": ("Guard",)}
    assert [(e.start, e.end, e.name, e.style) for e in bodies.links] == [
        ("party", "state", "same members", 1),
        ("party", "army", "commands", 0),
        ("party", "army", "Ms Chair met on 2024-10-15", 2),
    ]


def test_a_chart_of_bodies_says_all_in_words(bodies, tmp_path):
    shown = " ".join(texts(draw(bodies, tmp_path)))
    for words in (
        "Party committee",
        "党委員会",
        "Ms Chair, chair",
        "same",
        "commands",
        "2024-10-15",
        "Force",
    ):
        assert words in shown


def test_a_line_to_nowhere_is_refused(rows):
    nodes = rows(BODIES)
    with pytest.raises(EditionError, match="there is no 'nobody'"):
        organisation(nodes, rows(EDGES.replace('to = "state"', 'to = "nobody"')))


def test_edges_are_listed_by_name(rows):
    nodes = rows(BODIES)
    edge = named(nodes, rows(EDGES))[1].values
    assert (edge["from"], edge["relation"], edge["to"]) == (
        "Party committee",
        "same members",
        "State committee",
    )


@pytest.fixture
def places(rows):
    return worldmap(
        rows(PLACES), extent=(70.0, 140.0, 15.0, 55.0), groups={"city": "City"}, areas=["country"]
    )


def test_a_map_joins_what_cannot_be_told_apart_and_names_what_it_cannot_show(places):
    found, absent = places
    assert [(p.names, p.group) for p in found.places] == [
        (("Beijing", "A hall in Beijing"), "City"),
        (("China",), ""),
    ]
    assert [r.values["name"] for r in absent] == ["Oslo", "Nowhere"]


def test_a_map_is_small_enough_for_a_page_and_names_its_places(places, tmp_path):
    svg = draw(places[0], tmp_path)
    assert {"Beijing", "A hall in Beijing", "CHINA", "City"} <= set(texts(svg))
    assert len(svg) < 200_000


def test_a_map_is_the_same_on_any_machine(places, tmp_path):
    assert draw(places[0], tmp_path / "one") == draw(places[0], tmp_path / "two")


def test_bars_show_totals_and_only_grades_that_occur(tmp_path):
    chart = Bars(
        (Bar("Grammar", "Language", (0, 2, 1)), Bar("Term", "Words", (0, 3, 0))),
        ("low", "mid", "high"),
        "Errors",
    )
    shown = texts(draw(chart, tmp_path))
    assert {"Grammar", "Language", "3", "mid", "high"} <= set(shown)
    assert "low" not in shown
