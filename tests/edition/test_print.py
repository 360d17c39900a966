"""The real edition as PDF and e-book: words in order, what a reader leafs through, validators."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
import re
from statistics import mode

import pikepdf
import pytest
from tests.conftest import DOCS, ROOT, build_edition
from tests.epub.conftest import NS, Book
from tests.typst.reading import japanese, painted, placed, readings, references, said
from tests.validators import epubcheck

from kochu.apparatus.edition import load_edition, load_text

NAME = "how-russia-does-not-snore"


def made(builder: str, tmp_path_factory) -> Path:
    """Build the edition, strictly."""
    out = tmp_path_factory.mktemp(f"edition-{builder}")
    build_edition(builder, out, "-j", "auto")
    return out / builder


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory):
    return made("typst", tmp_path_factory)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return Book(made("epub", tmp_path_factory) / f"{NAME}.epub")


@pytest.fixture(scope="module")
def base():
    edition = load_edition(DOCS)
    return load_text(edition, next(iter(edition.texts))).base


def test_the_folder_holds_books_and_nothing_else(pdfs):
    found = {path.suffix for path in pdfs.rglob("*") if path.is_file()}
    assert found == {".pdf"}
    assert {f"{NAME}.pdf", f"{NAME}-a4.pdf", "worksheet-b1.pdf"} <= {path.name for path in pdfs.iterdir()}


def test_the_words_of_the_pdf_are_the_text_in_order(pdfs, base):
    signs = re.compile(r"[^\u3000-\u9fff\uff01-\uff60]")
    for name in (NAME, f"{NAME}-a4"):
        with pikepdf.open(pdfs / f"{name}.pdf") as pdf:
            found, _ = japanese(pdf)
        # The text stands there twice: in peace, and sentence by sentence with its notes.
        assert signs.sub("", "".join(line.text for line in base.lines)) in found
        place = 0
        for sentence in base.sentences:
            place = found.find(signs.sub("", sentence.text), place)
            assert place >= 0, sentence.address


def test_the_full_post_edit_stands_under_each_sentence(pdfs):
    """Notes appeal to it. (Running heads are no part of what a PDF says; signs that share a glyph come out as one.)"""
    signs = re.compile(r"[^\u3041-\u30ff\u4e00-\u9fff]")
    edition = load_edition(DOCS)
    loaded = load_text(edition, next(iter(edition.texts)))
    with pikepdf.open(pdfs / f"{NAME}.pdf") as pdf:
        found = signs.sub("", said(pdf))
    place = 0
    for address, kept in loaded.versions.items():
        edited = next(text for spec, text in kept if spec.name == "full")
        place = found.find(signs.sub("", edited), place)
        assert place >= 0, address


def test_no_reading_touches_the_next_one(pdfs):
    for name in (NAME, f"{NAME}-a4"):
        with pikepdf.open(pdfs / f"{name}.pdf") as pdf:
            lines = [line for page in pdf.pages for line in readings(page)]
        pairs = [pair for line in lines for pair in pairwise(line)]
        assert len(pairs) > 500
        assert [(a[2], b[2]) for a, b in pairs if b[0] - a[1] < 0.1] == []


def test_every_page_of_notes_says_whose_they_are(pdfs):
    """Also where they go on from the page before."""
    address = re.compile(r"(\d+\.\d)(?:–(\d+\.\d))?")
    with pikepdf.open(pdfs / f"{NAME}.pdf") as pdf:
        heads = [
            [found for _, y, _, words in placed(page) if y > 650 and (found := address.fullmatch(words))]
            for page in pdf.pages
        ]
    ranges = [(found[0][1], found[0][2] or found[0][1]) for found in heads if found]
    assert len(ranges) > 50
    order = [tuple(map(int, number.split("."))) for pair in ranges for number in pair]
    assert order == sorted(order)


def test_every_reference_prints_the_page_to_which_it_leads(pdfs):
    for path in pdfs.glob("*.pdf"):
        with pikepdf.open(path) as pdf:
            found = list(references(pdf))
        assert found or "-" in path.stem
        assert [one for one in found if len(one) != 2 or one[0] != one[1]] == [], path.name
        if path.stem == NAME:
            assert len(found) > 1000


def test_heads_of_notes_stand_beside_their_first_line_and_apart(pdfs):
    """Most take no part in the height of the notes beside which they stand."""
    for name in (NAME, f"{NAME}-a4"):
        sizes, gaps, lonely = [], [], []
        with pikepdf.open(pdfs / f"{name}.pdf") as pdf:
            for number, page in enumerate(pdf.pages, 1):
                lines = [(y, size, x, words) for x, y, size, words in placed(page) if y > 40]
                top = float(page.MediaBox[3]) - 60
                side = sorted((line for line in lines if line[2] < 130 and line[0] < top), reverse=True)
                # A head and its number are on one line; sizes of type on a line differ.
                rows = [row for n, row in enumerate(side) if not n or side[n - 1][0] - row[0] > 1.5]
                gaps += [(above[0] - row[0]) / row[1] for above, row in pairwise(rows)]
                for y, size, x, words in side:
                    # Sources have labels too, in a column of their own.
                    if x < 60 and re.fullmatch(r"[^\W\dPS]\d+", words.strip()):
                        sizes.append(round(size, 1))
                        if not any(other > 130 and abs(y - at) < 3 for at, _, other, _ in lines):
                            lonely.append((number, words))
                # Nor do they reach into the lower margin.
                assert min((y for y, *_ in side), default=100) > 48, number
        assert len(sizes) > 400
        # In tables they are larger.
        assert min(sizes) == mode(sizes)
        assert lonely == []
        assert min(gaps) > 0.9


def test_the_edition_is_smaller_than_two_megabytes(pdfs):
    """As Typst writes it, it is seven."""
    for name in (NAME, f"{NAME}-a4"):
        assert (pdfs / f"{name}.pdf").stat().st_size < 2_000_000


def test_the_colophon_says_what_exactly_was_edited(pdfs, base):
    digest = (ROOT / "seeds/SHA256SUMS").read_text().split()[0]
    with pikepdf.open(pdfs / f"{NAME}.pdf") as pdf:
        words = "".join(text for _, _, text in painted(pdf))
        with pdf.open_outline() as outline:
            titles = {item.title for top in outline.root for item in (top, *top.children)}
    assert digest in words.replace("\u200b", "")
    assert {"Introduction", "The text", "The text with notes", "Glossary", "Index", "Bibliography"} <= titles


def test_the_e_books_pass_epubcheck(book):
    assert epubcheck(book.path, book.path.with_name(f"{NAME}-vertical.epub")) == []


def test_every_note_reference_of_the_e_book_leads_to_its_note(book):
    page = book.page("reading")
    notes = {e.get("id") for e in page.iter(f"{{{NS['h']}}}aside")}
    references = {e.get("href") for e in page.iter() if e.get("role") == "doc-noteref"}
    assert len(references) > 150
    assert references <= {f"#{name}" for name in notes}


def test_worksheets_are_numbered_and_end_with_more_than_a_line(pdfs):
    sheets = sorted(pdfs.glob("worksheet-*.pdf"))
    assert len(sheets) == 6
    for sheet in sheets:
        with pikepdf.open(sheet) as pdf:
            words = {}
            for page, _, text in painted(pdf):
                words.setdefault(page, []).append(text)
        for page in range(2, len(words) + 1):
            assert str(page) in words[page][:2], (sheet.name, page)
        assert len(words[len(words)]) > 5, sheet.name
