"""Lines, sentences and offsets."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
import pytest

from kochu.text.segment import segment

_SIGNS = st.sampled_from(
    [
        *"ロシアは強化。、「」！？（）…　々ー",
        *"Abc. D?!",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "\t",
        "𠮷",
        "👨‍👩‍👧",
        "e\u0301",
        "\u2028",
    ]
)
TEXTS = st.lists(_SIGNS, max_size=120).map("".join)


@given(TEXTS)
@example("\ufeffこれは。\r\n\r\nそれ")
@example("終わり")
@example("。" * 300)
def test_pieces_give_the_text_back(text):
    assert "".join(segment(text).pieces()) == text


@given(TEXTS)
def test_offsets_are_code_points_of_the_text(text):
    base = segment(text)
    for sentence in base.sentences:
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text.strip() or len(sentence.text) > 0
    assert [line.number for line in base.lines] == list(range(1, len(base.lines) + 1))


@given(TEXTS)
def test_sentences_tile_their_line_and_never_hold_a_newline(text):
    for line in segment(text).lines:
        assert line.sentences[0].start == line.start
        assert line.sentences[-1].end == line.end
        for one, two in zip(line.sentences, line.sentences[1:], strict=False):
            assert one.end == two.start
        assert "\n" not in line.text
        assert "\r" not in line.text


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("一つ。二つ。", ["一つ。", "二つ。"]),
        ("「行く。」と言った。帰った。", ["「行く。」と言った。", "帰った。"]),
        ("本当！？そう。", ["本当！？", "そう。"]),
        ("See v. 2.1 of it. Then stop.", ["See v. 2.1 of it. ", "Then stop."]),
        ("https://example.org/a.b/Start Magazine に", ["https://example.org/a.b/Start Magazine に"]),
        ("開いた「ままの。次", ["開いた「ままの。", "次"]),
        ("終わり。　次。", ["終わり。　", "次。"]),
    ],
)
def test_where_sentences_end(text, sentences):
    assert [s.text for s in segment(text).sentences] == sentences


def test_blank_lines_have_no_number():
    base = segment("一\n\n　\n二\n")
    assert [(line.number, line.text) for line in base.lines] == [(1, "一"), (2, "二")]


def test_a_line_without_a_full_stop_is_a_heading():
    one, two, three = segment("結論\n終わった。\n一。二\n").lines
    assert (one.heading, two.heading, three.heading) == (True, False, False)


def test_an_address_finds_its_sentence():
    base = segment("一。二。\n三。")
    assert base.sentence("1.2").text == "二。"
    assert base.sentence("2.2") is None
    assert base.line(2).text == "三。"
    assert base.line(0) is None
    assert base.at(2).address == "1.2"


def test_a_very_long_line_is_no_trouble():
    text = "長い文。" * 50_000
    assert len(segment(text).sentences) == 50_000
