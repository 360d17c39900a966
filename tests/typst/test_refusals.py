"""What cannot be printed is said, never dropped."""

from __future__ import annotations

import pytest
from sphinx.errors import ConfigError

from kochu.apparatus.edition import About
from kochu.typst.books import Book, books, versions
from kochu.typst.compile import CompileError, build_time, compile_pdf
from kochu.typst.fonts import Fonts, installed_fonts

ABOUT = About("A title", "1", "2026-01-01", subtitle="Sub")

STRANGE = """
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

class strange(nodes.General, nodes.Element):
    pass

class Strange(SphinxDirective):
    def run(self):
        return [strange()]

def setup(app):
    app.add_node(strange, html=(lambda s, n: None, lambda s, n: None){more})
    app.add_directive("strange", Strange)
"""
WRITTEN = ", typst=(lambda s, n: s.body.append('#par[Strange but true.]'), lambda s, n: None)"


# A module of its own: what conf.py defines cannot be pickled with the doctree.
CONF = "import pathlib, sys\nsys.path.insert(0, str(pathlib.Path(__file__).parent))\nextensions.append('strange')\n"


def strange_page(project, more=""):
    project.write("conf/strange.py", STRANGE.format(more=more))
    project.write("docs/notes.md", "# Notes\n\nA.\n\n```{eval-rst}\n.. strange::\n```\n\n")


def test_an_unknown_node_stops_the_build_with_its_name_and_place(typeset, project):
    strange_page(project)
    printed = typeset(conf=CONF)
    assert printed.code
    assert "does not know the node 'strange'" in printed.log
    assert "notes.md" in printed.log


def test_an_extension_can_print_its_own_nodes(typeset, project):
    strange_page(project, WRITTEN)
    printed = typeset(conf=CONF, strict=False)
    assert "#par[Strange but true.]" in printed.source()


@pytest.mark.parametrize(
    ("text", "warning", "kept"),
    [
        (r"$\odd{a}$", "mathematics as its LaTeX source", r'#raw("\\odd{a}");'),
        ("```{math}\n\\frac{a}\n```", "mathematics as its LaTeX source", "frac{a}"),
        ("<b>bold</b> words", "raw html is not printed", "words"),
        ("![](dot.svg)", "no text for those who cannot see it", "image("),
        ("![far](https://example.org/a.png)", "is not a file", "[far]"),
    ],
)
def test_a_warning_names_what_a_pdf_cannot_show(typeset, project, text, warning, kept):
    project.write("docs/dot.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')
    project.write("docs/notes.md", f"# Notes\n\n{text}\n")
    conf = 'myst_enable_extensions = ["colon_fence", "dollarmath"]\n'
    printed = typeset(conf=conf, strict=False)
    assert warning in printed.log
    assert "[kochu.pdf]" in printed.log
    assert kept in printed.source()


def test_a_missing_reference_becomes_its_words(typeset, project):
    project.write("docs/alone.md", "---\norphan: true\n---\n\n# Alone\n")
    project.write("docs/notes.md", "# Notes\n\nSee [that page](alone.md).\n")
    assert "See that page." in typeset().source()


def test_a_reference_out_of_the_book_leads_to_the_website(typeset, project):
    edition = project.docs / "edition.toml"
    edition.write_text(
        edition.read_text().replace('version = "1"', 'version = "1"\nurl = "https://example.org/e/"')
    )
    project.write("docs/alone.md", "---\norphan: true\n---\n\n# Alone\n")
    project.write("docs/notes.md", "# Notes\n\nSee [that page](alone.md).\n")
    assert '#link("https://example.org/e/alone.html")[that page];' in typeset().source()


def test_a_sign_without_a_font_costs_a_standard_but_not_the_book(typeset, project):
    project.write("docs/notes.md", "# Notes\n\nA sign: \U00012345\n")
    printed = typeset(strict=False)
    assert "cannot conform to" in printed.log
    assert (printed.folder / "a-small-edition.pdf").exists()


# -- configuration ---------------------------------------------------------------------


def test_without_configuration_the_whole_edition_is_printed():
    assert books([], ABOUT, "index", {"index"}) == (Book("index", "a-title", "A title", "Sub"),)


def test_a_sheet_of_one_page_has_no_title_page_and_no_index():
    sheet = Book("page", "sheet").settled(whole=False)
    assert (sheet.front, sheet.index, sheet.toctree_only) == (False, False, False)
    book = Book("index", "book").settled(whole=True)
    assert (book.front, book.index, book.toctree_only) == (True, True, True)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("index", "is not (start page, file name)"),
        (("index",), "is not (start page, file name)"),
        (("missing", "book"), "there is no page 'missing'"),
        (("index", "book", {"colour": "red"}), "unknown option 'colour'"),
        (("index", "book", {"without": ["missing"]}), "there is no such page"),
        (("index", "book", {"paper": "napkin"}), "'napkin' is none of iso-b5, a4"),
    ],
)
def test_a_wrong_row_is_refused(row, message):
    with pytest.raises(ConfigError, match=message.replace("(", r"\(").replace(")", r"\)")):
        books([row], ABOUT, "index", {"index"})


