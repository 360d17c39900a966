"""E-books: notes that pop up, languages, landmarks, metadata, the same bytes."""

from __future__ import annotations

from io import BytesIO
import re

from PIL import Image
import pytest
from tests.conftest import SEED, caveat
from tests.epub.conftest import NS, TYPE, Book
from tests.validators import epubcheck

SENTENCES = {"1.1": "国防相の訪問", "2.1": "国防相は北京を訪問した。", "4.1": "協力は続く。"}


def vertical(book):
    return Book(book.path.with_name("a-small-edition-vertical.epub"))


def test_a_page_with_one_of_everything_passes_epubcheck(kitchen_book):
    assert epubcheck(kitchen_book.path, vertical(kitchen_book).path) == []


@pytest.mark.parametrize(
    "words",
    [
        "emphasis", "MT", "a file", "a link", "an internal link", "日本語の文が続く行。", "replaced text",
        "A numbered start", "A quotation.", "nested", "Definition, with", "Value of a field", "An option",
        "lettered", "left", "indented line", "Wisdom.", "Sage", "Leadership of one state.", "A rubric",
        "Centred words", "A topic", "Topic text.", "A sidebar", "Something new.", "rule", "A citation of docutils.",
        "A compound paragraph.", "Text in a container.", "Parses a text.", "1 + 1", "A captioned table",
        "гегемония", "Head over two columns", "two rows", "The legend.", "caption", "A listing",
        'print("日本")', "plain code with `ticks`", "A note box.", "A warning box.", "A title of my own",
        "Something else.", "Card title", "Card text", "badge", "First tab", "Text of the first tab", "Second tab",
        "Text of the second tab", "Drop down", "Hidden on screen", "spazio vitale", "The footnote, with emphasis",
        "Someone",
    ],
)  # fmt: skip
def test_nothing_is_dropped(kitchen_book, words):
    text = kitchen_book.text("kitchen").replace("が 続", "が続")
    assert words in text


def test_the_structure_of_what_editors_write(kitchen_book):
    page = kitchen_book.page("kitchen")
    names = {element.tag.rpartition("}")[2] for element in page.iter()}
    assert {"table", "thead", "figure", "figcaption", "blockquote", "dl", "ol", "ul", "pre", "aside"} <= names
    assert not names & {"script", "input", "label", "noscript"}
    assert {img.get("alt") for img in page.iter(f"{{{NS['h']}}}img")} == {"A square", "dot"}


def test_words_say_their_language_to_every_reader(kitchen_book):
    page = kitchen_book.page("reading")
    assert page.get("lang") == page.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    sentence = next(e for e in page.iter() if e.get("data-sentence") == "2.1")
    assert sentence.get("{http://www.w3.org/XML/1998/namespace}lang") == "ja"


def test_sentences_without_what_hangs_on_them_are_the_text(kitchen_book):
    page = kitchen_book.page("reading")

    def base(element):
        skipped = element.tag.rpartition("}")[2] in ("rt", "rp") or element.get("role") == "doc-noteref"
        inner = "" if skipped else (element.text or "") + "".join(map(base, element))
        return inner + (element.tail or "")

    found = {}
    for element in page.iter():
        if address := element.get("data-sentence"):
            element.tail = ""
            found[address] = base(element)
    assert {address: found[address] for address in SENTENCES} == SENTENCES
    assert "".join(found.values()) == SEED.replace("\n", "")


def test_notes_are_footnotes_that_lead_back(bind, project):
    project.write("docs/notes.md", "# Notes\n\n" + caveat(body="The very reason.", severity="minor"))
    page = bind().page("reading")
    references = [e for e in page.iter() if e.get(TYPE) == "noteref"]
    assert [r.get("role") for r in references] == ["doc-noteref"]
    target = references[0].get("href").removeprefix("#")
    note = next(e for e in page.iter() if e.get("id") == target)
    assert (note.tag, note.get(TYPE), note.get("role")) == (f"{{{NS['h']}}}aside", "footnote", "doc-footnote")
    words = "".join(note.itertext())
    assert "来訪" in words
    assert "The very reason." in words, "no script brings it later"
    back = next(e for e in note.iter() if e.get("role") == "doc-backlink")
    assert back.get("href") == "#s2-1"


def test_a_heading_has_its_notes_too(bind, project):
    project.write("docs/notes.md", "# Notes\n\n" + caveat(at="3.1", quote="結論", better="終わりに"))
    page = bind().page("reading")
    back = next(e for e in page.iter() if e.get("role") == "doc-backlink")
    assert back.get("href") == "#s3-1"


def test_footnotes_of_markdown_pop_up_as_well(kitchen_book):
    page = kitchen_book.page("kitchen")
    kinds = [e.get(TYPE) for e in page.iter() if e.get("role") in ("doc-noteref", "doc-footnote")]
    assert kinds == ["noteref", "noteref", "footnote"]


