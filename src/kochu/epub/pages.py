"""Make pages of a website pages of an e-book.

Themes, docutils and other extensions write for browsers. An e-book is XML: it marks the
language twice, names the types of notes, runs no script and reaches no other host.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
import re
from xml.etree import ElementTree as ET

__all__ = ["Page", "dress"]

_XHTML = "http://www.w3.org/1999/xhtml"
_OPS = "http://www.idpf.org/2007/ops"
_SVG = "http://www.w3.org/2000/svg"
_MATHML = "http://www.w3.org/1998/Math/MathML"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPE = f"{{{_OPS}}}type"
_TYPES = {"doc-noteref": "noteref", "doc-footnote": "footnote"}
_SEMANTICS = {"glossary": "doc-glossary", "bibliography": "doc-bibliography", "index": "doc-index"}
_GONE = ("script", "noscript", "input")
_MISUSED = frozenset({"doc-biblioentry", "main", "list"})
"""Roles that docutils and themes give, and that ARIA has withdrawn or wants otherwise."""

_VOID = re.compile(r"<(br|col|hr|img|input|link|meta|source|wbr)\b((?:\"[^\"]*\"|[^<>\"])*?)\s*/?>")
"""Elements that HTML does not close, as raw HTML and other extensions have them."""

# Written by ElementTree where a tree has them.
ET.register_namespace("epub", _OPS)
ET.register_namespace("svg", _SVG)
ET.register_namespace("m", _MATHML)


@dataclass(frozen=True, slots=True)
class Page:
    """What the package document and the landmarks have to know of a page.

    :param properties: ``svg`` or ``mathml``, if the page holds such.
    :param kind: ``glossary``, ``bibliography``, ``bodymatter`` or nothing.
    :param assets: files that it shows, as paths in the book.
    """

    href: str
    title: str
    properties: str
    kind: str
    assets: frozenset[str]


def dress(
    path: Path, root: Path, *, language: str, styles: Sequence[str], warn: Callable[[str], None]
) -> Page:
    """Rewrite a page in place.

    :param root: the book's folder.
    :param styles: style sheets, as paths in the book.
    :param warn: takes what an e-book cannot show.
    :raises xml.etree.ElementTree.ParseError: the page is not XML.
    """
    href = path.relative_to(root).as_posix()
    source = _VOID.sub(r"<\1\2/>", path.read_text("utf-8"))
    tree = ET.fromstring(source)  # noqa: S314 - our own file, written a moment ago
    tree.set("lang", language)
    body = tree.find(f"{{{_XHTML}}}body")
    assert body is not None
    head = _head(tree, ["../" * href.count("/") + style for style in styles])
    for name, space in (("svg", _SVG), ("math", _MATHML)):
        for drawing in body.iter(f"{{{_XHTML}}}{name}"):
            # Browsers know these without their namespace.
            for element in drawing.iter():
                element.tag = f"{{{space}}}{_name(element)}"
    for parent in list(body.iter()):
        _children(parent, warn)
    kind = _kind(href, body)
    if kind in _SEMANTICS and (section := body.find(f".//{{{_XHTML}}}section")) is not None:
        section.set(_TYPE, kind)
        section.set("role", _SEMANTICS[kind])
    seen: set[str] = set()
    for element in tree.iter():
        _attributes(element)
        # Two parsers that share a page, as MyST and its eval-rst, may give a name twice.
        if (name := element.get("id", "")) in seen:
            del element.attrib["id"]
        elif name:
            seen.add(name)
    ET.register_namespace("", _XHTML)
    path.write_text("<!DOCTYPE html>\n" + ET.tostring(tree, encoding="unicode") + "\n", "utf-8")
    assets = frozenset(
        (path.parent / src).resolve().relative_to(root.resolve()).as_posix() for src in _shown(body)
    )
    return Page(href, head, _properties(body), kind, assets)


def _head(tree: ET.Element, styles: Iterable[str]) -> str:
    """Leave title and character set; give the title."""
    head = tree.find(f"{{{_XHTML}}}head")
    assert head is not None
    title = "".join(head.itertext()).strip()
    for child in list(head):
        head.remove(child)
    ET.SubElement(head, f"{{{_XHTML}}}meta", charset="utf-8")
    ET.SubElement(head, f"{{{_XHTML}}}title").text = title
    for style in styles:
        ET.SubElement(head, f"{{{_XHTML}}}link", rel="stylesheet", type="text/css", href=style)
    head.tail = "\n"
    return title


def _children(parent: ET.Element, warn: Callable[[str], None]) -> None:
    """Take out what has no use in a book, and turn what has none of its own into words."""
    for child in list(parent):
        name = _name(child)
        if name in _GONE:
            _drop(parent, child)
        elif name == "a" and "download" in child.get("class", "").split():
            # A file beside the web pages; a book travels without it.
            child.tag = f"{{{_XHTML}}}span"
            child.attrib = {"class": "download"}
        elif name == "label":
            # The name of a tab, all of which are open here.
            child.tag = f"{{{_XHTML}}}p"
            child.attrib = {"class": "tab-label"}
        elif name == "img" and re.match(r"https?:|//", child.get("src", "")):
            warn(f"the picture '{child.get('src')}' is not a file and is not in the e-book")
            child.tag = f"{{{_XHTML}}}span"
            child.text = child.get("alt", "")
            child.attrib = {}
        elif name in ("span", "div") and "math" in child.get("class", "").split():
            warn("the e-book shows mathematics as its LaTeX source")


def _drop(parent: ET.Element, child: ET.Element) -> None:
    index = list(parent).index(child)
    if child.tail:
        if index:
            parent[index - 1].tail = (parent[index - 1].tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _attributes(element: ET.Element) -> None:
    if lang := element.get("lang"):
        element.set(_LANG, lang)
    role = element.get("role", "")
    if role in _MISUSED or (role == "heading" and "aria-level" not in element.attrib):
        del element.attrib["role"]
    elif role in _TYPES:
        element.set(_TYPE, _TYPES[role])


def _kind(href: str, body: ET.Element) -> str:
    if href == "genindex.xhtml":
        return "index"
    # On the reading page every sentence stands with its notes.
    marks = (("kochu-unit", "bodymatter"), ("glossary", "glossary"), ("citation-list", "bibliography"))
    found = {name for element in body.iter() for name in element.get("class", "").split()}
    return next((kind for mark, kind in marks if mark in found), "")


def _properties(body: ET.Element) -> str:
    spaces = {str(element.tag).partition("}")[0].lstrip("{") for element in body.iter()}
    return " ".join(name for name, space in (("mathml", _MATHML), ("svg", _SVG)) if space in spaces)


def _shown(body: ET.Element) -> Iterable[str]:
    for element in body.iter():
        source = element.get("src")
        if source and not re.match(r"[a-z]+:", source):
            yield source


def _name(element: ET.Element) -> str:
    return str(element.tag).removeprefix(f"{{{_XHTML}}}")
