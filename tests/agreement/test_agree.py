"""`kochu agree`: numbers that can be checked by hand, and errors in one line."""

import json

from hypothesis import given
from hypothesis import strategies as st
import pytest
from tests.conftest import caveat

from kochu.agreement.compare import compare, kappas
from kochu.agreement.marks import Mark
from kochu.cli import main
from kochu.text.segment import segment

BASE = segment("あいうえお。\nかきくけこ。")
WRONG, STYLE = "terminology/wrong-term", "style/awkward-style"


def mark(start, end, address="1.1", kind=WRONG, severity="minor"):
    return Mark(address, start, end, kind, severity)


def save(path, marks, **changes):
    data = {"format": "kochu-marks/1", "text": "small", "annotator": path.stem, "marks": marks, **changes}
    path.write_text(json.dumps(data), "utf-8")
    return path


def test_the_same_marks_agree_in_everything():
    marks = [mark(0, 2), mark(0, 2, kind=STYLE), mark(1, 4, "2.1", severity="major")]
    found = compare(marks, list(reversed(marks)))
    assert found.exact.f1 == found.typed.f1 == found.overlap.f1 == 1
    assert kappas(marks, marks, BASE) == (1.0, 1.0)


def test_marks_that_never_meet_agree_in_nothing():
    found = compare([mark(0, 2)], [mark(3, 5)])
    assert (found.overlap.matched, found.overlap.f1) == (0, 0)
    assert (found.missed, found.extra) == ((mark(0, 2),), (mark(3, 5),))
    assert kappas([mark(0, 2)], [mark(3, 5)], BASE)[0] < 0


def test_precision_and_recall_are_the_right_way_round():
    found = compare([mark(0, 2), mark(3, 4), mark(0, 1, "2.1"), mark(2, 3, "2.1")], [mark(0, 2), mark(4, 5)])
    assert (found.exact.recall, found.exact.precision) == (0.25, 0.5)
    assert found.exact.f1 == pytest.approx(1 / 3)


def test_an_exact_partner_is_not_taken_by_a_wider_mark():
    # A greedy pairing would give the inner mark to the outer one that comes first.
    found = compare([mark(2, 4)], [mark(0, 5), mark(2, 4)])
    assert found.exact.matched == 1
    assert found.pairs == ((mark(2, 4), mark(2, 4)),)
    assert found.extra == (mark(0, 5),)


def test_type_and_severity_are_compared_on_pairs():
    found = compare(
        [mark(0, 3), mark(3, 5, kind="style/language-register")],
        [mark(1, 3, severity="major"), mark(3, 5, kind=STYLE)],
    )
    assert (len(found.pairs), found.same_dimension, found.same_type, found.same_severity) == (2, 2, 1, 1)
    assert (found.exact.matched, found.typed.matched) == (1, 0)


def test_kappa_over_characters_is_what_one_reckons_by_hand():
    # 12 characters; both mark 2, A alone 1, B alone 1, neither 8: po = 10/12, pe = (9 + 81)/144.
    marked, _ = kappas([mark(0, 3)], [mark(1, 4)], BASE)
    expected = (10 / 12 - 90 / 144) / (1 - 90 / 144)
    assert marked == pytest.approx(expected)


def test_a_near_miss_in_severity_weighs_less_than_a_wide_one():
    first = [mark(0, 3, severity="minor"), mark(0, 2, "2.1", severity="critical")]
    near = [mark(0, 3, severity="major"), mark(0, 2, "2.1", severity="critical")]
    wide = [mark(0, 3, severity="critical"), mark(0, 2, "2.1", severity="critical")]
    assert kappas(first, near, BASE)[1] > kappas(first, wide, BASE)[1]


def test_nothing_marked_by_either_has_no_kappa():
    assert kappas([], [], BASE) == (None, None)


spans = st.tuples(st.integers(0, 4), st.integers(1, 5)).filter(lambda s: s[0] < s[1])
marks = st.builds(
    lambda s, a, kind, severity: mark(*s, a, kind, severity),
    spans,
    st.sampled_from(["1.1", "2.1"]),
    st.sampled_from([WRONG, STYLE, "style/language-register"]),
    st.sampled_from(["minor", "major"]),
)
some = st.lists(marks, max_size=6)


@given(some, some)
def test_f1_does_not_depend_on_who_comes_first(first, second):
    one, two = compare(first, second), compare(second, first)
    assert (one.exact.f1, one.overlap.f1) == (two.exact.f1, two.overlap.f1)
    assert one.exact.matched <= one.overlap.matched <= min(len(first), len(second))
    assert one.exact.precision == two.exact.recall
    for name in ("same_type", "same_dimension", "same_severity"):
        assert getattr(one, name) == getattr(two, name)


