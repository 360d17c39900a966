"""The quote syntax, and finding quotes."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st
import pytest

from kochu.text.anchor import find_all, locate
from kochu.text.quote import QuoteError, escape, parse_quotes
from kochu.text.segment import segment


def sentence(text):
    return segment(text).sentences[0]


def words(quote, text):
    window = sentence(text)
    (parsed,) = parse_quotes(quote)
    start, end = locate(parsed, window)
    return text[start:end], start


@pytest.mark.parametrize(
    ("quote", "found", "start"),
    [
        ("評議会", "評議会", 2),
        ("の[両国]間", "両国", 9),
        ("[両国]の", "両国", 6),
        ("中央…両国の", "中央評議会と両国の", 0),
        ("と[両国…両国]", "両国の両国", 6),
    ],
)
def test_a_quote_finds_its_words(quote, found, start):
    assert words(quote, "中央評議会と両国の両国間") == (found, start)


@given(st.text(alphabet="あいう[]…|\\ か", min_size=1, max_size=12))
def test_an_escaped_quote_stands_for_itself(text):
    assume(text == text.strip())
    assume(" | " not in text)
    (quote,) = parse_quotes(escape(text))
    assert (quote.first, quote.last, quote.before, quote.after) == (text, None, "", "")


@given(st.text(alphabet="ああいう", min_size=2, max_size=20), st.data())
def test_a_proposed_form_finds_exactly_its_hit(text, data):
    """What the error proposes can be pasted: each form finds one place, all forms all places."""
    start = data.draw(st.integers(0, len(text) - 1))
    quote = text[start : data.draw(st.integers(start + 1, len(text)))]
    window = sentence(text)
    (parsed,) = parse_quotes(quote)
    try:
        locate(parsed, window)
    except QuoteError as error:
        proposals = str(error).partition("; write ")[2].split(" or ")
        places = {locate(parse_quotes(form.strip("'"))[0], window) for form in proposals}
        assert len(places) == len(proposals) > 1
        assert all(text[a:b] == quote for a, b in places)


@pytest.mark.parametrize(
    ("quote", "message"),
    [
        ("軍事", "quote '軍事' occurs 2 times in sentence 1.1; write '[軍事]面' or '協[軍事]' "),
        ("軍人面", "quote '軍人面' is not in sentence 1.1; did you mean '軍事面'?"),
        ("全然違う言葉", "quote '全然違う言葉' is not in sentence 1.1"),
        ("a[b", "has a '[' without ']'"),
        ("a]b", "has a ']' without '['"),
        ("[a][b]", "has a second '['"),
        ("a…b…c", "has a second '…'"),
        ("", "has no words"),
        ("before[]after", "has no words"),
    ],
)
def test_a_quote_that_fails_says_what_to_write(quote, message):
    with pytest.raises(QuoteError) as error:
        words(quote, "軍事面の協軍事")
    assert message.strip() in str(error.value)


def test_several_quotes_are_parted_by_a_bar():
    assert [q.first for q in parse_quotes("一 | 二 | 三\\|四")] == ["一", "二", "三|四"]


def test_all_occurrences_of_a_form():
    window = sentence("中露と露中と露")
    assert find_all("露", window) == ((1, 2), (3, 4), (6, 7))
