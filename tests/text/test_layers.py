"""Layer files and readings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest

from kochu.text.layers import parse_layer, read_layer
from kochu.text.ruby import Group, RubyError, parse_readings, strip_readings, unread
from kochu.text.segment import segment

BASE = segment("一つ。二つ。\n三つ。\n")


def test_a_layer_gives_each_sentence_its_text():
    layer, problems = parse_layer("# note\n1.1\tone\n\n1.2\ttwo\n2.1\tthree\n", "x.txt", BASE)
    assert problems == ()
    assert [layer.get(a) for a in ("1.1", "1.2", "2.1")] == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("1.1 one\n", "x.txt:1: no tab in '1.1 one'; write the address, a tab, the text"),
        ("1.1\tone\n9.1\tx\n", "x.txt:2: unknown address '9.1'; this text has 1.1 to 2.1"),
        ("1.1\ta\n1.1\tb\n", "x.txt:2: address 1.1 stands twice, first in line 1; remove one"),
        ("1.1\t \n", "x.txt:1: address 1.1 has no text behind the tab"),
        ("1.1\tone\n", "x.txt:1: no line for 1.2, 2.1 behind this; each sentence needs one"),
        ("2.1\tx\n# a\n1.1\tone\n", "x.txt:3: no line for 1.2 behind this; each sentence needs one"),
    ],
)
def test_a_malformed_layer_is_told_with_file_and_line(source, message):
    _, problems = parse_layer(source, "x.txt", BASE)
    assert [str(p) for p in problems] == [f"{message} [kochu.layer]"]


def test_a_layer_that_cannot_be_read_is_a_problem_not_a_crash(tmp_path):
    _, (missing,) = read_layer(tmp_path / "none.txt", BASE)
    assert "layer cannot be read" in missing.message
    (tmp_path / "bad.txt").write_bytes(b"1.1\tok\n1.2\t\xff\n")
    _, (broken,) = read_layer(tmp_path / "bad.txt", BASE)
    assert (broken.line, broken.message) == (2, "layer is not UTF-8; save it as UTF-8")


def test_readings_know_their_place():
    groups = parse_readings("{国防相|こくぼうしょう}は{10月|じゅうがつ}", "国防相は10月")
    assert groups == (Group(0, 3, "こくぼうしょう"), Group(4, 7, "じゅうがつ"))


@given(
    st.lists(st.tuples(st.text("漢字仮名", min_size=1, max_size=3), st.text("かな", min_size=1)), max_size=6)
)
def test_stripping_readings_gives_the_base_back(pairs):
    marked = "は".join(f"{{{base}|{reading}}}" for base, reading in pairs)
    base = "は".join(base for base, _ in pairs)
    assert strip_readings(marked) == base
    assert [g.reading for g in parse_readings(marked, base)] == [r for _, r in pairs]
    assert unread(base, parse_readings(marked, base)) == ()


@pytest.mark.parametrize(
    ("marked", "message"),
    [
        ("{強化|きょうか}する", "after '強化' they have 'する', the text has 'される'"),
        ("{強化|強化}される", "reading '強化' of '強化' is not kana"),
        ("{強化|きょうか}され", "they have 'the end', the text has 'る'"),
    ],
)
def test_readings_that_do_not_fit_say_where(marked, message):
    with pytest.raises(RubyError) as error:
        parse_readings(marked, "強化される")
    assert message in str(error.value)


def test_a_kanji_without_a_reading_is_found():
    assert unread("中国と米国", parse_readings("{中国|ちゅうごく}と米国", "中国と米国")) == ("米", "国")


def test_the_white_space_of_a_line_may_be_left_out():
    assert parse_readings("{一|いち}", "　一") == (Group(1, 2, "いち"),)
