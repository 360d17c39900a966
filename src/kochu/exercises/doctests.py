"""The names that a doctest of an exercise may use, and what it must say.

``prove(ex)`` runs all that a machine can prove; ``mark(ex, …)`` marks answers written
out by hand. A doctest without both, or with only right answers, is no second witness.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
import doctest
import re
from typing import Any

from kochu.exercises.model import Exercise
from kochu.exercises.prove import Given, UnprovedError, mark_given, prove
from kochu.text.problems import Problem

__all__ = ["incomplete", "namespace"]

_PROMPT = re.compile(r"\W*>>>")
_SCORE = re.compile(r"'([\d.]+)/([\d.]+)(?:, ([\d.]+) to mark)?'")


def namespace(exercise: Exercise | None, problems: Sequence[Problem]) -> dict[str, Any]:
    """Give the names that the examples see: ``ex``, ``prove`` and ``mark``.

    :param problems: of the file; ``prove`` refuses an exercise that has any.
    """

    def prove_it(ex: Exercise | None) -> str:
        """Prove the exercise of this file."""
        if problems or ex is None:
            raise UnprovedError("\n".join(map(str, problems)))
        return prove(ex)

    def mark_it(ex: Exercise | None, *given: Given) -> str:
        """Mark answers to the exercise of this file."""
        if ex is None:
            raise UnprovedError("the exercise cannot be built; see prove(ex)")
        return mark_given(ex, given)

    return {"ex": exercise, "prove": prove_it, "mark": mark_it}


@dataclass(frozen=True)
class _Mark:
    """A ``mark(ex, …)`` whose answers are literals."""

    earned: float
    total: float
    waiting: float
    blank: bool


def incomplete(text: str, collected: AbstractSet[int]) -> tuple[tuple[int, str], ...]:
    """Find what a file's doctest fails to run or to say.

    :param collected: lines of the examples that the runner found.
    :return: lines and what is wrong there.
    """
    written = {n for n, line in enumerate(text.splitlines(), 1) if _PROMPT.match(line)}
    faults = [(n, "this >>> is never run; put it in a ```python fence") for n in sorted(written - collected)]
    if not written:
        return ((1, "no >>> at all; an exercise proves itself in a ```python fence"),)
    examples = list(_examples(text))
    if not any(source == "prove(ex)" for source, _ in examples):
        faults.append((min(written), "no '>>> prove(ex)'"))
    marks = [mark for source, want in examples if (mark := _mark(source, want))]
    if not any(m.earned + m.waiting == m.total for m in marks):
        faults.append((min(written), "no '>>> mark(ex, …)' with a right answer written out by hand"))
    only_free = all(not m.earned for m in marks) and any(m.waiting == m.total for m in marks)
    if not any(m.earned == m.waiting == 0 and (only_free or not m.blank) for m in marks):
        faults.append((min(written), "no '>>> mark(ex, …)' with a wrong answer written out by hand"))
    return tuple(faults)


def _examples(text: str) -> Iterator[tuple[str, str]]:
    fences = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    for fence in fences:
        for example in doctest.DocTestParser().get_examples(fence):
            yield example.source.strip(), example.want.strip()


def _mark(source: str, want: str) -> _Mark | None:
    score = _SCORE.fullmatch(want)
    try:
        call = ast.parse(source, mode="eval").body
    except SyntaxError:
        return None
    if not (score and isinstance(call, ast.Call) and ast.unparse(call.func) == "mark" and call.args):
        return None
    try:
        given = [ast.literal_eval(argument) for argument in call.args[1:]]
    except ValueError:
        return None
    return _Mark(float(score[1]), float(score[2]), float(score[3] or 0), not any(_words(given)))


def _words(given: Any) -> Iterator[str]:
    if isinstance(given, str):
        yield given
    else:
        for part in given:
            yield from _words(part)
