"""How a list of sources is set: the style ``kochu`` of pybtex, for ``sphinxcontrib.bibtex``.

Author, title, its language, publisher and day, address, the day it was read, and what the
reader of the source has to say of it. BibTeX knows years and months; a web page has a day,
and is found under one address on one day only, so ``date`` and ``urldate`` hold full dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from kochu.sphinx.phrase import curly
from kochu.text.addresses import readable_address
from kochu.text.dates import day_in_words

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["register"]

NAME = "kochu"
_UNDATED = "n.d."
_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"


def _style() -> type[Any]:
    """Make the style; late, for an edition without a bibliography needs no pybtex."""
    from pybtex.style.formatting import toplevel
    from pybtex.style.formatting.plain import Style
    from pybtex.style.template import (
        field,
        first_of,
        href,
        join,
        names,
        optional,
        optional_field,
        sentence,
        tag,
    )

    class Sources(Style):  # type: ignore[misc]
        """Sources as a scholar lists them, web pages first of all."""

        default_name_style = "lastfirst"
        default_sorting_style = NAME

        def get_misc_template(self, e: Any) -> Any:
            return toplevel[
                optional[sentence[self.format_names("author")]],
                self._title(e),
                sentence[optional_field("howpublished"), _when(e.fields)],
                optional[sentence[field("note")]],
                self._link(),
            ]

        def get_article_template(self, e: Any) -> Any:
            return toplevel[
                sentence[self.format_names("author")],
                self._title(e),
                sentence[
                    join(sep=" ")[field("journal"), optional_field("volume")],
                    optional[join["no. ", field("number")]],
                    optional[join["pp. ", field("pages")]],
                    _when(e.fields),
                ],
                optional[sentence[field("note")]],
                self._link(),
            ]

        def get_book_template(self, e: Any) -> Any:
            return toplevel[
                self.format_author_or_editor(e),
                sentence[join(sep=" ")[tag("em")[field("title")], _language(e.fields)]],
                sentence[optional_field("address"), field("publisher"), _when(e.fields)],
                optional[sentence[field("note")]],
                self._link(),
            ]

        def _title(self, e: Any) -> Any:
            # A title in square brackets is a description, and no quotation.
            described = e.fields["title"].strip("{}").startswith("[")
            title = field("title") if described else join["“", field("title"), "”"]
            return sentence[join(sep=" ")[title, _language(e.fields)]]

        def _link(self) -> Any:
            # Last, and without a full stop that could be taken for a part of it.
            url, doi = field("url", raw=True), field("doi", raw=True)
            shown = field("url", readable_address, raw=True)
            digital = join["https://doi.org/", doi]
            return optional[first_of[optional[href(url)[shown]], optional[href(digital)[digital]]]]

        def format_names(self, role: Any, as_sentence: Any = True) -> Any:  # noqa: FBT002 - pybtex's own
            # Surname first for all, so that the names are told apart by something else than commas.
            found = names(role, sep="; ", sep2="; ", last_sep="; ")
            return sentence[found] if as_sentence else found

    return Sources


def _order() -> type[Any]:
    """Make the order of a list: the sources of an author by day, then by title."""
    from pybtex.style.sorting.author_year_title import SortingStyle

    class Order(SortingStyle):  # type: ignore[misc]
        """Sources by author, day and title."""

        def sorting_key(self, entry: Any) -> tuple[str, str, str]:
            """Give what a source is sorted by; the less exact of two dates comes first."""
            author, year, title = super().sorting_key(entry)
            month = entry.fields.get("month", "")
            known = f"{year}-{_MONTHS.find(month[:3].lower()) // 3 + 1:02}" if month else year
            # Brackets round a description are no letters.
            return author, entry.fields.get("date", known), title.lstrip("{[“‘\"'").lower()

    return Order


def _language(fields: Mapping[str, str]) -> str:
    return f"({fields['langid'].capitalize()})" if "langid" in fields else ""


def _when(fields: Mapping[str, str]) -> str:
    """The day a source is of, as exactly as it is known, and the day it was read."""
    known = " ".join(fields[name] for name in ("month", "year") if name in fields) or _UNDATED
    of = day_in_words(fields["date"]) if "date" in fields else known
    return f"{of} (accessed {day_in_words(fields['urldate'])})" if "urldate" in fields else of


class CurlSources(SphinxPostTransform):
    """Curl what a bibliography was typed with; its entries come too late for Sphinx to do it."""

    default_priority = 20  # when the lists of sources are there

    def run(self, **kwargs: Any) -> None:
        """Walk the entries; addresses are no prose."""
        language = self.config.language
        for entry in self.document.findall(nodes.citation):
            for text in list(entry.findall(nodes.Text)):
                if not isinstance(text.parent, (nodes.label, nodes.reference)):
                    text.parent.replace(text, nodes.Text(curly(text, language)))


def register(app: Sphinx) -> None:
    """Make the style known, where there is something to set."""
    try:
        from pybtex.plugin import register_plugin
    except ModuleNotFoundError:
        return
    register_plugin("pybtex.style.formatting", NAME, _style())
    register_plugin("pybtex.style.sorting", NAME, _order())
    app.add_post_transform(CurlSources)
