"""The whole edition with LuaLaTeX: it compiles, nothing is lost, nothing runs off the page.

Takes two minutes where TeX is installed, and is skipped elsewhere.
"""

from __future__ import annotations

import re

import pikepdf
import pytest
from tests.conftest import DOCS, build_edition
from tests.latex import complaints, need_lualatex, typeset
from tests.typst.reading import painted

from kochu.apparatus.edition import load_edition, load_text

NAME = "how-russia-does-not-snore"
NOT_JAPANESE = re.compile(r"[^\u3000-\u9fff\uff01-\uff60]")
pytestmark = [pytest.mark.latex, pytest.mark.slow]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The PDF and the log."""
    need_lualatex()
    out = tmp_path_factory.mktemp("edition-latex")
    build_edition("latex", out, "-D", "latex_engine=lualatex")
    return typeset(out / "latex", NAME)


@pytest.fixture(scope="module")
def stretches(book):
    with pikepdf.open(book[0]) as pdf:
        return list(painted(pdf))


@pytest.fixture(scope="module")
def text():
    edition = load_edition(DOCS)
    return load_text(edition, next(iter(edition.texts)))


def test_no_sign_is_missing_and_no_line_too_long(book):
    assert not complaints(book[1])


def test_the_sentences_stand_there_in_order_and_whole(stretches, text):
    # Only sentences of the text, headings and the title are set so large.
    large = "".join(NOT_JAPANESE.sub("", words) for _, size, words in stretches if size > 11)
    assert NOT_JAPANESE.sub("", "".join(line.text for line in text.base.lines)) in large


def test_every_reading_stands_there_in_order(stretches, text):
    small = "".join(words for _, size, words in stretches if size < 7.5)
    place = 0
    for address, groups in text.readings.items():
        for group in groups:
            found = small.find(group.reading, place)
            assert found >= 0, (address, group.reading)
            place = found + len(group.reading)


def test_contents_and_index(book, stretches):
    with pikepdf.open(book[0]) as pdf, pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        pages = len(pdf.pages)
    assert titles[:3] == ["Introduction", "The text", "Commentary"]
    assert titles[-1] == "Index"
    assert titles.count("Bibliography") == 1
    end = "".join(words for page, _, words in stretches if page > pages - 3)
    for word in ("alliance,", "Belousov,", "wreath-laying,", "yōji yōgo,"):
        assert word.replace(" ", "") in re.sub(r"\s", "", end), word


def test_sources_stand_below_their_headings(book):
    source = book[0].with_suffix(".tex").read_text("utf-8")
    primary, _, secondary = source.partition(r"\section{Primary sources}")[2].partition(
        r"\section{Secondary sources}"
    )
    assert primary.count(r"\bibitem[P1]") == 1
    assert secondary.count(r"\bibitem[S") == source.count(r"\bibitem[S") > 100
