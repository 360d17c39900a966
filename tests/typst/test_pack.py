"""A packed PDF says and shows what the unpacked one does."""

from __future__ import annotations

from io import BytesIO

from fontTools import cffLib
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
import pikepdf
import pytest
from tests.typst.reading import painted, said, structure
import typst

from kochu.typst.fonts import installed_fonts
from kochu.typst.links import NoPlaceError, Place
from kochu.typst.outlines import without_hints
from kochu.typst.pack import pack
from kochu.typst.stretches import join_stretches

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
#link("kochu:a place")[A link of our own with _emphasis_ in it, long enough for more than one line of the page]
#for number in range(3) [#lorem(40) #link("https://example.org/")[Out.] ]
"""
PLACES = {"a place": Place(2, 30.0, 100.0)}


def packed(data):
    return pack(data, PLACES)


def links(pdf):
    return [(number, note) for number, page in enumerate(pdf.pages, 1) for note in page.get("/Annots", [])]


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    source = tmp_path_factory.mktemp("pack") / "book.typ"
    source.write_text(SOURCE)
    fonts = list(installed_fonts().folders)
    return typst.compile(
        source, font_paths=fonts, ignore_system_fonts=True, pdf_standards=["ua-1", "a-2a"], timestamp=0
    )


def test_the_words_their_types_and_their_order_stay(raw):
    with pikepdf.open(BytesIO(raw)) as before, pikepdf.open(BytesIO(packed(raw))) as after:
        assert list(painted(after)) == [
            (page, round(size, 2), words) for page, size, words in painted(before)
        ]
        # What only groups other elements says nothing to a reader.
        assert structure(after) == [name for name in structure(before) if name != "Div"]
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

    with pikepdf.open(BytesIO(raw)) as before, pikepdf.open(BytesIO(packed(raw))) as after:
        old, new = list(places(before)), list(places(after))
    assert len(old) == len(new) > 20
    worst = max(abs(a - b) for one, two in zip(old, new, strict=True) for a, b in zip(one, two, strict=True))
    assert worst <= 0.051


def test_it_is_smaller_and_always_the_same(raw):
    assert len(packed(raw)) < 0.7 * len(raw)
    assert packed(raw) == packed(raw)


def test_text_objects_are_closed_where_marks_begin_and_end(raw):
    with pikepdf.open(BytesIO(packed(raw))) as pdf:
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


def test_every_mark_belongs_to_the_element_that_holds_its_words(raw):
    """What each element of the structure says, in order: by the marks that it names."""

    with pikepdf.open(BytesIO(raw)) as before, pikepdf.open(BytesIO(packed(raw))) as after:
        assert said(after) == said(before)
        assert "</Link>a link" in said(after)


def test_the_table_of_marks_leads_to_the_element_that_names_the_mark(raw):
    with pikepdf.open(BytesIO(packed(raw))) as pdf:
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        table = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        for page in pdf.pages:
            for mark, element in enumerate(table[int(page.StructParents)]):
                children = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
                own = [
                    child.get("/MCID") if isinstance(child, pikepdf.Dictionary) else child
                    for child in children
                ]
                assert mark in own


def test_an_address_of_our_own_becomes_a_place_in_the_book(raw):
    with pikepdf.open(BytesIO(packed(raw))) as pdf:
        inner = [
            note for _, note in links(pdf) if str(note.get("/Contents", "")) == "page 2" and "/Dest" in note
        ]
        assert inner
        for note in inner:
            page, kind, x, y, _ = note.Dest
            assert (page.objgen, kind, x) == (pdf.pages[1].objgen, "/XYZ", 30)
            assert 0 <= float(pdf.pages[1].MediaBox[3]) - 90 - y <= 1 or y == pytest.approx(166, abs=1)
        assert b"kochu:" not in b"".join(note.unparse(resolved=True) for _, note in links(pdf))


def test_one_clicks_where_one_clicked(raw):
    """Rectangles grow by less than a point; of several on one line there is one."""

    def areas(pdf):
        for page, note in links(pdf):
            yield page, [float(side) for side in note.Rect]

    with pikepdf.open(BytesIO(raw)) as before, pikepdf.open(BytesIO(packed(raw))) as after:
        old, new = list(areas(before)), list(areas(after))
        lines = [len(note.get("/QuadPoints", [])) // 8 for _, note in links(after)]
    assert len(old) == len(new) > 5
    for (page, was), (same, now) in zip(old, new, strict=True):
        assert page == same
        assert all(0 <= low - least < 1 for low, least in zip(was[:2], now[:2], strict=True))
        assert all(0 <= most - high < 1 for high, most in zip(was[2:], now[2:], strict=True))
    assert 1 not in lines
    assert max(lines) in (2, 3)


def test_a_link_to_nowhere_is_an_error(raw):
    with pytest.raises(NoPlaceError, match="a place"):
        pack(raw, {})


def test_a_file_whose_pages_are_not_found_stops_with_a_sentence(raw):
    with pytest.raises(ValueError, match="no page that is written as we know it"):
        pack(raw.replace(b"<</Type/Page/", b"<</Type/Leaf/"), PLACES)


def test_letters_keep_their_outlines_and_widths(raw):
    def drawn(data):
        file, fonts = TTFont(recalcBBoxes=False), cffLib.CFFFontSet()
        fonts.decompile(BytesIO(data), file)
        (top,) = (fonts[name] for name in fonts.fontNames)
        scale = getattr(top, "FontMatrix", [1])[0] * top.FDArray[0].FontMatrix[0]
        for name in top.charset:
            pen, outline = RecordingPen(), top.CharStrings[name]
            outline.draw(pen)
            yield name, outline.width, pen.value, outline.private.rawDict.get("BlueValues")
        yield "scale", scale if "FontMatrix" in top.rawDict else top.FDArray[0].FontMatrix[0]

    with pikepdf.open(BytesIO(raw)) as pdf:
        fonts = [o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream) and "/Subtype" in o]
        fonts = [data for data in fonts if data.startswith(b"\x01\x00")]
    assert len(fonts) > 2
    for font in fonts:
        assert list(drawn(without_hints(font))) == list(drawn(font))
        assert len(without_hints(font)) < len(font)


def test_what_is_not_known_is_left_alone():
    content = b"q 1 0 0 1 5 5 cm /x1 Do Q\n/Artifact<</Type/Layout>>BDC\n0 0 m 5.55555 5 l S\nEMC\n"
    assert join_stretches(content) == (content, {})
