"""What makes files an e-book: the package document, the table of contents, the archive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

__all__ = [
    "CONTAINER",
    "MEDIA",
    "Item",
    "Publication",
    "landmark_list",
    "navigation",
    "pack",
    "package",
    "page",
]

MEDIA: Mapping[str, str] = {
    ".xhtml": "application/xhtml+xml",
    ".css": "text/css",
    ".ncx": "application/x-dtbncx+xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".otf": "font/otf",
    ".ttf": "font/ttf",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
"""Core media types of EPUB 3 by suffix; files of other types stay outside."""

CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="content.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""

_FEATURES = (
    "alternativeText",
    "displayTransformability",
    "index",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
)
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book.

    :param href: its path in the book.
    :param properties: what the package document has to say of it, as ``nav`` or ``svg``.
    :param linear: whether it has a place in the order of reading; nothing for what is no page.
    """

    href: str
    properties: str = ""
    linear: bool | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """What a catalogue wants to know of a book.

    :param modified: seconds since 1970; never the clock.
    :param readings: whether words bear their readings.
    :param vertical: whether lines run from top to bottom, and pages from right to left.
    """

    title: str
    language: str
    identifier: str
    date: str
    modified: int
    description: str = ""
    creators: tuple[str, ...] = ()
    publisher: str = ""
    rights: str = ""
    others: tuple[str, ...] = ()
    pictures: bool = False
    readings: bool = True
    vertical: bool = False

    @staticmethod
    def identify(*parts: str) -> str:
        """Make an identifier that stays the same as long as the parts do."""
        return f"urn:uuid:{uuid5(NAMESPACE_URL, '/'.join(parts))}"

    @property
    def features(self) -> tuple[str, ...]:
        """What helps readers who cannot read print, in the words of schema.org."""
        more = ("rubyAnnotations",) if self.readings else ()
        return tuple(sorted((*_FEATURES, *more)))

    @property
    def summary(self) -> str:
        """The same for people."""
        pictures = "Pictures have a text or a table that says the same. " if self.pictures else ""
        ruby = "Words in Chinese characters bear their readings as ruby. " if self.readings else ""
        return (
            f"{ruby}{pictures}Languages are marked, notes can be reached and left by link, "
            "and headings follow the order of the contents."
        )


def package(book: Publication, items: Sequence[Item], *, cover: str = "") -> str:
    """Write the package document."""
    names = {item.href: f"i{count}" for count, item in enumerate(items)}
    manifest = "\n".join(
        f'    <item id="{names[item.href]}" href={quoteattr(item.href)} '
        f'media-type="{MEDIA[Path(item.href).suffix]}"{_properties(item)}/>'
        for item in items
    )
    spine = "\n".join(
        f'    <itemref idref="{names[item.href]}"{"" if item.linear else " linear=" + quoteattr("no")}/>'
        for item in items
        if item.linear is not None
    )
    ncx = next((f' toc="{names[i.href]}"' for i in items if i.href.endswith(".ncx")), "")
    direction = "rtl" if book.vertical else "ltr"
    old_cover = f'    <meta name="cover" content="{names[cover]}"/>\n' if cover in names else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" xml:lang="{book.language}" \
unique-identifier="book-id" prefix="schema: http://schema.org/">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{_metadata(book)}
{old_cover}  </metadata>
  <manifest>
{manifest}
  </manifest>
  <spine{ncx} page-progression-direction="{direction}">
{spine}
  </spine>
</package>
"""


def _properties(item: Item) -> str:
    return f' properties="{item.properties}"' if item.properties else ""


def _metadata(book: Publication) -> str:
    modified = datetime.fromtimestamp(book.modified, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = [
        ("dc:identifier", book.identifier, ' id="book-id"'),
        ("dc:title", book.title, ""),
        *(("dc:language", tag, "") for tag in (book.language, *book.others)),
        *(("dc:creator", name, "") for name in book.creators),
        ("dc:publisher", book.publisher, ""),
        ("dc:description", book.description, ""),
        ("dc:rights", book.rights, ""),
        ("dc:date", book.date, ""),
        ("meta", modified, ' property="dcterms:modified"'),
        *_accessible(book),
    ]
    return "\n".join(
        f"    <{name}{attributes}>{escape(text)}</{name.split()[0]}>"
        for name, text, attributes in rows
        if text
    )


def _accessible(book: Publication) -> Iterable[tuple[str, str, str]]:
    found = [("accessMode", "textual"), ("accessModeSufficient", "textual")]
    if book.pictures:
        found += [("accessMode", "visual"), ("accessModeSufficient", "textual,visual")]
    found += [("accessibilityFeature", feature) for feature in book.features]
    found += [("accessibilityHazard", "none"), ("accessibilitySummary", book.summary)]
    return [("meta", text, f' property="schema:{name}"') for name, text in found]


def page(title: str, language: str, body: str, *, style: str = "_static/kochu-epub.css") -> str:
    """Write a page from a body that is marked up already.

    :param style: address of its style sheet.
    """
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" \
lang="{language}" xml:lang="{language}">
<head>
<title>{escape(title)}</title>
<link rel="stylesheet" type="text/css" href="{style}"/>
</head>
<body>
{body}</body>
</html>
"""


def navigation(title: str, language: str, contents: str, landmarks: str) -> str:
    """Write the navigation document from two lists that are marked up already."""
    body = f"""<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">
<h1 id="toc-title">{escape(title)}</h1>
{contents}
</nav>
<nav epub:type="landmarks" id="landmarks" aria-label="Landmarks" hidden="hidden">
{landmarks}
</nav>
"""
    return page(title, language, body)


def landmark_list(places: Iterable[tuple[str, str, str]]) -> str:
    """List the places that reading systems offer by name: kind, address, words."""
    rows = "\n".join(
        f'<li><a epub:type="{kind}" href={quoteattr(href)}>{escape(words)}</a></li>'
        for kind, href, words in places
    )
    return f"<ol>\n{rows}\n</ol>"


def pack(target: Path, files: Mapping[str, bytes]) -> None:
    """Write the archive; the same files give the same bytes."""
    with ZipFile(target, "w") as book:
        # Readers recognise an e-book by its first file, which must not be compressed.
        for name, data in [("mimetype", b"application/epub+zip"), *sorted(files.items())]:
            info = ZipInfo(name, _EPOCH)
            info.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            book.writestr(info, data, compresslevel=9)