def test_a_version_that_is_no_layer_is_refused():
    assert versions(None, {"close"}) is None
    assert versions(["close"], {"close", "full"}) == ("close",)
    with pytest.raises(ConfigError, match="kochu_pdf_versions: 'closed' is none of the layers close, full"):
        versions(["closed"], {"full", "close"})


def test_several_books_from_one_build(typeset, project):
    conf = 'kochu_pdf_documents = [("index", "book"), ("notes", "sheets/notes.pdf", {"title": "A sheet"})]\n'
    project.write("docs/notes.md", "# Notes\n\nWords.\n")
    printed = typeset(conf=conf)
    assert printed.code == 0, printed.log
    with printed.pdf("book") as book, printed.pdf("sheets/notes") as sheet:
        assert len(book.pages) > 1
        assert len(sheet.pages) == 1
        assert str(sheet.docinfo["/Title"]) == "A sheet"


def test_each_book_on_its_papers(typeset, project):
    conf = (
        'kochu_pdf_paper = ["iso-b5", "a4"]\n'
        'kochu_pdf_documents = [("index", "book"), ("notes", "sheet", {"paper": "a4"})]\n'
    )
    project.write("docs/notes.md", "# Notes\n\nWords.\n")
    printed = typeset(conf=conf)
    assert printed.code == 0, printed.log
    found = {path.name for path in printed.folder.iterdir()}
    assert found == {"book.pdf", "book-a4.pdf", "sheet.pdf"}, "nothing but what is handed out"
    widths = {name: width(printed, name) for name in ("book", "book-a4", "sheet")}
    assert widths == {"book": 499, "book-a4": 595, "sheet": 595}


def test_a_book_of_some_parts_and_without_some_pages(typeset, project):
    project.write(
        "docs/index.md",
        "# Small\n\n```{toctree}\n:caption: Text\nreading\nnotes\n```\n\n"
        "```{toctree}\n:caption: Class\nsheet\n```\n",
    )
    project.write("docs/notes.md", "# Notes\n\nWords about [the sheet](sheet.md).\n")
    project.write("docs/sheet.md", "# Sheet\n\nQuestions.\n")
    conf = (
        'kochu_pdf_documents = [("index", "text", {"parts": ["Text"]}), ("index", "class", {"parts": ["Class"]}),'
        ' ("index", "bare", {"without": ["notes", "sheet"]})]\n'
    )
    printed = typeset(conf=conf)
    assert printed.code == 0, printed.log
    has = {
        n: [w in printed.source(n) for w in ("#bare-text(", "Words about", "Questions.")]
        for n in ("text", "class", "bare")
    }
    assert has == {"text": [True, True, False], "class": [False, False, True], "bare": [True, False, False]}


def width(printed, name):
    with printed.pdf(name) as pdf:
        return round(float(pdf.pages[0].MediaBox[2]))


# -- compiling -------------------------------------------------------------------------


def test_an_error_of_typst_is_told(tmp_path):
    source = tmp_path / "wrong.typ"
    source.write_text("#nowhere()")
    with pytest.raises(CompileError, match="unknown variable: nowhere"):
        compile_pdf(
            source, tmp_path / "wrong.pdf", root=tmp_path, fonts=installed_fonts(), standards=[], time=0
        )


def test_a_link_to_what_is_not_printed_is_told(tmp_path):
    source = tmp_path / "odd.typ"
    source.write_text('#link("kochu:nowhere")[Words]')
    with pytest.raises(CompileError, match=r"odd\.typ: a link leads to nowhere, which is not printed"):
        compile_pdf(source, tmp_path / "odd.pdf", root=tmp_path, fonts=Fonts((), {}), standards=[], time=0)


def test_a_warning_of_typst_is_told(tmp_path, caplog):
    source = tmp_path / "odd.typ"
    source.write_text('#set text(font: "No Such Family")\nWords')
    target = tmp_path / "sheets/odd.pdf"
    compile_pdf(source, target, root=tmp_path, fonts=Fonts((), {}), standards=[], time=0)
    assert target.exists()


def test_the_japanese_fonts_are_there():
    assert installed_fonts().regions["ja"] == "JP"


def test_the_time_is_never_the_clock(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert build_time("2026-01-01") == 1767225600
    assert build_time("in spring") == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert build_time("2026-01-01") == 1700000000
