"""Log problems as Sphinx warnings of type ``kochu``."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx.util import logging

from kochu.text.problems import Problem

__all__ = ["log"]

logger = logging.getLogger(__name__)


def log(problems: Iterable[Problem]) -> None:
    """Warn of each problem, at its file and line."""
    for problem in problems:
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        logger.warning(problem.message, type="kochu", subtype=problem.subtype, location=place)
