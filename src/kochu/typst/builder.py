"""The builder: ``sphinx-build -b typst`` prints books."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
import shutil
from typing import ClassVar, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.locale import __
from sphinx.util import logging
from sphinx.util.display import progress_message

from kochu.sphinx.nodes import kochu_annotation, kochu_note
from kochu.sphinx.texts import edition_of
from kochu.text.dates import day_in_words
from kochu.typst.bare import reading_texts
from kochu.typst.base import Plan, names
from kochu.typst.beside import helper
from kochu.typst.books import Book, books, papers, versions
from kochu.typst.compile import build_time, compile_pdf
from kochu.typst.fonts import installed_fonts
from kochu.typst.index import index_targets, printed_index, written_notes
from kochu.typst.japanese import settings
from kochu.typst.markup import array, string
from kochu.typst.once import print_once
from kochu.typst.translator import TypstTranslator
from kochu.typst.tree import PAGE, PART, Pages, without_landing

__all__ = ["TypstBuilder"]

logger = logging.getLogger(__name__)

_TEMPLATES = tuple(sorted(Path(__file__).parent.glob("*.typ")))
_PICTURES = "pictures"
_SOURCES = "kochu-typst"


class TypstBuilder(Builder):
    """Writes PDFs for each row of ``kochu_pdf_documents``.

    The Typst files are written beside the doctrees: the output folder holds what is to
    be handed out, and nothing else.
    """

    name = "typst"
    format = "typst"
    epilog = __("The PDF files are in %(outdir)s.")
    supported_image_types: ClassVar[list[str]] = [
        "image/svg+xml",
        "image/png",
        "image/jpeg",
        "image/webp",
        "image/gif",
    ]
    default_translator_class = TypstTranslator
    allow_parallel = False

    def get_outdated_docs(self) -> str:
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return PAGE + docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Check what is to be printed, before pages are resolved in vain."""
        self._edition = edition_of(self.env)
        self._books = books(
            self.config.kochu_pdf_documents,
            self._edition.about,
            self.config.root_doc,
            self.env.all_docs.keys(),
        )
        self._papers = papers(self.config.kochu_pdf_paper)
        layers = {layer.name for text in self._edition.texts.values() for layer in text.layer}
        self._versions = versions(self.config.kochu_pdf_versions, layers)
        self._fonts = installed_fonts()

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write the Typst files."""
        pages = Pages(self, copies=len(self._books) > 1)
        out = self._sources()
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        for template in _TEMPLATES:
            shutil.copyfile(template, out / template.name)
        (out / "settings.typ").write_text(self._settings(), "utf-8")
        for book in self._books:
            with progress_message(__("writing %s.typ") % book.name):
                tree = pages.assemble(book)
                source = out / f"{book.name}.typ"
                source.parent.mkdir(parents=True, exist_ok=True)
                source.write_text(self._write(book, tree), "utf-8")

    def finish(self) -> None:
        """Copy the pictures and run Typst."""
        out = self._sources()
        for uri, name in self.images.items():
            (out / _PICTURES).mkdir(exist_ok=True)
            shutil.copyfile(Path(self.srcdir) / uri, out / _PICTURES / name)
        time = build_time(self._edition.about.date)
        with helper() as beside:
            for book in self._books:
                for paper, name in book.editions(self._papers):
                    with progress_message(__("compiling %s.pdf") % name):
                        compile_pdf(
                            out / f"{book.name}.typ",
                            Path(self.outdir) / f"{name}.pdf",
                            root=out,
                            fonts=self._fonts,
                            standards=self.config.kochu_pdf_standards,
                            time=time,
                            inputs={"paper": paper},
                            helper=beside,
                        )

    def _sources(self) -> Path:
        return Path(self.doctreedir) / _SOURCES

    def _write(self, book: Book, tree: nodes.document) -> str:
        whole = any(True for _ in tree.findall(addnodes.start_of_file))
        book = book.settled(whole=whole)
        if book.toctree_only:
            without_landing(tree)
        moved = print_once(tree, written_notes(self))
        if book.reading_text:
            reading_texts(tree)
        plan = self._plan(book, tree, moved)
        translator = cast("TypstTranslator", self.create_translator(tree, self))
        translator.plan = plan
        tree.walkabout(translator)
        index = printed_index(self, plan.find) if book.index else ""
        body = "".join(translator.body)
        # What the writer calls where a page is named: see base.typ.
        refers = "#to-page(" in body or " home: label(" in body
        return self._preamble(book, tree, refers=refers) + body + index

    def _plan(self, book: Book, tree: nodes.document, moved: dict[str, str]) -> Plan:
        places = {name for node in tree.findall() for name in names(node)}
        plan = Plan(book, places, moved)
        wanted = {n["refid"] for n in tree.findall(nodes.Element) if "refid" in n}
        wanted |= {n["home"] for n in tree.findall(nodes.Element) if "home" in n}
        if book.index:
            wanted |= index_targets(self)
        landmarks = {
            name: node.parent.get("address", "") if isinstance(node, kochu_note) else ""
            for node in tree.findall(nodes.Element)
            if isinstance(node, nodes.section | kochu_annotation | kochu_note)
            for name in node["ids"]
        }
        return Plan(
            book,
            places,
            moved,
            frozenset(place for name in wanted if (place := plan.find(name))),
            landmarks,
            {text_id: frozenset(self._layers(text_id)) for text_id in self._edition.texts},
            {uri: f"/{_PICTURES}/{name}" for uri, name in self.images.items()},
            settings(tree),
            self._edition.about.url,
        )

    def _layers(self, text_id: str) -> Iterator[str]:
        """The layers that stand under a sentence: those chosen, else the last translation."""
        layers = self._edition.texts[text_id].layer
        if self._versions is None:
            yield from [layer.name for layer in layers if layer.kind == "translation"][-1:]
        else:
            yield from (layer.name for layer in layers if layer.name in self._versions)

    def _settings(self) -> str:
        regions = ", ".join(f"{string(tag)}: {string(region)}" for tag, region in self._fonts.regions.items())
        return (
            "// Written by kochu; read by template.typ.\n"
            f"#let notes-mode = {string(self.config.kochu_pdf_notes)}\n"
            f"#let translation = {string(self.config.kochu_pdf_translation)}\n"
            f"#let regions = ({regions})\n"
        )

    def _preamble(self, book: Book, tree: nodes.document, *, refers: bool) -> str:
        about = self._edition.about
        title = book.title
        if not title:
            found = next(iter(tree.findall(nodes.title)), None)
            title = found.astext() if found is not None else about.title
        texts = [f"({string(t.title)}, {string(t.language)})" for t in self._edition.texts.values()]
        keywords = self.config.kochu_pdf_keywords
        options = {
            "title": string(title),
            "subtitle": string(book.subtitle),
            "editors": array(*map(string, about.editors)),
            "version": string(about.version),
            "date": string(day_in_words(about.date)),
            "publisher": string(about.publisher),
            "url": string(about.url),
            "texts": array(*texts),
            "keywords": array(*map(string, keywords)),
            "language": string(self.config.language or "en"),
            "front": "true" if book.front else "false",
            "parted": "true" if _is_parted(tree) else "false",
            "refers": "true" if refers else "false",
        }
        lines = "".join(f"  {name}: {value},\n" for name, value in options.items())
        return f'#import "/template.typ": *\n\n#show: edition.with(\n{lines})\n'


def _is_parted(tree: nodes.document) -> bool:
    return any(PART in section["classes"] for section in tree.findall(nodes.section))
