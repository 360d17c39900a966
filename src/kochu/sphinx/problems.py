"""Log problems as Sphinx warnings of type ``kochu``, or stop the build because of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from sphinx.util import logging

from kochu.text.problems import Problem

__all__ = ["abort", "log"]

logger = logging.getLogger(__name__)


def log(problems: Iterable[Problem]) -> None:
    """Warn of each problem, at its file and line."""
    for problem in problems:
        logger.warning(problem.message, type="kochu", subtype=problem.subtype, location=problem.place)


def abort(problems: Iterable[Problem], summary: str) -> NoReturn:
    """Tell the problems and stop, leaving the output as it is.

    An exception would do, but Sphinx prints the stack of every exception, and an
    author whose quote has a misprint has no use for our stack.

    :param summary: last line, for those who read only that.
    :raises SystemExit: always, with status 1.
    """
    for problem in problems:
        logger.error(problem.message, location=problem.place)
    logger.error(summary)
    raise SystemExit(1)
