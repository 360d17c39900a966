"""The bare text with its readings as a book of its own, in vertical lines.

English prose, note references and figures lie on their side in vertical lines; so only the
text itself is set this way, as a Japanese reader expects to find it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
import re
from typing import TYPE_CHECKING, cast
from xml.sax.saxutils import escape

from kochu.epub.cover import cover_page, cover_picture
from kochu.epub.package import CONTAINER, Item, Publication, landmark_list, navigation, pack, package, page
from kochu.sphinx.texts import edition_of, text_of
from kochu.text.dates import day_in_words

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from kochu.apparatus.edition import Edition, Loaded
    from kochu.sphinx.domain import KochuDomain
    from kochu.text.ruby import Group
    from kochu.text.segment import Sentence

__all__ = ["vertical_book"]

_STYLE = "_static/vertical.css"
_COVER = "_static/cover.png"
_CSS = """html { writing-mode: vertical-rl; -epub-writing-mode: vertical-rl }
html { -webkit-writing-mode: vertical-rl }
body { line-height: 2; text-align: justify; line-break: strict }
h1, h2 { font-weight: normal; margin: 0 1em }
h1 { font-size: 1.5em }
h2 { font-size: 1.2em }
p { margin: 0; text-indent: 1em }
rt { font-size: 0.5em }
.upright { text-combine-upright: all; -webkit-text-combine: horizontal; -epub-text-combine: horizontal }
.aside { writing-mode: horizontal-tb; -epub-writing-mode: horizontal-tb; line-height: 1.5; text-align: start }
"""
_SHORT_NUMBER = re.compile(r"(?<![0-9A-Za-z.,:/+-])([0-9]{1,2})(?![0-9A-Za-z.,:/+-])")
"""Numbers of one or two digits stand upright in a line; longer ones lie on their side."""


def vertical_book(env: BuildEnvironment, target: Path, whole: Publication) -> None:
    """Write the book.

    :param whole: what a catalogue knows of the edition; the book says the same of itself.
    """
    edition = edition_of(env)
    domain = cast("KochuDomain", env.domains["kochu"])
    texts = [text_of(env, text_id) for text_id in edition.texts]
    main = texts[0].spec.language
    title = " / ".join(loaded.spec.title for loaded in texts)
    pages = {f"{loaded.spec.id}.xhtml": _text(loaded, domain) for loaded in texts}
    pages["colophon.xhtml"] = _colophon(edition, whole, texts)
    book = replace(
        whole,
        title=title,
        language=main,
        others=tuple(dict.fromkeys([whole.language, *whole.others])),
        identifier=Publication.identify(whole.identifier, "vertical"),
        description=whole.title,
        pictures=False,
        vertical=True,
    )
    book = replace(book, others=tuple(tag for tag in book.others if tag != main))
    rows = "".join(
        f'<li><a href="{loaded.spec.id}.xhtml">{escape(loaded.spec.title)}</a></li>\n' for loaded in texts
    )
    contents = f'<ol>\n{rows}<li><a href="colophon.xhtml" lang="en" xml:lang="en">Colophon</a></li>\n</ol>'
    places = [
        ("cover", "cover.xhtml", "表紙"),
        ("toc", "nav.xhtml#toc", "目次"),
        ("bodymatter", next(iter(pages)), title),
    ]
    items = [
        Item("nav.xhtml", "nav", linear=False),
        Item(_COVER, "cover-image"),
        Item("cover.xhtml", linear=True),
        *(Item(name, linear=True) for name in pages),
        Item(_STYLE),
    ]
    files = {
        **pages,
        "META-INF/container.xml": CONTAINER,
        "nav.xhtml": navigation("目次", main, contents, landmark_list(places)).replace(
            "_static/kochu-epub.css", _STYLE
        ),
        "cover.xhtml": cover_page(title, main, _COVER),
        _STYLE: _CSS,
        "content.opf": package(book, items, cover=_COVER),
    }
    data = {name: text.encode() for name, text in files.items()}
    pack(target, {**data, _COVER: cover_picture(edition)})


def _text(loaded: Loaded, domain: KochuDomain) -> str:
    """Set a text line by line, its headings as headings."""
    spec = loaded.spec
    # Most texts begin with their title.
    first = loaded.base.lines[0].text.strip() == spec.title
    rows = [] if first else [f"<h1>{escape(spec.title)}</h1>\n"]
    for line in loaded.base.lines:
        words = "".join(_sentence(loaded, domain, sentence) for sentence in line.sentences)
        tag = "h1" if first and line.number == 1 else "h2" if line.heading else "p"
        rows.append(f"<{tag}>{words}</{tag}>\n")
    body = f'<section epub:type="bodymatter">\n{"".join(rows)}</section>\n'
    return page(spec.title, spec.language, body, style=_STYLE)


def _sentence(loaded: Loaded, domain: KochuDomain, sentence: Sentence) -> str:
    if not domain.published(loaded.spec.id, sentence.address):
        return f"〔{len(sentence.text)}字略〕"
    words = "".join(_words(sentence.text, loaded.readings.get(sentence.address, ())))
    return f'<span id="{sentence.anchor}">{words}</span>'


def _words(text: str, groups: Iterable[Group]) -> Iterator[str]:
    end = 0
    for group in groups:
        yield _upright(text[end : group.start])
        base = _upright(text[group.start : group.end])
        yield f"<ruby>{base}<rp>（</rp><rt>{escape(group.reading)}</rt><rp>）</rp></ruby>"
        end = group.end
    yield _upright(text[end:])


def _upright(text: str) -> str:
    return _SHORT_NUMBER.sub(r'<span class="upright">\1</span>', escape(text))


def _colophon(edition: Edition, whole: Publication, texts: Iterable[Loaded]) -> str:
    about = edition.about
    rows = [f"{about.title}, version {about.version}, {day_in_words(about.date)}", ", ".join(about.editors)]
    rows += [f"SHA-256 of {Path(loaded.spec.seed).name}: {loaded.sha256}" for loaded in texts]
    rows += [f"{rights.layer}: {rights.statement} {rights.url}" for rights in edition.rights]
    body = "".join(f"<p>{escape(row)}</p>\n" for row in rows if row)
    attributes = 'class="aside" epub:type="colophon" role="doc-colophon"'
    section = f"<section {attributes}>\n<h1>Colophon</h1>\n{body}</section>\n"
    return page("Colophon", whole.language, section, style=_STYLE)
