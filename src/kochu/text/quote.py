"""The quote syntax of the printed apparatus: how an annotation names its words.

``lemma`` must be unique in its window; ``before[lemma]after`` gives context that
is not part of the lemma; ``first…last`` is a range; a backslash takes a sign as it
is; `` | `` separates several quotes.
"""

from __future__ import annotations

from dataclasses import dataclass
import re

__all__ = ["Quote", "QuoteError", "escape", "parse_quotes", "split_parts"]

_SPECIAL = "\\[]…|"


class QuoteError(ValueError):
    """A quote is malformed; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A parsed quote.

    :param first: the words, or the first words of a range.
    :param last: the last words of a range, else ``None``.
    :param before: context that must stand right before the words.
    :param after: context that must stand right after them.
    :param raw: the quote as its author wrote it.
    """

    first: str
    last: str | None = None
    before: str = ""
    after: str = ""
    raw: str = ""


def split_parts(value: str) -> tuple[str, ...]:
    """Split an option or argument at each unescaped `` | `` and strip the parts."""
    return tuple(part.strip() for part in re.split(r"(?<!\\)\s\|(?:\s|$)", value))


def parse_quotes(argument: str) -> tuple[Quote, ...]:
    """Parse a directive's argument into quotes.

    :raises QuoteError: a bracket is not closed, a part is empty, or signs are doubled.
    """
    return tuple(_parse(part) for part in split_parts(argument))


def escape(text: str) -> str:
    """Write ``text`` so that it stands for itself in a quote."""
    return "".join("\\" + char if char in _SPECIAL else char for char in text)


def _parse(raw: str) -> Quote:
    # Fields in order: before, first, last, after. A sign moves us to a later one.
    fields = {"before": "", "first": "", "last": "", "after": ""}
    where = "first"
    bracketed = ranged = False
    chars = iter(raw)
    for char in chars:
        if char == "\\":
            fields[where] += next(chars, "\\")
        elif char == "[":
            if bracketed or ranged:
                raise QuoteError(f"quote '{raw}' has a second '['; write '\\[' for the sign itself")
            bracketed = True
            fields["before"], fields["first"] = fields["first"], ""
        elif char == "]":
            if not bracketed or where == "after":
                raise QuoteError(f"quote '{raw}' has a ']' without '['; write '\\]' for the sign itself")
            where = "after"
        elif char == "…" and where != "after":
            if ranged:
                raise QuoteError(f"quote '{raw}' has a second '…'; write '\\…' for the sign itself")
            ranged = True
            where = "last"
        else:
            fields[where] += char
    if bracketed and where != "after":
        raise QuoteError(f"quote '{raw}' has a '[' without ']'")
    if not fields["first"] or (ranged and not fields["last"]):
        raise QuoteError(f"quote '{raw}' has no words; give the words as they stand in the text")
    return Quote(
        fields["first"],
        fields["last"] if ranged else None,
        fields["before"],
        fields["after"],
        raw,
    )
