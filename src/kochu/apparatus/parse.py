"""From what an author wrote to an annotation: the one place where options are read.

The Sphinx directive and ``kochu check`` both come here, so they accept the same
files and complain in the same words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
import re

from kochu.apparatus.kinds import CHOICES, KINDS, Kind
from kochu.apparatus.model import Anchor, Annotation, Wording
from kochu.text.anchor import find_all, locate
from kochu.text.problems import Problem, Subtype
from kochu.text.quote import Quote, QuoteError, parse_quotes, split_parts
from kochu.text.segment import BaseText, Sentence

__all__ = ["DELETE", "Draft", "parse_annotation", "parse_passage"]

DELETE = "∅"
"""A ``:better:`` that deletes the quoted words."""

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*):\s*(.+)", re.DOTALL)
_DATE = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_NEEDS_REASON = ("major", "critical")


@dataclass(frozen=True, slots=True)
class Draft:
    """A directive as its author wrote it.

    :param kind: name of the kind.
    :param argument: what stands behind the directive's name: the quotes, or nothing.
    :param options: option values by name, as strings.
    :param docname: the page, without suffix.
    :param path: the file, as it should be shown.
    :param line: 1-based line of the directive.
    :param passage: addresses of the passage that the directive stands under.
    :param groups: the groups that the edition knows; empty when it names none.
    """

    kind: str
    argument: str
    options: Mapping[str, str]
    docname: str
    path: str
    line: int
    passage: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


class _WrongError(ValueError):
    def __init__(self, subtype: Subtype, message: str) -> None:
        self.subtype = subtype
        super().__init__(message)


def parse_annotation(
    draft: Draft, base: BaseText, text_id: str
) -> tuple[Annotation | None, tuple[Problem, ...]]:
    """Check a draft against its kind and its base text.

    :return: the annotation, or ``None`` when a mistake leaves nothing to publish; and
        every problem found, so that an author can mend all of them in one go.
    """
    kind = KINDS[draft.kind]
    problems: list[Problem] = []

    def tell(subtype: Subtype, message: str) -> None:
        problems.append(Problem(draft.path, draft.line, subtype.value, message))

    options = {name: (value or "").strip() for name, value in draft.options.items()}
    for message in _option_problems(kind, options, draft.groups):
        tell(Subtype.OPTION, message)
    key = options.get("key", "")
    if not key:
        tell(Subtype.KEY, f"{kind.name} has no key; add ':key: some-words' to link to it")
    elif not _KEY.fullmatch(key):
        tell(Subtype.KEY, f"key '{key}' is malformed; use lowercase letters, digits and hyphens")
    anchors: tuple[Anchor, ...] = ()
    whole = False
    wordings: dict[str, tuple[Wording, ...]] = {}
    try:
        anchors, whole = _anchors(draft, options, kind, base)
    except _WrongError as wrong:
        tell(wrong.subtype, str(wrong))
    for name in ("source", "names"):
        try:
            wordings[name] = _wordings(name, options.get(name, ""))
        except _WrongError as wrong:
            tell(wrong.subtype, str(wrong))
    if problems:
        return None, tuple(problems)
    title = options.get("title") or ("" if whole else _joined(anchors))
    own = {"key", "at", "forms", "title", "see", "crosses", "source", "names", "better"}
    return (
        Annotation(
            kind=kind.name,
            key=key,
            text_id=text_id,
            docname=draft.docname,
            path=draft.path,
            line=draft.line,
            title=title,
            anchors=tuple(sorted(anchors, key=lambda a: (a.start, a.end))),
            whole=whole,
            see=tuple(options.get("see", "").split()),
            crosses=tuple(options.get("crosses", "").split()),
            source=wordings["source"],
            names=wordings["names"],
            options={name: value for name, value in options.items() if name not in own},
        ),
        (),
    )


def parse_passage(
    argument: str, base: BaseText, path: str, line: int
) -> tuple[tuple[Sentence, ...], tuple[Problem, ...]]:
    """Read the argument of a passage: line numbers or addresses, separated by spaces."""
    try:
        found, wrong = _window(argument, base), "passage has no place; write the number of a line behind it"
    except _WrongError as error:
        found, wrong = (), str(error)
    return found, () if found else (Problem(path, line, Subtype.ADDRESS.value, wrong),)


def _option_problems(kind: Kind, options: Mapping[str, str], groups: Sequence[str]) -> list[str]:
    found: list[str] = []
    for name in sorted(options.keys() - kind.options):
        allowed = ", ".join(sorted(kind.options))
        found.append(f"{kind.name} has an unknown option ':{name}:'; it takes {allowed}")
    required = set(kind.required)
    if options.get("severity") in _NEEDS_REASON:
        required.add("because")
    if kind.name == "caveat" and options.get("severity") != "neutral":
        required.add("better")
    if options.get("source"):
        required |= {"certainty", "basis"}
    if options.get("now"):
        required.add("as-of")
    found += [
        f"{kind.name} needs ':{name}:'; add it, or see the table of options"
        for name in sorted(required)
        if not options.get(name)
    ]
    for name, allowed_values in CHOICES.items():
        value = options.get(name)
        if value and name in kind.options and value not in allowed_values:
            found.append(f"':{name}: {value}' is not known; it is one of {', '.join(allowed_values)}")
    if options.get("as-of") and not _DATE.fullmatch(options["as-of"]):
        found.append(f"':as-of: {options['as-of']}' is not a date; write it as 2026-02-28")
    if groups and options.get("group") and options["group"] not in groups:
        found.append(f"':group: {options['group']}' is not known; it is one of {', '.join(groups)}")
    return found


def _anchors(
    draft: Draft, options: Mapping[str, str], kind: Kind, base: BaseText
) -> tuple[tuple[Anchor, ...], bool]:
    at = options.get("at", "")
    passage = tuple(s for s in map(base.sentence, draft.passage) if s)
    if options.get("forms"):
        if draft.argument:
            raise _WrongError(Subtype.QUOTE, "give either a quote or ':forms:', not both")
        window = _window(at, base) if at else base.sentences
        (better,) = _betters(options, 1)
        return _form_anchors(options["forms"], window, better), False
    if not draft.argument:
        window = _window(at, base) if at else passage
        if not window and kind.anchored:
            raise _WrongError(
                Subtype.ADDRESS,
                f"{kind.name} has no place in the text; give a quote with ':at: LINE.SENTENCE', "
                "or write it under a passage",
            )
        betters = _betters(options, len(window))
        return tuple(
            Anchor(s.address, s.start, s.end, s.text, better)
            for s, better in zip(window, betters, strict=True)
        ), True
    try:
        quotes = parse_quotes(draft.argument)
    except QuoteError as error:
        raise _WrongError(Subtype.QUOTE, str(error)) from None
    windows = _windows(at, base, len(quotes)) if at else (passage,) * len(quotes)
    if not windows[0]:
        raise _WrongError(
            Subtype.ADDRESS,
            f"quote '{draft.argument}' has no window; add ':at: LINE.SENTENCE', or write it under a passage",
        )
    anchors: list[Anchor] = []
    for quote, window, better in zip(quotes, windows, _betters(options, len(quotes)), strict=True):
        try:
            found = [(s, *locate(quote, s)) for s in window] if at else [_in_passage(quote, window)]
        except QuoteError as error:
            raise _WrongError(Subtype.QUOTE, str(error)) from None
        anchors += [Anchor(s.address, start, end, base.text[start:end], better) for s, start, end in found]
    return tuple(anchors), False


def _in_passage(quote: Quote, window: tuple[Sentence, ...]) -> tuple[Sentence, int, int]:
    """Find a quote that must stand in exactly one sentence of its passage."""
    found: list[tuple[Sentence, int, int]] = []
    errors: list[QuoteError] = []
    for sentence in window:
        try:
            found.append((sentence, *locate(quote, sentence)))
        except QuoteError as error:
            errors.append(error)
    if len(found) == 1 and not any("times" in str(e) for e in errors):
        return found[0]
    if found:
        places = ", ".join(s.address for s, _, _ in found)
        raise QuoteError(f"quote '{quote.raw}' occurs in {places}; add ':at:' with the one you mean")
    # The most telling error is the one that found something.
    raise max(errors, key=lambda e: ("times" in str(e), "did you mean" in str(e)))


def _form_anchors(forms: str, window: Sequence[Sentence], better: str | None) -> tuple[Anchor, ...]:
    anchors: dict[tuple[int, int], Anchor] = {}
    for form in split_parts(forms):
        found = False
        for sentence in window:
            for start, end in find_all(form, sentence):
                found = True
                anchors[start, end] = Anchor(sentence.address, start, end, form, better)
        if not found:
            raise _WrongError(Subtype.QUOTE, f"form '{form}' does not occur in the text; remove it")
    # A form inside a longer form of the same annotation is not a place of its own.
    return tuple(
        a
        for a in anchors.values()
        if not any(b is not a and b.start <= a.start and a.end <= b.end for b in anchors.values())
    )


def _betters(options: Mapping[str, str], count: int) -> tuple[str | None, ...]:
    value = options.get("better")
    if not value:
        return (None,) * count
    parts = tuple("" if part == DELETE else part for part in split_parts(value))
    if len(parts) == 1:
        return parts * count
    if len(parts) != count:
        raise _WrongError(
            Subtype.OPTION,
            f"':better:' has {len(parts)} parts for {count} quotes; give one, or one for each",
        )
    return parts


def _windows(at: str, base: BaseText, count: int) -> tuple[tuple[Sentence, ...], ...]:
    parts = split_parts(at)
    if len(parts) == 1:
        return (_window(parts[0], base),) * count
    if len(parts) != count:
        raise _WrongError(
            Subtype.OPTION,
            f"':at:' has {len(parts)} parts for {count} quotes; give one, or one for each",
        )
    return tuple(_window(part, base) for part in parts)


def _window(addresses: str, base: BaseText) -> tuple[Sentence, ...]:
    window: list[Sentence] = []
    for address in addresses.replace("|", " ").split():
        if sentence := base.sentence(address):
            window.append(sentence)
        elif address.isdecimal() and (line := base.line(int(address))):
            window += line.sentences
        else:
            last = base.sentences[-1].address
            raise _WrongError(
                Subtype.ADDRESS,
                f"unknown address '{address}'; this text has 1.1 to {last} and lines 1 to {len(base.lines)}",
            )
    return tuple(window)


def _wordings(name: str, value: str) -> tuple[Wording, ...]:
    if not value:
        return ()
    found: list[Wording] = []
    for part in split_parts(value):
        match = _LANGUAGE.fullmatch(part)
        if not match:
            raise _WrongError(
                Subtype.OPTION,
                f"':{name}: {part}' names no language; write it as 'ru: Белоусов | it: Belousov'",
            )
        found.append(Wording(match[1], match[2].strip()))
    return tuple(found)


def _joined(anchors: Sequence[Anchor]) -> str:
    return " / ".join(dict.fromkeys(a.quote for a in anchors))
