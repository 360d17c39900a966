"""Every sort of node finds its way onto paper."""

from __future__ import annotations

import pytest
from tests.typst.conftest import Printed, furnish
from tests.typst.reading import painted, structure
from tests.validators import verapdf


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory):
    import tests.conftest as base

    made = base.Project(tmp_path_factory.mktemp("kitchen"))
    made.seed(base.SEED)
    made.write("docs/edition.toml", base.EDITION)
    made.write("docs/layers/readings.txt", base.READINGS)
    made.write("docs/layers/english.txt", base.ENGLISH)
    made.write("docs/reading.md", "# The text\n\n:::{reading}\n:::\n")
    made.write("docs/notes.md", "# Notes\n\n" + base.caveat())
    furnish(made)
    printed = Printed(made)
    assert printed.code == 0, printed.log
    return printed


@pytest.mark.parametrize(
    "expected",
    [
        "#emph[emphasis];",
        "#strong[strong];",
        '#raw("literal");',
        "#sub[sub];",
        "#super[sup];",
        '#key("Ctrl");',
        "MT (machine translation)",
        '#raw("a file");',
        '#link("https://example.org/a_b#c")[a link];',
        '#to-page(label("reading:"))[an internal link];',
        '#link(label("reading:s2-1"))',
        "#footnote[The footnote, with #emph[emphasis];.]",
        '#footnote(label("kitchen:',
        '[日本語の文が];#lang("ja")[続く行。];',
        "Here is replaced text.",
        '#enum(start: 1, numbering: "1.", [2024\\. A numbered start])',
        "#par[2024\\. is not a list.]",
        "#saying(by: none)[#par[A quotation.]",
        "#saying(by: [Sage])[#par[Wisdom.]]",
        "#transition()",
        "#list([one], [#par[two]",
        "#enum(start: 3,",
        'numbering: "a."',
        "#definition([Term])",
        "#particulars(hanging: true, ([Field], [Value of a field])",
        '#definition([#raw("-a FILE");])[An option]',
        "#list([left], [right])",
        "A line#linebreak();#h(2em);indented line#linebreak();",
        "hegemony])[Leadership of one state.]",
        "#rubric[A rubric]",
        "#align(center)[Centred words]",
        "#panel([A topic])",
        "#panel([A sidebar])",
        "#changed[#par[Added in version 1.0: Something new.]]",
        "rule ::=",
        "#literature([Cit2020])",
        '#link(label("kitchen:cit2020"))[\\[Cit2020\\]];',
        "#par[A compound paragraph.]",
        "#par[Text in a container.]",
        '#raw("parse(text)");',
        ">>> 1 + 1",
        "#strong[Table 1] A captioned table",
        'table.cell(align: center)[#lang("ja")[覇権];]',
        "table.cell(colspan: 2)[#strong[Head over two columns]]",
        "table.cell(rowspan: 2)[two rows]",
        'image("/pictures/figure.svg", alt: "A square", width: 90pt)',
        "legend: [#par[The legend.]]",
        "#strong[Fig. 1] The #emph[caption];.",
        '#box(image("/pictures/dot.png", alt: "dot"));',
        "#listing([A listing])",
        'lang: "python")',
        "#admonition([Note])",
        "#admonition([Warning])",
        "#admonition([A title of my own])",
        "#admonition([See also])",
        "#tiles([#card[#rubric[Card title]",
        "#badge[badge];",
        "#panel([First tab])",
        "#panel([Drop down])",
        "an icon, and a paragraph",
        '#lang("it")[spazio vitale];',
        "#bibliography-list[#literature([Som24])",
        'rank: -1, title: "Part one"',
        '([hegemony], (label("kitchen:term-hegemony"), ), (), 0)',
        "[see alpha]",
    ],
)
def test_the_source_has(kitchen, expected):
    assert expected in kitchen.source()


def test_nothing_of_the_comment_or_the_landing_page(kitchen):
    assert "nobody sees" not in kitchen.source()
    assert "Landing page" not in kitchen.source()


def test_the_pdf_is_tagged_in_all_its_parts(kitchen):
    with kitchen.pdf() as pdf:
        found = set(structure(pdf))
    assert {"H1", "H2", "H3", "P", "L", "LI", "Table", "TH", "TD", "Figure", "Link", "Note", "Code"} <= found


def test_pictures_have_words_for_those_who_cannot_see_them(kitchen):
    with kitchen.pdf() as pdf:
        alts = {
            str(o["/Alt"])
            for o in pdf.objects
            if hasattr(o, "keys") and o.get("/S") == "/Figure" and "/Alt" in o
        }
    assert {"A square", "dot"} <= alts


@pytest.mark.parametrize("conf", ['kochu_pdf_paper = "a4"\n', 'kochu_pdf_notes = "inline"\n'])
def test_other_looks_compile_to_the_same_standards(tmp_path, project, conf):
    furnish(project)
    printed = Printed(project, conf=conf)
    assert printed.code == 0, printed.log
    with printed.pdf() as pdf:
        width = float(pdf.pages[0].MediaBox[2])
    assert (width > 590) == ("a4" in conf)


def test_the_pdf_passes_the_validators(kitchen):
    file = kitchen.folder / "a-small-edition.pdf"
    assert verapdf("ua1", file) == []
    assert verapdf("2a", file) == []


def test_the_validator_finds_what_is_wrong(kitchen, tmp_path):
    with kitchen.pdf() as pdf:
        del pdf.Root.MarkInfo
        pdf.save(tmp_path / "untagged.pdf")
    assert any("MarkInfo" in fault for fault in verapdf("ua1", tmp_path / "untagged.pdf"))


def test_the_translation_may_face_the_text(project):
    printed = Printed(project, conf='kochu_pdf_translation = "facing"\n')
    assert printed.code == 0, printed.log
    with printed.pdf() as pdf:
        first = {words: page for page, _, words in reversed(list(painted(pdf)))}
    assert first["The minister visited Beijing."] == first["北京"]
