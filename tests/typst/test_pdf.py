"""The PDF of a small edition: words in order, places, standards, bytes."""

from __future__ import annotations

import re

from tests.conftest import SEED, caveat
from tests.typst.reading import japanese, structure

SENTENCES = [
    "国防相の訪問",
    "国防相は北京を訪問した。",
    "両国は軍事面の協力と軍事面の交流を強化した。",
    "結論",
    "協力は続く。",
]


def test_the_text_comes_out_in_order_without_its_readings(typeset):
    with typeset().pdf() as pdf:
        base, everything = japanese(pdf)
    assert "".join(SENTENCES) in base
    for sentence in SENTENCES:
        assert sentence in base
    assert "国防相こくぼうしょうは北京ペキンを訪問ほうもんした。" in everything


def test_the_text_stands_in_peace_and_then_with_its_notes(typeset, project):
    project.write("docs/notes.md", "# Notes\n\n" + caveat(body="The very reason."))
    printed = typeset()
    source = printed.source()
    assert source.index("#bare-text(") < source.index('title: "The text with notes"')
    assert "#mark(" not in source[: source.index('title: "The text with notes"')]
    assert source.count("The very reason.") == 1


def test_the_bare_text_can_be_left_out(typeset):
    conf = 'kochu_pdf_documents = [("index", "book", {"reading_text": False})]\n'
    assert "#bare-text(" not in typeset(conf=conf).source("book")


def test_title_author_language_date_and_keywords(typeset):
    printed = typeset(conf='kochu_pdf_keywords = ["annotated edition", "furigana"]\n')
    with printed.pdf() as pdf:
        assert str(pdf.docinfo["/Title"]) == "A small edition"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20231114")
        assert "furigana" in str(pdf.docinfo["/Keywords"])
        assert str(pdf.Root.Lang) == "en"


def test_words_in_another_language_say_so(typeset):
    with typeset().pdf() as pdf:
        tags = {
            str(o.get("/Lang", ""))
            for o in pdf.objects
            if hasattr(o, "keys") and o.get("/Type") == "/StructElem"
        }
        streams = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert any(tag.startswith("ja") for tag in tags) or b"/Lang(ja" in streams


def test_the_pdf_says_that_it_conforms_to_both_standards(typeset):
    with typeset().pdf() as pdf:
        metadata = pdf.Root.Metadata.read_bytes()
        assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
        assert b"<pdfaid:part>2</pdfaid:part>" in metadata
        assert pdf.Root.MarkInfo.Marked
        assert {"H1", "P", "Link"} <= set(structure(pdf))


def test_fonts_are_embedded_and_cut_down(typeset):
    with typeset().pdf() as pdf:
        fonts = [o for o in pdf.objects if hasattr(o, "keys") and o.get("/Type") == "/FontDescriptor"]
        assert fonts
        for font in fonts:
            assert re.match(r"/[A-Z]{6}\+", str(font.FontName))
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys())


def test_bookmarks_are_words_without_readings(typeset):
    with typeset().pdf() as pdf, pdf.open_outline() as outline:
        chapters = {item.title: [child.title for child in item.children] for item in outline.root}
    assert chapters["The text with notes"] == ["国防相の訪問", "結論"]
    assert "Notes" not in chapters, "the only note stands under the text"


def test_links_lead_into_the_book_and_out_of_it(typeset, project):
    project.write(
        "docs/notes.md", "# Notes\n\n[Out](https://example.org/) and {sentence}`4.1`.\n\n" + caveat()
    )
    with typeset().pdf() as pdf:
        notes = [a for page in pdf.pages for a in page.get("/Annots", [])]
        uris = [str(a.A.URI) for a in notes if a.get("/A", {}).get("/URI")]
        inner = [a for a in notes if "/Dest" in a or a.get("/A", {}).get("/S") == "/GoTo"]
    assert uris == ["https://example.org/"]
    assert inner


def test_a_link_to_a_note_leads_to_where_it_is_printed(typeset, project):
    project.write("docs/notes.md", "# Notes\n\n" + caveat())
    project.write("docs/index.md", "# A small edition\n\n```{toctree}\nreading\nnotes\nmore\n```\n")
    project.write("docs/more.md", "# More\n\nSee {caveat}`one` and [the notes](notes.md).\n")
    source = typeset().source()
    assert '#to-page(label("reading:note-one"))[訪問];' in source.replace('#lang("ja")[訪問];', "訪問")
    assert 'label("notes:' not in source


def test_a_link_leads_to_a_printed_note_though_its_page_is_left_out(typeset, project):
    project.write("docs/index.md", "# A small edition\n\n```{toctree}\nreading\nnotes\nmore\n```\n")
    project.write("docs/more.md", "# More\n\nSee {caveat}`one`.\n")
    printed = typeset(conf='kochu_pdf_documents = [("index", "book", {"without": ["notes"]})]\n')
    assert '#to-page(label("reading:note-one"))[' in printed.source("book")


def test_a_page_keeps_its_own_prose_and_its_sections_that_have_some(typeset, project):
    text = "# Notes\n\nA headnote.\n\n## Line 2\n\n:::{passage} 2\n:::\n\n" + caveat(at="2.1")
    project.write("docs/notes.md", text + "\n## Line 4\n\n:::{passage} 4\n:::\n\nOwn words.\n")
    source = typeset().source()
    assert "A headnote." in source
    assert 'title: "Line 2"' not in source
    assert 'title: "Line 4"' in source
    assert "Own words." in source


def test_an_essay_keeps_its_note_and_the_sentence_refers_to_it(typeset, project):
    essay = (
        "# Essay\n\n:::{context} 北京\n:key: capital\n:at: 2.1\n:title: The capital\n\nThe lead.\n:::\n\n"
        "## At length\n\nMore.\n"
    )
    project.write("docs/notes.md", essay)
    source = typeset().source()
    assert source.count("The lead.") == 1
    assert 'home: label("notes:context-capital")' in source


def test_the_index_leads_to_articles_and_sentences(typeset, project):
    name = ":::{name} 北京\n:key: beijing\n:title: Beijing\n:entity: place\n:names: en: Beijing\n:at: 2.1\n\nA city.\n:::\n"
    project.write("docs/notes.md", "# Notes\n\n" + name)
    assert '([Beijing], (label("notes:name-beijing"), ), (label("reading:s2-1"), ), 0)' in typeset().source()


def test_the_chosen_versions_stand_under_the_sentence(typeset):
    assert "The minister visited Beijing." in typeset().source()


def test_no_version_if_none_is_chosen(typeset):
    assert "The minister visited Beijing." not in typeset(conf="kochu_pdf_versions = []\n").source()


def test_an_excerpt_prints_no_more_than_an_excerpt(typeset):
    source = typeset("-t", "excerpt").source()
    assert "協力は続く" not in source
    assert "not reproduced in this excerpt" in source


def test_two_builds_are_the_same_file(typeset, project):
    first = (typeset().folder / "a-small-edition.pdf").read_bytes()
    again = (typeset("-E").folder / "a-small-edition.pdf").read_bytes()
    assert first == again
    assert SEED.split("\n")[0] not in first.decode("latin-1")
