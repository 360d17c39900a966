"""A reference prints the page to which its link leads, in whatever type and however long the book."""

from __future__ import annotations

from pathlib import Path
import shutil

import pikepdf
import pytest
from tests.typst.reading import painted, placed, references

import kochu.typst
from kochu.typst.beside import helper
from kochu.typst.compile import CompileError, compile_pdf
from kochu.typst.fonts import installed_fonts

HEAD = """
#import "base.typ": *
#set document(title: "References")
#set page(width: 120mm, height: 60mm, margin: 10mm)
#set text(font: serif("en"), lang: "en")
#set par(justify: true)
#all-digits()
"""
FOOT = "\n#places()\n"


def printed(folder, body, beside=None):
    shutil.copyfile(Path(kochu.typst.__file__).parent / "base.typ", folder / "base.typ")
    (folder / "settings.typ").write_text(
        '#let notes-mode = "margin"\n#let regions = (ja: "JP")\n#let translation = "none"\n'
    )
    source, target = folder / "book.typ", folder / "book.pdf"
    source.write_text(HEAD + body + FOOT)
    compile_pdf(
        source,
        target,
        root=folder,
        fonts=installed_fonts(),
        standards=["ua-1", "a-2a"],
        time=0,
        helper=beside,
    )
    return target


def a_book(pages, goals):
    references = " ".join(f'#to-page(label("at-{goal}"))[word {goal}], #lorem(4)' for goal in goals)
    places = "\n#pagebreak()\n".join(f'#anchor("at-{number}") Page.' for number in range(2, pages + 1))
    return f"{references}\n#pagebreak()\n{places}"


@pytest.mark.parametrize(
    ("pages", "goals"), [(4, [2, 4]), (12, [2, 9, 10, 12]), (101, [2, 87, 99, 100, 101])], ids=str
)
def test_a_reference_prints_the_page_to_which_it_leads(tmp_path, pages, goals):
    with pikepdf.open(printed(tmp_path, a_book(pages, goals))) as pdf:
        assert list(references(pdf)) == [(goal, goal) for goal in goals]
        assert "0123456789" not in "".join(words for *_, words in painted(pdf))


def test_type_in_which_a_reference_stands_does_not_matter(tmp_path):
    kinds = (
        '*bold #to-page(label("at-3"))[one]*',
        '_slanted #to-page(label("at-3"))[two]_',
        '#lang("ja")[日本語 #to-page(label("at-3"))[三]]',
        '#table(columns: 2, [Cell #to-page(label("at-3"))[four]], [#to-page(label("at-2"))[five]])',
        'Words#footnote[A note, #to-page(label("at-3"))[six].]',
        '#link(label("at-2"))[See #page-of(before: "p.\\u{a0}").]',
        '#to-page(label("at-3"))[seven, a name so long that it goes on in the next line of this page]',
    )
    body = "\n\n".join(kinds) + '\n#pagebreak()\n#anchor("at-2")B\n#pagebreak()\n#anchor("at-3")C'
    with pikepdf.open(printed(tmp_path, body)) as pdf:
        found = list(references(pdf))
    assert len(found) == len(kinds) + 1
    assert all(number == goal for number, goal in found)


def test_what_follows_a_number_stays_where_it_was(tmp_path):
    def ends(goal):
        folder = tmp_path / str(goal)
        folder.mkdir()
        body = a_book(101, [101]).replace('label("at-101")', f'label("at-{goal}")')
        with pikepdf.open(printed(folder, body)) as pdf:
            runs = [(x, words) for x, _, _, words in placed(pdf.pages[0])]
        (at,) = (n for n, (_, words) in enumerate(runs) if words.startswith("(p."))
        return runs[at][0], runs[at + 1][0]

    (start, after), (short_start, short_after) = ends(101), ends(87)
    assert short_after == pytest.approx(after, abs=0.11)
    # Half of the digit's width is left before the reference.
    assert short_start - start == pytest.approx(0.465 * 11 * 0.86 / 2, abs=0.2)


def test_a_helper_makes_the_same_file(tmp_path):
    alone = printed(tmp_path, a_book(12, [2, 9, 10, 12])).read_bytes()
    with helper() as beside:
        assert printed(tmp_path, a_book(12, [2, 9, 10, 12]), beside).read_bytes() == alone


def test_a_reference_to_what_is_not_printed_is_named(tmp_path):
    with pytest.raises(CompileError, match=r"book\.typ: a link leads to nowhere, which is not printed"):
        printed(tmp_path, '#to-page(label("nowhere"))[gone]')


def test_a_number_that_no_link_tells_stops_with_a_sentence(tmp_path):
    with pytest.raises(CompileError, match=r"book\.typ: a number on the page .* has no link around it"):
        printed(tmp_path, '#page-of(before: "p. ")')


def test_a_picture_may_have_the_colour_of_what_waits(tmp_path):
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path fill="#565656" d="M0 0h9v9z"/><text y="9" fill="#565656">100</text></svg>'
    (tmp_path / "grey.svg").write_text(svg)
    printed(tmp_path, '#figure(image("grey.svg", alt: "A square"))')
