"""The builder: Sphinx's for EPUB 3, made fit for an edition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
import re
import shutil
from types import MethodType
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from docutils.nodes import make_id
from sphinx.builders.epub3 import Epub3Builder
from sphinx.util import logging
from sphinx.util.osutil import make_filename

from kochu.epub.cover import cover_page, cover_picture
from kochu.epub.notes import VISITORS
from kochu.epub.package import CONTAINER, MEDIA, Item, Publication, landmark_list, navigation, pack, package
from kochu.epub.pages import Page, dress
from kochu.epub.vertical import vertical_book
from kochu.sphinx.texts import edition_of
from kochu.text.problems import Subtype
from kochu.typst.compile import build_time

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.builders.epub3 import NavPoint

__all__ = ["EditionEpub"]

logger = logging.getLogger(__name__)

_STYLE = "_static/kochu-epub.css"
_COVER = "_static/cover.png"
_COVER_PAGE = "cover.xhtml"
_UNTOUCHED = (_COVER_PAGE, "nav.xhtml")
_LANDMARKS = {
    "bodymatter": "Start of the text",
    "glossary": "Glossary",
    "bibliography": "Bibliography",
    "index": "Index",
}


class EditionEpub(Epub3Builder):
    """Writes ``<title>.epub``, and its files unpacked beside it."""

    name = "epub"

    def init(self) -> None:
        """Name the book as the PDF is named, unless ``conf.py`` has a name for it."""
        super().init()
        # Sphinx sets it while it lists the files, which is done otherwise here.
        self.ignored_files: list[str] = []
        edition = edition_of(self.env)
        self._about = edition.about
        # Sphinx asks for these in conf.py; the edition has said them.
        self._rights = " ".join(f"{r.layer}: {r.statement}" for r in edition.rights)
        self.config.epub_copyright = self.config.epub_copyright or self._rights or "unknown"
        self.config.version = self.config.version or self._about.version
        self._basename = str(self.config.epub_basename)
        if self._basename == make_filename(self.config.project):
            self._basename = make_id(self._about.title) or "edition"

    def get_outdated_docs(self) -> Iterator[str]:
        """Give all pages: what is changed after writing must be written anew."""
        yield from self.env.found_docs

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Clear away the last book, or pages that are gone would stay in it."""
        out = Path(self.outdir)
        if (out / "mimetype").is_file():
            for path in out.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        super().prepare_writing(docnames)

    def create_translator(self, *args: Any) -> nodes.NodeVisitor:
        """Show notes as footnotes."""
        translator = super().create_translator(*args)
        for node, (visit, depart) in VISITORS.items():
            setattr(translator, f"visit_{node.__name__}", MethodType(visit, translator))
            setattr(translator, f"depart_{node.__name__}", MethodType(depart, translator))
        return translator

    def handle_finish(self) -> None:
        """Finish the pages, and pack the book."""
        out = Path(self.outdir)
        self.get_toc()
        shutil.copyfile(Path(__file__).parent / "static" / "kochu-epub.css", out / _STYLE)
        (out / _COVER).write_bytes(cover_picture(edition_of(self.env)))
        title = str(self.config.epub_title)
        (out / _COVER_PAGE).write_text(cover_page(title, self.config.epub_language, _COVER), "utf-8")
        pages = list(self._pages(out))
        self._write(out, "nav.xhtml", self._navigation(pages))
        self.build_toc()
        items = self._items(out, pages)
        book = self._publication(pages)
        self._write(out, "mimetype", "application/epub+zip")
        self._write(out, "META-INF/container.xml", CONTAINER)
        self._write(out, "content.opf", package(book, items, cover=_COVER))
        names = ["META-INF/container.xml", "content.opf", *(item.href for item in items)]
        pack(out / f"{self._basename}.epub", {name: (out / name).read_bytes() for name in names})
        if self.config.kochu_epub_vertical:
            vertical_book(self.env, out / f"{self._basename}-vertical.epub", book)

    def toc_metadata(self, level: int, navpoints: Any) -> dict[str, Any]:
        """Give old reading systems the book's identifier; Sphinx gives them the name of its element."""
        metadata = super().toc_metadata(level, navpoints)
        metadata["uid"] = self._identifier
        return metadata

    @property
    def _identifier(self) -> str:
        given = str(self.config.epub_identifier)
        if given != "unknown":
            return given
        about = self._about
        return Publication.identify(about.url or f"{about.publisher}/{about.title}", about.version)

    def _pages(self, out: Path) -> Iterator[Page]:
        """Dress every page; those that are not XML are named."""
        shared = {str(name) for name, _ in self.config.html_css_files}
        own = [f"_static/{name}" for name, _ in self.config.epub_css_files if str(name) not in shared]
        for path in sorted(out.rglob("*.xhtml")):
            href = path.relative_to(out).as_posix()
            if href in _UNTOUCHED:
                continue
            docname = href.removesuffix(".xhtml")
            location = docname if docname in self.env.all_docs else None

            def warn(message: str, location: str | None = location) -> None:
                logger.warning(message, type="kochu", subtype=Subtype.EPUB.value, location=location)

            try:
                yield dress(path, out, language=self.config.epub_language, styles=[_STYLE, *own], warn=warn)
            except ParseError as error:
                warn(f"the page is not XML, and no reader of e-books opens it; mend its raw HTML: {error}")

    def _items(self, out: Path, pages: Iterable[Page]) -> list[Item]:
        """List the files of the book: pages in their order, and what they show."""
        known = {page.href: page for page in pages}
        order = dict.fromkeys(str(node["refuri"]).partition("#")[0] for node in self.refnodes)
        listed = [href for href in order if href in known]
        rest = [href for href in known if href not in order]
        shown = {asset for page in known.values() for asset in page.assets} | {_STYLE}
        shown |= {f"_static/{name}" for name, _ in self.config.epub_css_files}
        return [
            Item("nav.xhtml", "nav", linear=False),
            Item("toc.ncx"),
            Item(_COVER, "cover-image"),
            Item(_COVER_PAGE, linear=True),
            *(Item(href, known[href].properties, linear=True) for href in (*listed, *rest)),
            *(Item(name) for name in sorted(shown) if (out / name).is_file() and Path(name).suffix in MEDIA),
        ]

    def _navigation(self, pages: Iterable[Page]) -> str:
        """Write contents and landmarks."""
        places = [("cover", _COVER_PAGE, "Cover"), ("toc", "nav.xhtml#toc", "Contents")]
        found: dict[str, Page] = {}
        for page in pages:
            found.setdefault(page.kind, page)
        places += [(kind, found[kind].href, words) for kind, words in _LANDMARKS.items() if kind in found]
        contents = _contents(self.build_navlist(self.refnodes))
        return navigation("Contents", self.config.epub_language, contents, landmark_list(places))

    def _publication(self, pages: Iterable[Page]) -> Publication:
        about, edition = self._about, edition_of(self.env)
        languages = dict.fromkeys(text.language for text in edition.texts.values())
        return Publication(
            title=str(self.config.epub_title),
            language=str(self.config.epub_language),
            identifier=self._identifier,
            date=about.date,
            modified=build_time(about.date),
            description=_given(self.config.epub_description, about.subtitle),
            creators=about.editors or (str(self.config.epub_author),),
            publisher=about.publisher or str(self.config.epub_publisher),
            rights=self._rights or str(self.config.epub_copyright),
            others=tuple(tag for tag in languages if tag != self.config.epub_language),
            pictures=any(asset.partition("/")[0] == "_images" for page in pages for asset in page.assets),
            readings=any(text.readings for text in edition.texts.values()),
        )

    @staticmethod
    def _write(out: Path, name: str, text: str) -> None:
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def _given(value: Any, otherwise: str) -> str:
    """A value of Sphinx's configuration, which says ``unknown`` for nothing."""
    return otherwise if value in ("", "unknown") else str(value)


def _contents(points: Iterable[NavPoint]) -> str:
    """Nest the titles of pages; Sphinx has escaped them."""
    rows = "".join(
        f'<li><a href="{point.refuri}">{re.sub(r"<[^>]*>", "", point.text)}</a>'
        f"{_contents(point.children) if point.children else ''}</li>\n"
        for point in points
    )
    return f"<ol>\n{rows}</ol>"
