"""A packed PDF says and shows what the unpacked one does."""

from __future__ import annotations

from io import BytesIO
import re

import pikepdf
import pytest
from tests.typst.reading import painted, structure
import typst

from kochu.typst.fonts import installed_fonts
from kochu.typst.pack import pack
from kochu.typst.stretches import join_stretches, rounded

SOURCE = """
#set document(title: "A book")
#set text(font: ("Libertinus Serif", "Noto Serif JP"), lang: "en")
#set page(width: 120mm, height: 90mm, header: [A running head])
= A heading <here>
Some *strong* and _emphatic_ words, (brackets) and \\\\ backslashes, #link(<here>)[a link],
#text(lang: "ja", fill: rgb("#7a2e1f"))[国防相は北京を訪問した。] #footnote[A note.]
#rect(width: 20mm, fill: luma(200))[In a box]
#table(columns: 2, table.header[*One*][*Two*], [1], [2])
#rotate(3deg)[Askew] #lorem(150)
"""


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    source = tmp_path_factory.mktemp("pack") / "book.typ"
    source.write_text(SOURCE)
    fonts = list(installed_fonts().folders)
    return typst.compile(
        source, font_paths=fonts, ignore_system_fonts=True, pdf_standards=["ua-1", "a-2a"], timestamp=0
    )


def test_the_words_their_types_and_their_order_stay(raw):
    with pikepdf.open(BytesIO(raw)) as before, pikepdf.open(BytesIO(pack(raw))) as after:
        assert list(painted(after)) == [
            (page, round(size, 2), words) for page, size, words in painted(before)
        ]
        assert structure(after) == structure(before)
        assert after.docinfo == before.docinfo
        assert after.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()


def test_every_sign_stands_where_it_stood(raw):
    def places(pdf):
        for page in pdf.pages:
            matrices, text = [pikepdf.Matrix()], pikepdf.Matrix()
            for operands, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name == "q":
                    matrices.append(matrices[-1])
                elif name == "Q":
                    matrices.pop()
                elif name == "cm":
                    matrices[-1] = pikepdf.Matrix(*map(float, operands)) @ matrices[-1]
                elif name == "BT":
                    text = pikepdf.Matrix()
                elif name == "Tm":
                    text = pikepdf.Matrix(*map(float, operands))
                elif name == "Td":
                    text = pikepdf.Matrix(1, 0, 0, 1, *map(float, operands)) @ text
                elif name in ("Tj", "TJ"):
                    yield tuple((text @ matrices[-1]).shorthand)

    with pikepdf.open(BytesIO(raw)) as before, pikepdf.open(BytesIO(pack(raw))) as after:
        old, new = list(places(before)), list(places(after))
    assert len(old) == len(new) > 20
    worst = max(abs(a - b) for one, two in zip(old, new, strict=True) for a, b in zip(one, two, strict=True))
    assert worst <= 0.0051


def test_it_is_smaller_and_always_the_same(raw):
    assert len(pack(raw)) < 0.8 * len(raw)
    assert pack(raw) == pack(raw)


def test_text_objects_are_closed_where_marks_begin_and_end(raw):
    with pikepdf.open(BytesIO(pack(raw))) as pdf:
        for page in pdf.pages:
            stack = []
            for _, operator in pikepdf.parse_content_stream(page):
                name = str(operator)
                if name in ("q", "BT", "BDC", "BMC"):
                    stack.append(name)
                elif name in ("Q", "ET", "EMC"):
                    opened = stack.pop()
                    assert (opened, name) in {("q", "Q"), ("BT", "ET"), ("BDC", "EMC"), ("BMC", "EMC")}
            assert stack == []


def test_what_is_not_known_is_left_alone():
    content = b"q 1 0 0 1 5 5 cm /x1 Do Q\n/Artifact<</Type/Layout>>BDC\n0 0 m 5.55555 5 l S\nEMC\n"
    assert join_stretches(content) == content


def test_strings_and_names_are_not_rounded():
    assert rounded(b"<</A(1.23456)/B<31>/F1.23456 0.33333/C[-0.001 12.3456]>>") == (
        b"<</A(1.23456)/B<31>/F1.23456 0.33/C[0 12.35]>>"
    )
    assert not re.search(rb"-0\b(?!\.)", rounded(b"[-0.001]"))
