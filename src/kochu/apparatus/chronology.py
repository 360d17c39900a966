"""Notes must stay true: no "today" without a date, no number without a source.

A note is read for years. A word that points at the day of writing is worthless then
unless a date stands by it, and a figure that cannot be traced cannot be corrected.
"""

from __future__ import annotations

from collections.abc import Iterator
import re

from kochu.apparatus.kinds import KINDS
from kochu.text.problems import Problem, Subtype

__all__ = ["check_prose", "sentences"]

_POINTING = re.compile(
    r"\b(today|tonight|yesterday|tomorrow|currently|nowadays|now|at present|at the moment|these days"
    r"|recently|lately|so far|to date|(?:this|last|next) (?:week|month|year)|as of (?:this )?writing)\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b(1[5-9]|20)\d\d\b")
_CITATION = re.compile(r"\{(?:cite|footcite)(?::[a-z:]+)?\}`")
_NOTE = re.compile(rf"^:::+\{{(?:{'|'.join(KINDS)})\}}", re.MULTILINE)
_BLOCK = re.compile(r"^(`{3,}).*?^\1", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(?<!\})`[^`]*`|``.*?``")
_NUMBER = re.compile(r"(?<![\w.])\d[\d.,]*")
# What holds digits without stating a figure: references, code, quoted words, the
# names of standards and levels, places in the text, and anything within Japanese.
_NOT_FIGURES = re.compile(
    r"\{[\w:-]+\}`[^`]*`|`[^`]*`|[「『“\"][^」』”\"]*[」』”\"]|\*[^*]+\*|\]\([^)]*\)|https?://\S+|<[^>]*>"
    r"|\b(?:ISO|MQM|RFC|BCP|N|G|C|F|X|L|T)[ -]?\d[\d.:–-]*"
    r"|\b(?:lines?|sentences?|articles?|arts?\.|chapters?|clauses?|sections?|version|edition)"
    r" \d[\d.]*(?:(?:–|-|,| and| to| or) ?\d[\d.]*)*"
    r"|[\u3040-\u9fff々ー]+\d+|\d+[\u3040-\u9fff々ー]+|(?<=\()\d(?=\))|^\s*\d+\.",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\bArt\.)(?<!\bno\.)(?<!\bcf\.)\s+(?=[A-Z「“*\[])")
_FENCE = re.compile(r"^\s*(`{3,}|:{3,})(.*)$")


def sentences(source: str) -> Iterator[tuple[int, str]]:
    """Give the prose of a MyST page sentence by sentence, with the line it begins in.

    Headings, tables, options, front matter and code are no prose.
    """
    paragraph: list[str] = []
    start = 0
    code = matter = False
    for number, line in enumerate([*source.splitlines(), ""], 1):
        if line == "---" and (number == 1 or matter):
            matter = number == 1
            continue
        fence = _FENCE.match(line)
        if fence and fence[1].startswith("`"):
            code = not code
        plain = (
            not (fence or code or matter) and line.strip() and not re.match(r"\s*(#|\||:[\w-]+:|\()", line)
        )
        if plain and not (paragraph and re.match(r"\s*([-*]|\d+\.) ", line)):
            start = start or number
            paragraph.append(line.strip())
            continue
        yield from ((start, text) for text in _ENDS.split(" ".join(paragraph)) if text)
        paragraph, start = ([line.strip()], number) if plain else ([], 0)


def check_prose(source: str, path: str) -> tuple[Problem, ...]:
    """Find words that point at an unnamed day, and figures without a citation.

    Only pages that annotate or cite state facts; a guide may say "now" and count to ten.
    """
    prose = list(sentences(source))
    if not (
        _NOTE.search(_BLOCK.sub("", source))
        or any(_CITATION.search(_CODE.sub("", text)) for _, text in prose)
    ):
        return ()
    problems: list[Problem] = []
    for line, text in prose:
        bare = _NOT_FIGURES.sub(" ", text)
        pointing = _POINTING.search(bare)
        if pointing and not _DATE.search(text):
            problems.append(
                _problem(path, line, f"'{pointing[0]}' without a date in '{_short(text)}'; say when")
            )
        number = _NUMBER.search(bare)
        if number and not _CITATION.search(text):
            problems.append(
                _problem(
                    path,
                    line,
                    f"the number {number[0].rstrip('.,')} in '{_short(text)}' has no citation in its "
                    "sentence; cite where you read it",
                )
            )
    return tuple(problems)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _problem(path: str, line: int, message: str) -> Problem:
    return Problem(path, line, Subtype.DATE.value, message)