@given(some, some, st.randoms())
def test_no_figure_depends_on_the_order_in_a_file(first, second, chance):
    one = compare(first, second)
    two = compare(chance.sample(first, len(first)), chance.sample(second, len(second)))
    assert (one.exact, one.typed, one.overlap) == (two.exact, two.typed, two.overlap)
    assert (one.same_type, one.same_severity) == (two.same_type, two.same_severity)


@given(some, some)
def test_there_are_as_many_pairs_as_can_be(first, second):
    """Held against a plain search of all pairings, one mark of the first after another."""

    def most(left, right):
        if not left:
            return 0
        a, rest = left[0], left[1:]
        found = most(rest, right)
        for i, b in enumerate(right):
            if a.address == b.address and a.start < b.end and b.start < a.end:
                found = max(found, 1 + most(rest, right[:i] + right[i + 1 :]))
        return found

    assert compare(first[:5], second[:5]).overlap.matched == most(first[:5], second[:5])


def test_a_mark_gives_way_when_both_can_have_a_partner():
    found = compare([mark(0, 4), mark(4, 6)], [mark(3, 6), mark(0, 2)])
    assert {(a.start, b.start) for a, b in found.pairs} == {(0, 0), (4, 3)}


@pytest.fixture
def files(project):
    project.write("docs/notes.md", "# Notes\n\n" + caveat())
    ours = save(
        project.root / "ours.json",
        [{"address": "2.1", "start": 7, "end": 9, "type": STYLE, "severity": "minor"}],
    )
    theirs = save(
        project.root / "theirs.json",
        [{"address": "2.1", "start": 6, "end": 9, "type": WRONG, "severity": "major", "note": "of a later page"},
         {"address": "2.2", "start": 0, "end": 2}],
    )  # fmt: skip
    return ours, theirs, ["--root", str(project.docs)]


def test_the_command_prints_a_table(files, capsys):
    ours, theirs, root = files
    assert main(["agree", str(ours), str(theirs), "--list", *root]) == 0
    out = capsys.readouterr().out
    assert "same borders                     0       0.00    0.00   0.00" in out
    assert "overlapping                      1       0.50    1.00   0.67" in out
    assert "Of 1 overlapping pairs, 0 agree in dimension, 0 in type, 0 in severity." in out
    assert "marked or not" in out
    assert "Only in B (1)" in out
    assert "2.2      0–2" in out
    assert "両国" in out


def test_without_the_edition_all_but_kappa_is_told(files, capsys, tmp_path):
    ours, theirs, _ = files
    assert main(["agree", str(ours), str(theirs), "--root", str(tmp_path / "none")]) == 0
    assert "name the folder of its edition" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": "other/2"}, "format 'other/2' is not known"),
        ({"text": "another"}, "marks of 'another'"),
        ({"marks": 3}, "not a file of marks"),
        (
            {"marks": [{"address": "2.1", "start": 3, "end": 3}]},
            "mark 1 at 2.1: start 3 and end 3 are no span",
        ),
        ({"marks": [{"address": "2.1", "start": "a", "end": 3}]}, "Expected `int`"),
        ({"marks": [{"address": "9.9", "start": 0, "end": 3}]}, "the text has no sentence '9.9'"),
        (
            {"marks": [{"address": "2.1", "start": 0, "end": 99}]},
            "ends at 99, but sentence 2.1 has 12 characters",
        ),
        ({"marks": [{"address": "2.1", "start": 0, "end": 1, "type": "typo"}]}, "unknown type 'typo'"),
        ({"marks": [{"address": "2.1", "start": 0, "end": 1, "severity": "bad"}]}, "unknown severity 'bad'"),
    ],
)
def test_a_bad_file_is_one_line(files, capsys, change, message):
    ours, theirs, root = files
    save(theirs, **{"marks": [], **change})
    assert main(["agree", str(ours), str(theirs), *root]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert message in error
    assert "theirs.json" in error


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b'{"format": "kochu-marks/1"}'])
def test_what_is_no_json_is_one_line(files, capsys, content):
    ours, theirs, root = files
    theirs.write_bytes(content)
    assert main(["agree", str(ours), str(theirs), *root]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_missing_file_is_one_line(files, capsys, tmp_path):
    ours, _, root = files
    assert main(["agree", str(ours), str(tmp_path / "none.json"), *root]) == 2
    assert "cannot be read: No such file" in capsys.readouterr().err
