"""The post-edited text and the caveats tell one story."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kochu.apparatus.coverage import changes

WORDS = st.lists(
    st.sampled_from(["軍事", "評議会", "は", "の", "ロシア", "、", "2024", "した", "NATO"]), max_size=14
).map("".join)


@given(WORDS, WORDS)
def test_applying_the_changes_gives_the_edited_text(base, edited):
    result, at = "", 0
    for change in changes(base, edited):
        assert base[change.start : change.end] == change.old
        result += base[at : change.start] + change.new
        at = change.end
    assert result + base[at:] == edited


def test_changes_are_words_not_letters():
    (change,) = changes("中央軍事評議会は決めた。", "中央軍事委員会は決めた。")
    assert (change.old, change.new) == ("中央軍事評議会", "中央軍事委員会")


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


def with_full(project, sentence):
    text = (project.docs / "edition.toml").read_text()
    project.write("docs/edition.toml", text.replace("[[group]]", CAVEATED + "\n[[group]]", 1))
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
    assert "caveat 'one': '来訪' is not in 2.1 of layer 'full'" in problem.message
    assert (problem.path, problem.line) == ("docs/notes.md", 3)
