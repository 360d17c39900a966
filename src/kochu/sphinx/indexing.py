"""The index as a reader looks things up: persons by family name, articles passed over, each thing once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
import re
from typing import Any
import unicodedata

from sphinx.locale import _

from kochu.apparatus.model import Annotation

__all__ = ["Groups", "abbreviations", "arranged", "entry_name", "sort_key"]

Links = list[tuple[str | None, Any]]
Entry = tuple[str, tuple[Links, list[tuple[str, Links]], str | None]]
Groups = list[tuple[str, list[Entry]]]
"""As Sphinx makes them: letters, and under each the names with their places and subentries."""

_ARTICLES = {
    "en": ("the", "a", "an"),
    "de": ("der", "die", "das", "ein", "eine"),
    "fr": ("le", "la", "les", "l'", "un", "une"),
    "it": ("il", "lo", "la", "i", "gli", "le", "l'", "un", "uno", "una"),
    "es": ("el", "la", "los", "las", "un", "una"),
}
_EASTERN = ("ja", "zh", "ko")
_FAMILY_FIRST = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]{2,4}")
"""A name so written, without a dot between its parts, begins with the family name."""
_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9]+")


def entry_name(note: Annotation) -> str:
    """What the index calls a note: a person by the family name, whichever stands first.

    Names of East Asia have it first already. Whether a name is one of them is told by how it
    is written there; of a name that is not, nothing is known, and it stays as it is.
    """
    words = note.title.split()
    names = {wording.language: wording.text for wording in note.names}
    told = next((names[tag] for tag in _EASTERN if tag in names), "")
    person = note.options.get("entity") == "person" and len(words) > 1 and "," not in note.title
    if not person or not told or _FAMILY_FIRST.fullmatch(told):
        return note.title
    at = len(words) - 1
    # Ursula von der Leyen is found under von der Leyen.
    while at > 1 and words[at - 1].islower():
        at -= 1
    return f"{' '.join(words[at:])}, {' '.join(words[:at])}"


def abbreviations(note: Annotation, language: str) -> tuple[str, ...]:
    """Give entries that lead from an abbreviation to a note with a longer title.

    An abbreviation is what stands in capitals alone: as the text prints it, or among the
    note's names in the language of the edition.
    """
    names = [wording.text for wording in note.names if wording.language == re.split("[-_]", language)[0]]
    short = dict.fromkeys(
        name for name in (*(a.quote for a in note.anchors), *names) if _ABBREVIATION.fullmatch(name)
    )
    title = entry_name(note)
    return tuple(f"{name} ({title})" for name in short if name not in re.findall(r"\w+", note.title))


def arranged(groups: Iterable[tuple[str, list[Entry]]], language: str) -> Groups:
    """Arrange Sphinx's index anew.

    What differs only in capitals or in an article is one entry; a leading article does not
    count for the order, nor do the accents and macrons on letters.

    :param language: of the edition, whose articles are meant.
    """
    articles = _articles(language)
    found: dict[tuple[str | None, str], Entry] = {}
    for name, (links, below, category) in (entry for _key, entries in groups for entry in entries):
        key = (category, _key_of(name, articles))
        if key not in found:
            found[key] = (name, (list(links), list(below), category))
            continue
        other, (old, under, _category) = found[key]
        old += [link for link in links if link not in old]
        under += [entry for entry in below if entry not in under]
        found[key] = (_better(other, name, articles), (old, sorted(under), category))
    order = sorted(found.items(), key=lambda item: _order(item[0], item[1][0]))
    return [
        (letter, [entry for _key, entry in entries])
        for letter, entries in groupby(order, key=lambda item: _letter(*item[0]))
    ]


def sort_key(name: str, language: str) -> str:
    """Give that by which a name is found: hyōki under hyoki, The West under west."""
    return _plain(_key_of(name, _articles(language)))


def _articles(language: str) -> tuple[str, ...]:
    return _ARTICLES.get(re.split("[-_]", language)[0], ())


def _better(one: str, other: str, articles: tuple[str, ...]) -> str:
    """Choose among two ways to write a thing: without an article before it, and in small letters."""
    return min(one, other, key=lambda name: (not _opens(name, articles), name[:1].isupper()))


def _opens(name: str, articles: tuple[str, ...]) -> bool:
    """Whether a name begins with the word under which it is found."""
    return name.startswith(_bare(name, articles))


def _bare(name: str, articles: tuple[str, ...]) -> str:
    """Leave out an article before a name, or behind it after a comma."""
    start = name.casefold().replace("’", "'")
    for article in articles:
        before = article if article.endswith("'") else f"{article} "
        if start.startswith(before):
            return name[len(before) :]
        if start.endswith(f", {article}"):
            return name[: -len(article) - 2]
    return name


def _key_of(name: str, articles: tuple[str, ...]) -> str:
    return _bare(name.strip(), articles).casefold().replace("’", "'")


def _plain(text: str) -> str:
    """Write letters without what stands above them, and words without what stands between."""
    parts = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in parts if not unicodedata.combining(char))
    words = re.sub(r"[^\w]+", " ", plain).strip()
    # Nine before ten.
    return re.sub(r"\d+", lambda number: number[0].zfill(9), words)


def _order(key: tuple[str | None, str], name: str) -> tuple[bool, str, str, str]:
    category, own = key
    plain = _plain(own)
    return plain[:1].isalpha() or bool(category), category or plain, plain, name


def _letter(category: str | None, own: str) -> str:
    if category is not None:
        return category
    letter = _plain(own)[:1].upper()
    return letter if letter.isalpha() else _("Symbols")
