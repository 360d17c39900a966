"""Words of the machine's own making carry a flag wherever a learner meets them."""

from __future__ import annotations

from bs4 import BeautifulSoup
import pytest
from tests.conftest import ROOT

WORDS = """
[[word]]
lemma = "軍事面"
reading = "ぐんじめん"
pos = "noun"
level = "N1"
gloss = "military side"
at = ["2.2"]
forms = ["軍事面"]
{flag}
"""
TERM = """
:::{term}
:key: term-military
:title: military side
:names: ja: 軍事分野 | en: military side
:forms: 軍事面

A field.
:::
"""


@pytest.mark.parametrize(
    ("flagged", "printed"), [(True, "軍事面"), (False, "軍事面"), (True, "軍事"), (True, "軍")]
)
def test_a_term_names_the_words_not_to_be_imitated(project, flagged, printed):
    flag = 'imitate = false\ncaveat_hint = "Write 軍事分野."' if flagged else ""
    project.write("docs/layers/words.toml", WORDS.format(flag=flag))
    text = (project.docs / "edition.toml").read_text("utf-8")
    project.write(
        "docs/edition.toml",
        text.replace('language = "ja"', 'language = "ja"\nwords = "layers/words.toml"', 1),
    )
    project.write(
        "docs/terms.md",
        "---\norphan: true\n---\n\n# Terms\n" + TERM.replace(":forms: 軍事面", f":forms: {printed}"),
    )
    assert project.build().stderr == ""
    soup = BeautifulSoup(project.page("terms.html"), "html.parser")
    fields = {dt.get_text(): dt.find_next_sibling("dd").get_text() for dt in soup.select("dt")}
    # An error is not the term's that is only a small part of it.
    named = flagged and printed != "軍"
    assert fields.get("Do not imitate") == ("「軍事面」 Write 軍事分野." if named else None)


def test_the_edition_flags_them_in_glossary_exercises_and_search(site):
    def text(page):
        return BeautifulSoup((site / page).read_text("utf-8"), "html.parser").get_text(" ")

    assert "Do not imitate 「名誉部門」" in " ".join(text("glossary/military.html").split())
    japanese = " ".join(text("exercises/japanese.html").split())
    assert "Do not imitate: 国際場 (an error of the machine translation)" in japanese
    # Where the fault is what is looked for, naming it would tell the answer.
    assert "Do not imitate" not in text("exercises/translation.html")
    assert '"名誉部門"' in (site / "_words" / "belousov-in-beijing.js").read_text("utf-8")


def test_the_flag_says_what_to_write_instead():
    import tomllib

    rows = tomllib.loads((ROOT / "docs/layers/vocabulary.toml").read_text("utf-8"))["word"]
    flagged = [row for row in rows if not row.get("imitate", True)]
    assert len(flagged) >= 15
    assert [row["lemma"] for row in flagged if not row.get("caveat_hint")] == []
