"""How the edition is cited, in the forms that people, libraries and search engines read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
import json
import re

from kochu.apparatus.edition import About, Edition, TextSpec
from kochu.text.dates import day_in_words

__all__ = ["as_bibtex", "as_csl", "as_json_ld", "as_text", "cite_dialog", "edition_data"]

_TEX = re.compile(r"[&%$#_{}]")


def as_text(about: About) -> str:
    """Cite the edition in a sentence."""
    title = f"{about.title}: {about.subtitle}" if about.subtitle else about.title
    parts = [f"{', '.join(about.editors)} (ed.)"] if about.editors else []
    parts += [title, f"version {about.version}", day_in_words(about.date)]
    parts += [part for part in (about.publisher, about.url) if part]
    return ", ".join(parts)


def as_bibtex(about: About) -> str:
    """Cite the edition for BibTeX."""
    title = f"{about.title}: {about.subtitle}" if about.subtitle else about.title
    fields = {
        "title": f"{{{_tex(title)}}}",
        # The braces keep "The editors of" from being read as first names.
        "editor": " and ".join(f"{{{_tex(name)}}}" for name in about.editors),
        "edition": f"Version {_tex(about.version)}",
        "publisher": _tex(about.publisher),
        "year": about.date[:4],
        "date": about.date,
        "url": about.url,
    }
    rows = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@book{{{_slug(about)},\n{rows}}}\n"


def as_csl(about: About) -> str:
    """Cite the edition for reference managers (CSL-JSON)."""
    item: dict[str, object] = {
        "id": _slug(about),
        "type": "book",
        "title": f"{about.title}: {about.subtitle}" if about.subtitle else about.title,
        "editor": [{"literal": name} for name in about.editors],
        "version": about.version,
        "issued": {"date-parts": [[int(part) for part in about.date.split("-")]]},
        "publisher": about.publisher,
        "URL": about.url,
    }
    kept = {name: value for name, value in item.items() if value}
    return json.dumps([kept], ensure_ascii=False, indent=2) + "\n"


def as_json_ld(edition: Edition, texts: Iterable[TextSpec], languages: Iterable[str]) -> str:
    """Describe the edition to search engines (schema.org)."""
    about = edition.about
    item: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Book",
        "name": about.title,
        "alternativeHeadline": about.subtitle,
        "version": about.version,
        "datePublished": about.date,
        "editor": [{"@type": "Organization", "name": name} for name in about.editors],
        "publisher": {"@type": "Organization", "name": about.publisher} if about.publisher else "",
        "inLanguage": list(dict.fromkeys(languages)),
        "isAccessibleForFree": True,
        "learningResourceType": "annotated edition",
        "license": [rights.url for rights in edition.rights if rights.url],
        "url": about.url,
        "hasPart": [
            {"@type": "CreativeWork", "name": text.title, "inLanguage": text.language} for text in texts
        ],
    }
    kept = {name: value for name, value in item.items() if value}
    return _island(kept, 'type="application/ld+json"')


def edition_data(about: About) -> str:
    """Give the page's script what it needs to cite a sentence."""
    return _island({"cite": as_text(about), "url": about.url}, 'type="application/json" id="kochu-edition"')


def cite_dialog(about: About, files: Mapping[str, str]) -> str:
    """Write the dialog that offers the citations; without scripts it stands at the page's end.

    :param files: links to the files, by their label.
    """
    copy = '<button type="button" class="kochu-button" data-do="copytext">Copy</button>'
    links = ", ".join(f'<a href="{escape(href)}" download>{label}</a>' for label, href in files.items())
    return (
        '<dialog class="kochu-dialog" id="kochu-cite" aria-labelledby="kochu-cite-title">'
        '<p class="kochu-dialog-title" id="kochu-cite-title">Cite this edition</p>'
        f"<section><blockquote>{escape(as_text(about))}</blockquote>{copy}</section>"
        f'<section><pre tabindex="0">{escape(as_bibtex(about))}</pre>{copy}</section>'
        f"<p>Files: {links}. To cite a sentence, choose it and press Copy: its number is its address, "
        "the same in every version of the edition.</p>"
        '<form method="dialog"><button class="kochu-button">Close</button></form></dialog>'
    )


def _island(data: object, attributes: str) -> str:
    # "</script>" in a title would end the element.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"<script {attributes}>{text}</script>"


def _slug(about: About) -> str:
    words = re.findall(r"[a-z0-9]+", about.title.lower()) or ["edition"]
    return "-".join(words[:4]) + f"-{about.version}"


def _tex(text: str) -> str:
    return _TEX.sub(lambda match: "\\" + match[0], text)