def test_the_package_says_who_and_what_and_for_whom(kitchen_book):
    opf = kitchen_book.opf
    metadata = {
        name: [e.text for e in opf.findall(f".//dc:{name}", NS)] for name in ("title", "language", "rights")
    }
    assert metadata == {"title": ["small"], "language": ["en", "ja"], "rights": ["Base text: © its author"]}
    assert opf.findtext(".//dc:description", namespaces=NS) == "For tests"
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", opf.findtext(".//dc:identifier", namespaces=NS))
    assert kitchen_book.metas("dcterms:modified") == ["2023-11-14T22:13:20Z"]
    assert {"rubyAnnotations", "tableOfContents", "alternativeText"} <= set(
        kitchen_book.metas("schema:accessibilityFeature")
    )
    assert set(kitchen_book.metas("schema:accessMode")) == {"textual", "visual"}
    assert kitchen_book.metas("schema:accessibilityHazard") == ["none"]


def test_contents_and_landmarks(kitchen_book):
    navs = {nav.get(TYPE): nav for nav in kitchen_book.page("nav").iter(f"{{{NS['h']}}}nav")}
    links = [(a.get("href"), "".join(a.itertext())) for a in navs["toc"].iter(f"{{{NS['h']}}}a")]
    assert ("kitchen.xhtml#tables", "Tables") in links
    marks = {a.get(TYPE): a.get("href") for a in navs["landmarks"].iter(f"{{{NS['h']}}}a")}
    assert marks["bodymatter"] == "reading.xhtml"
    assert {"cover", "toc", "index", "glossary"} <= set(marks)


def test_the_cover_is_a_picture_made_of_the_title(kitchen_book):
    item = next(
        i for i in kitchen_book.opf.iter(f"{{{NS['opf']}}}item") if i.get("properties") == "cover-image"
    )
    with Image.open(BytesIO(kitchen_book.files[item.get("href")])) as cover:
        assert cover.size == (1600, 2560)
        assert len(cover.getcolors(100000)) > 10
    assert "国防相" not in kitchen_book.text("cover")
    assert kitchen_book.page("cover").find(".//h:img", NS).get("alt") == "Cover: small"


def test_nothing_lies_in_the_book_that_no_page_shows(kitchen_book):
    assert not [n for n in kitchen_book.names if n.endswith((".js", ".map", "/epub.css")) or "basic.css" in n]
    style = kitchen_book.files["_static/kochu-epub.css"].decode()
    assert not re.search(r"#[0-9a-f]{3,6}\b|:\s*(black|white)\b|background", style), (
        "colours are the reader's"
    )


def test_two_builds_are_the_same_file_and_a_page_that_is_gone_is_gone(bind, project):
    first = bind()
    project.write("docs/extra.md", "---\norphan: true\n---\n\n# Extra\n")
    assert "extra.xhtml" in bind().names
    (project.docs / "extra.md").unlink()
    assert bind("-j", "2").files == first.files
    assert bind("-E").path.read_bytes() == bind().path.read_bytes()


@pytest.mark.parametrize(
    ("text", "warning", "kept"),
    [
        ("$a^2$", "shows mathematics as its LaTeX source", "a^2"),
        ("![far](https://example.org/a.png)", "is not a file and is not in the e-book", "far"),
        ("<p>open<br> words</p>\n\n<u>unclosed", "the page is not XML", ""),
    ],
)
def test_a_warning_names_what_an_e_book_cannot_show(bind, project, text, warning, kept):
    project.write("docs/notes.md", f"# Notes\n\n{text}\n")
    book = bind(strict=False, conf='myst_enable_extensions = ["colon_fence", "dollarmath"]\n')
    assert warning in book.log
    assert "[kochu.epub]" in book.log
    assert "notes" in book.log
    if kept:
        assert kept in book.text("notes")


# -- in vertical lines --------------------------------------------------------------------


def test_the_bare_text_in_vertical_lines(kitchen_book):
    book = vertical(kitchen_book)
    assert book.opf.find("opf:spine", NS).get("page-progression-direction") == "rtl"
    assert "vertical-rl" in book.files["_static/vertical.css"].decode()
    page = book.page("small")
    for ruby in page.iter(f"{{{NS['h']}}}ruby"):
        for extra in list(ruby):
            if extra.tag.rpartition("}")[2] in ("rt", "rp"):
                extra.text = ""
    body = "".join(page.find("h:body", NS).itertext())
    assert re.sub(r"\s", "", body) == SEED.replace("\n", "")
    readings = list(book.page("small").iter(f"{{{NS['h']}}}rt"))
    assert readings[0].text == "こくぼうしょう"
    assert "© its author" in book.text("colophon")


def test_an_excerpt_withholds_sentences_in_both_books(bind):
    book = bind("-t", "excerpt", conf="kochu_epub_vertical = True\n")
    for name, data in [*book.files.items(), *vertical(book).files.items()]:
        assert "協力は続く" not in re.sub(r"<[^>]*>", "", data.decode("utf-8", "ignore")), name
    assert "字略〕" in vertical(book).text("small")
