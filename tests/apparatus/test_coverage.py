"""The post-edited text and the caveats tell one story."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest
from tests.conftest import caveat

from kochu.apparatus.coverage import changes, phrases

WORDS = st.lists(
    st.sampled_from(["軍事", "評議会", "は", "の", "ロシア", "、", "2024", "した", "NATO"]), max_size=14
).map("".join)


@pytest.mark.parametrize("compare", [changes, phrases])
@given(base=WORDS, edited=WORDS)
def test_applying_the_changes_gives_the_edited_text(compare, base, edited):
    result, at = "", 0
    for change in compare(base, edited):
        assert change.start >= at
        assert base[change.start : change.end] == change.old
        result += base[at : change.start] + change.new
        at = change.end
    assert result + base[at:] == edited


def test_changes_are_words_not_letters():
    (change,) = changes("中央軍事評議会は決めた。", "中央軍事委員会は決めた。")
    assert (change.old, change.new) == ("中央軍事評議会", "中央軍事委員会")


def shown(base, edited):
    text, at = "", 0
    for change in phrases(base, edited):
        text += f"{base[at : change.start]}[{change.old}>{change.new}]"
        at = change.end
    return text + base[at:]


@pytest.mark.parametrize(
    ("base", "edited", "seen"),
    [
        # A syllable in both versions by chance is not kept.
        ("対話を促進しながらも", "対話を促しつつ", "対話を[促進しながらも>促しつつ]"),
        ("要素を示します。", "要素を示す。", "要素を示[します>す]。"),
        ("これは緊張につながる", "こうした動きは緊張につながる", "[これは>こうした動きは]緊張につながる"),
        ("大国であるにもかかわらず、", "大国ではあるものの、", "大国[であるにもかかわらず>ではあるものの]、"),
        # What is read as kept stays apart, and so does a word between two particles.
        ("緊張と協力の強化を示す", "緊張や協力の深化を示す", "緊張[と>や]協力の[強化>深化]を示す"),
        ("国防大臣は中国を訪れた", "国防相は中国を訪れた", "[国防大臣>国防相]は中国を訪れた"),
        ("of old stock here", "of new ware here", "of [old stock>new ware] here"),
    ],
)
def test_a_reader_sees_phrases(base, edited, seen):
    assert shown(base, edited) == seen


def test_punctuation_alone_is_trivial():
    (change,) = changes("来た会った", "来た、会った")
    assert change.trivial


CAVEATED = """
[[text.layer]]
name = "full"
label = "Full post-edit"
file = "layers/full.txt"
language = "ja"
kind = "full-postedit"
"""


def with_full(project, sentence, kind="full-postedit"):
    text = (project.docs / "edition.toml").read_text()
    layer = CAVEATED.replace("full-postedit", kind)
    project.write("docs/edition.toml", text.replace("[[group]]", layer + "\n[[group]]", 1))
    rows = "1.1\t国防相の訪問\n2.1\t{}\n2.2\t両国は軍事面の協力と軍事面の交流を強化した。\n3.1\t結論\n4.1\t協力は続く。\n"
    project.write("docs/layers/full.txt", rows.format(sentence))
    return project.check()


def test_a_change_with_its_caveat_is_fine(project):
    assert with_full(project, "国防相は北京を来訪した。").problems == ()


def test_a_change_without_a_caveat_is_told(project):
    (problem,) = with_full(project, "国防相は上海市を正式に来訪した。").problems
    assert str(problem).startswith(
        "docs/layers/full.txt:2: 2.1: the change of '北京' to '上海市' has no caveat; write one"
    )


def test_a_remedy_that_is_not_used_is_told(project):
    (problem,) = with_full(project, "国防相は北京を訪ねた。").problems
    assert "caveat 'one': '来訪' is not what 2.1 of layer 'full' has" in problem.message
    assert (problem.path, problem.line) == ("docs/notes.md", 3)


def test_a_light_post_edit_need_not_use_every_remedy_but_must_have_reasons(project):
    assert with_full(project, "国防相は北京を訪問した。", "postedit").problems == ()
    (problem,) = with_full(project, "国防大臣は北京を訪問した。", "postedit").problems
    assert "the change of '国防相' to '国防大臣' has no caveat" in problem.message


def note(project, **options):
    text = caveat(**options)
    project.write("docs/notes.md", "# Notes\n\n" + text)


def test_a_remark_without_a_remedy_explains_no_change(project):
    remark = caveat(severity="neutral").replace(":better: 来訪\n", "").replace(":because: It misleads.\n", "")
    project.write("docs/notes.md", f"# Notes\n\n{remark}")
    (problem,) = with_full(project, "国防相は北京を来訪した。").problems
    assert "the change of '訪問' to '来訪' has no caveat" in problem.message


def test_a_caveat_beside_a_change_does_not_explain_it(project):
    note(project, quote="を", better="へ")
    problems = with_full(project, "国防相は上海を訪問した。").problems
    assert [p.message for p in problems if "has no caveat" in p.message] == [
        "2.1: the change of '北京' to '上海' has no caveat; write one, or keep the words"
    ]


def test_words_to_be_deleted_must_be_gone(project):
    note(project, quote="国防相は", better="∅")
    assert with_full(project, "北京を訪問した。").problems == ()
    (problem,) = with_full(project, "国防相は北京を訪問した。").problems
    assert "'(delete)' is not what 2.1" in problem.message


def test_a_reason_for_not_applying_must_be_true(project):
    text = caveat().replace(":better: 来訪\n", ":better: 来訪\n:not-applied: The author wants it so.\n")
    project.write("docs/notes.md", f"# Notes\n\n{text}")
    assert with_full(project, "国防相は北京を訪問した。").problems == ()
    (problem,) = with_full(project, "国防相は北京を来訪した。").problems
    assert "layer 'full' shows the remedy, so drop ':not-applied:'" in problem.message
