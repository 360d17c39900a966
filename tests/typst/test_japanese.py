"""How readings and note references stand among their neighbours."""

from __future__ import annotations

from docutils import nodes
import pytest

from kochu.sphinx.nodes import kochu_base, kochu_noteref, kochu_number, kochu_rt, kochu_ruby, kochu_run
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
    assert (between_kana.before, between_kana.after) == (0.5, 0.5)
    assert (between_kanji.before, between_kanji.after) == (0, 0)


def test_two_readings_do_not_meet_over_one_kana():
    first, second = look(ruby("続", "つづ"), nodes.Text("の"), ruby("国", "くに"))
    assert 0 < first.after == second.before < 0.5
    first, second = look(ruby("続", "つづ"), nodes.Text("きの"), ruby("国", "くに"))
    assert first.after == second.before == 0.5


def test_a_reading_does_not_overhang_another_word_with_a_reading_or_a_mark():
    first, second = look(ruby("軍事", "ぐんじ"), ruby("面", "めん"))
    assert not first.after
    assert not second.before
    word, reference = look(nodes.Text("の"), ruby("面", "めん"), mark(), nodes.Text("の"))
    assert word.before
    assert not word.after
    assert reference.stop is False


def test_neighbours_are_found_across_runs():
    inside = kochu_run("", "", nodes.Text("は"), ruby("続", "つづ"), keys=[], kinds=[])
    assert look(inside, nodes.Text("ー"))[0].stop
    assert look(inside.deepcopy(), nodes.Text("く"))[0].after


@pytest.mark.parametrize("sign", "ぁっょァッョー々。、」！")
def test_signs_that_start_no_line_cling_to_the_word_before(sign):
    assert look(ruby("国", "くに"), nodes.Text(sign))[0].stop
    assert look(nodes.Text("国"), mark(), nodes.Text(sign))[0].stop


def test_readings_that_would_touch_get_a_gap():
    assert [s.gap for s in look(ruby("軍事", "ぐんじしど"), ruby("者", "しゃ"))] == [0, 0.2]
    assert [s.gap for s in look(ruby("国防", "こく"), ruby("者", "しゃ"))] == [0, 0]


def test_digits_stand_apart_from_the_words_around_them():
    year, date = look(
        nodes.Text("は"), ruby("10月", "じゅうがつ"), nodes.Text("、"), ruby("14", "じゅうよん")
    )
    assert (year.lead, year.tail) == (0.25, 0)
    assert date.lead == 0, "a comma brings its own space"


def test_the_first_word_aligns_with_the_margin_not_its_reading():
    number = kochu_number("", "4.2", refid="s4-2")
    assert look(number, ruby("中国", "ちゅうごく"))[0].opens
    assert not look(nodes.Text("の"), ruby("中国", "ちゅうごく"))[0].opens


def last_signs(*children):
    base = kochu_base("", "", *children)
    found = settings(base)
    return [found.get(id(n)) for n in base.findall(lambda n: isinstance(n, nodes.Text | kochu_noteref))]


def test_three_signs_at_least_stand_on_a_last_line():
    assert last_signs(ruby("国", "くに"), nodes.Text("を見ている。"))[-1].glue == 3
    text, reference, _, stop = last_signs(ruby("国", "くに"), nodes.Text("ている"), mark(), nodes.Text("。"))[
        -4:
    ]
    assert text.glue == 2
    assert reference.stop
    assert stop.glue == 0


def test_a_last_word_takes_the_signs_before_it_along():
    base = kochu_base("", "", nodes.Text("それが"), ruby("国", "くに"), nodes.Text("だ。"))
    found = settings(base)
    text, word, rest = base.children
    assert id(text) not in found or found[id(text)].glue == 0
    assert found[id(word)].cling
    assert found[id(rest)].glue == 1


def test_only_sentences_and_titles_care_for_their_last_signs():
    paragraph = nodes.paragraph("", "", ruby("国", "くに"), nodes.Text("を見ている。"))
    assert id(paragraph.children[-1]) not in settings(paragraph)


def test_the_text_without_what_hangs_on_it():
    paragraph = nodes.paragraph("", "", ruby("国", "くに"), mark(), nodes.Text("は"))
    assert base_text(paragraph) == "国は"
