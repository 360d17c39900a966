"""Reading what authors write: options, quotes, places; and what is said when it is wrong."""

from __future__ import annotations

import pytest

from kochu.apparatus.parse import Draft, parse_annotation
from kochu.text.segment import segment

TEXT = "国防相は訪問した。両国は協力した。\n協力は続く。協力だ。\n"
BASE = segment(TEXT)
CAVEAT = {
    "key": "one",
    "type": "accuracy/mistranslation",
    "severity": "minor",
    "confidence": "high",
    "group": "wording",
    "better": "来訪",
}


def parse(argument="", kind="caveat", passage=(), **options):
    given = {name.replace("_", "-"): value for name, value in options.items()}
    if kind == "caveat":
        given = {**CAVEAT, **given}
    given = {name: value for name, value in given.items() if value is not None}
    draft = Draft(kind, argument, given, "notes", "notes.md", 7, passage, ("wording",))
    return parse_annotation(draft, BASE, "text")


def anchors(note):
    return [(a.address, a.quote, a.better) for a in note.anchors]


def test_a_quote_in_its_sentence():
    note, problems = parse("訪問", at="1.1")
    assert problems == ()
    assert anchors(note) == [("1.1", "訪問", "来訪")]
    (anchor,) = note.anchors
    assert TEXT[anchor.start : anchor.end] == "訪問"
    assert (note.title, note.docname, note.line) == ("訪問", "notes", 7)


def test_several_quotes_with_places_and_remedies_of_their_own():
    note, _ = parse("訪問した | 続く", at="1.1 | 2.1", better="来た | ∅")
    assert anchors(note) == [("1.1", "訪問した", "来た"), ("2.1", "続く", "")]


def test_one_quote_in_several_sentences():
    note, _ = parse("協力", at="1.2 2.1 2.2")
    assert [a.address for a in note.anchors] == ["1.2", "2.1", "2.2"]


def test_a_quote_under_a_passage_finds_its_sentence():
    note, _ = parse("両国", passage=("1.1", "1.2"))
    assert note.addresses == ("1.2",)


def test_no_quote_means_the_whole_sentence():
    note, _ = parse(at="2.1", better="協力を続ける。")
    assert note.whole
    assert anchors(note) == [("2.1", "協力は続く。", "協力を続ける。")]


def test_forms_are_found_everywhere_and_longer_ones_win():
    note, _ = parse(kind="name", key="n", title="N", entity="body", names="en: N", forms="協力 | 協力だ")
    assert anchors(note) == [("1.2", "協力", None), ("2.1", "協力", None), ("2.2", "協力だ", None)]


def test_a_remedy_goes_with_every_occurrence_of_a_form():
    note, _ = parse(forms="協力", better="連携")
    assert anchors(note) == [("1.2", "協力", "連携"), ("2.1", "協力", "連携"), ("2.2", "協力", "連携")]


def test_wordings_carry_their_language():
    note, _ = parse("訪問", at="1.1", source="it: visita | ru: визит", certainty="high", basis="Inferred.")
    assert [(w.language, w.text) for w in note.source] == [("it", "visita"), ("ru", "визит")]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"argument": "国防省", "at": "1.1"},
            "quote '国防省' is not in sentence 1.1; did you mean '国防相'?",
        ),
        ({"argument": "協力", "passage": ("1.2", "2.1")}, "occurs in 1.2, 2.1; add ':at:'"),
        ({"argument": "訪問"}, "quote '訪問' has no window; add ':at: LINE.SENTENCE'"),
        ({"argument": "訪問", "at": "7.1"}, "unknown address '7.1'; this text has 1.1 to 2.2"),
        ({"argument": "訪問", "at": "1.1", "key": "A b"}, "key 'A b' is malformed"),
        ({"argument": "訪問", "at": "1.1", "key": ""}, "caveat has no key; add ':key: some-words'"),
        ({"argument": "訪問", "at": "1.1", "wrong": "x"}, "caveat has an unknown option ':wrong:'; it takes"),
        ({"argument": "訪問", "at": "1.1", "type": "bad"}, "':type: bad' is not known; it is one of"),
        ({"argument": "訪問", "at": "1.1", "group": "x"}, "':group: x' is not known; it is one of wording"),
        ({"argument": "訪問", "at": "1.1", "severity": "major"}, "caveat needs ':because:'"),
        ({"argument": "訪問", "at": "1.1", "better": ""}, "caveat needs ':better:'"),
        ({"argument": "訪問", "at": "1.1", "source": "it: v"}, "caveat needs ':basis:'"),
        (
            {"argument": "訪問", "at": "1.1", "source": "visita", "certainty": "high", "basis": "b"},
            "names no language",
        ),
        (
            {"argument": "訪問 | 国防相", "at": "1.1", "better": "a | b | c"},
            "':better:' has 3 parts for 2 quotes",
        ),
        ({"argument": "訪問", "at": "1.1 | 1.2"}, "':at:' has 2 parts for 1 quotes"),
        ({"argument": "訪問", "forms": "訪問"}, "give either a quote or ':forms:', not both"),
        ({"forms": "米国"}, "form '米国' does not occur in the text; remove it"),
        ({}, "caveat has no place in the text"),
    ],
)
def test_each_mistake_is_told_with_what_to_do(arguments, message):
    note, problems = parse(**arguments)
    assert note is None
    assert any(message in p.message for p in problems), problems
    assert {(p.path, p.line) for p in problems} == {("notes.md", 7)}


def test_all_mistakes_of_a_note_are_told_at_once():
    _, problems = parse("来訪", at="1.1", key="A", severity="bad", wrong="x")
    assert {p.subtype for p in problems} == {"key", "quote", "option"}
    assert len(problems) == 4


def test_a_claim_needs_a_date_for_its_second_verdict():
    _, problems = parse(
        "訪問", kind="claim", key="c", title="T", verdict="supported", now="outdated", at="1.1"
    )
    assert [p.message for p in problems] == ["claim needs ':as-of:'; add it, or see the table of options"]
