"""Putting annotations in order, and finding what only shows when all are known."""

from __future__ import annotations

from kochu.apparatus.consistency import check_annotations
from kochu.apparatus.excerpt import LEMMA, LONGEST_RUN, SHARE, choose, lemma
from kochu.apparatus.model import Anchor, Annotation
from kochu.apparatus.resolved import Resolved
from kochu.text.segment import segment

BASE = segment("".join(f"これは第{n}の文である。" for n in range(1, 10)) + "\n結論\n終わり。\n")


def note(key, address="1.1", start=0, end=2, kind="caveat", line=1, **more):
    sentence = BASE.sentence(address)
    anchor = Anchor(address, sentence.start + start, sentence.start + end, "xx")
    return Annotation(kind, key, "t", "notes", "notes.md", line, key, (anchor,), **more)


def test_labels_follow_the_text_not_the_files():
    resolved = Resolved(BASE, (note("late", "1.3"), note("early", "1.1"), note("claim", "1.2", kind="claim")))
    assert resolved.labels == {"early": "C1", "claim": "F1", "late": "C2"}


def test_a_sentence_lists_its_notes_wider_first():
    resolved = Resolved(BASE, (note("narrow", end=1), note("wide", end=5)))
    assert [n.key for n in resolved.at("1.1")] == ["wide", "narrow"]


def test_whole_sentences_are_not_marked_but_listed():
    resolved = Resolved(BASE, (note("all", end=9, whole=True),))
    assert [s.keys for s in resolved.segments(BASE.sentence("1.1"))] == [()]
    assert resolved.at("1.1")


def test_doubled_keys_and_dangling_references_are_told():
    problems = check_annotations(
        [note("one", line=1), note("one", "1.2", line=9), note("two", "1.3", line=20, see=("ones",))]
    )
    assert [str(p) for p in problems] == [
        "notes.md:9: key 'one' is used twice, first in notes.md:1; rename one [kochu.key]",
        "notes.md:20: ':see: ones' names no annotation; did you mean 'one'? [kochu.reference]",
    ]


def test_crossings_within_a_kind_must_be_meant():
    one, two = note("one", start=0, end=4, line=1), note("two", start=2, end=6, line=5)
    (problem,) = check_annotations([one, two])
    assert "caveat 'two' crosses caveat 'one' (notes.md:1)" in problem.message
    assert check_annotations([one, note("two", start=2, end=6, crosses=("one",))]) == ()
    assert check_annotations([one, note("two", start=2, end=6, kind="claim")]) == ()


def test_an_excerpt_takes_the_gravest_and_stays_small():
    notes = [note(f"n{i}", f"1.{i}", options={"severity": "minor"}) for i in range(1, 10)] + [
        note("worst", "1.9", start=3, end=4, options={"severity": "critical"})
    ]
    chosen = choose(Resolved(BASE, tuple(notes)))
    assert "1.9" in chosen
    total = sum(len(s.text) for s in BASE.sentences)
    assert 0 < sum(len(BASE.sentence(a).text) for a in chosen) <= SHARE * total
    numbers = sorted(int(a.split(".")[1]) for a in chosen)
    runs = [n for n in numbers if all(n + i in numbers for i in range(LONGEST_RUN + 1))]
    assert runs == []


def test_a_sentence_nobody_discusses_is_not_published():
    assert choose(Resolved(BASE, ())) == frozenset()


def test_a_long_quote_is_shortened_to_a_lemma():
    assert lemma("短い") == "短い"
    assert len(lemma("長" * 50)) <= LEMMA
    assert "…" in lemma("長" * 50)
