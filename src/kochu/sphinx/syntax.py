"""What cannot be read at all is told before MyST stumbles over it, once and with a remedy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kochu.apparatus.blocks import cut_page
from kochu.apparatus.scan import unreadable
from kochu.sphinx.problems import abort, log
from kochu.text.problems import Problem, shown

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["check_encoding", "check_syntax"]


def check_encoding(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Refuse pages that are not UTF-8 (handler of ``env-before-read-docs``).

    :raises SystemExit: there is one; Sphinx would stop as well, with its stack.
    """
    problems: list[Problem] = []
    for docname in docnames:
        path = Path(env.doc2path(docname))
        try:
            path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            problems.append(unreadable(shown(path), error))
    if problems:
        abort(problems, "a page cannot be read; nothing was written, the last good output is as it was")


def check_syntax(app: Sphinx, docname: str, source: list[str]) -> None:
    """Tell what is broken, and take it out of the page (handler of ``source-read``).

    Left in, a directive whose options cannot be read would be taken for one without
    any, and each option that it needs would be one more thing to complain of.
    """
    path = Path(app.env.doc2path(docname))
    if path.suffix != ".md":
        return
    _, broken = cut_page(source[0], shown(path))
    if not broken:
        return
    log(stretch.problem for stretch in broken)
    lines = source[0].split("\n")
    for stretch in broken:
        lines[stretch.first : stretch.last] = [""] * (stretch.last - stretch.first)
    source[0] = "\n".join(lines)
