"""The ``kochu`` command."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
import sys

from kochu import __version__
from kochu.agreement import command as agree
from kochu.exercises import command as grade
from kochu.exports import command as export

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    :param arguments: what stands behind ``kochu`` on the command line.
    :return: the exit status: 0 when all is well, 1 when problems were found, 2 when
        the command itself was wrong.
    """
    parser = argparse.ArgumentParser(prog="kochu", description="Make and check annotated editions.")
    parser.add_argument("--version", action="version", version=f"kochu {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="validate seed, layers and annotations, without Sphinx")
    check.add_argument(
        "root", nargs="?", type=Path, default=Path("docs"), help="folder of edition.toml (docs)"
    )
    check.set_defaults(run=_check)
    export.add(commands)
    agree.add(commands)
    grade.add(commands)
    options = parser.parse_args(arguments)
    status: int = options.run(options)
    return status


def _check(options: argparse.Namespace) -> int:
    from kochu.check import check_edition

    report = check_edition(options.root)
    for problem in report.problems:
        print(problem, file=sys.stderr)
    count = len(report.problems)
    print(
        f"{report.sentences} sentences, {len(report.annotations)} annotations: "
        + ("no problem" if not count else f"{count} problem{'s' if count > 1 else ''}")
    )
    return 1 if count else 0
