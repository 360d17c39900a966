"""How readings and note references stand among their neighbours."""

from __future__ import annotations

from docutils import nodes
import pytest

from kochu.sphinx.nodes import kochu_noteref, kochu_number, kochu_rt, kochu_ruby, kochu_run
from kochu.typst.japanese import base_text, settings


def ruby(base, reading):
    return kochu_ruby("", "", nodes.Text(base), kochu_rt(reading, reading))


def mark(label="C1"):
    return kochu_noteref(label, label, refid="x", key="x", kind="caveat", title="")


def look(*children):
    paragraph = nodes.paragraph("", "", *children)
    found = settings(paragraph)
    return [found[id(n)] for n in paragraph.findall(lambda n: id(n) in found)]


def test_a_reading_overhangs_kana_but_not_kanji():
    between_kana = look(nodes.Text("は"), ruby("続", "つづ"), nodes.Text("く"))[0]
    between_kanji = look(nodes.Text("国"), ruby("続", "つづ"), nodes.Text("国"))[0]
    assert (between_kana.before, between_kana.after) == (True, True)
    assert (between_kanji.before, between_kanji.after) == (False, False)


def test_a_reading_does_not_overhang_another_word_with_a_reading_or_a_mark():
    first, second = look(ruby("軍事", "ぐんじ"), ruby("面", "めん"))
    assert not first.after
    assert not second.before
    word, reference = look(nodes.Text("の"), ruby("面", "めん"), mark(), nodes.Text("の"))
    assert word.before
    assert not word.after
    assert not reference.after or reference.stop is False


def test_neighbours_are_found_across_runs():
    inside = kochu_run("", "", nodes.Text("は"), ruby("続", "つづ"), keys=[], kinds=[])
    assert look(inside, nodes.Text("ー"))[0].stop
    assert look(inside.deepcopy(), nodes.Text("く"))[0].after


@pytest.mark.parametrize("sign", "ぁっょァッョー々。、」！")
def test_signs_that_start_no_line_cling_to_the_word_before(sign):
    assert look(ruby("国", "くに"), nodes.Text(sign))[0].stop
    assert look(nodes.Text("国"), mark(), nodes.Text(sign))[0].stop


def test_two_full_readings_get_a_gap():
    assert [s.gap for s in look(ruby("軍事", "ぐんじしど"), ruby("者", "しゃ"))] == [False, True]
    assert [s.gap for s in look(ruby("国防", "こく"), ruby("者", "しゃ"))] == [False, False]


def test_the_first_word_aligns_with_the_margin_not_its_reading():
    number = kochu_number("", "4.2", refid="s4-2")
    assert look(number, ruby("中国", "ちゅうごく"))[0].before


def test_the_text_without_what_hangs_on_it():
    paragraph = nodes.paragraph("", "", ruby("国", "くに"), mark(), nodes.Text("は"))
    assert base_text(paragraph) == "国は"
