"""``kochu grade FOLDER``: marks, feedback and item analysis from a folder of hand-ins."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
import sys
from typing import TYPE_CHECKING, Any, TypeVar

from kochu.exercises.framework import OPTIONS

# Everything else is imported where it is used: `kochu check` loads this module, too.
if TYPE_CHECKING:
    from kochu.exercises.book import Book
    from kochu.exercises.model import Exercise

__all__ = ["add", "add_selection", "chosen"]

T = TypeVar("T")


def add(commands: Any) -> None:
    """Add the command to a parser's commands."""
    parser = commands.add_parser(
        "grade", help="mark a folder of hand-ins", description="Mark the .json files of a folder of hand-ins."
    )
    parser.add_argument("folder", type=Path, help="folder of the students' files")
    add_selection(parser)
    parser.add_argument("--set", default="", help="name of the set (default: what most hand-ins say)")
    parser.add_argument("-o", "--output", type=Path, default=Path("build/grades"), help="(build/grades)")
    parser.add_argument("--queue", type=Path, help="file of free answers to mark (OUTPUT/to-mark.toml)")
    parser.add_argument("--with-key", action="store_true", help="show students the right answers")
    parser.add_argument("--no-plot", action="store_true", help="draw no picture of the item analysis")
    parser.add_argument("--site", default="", help="address of the published edition, for links in feedback")
    parser.set_defaults(run=_run_or_stop)


def add_selection(parser: argparse.ArgumentParser) -> None:
    """Add the options that name folders and choose exercises."""
    parser.add_argument(
        "-e", "--exercises", type=Path, action="append", default=None, metavar="DIR",
        help="folder of exercises; may be given several times (exercises)",
    )  # fmt: skip
    parser.add_argument(
        "--edition", type=Path, default=None, help="folder of edition.toml, if the folder names none"
    )
    for name in sorted(OPTIONS):
        parser.add_argument(f"--{name}", default="", help=f"only these: {name}")


def load(options: argparse.Namespace) -> Book | None:
    """Read the exercises; print what is wrong with them and give nothing if they cannot be used.

    What they say of annotations is left to the doctests: it has no part in marking, and
    reading all annotations takes longer than reading all exercises.
    """
    from kochu.exercises.book import load_book
    from kochu.text.problems import EditionError

    try:
        book = load_book(options.exercises or [Path("exercises")], options.edition, notes=False)
    except EditionError as error:
        print(error, file=sys.stderr)
        return None
    for problem in book.problems:
        print(problem, file=sys.stderr)
    if book.problems:
        print("the exercises have problems; mend them first", file=sys.stderr)
        return None
    return book


def chosen(options: argparse.Namespace) -> tuple[Book, tuple[Exercise, ...]] | None:
    """Read the exercises and choose by the options of the command line."""
    from kochu.exercises.select import SelectionError, parse_selection, select

    book = load(options)
    if book is None:
        return None
    try:
        return book, select(book, parse_selection(vars(options)))
    except SelectionError as error:
        print(error, file=sys.stderr)
        return None


def _run_or_stop(options: argparse.Namespace) -> int:
    try:
        return _run(options)
    except KeyboardInterrupt:
        print("stopped; every file written so far is whole, run this again for the rest", file=sys.stderr)
        return 130


def _run(options: argparse.Namespace) -> int:
    from kochu.exercises.grading import Grader, needed
    from kochu.exercises.markup import Markup
    from kochu.exercises.queue import QueueError, read_queue, write_queue
    from kochu.exercises.report import StudentPages
    from kochu.exercises.select import SelectionError
    from kochu.exercises.submissions import BadHandInError, read_hand_ins
    from kochu.exercises.tables import save
    from kochu.exercises.write import site_links, write_results

    book = load(options)
    if book is None:
        return 1
    queue = options.queue or options.output / "to-mark.toml"
    try:
        judgements = read_queue(queue)
        hand_ins = list(read_hand_ins(options.folder))
        set_name = options.set or _commonest(h.set_name for h in hand_ins)
        exercises = _of_set(options, book, set_name)
    except (QueueError, BadHandInError, SelectionError) as error:
        print(error, file=sys.stderr)
        return 1
    if not hand_ins:
        print(f"{options.folder}: no .json file; hand-ins are saved by the page", file=sys.stderr)
        return 1
    grader = Grader(exercises, judgements)
    reports = [grader.grade(hand_in) for hand_in in _progress(hand_ins, "marking")]
    work = needed(reports)
    title = set_name or "Hand-ins"
    pages = StudentPages(title, Markup(site_links(options.site)), with_key=options.with_key)
    write_results(reports, options.output, title, pages, plot=not options.no_plot, progress=_progress)
    if work or judgements:
        save(queue, write_queue(work, judgements))
    _tell(reports, len([name for name in work if _open(judgements, name)]), queue, options.output)
    return 3 if any(r.hand_in.problem for r in reports) else 0


def _open(judgements: Any, name: str) -> bool:
    return name not in judgements or judgements[name].points is None


def _of_set(options: argparse.Namespace, book: Book, set_name: str) -> tuple[Exercise, ...]:
    """Choose by the options; without any, by the page that shows the set."""
    from kochu.exercises.select import SelectionError, find_sets, parse_selection, select

    given = {name: getattr(options, name) for name in OPTIONS if getattr(options, name)}
    if given:
        return select(book, parse_selection(given))
    sets = find_sets(book.edition.root)
    if set_name in sets:
        return select(book, sets[set_name])
    known = f"; pages show {', '.join(sorted(sets))}" if sets else ""
    raise SelectionError(
        f"no page shows a set named '{set_name}'{known}. Say which exercises to mark: --course, --only …"
    )


def _commonest(names: Iterable[str]) -> str:
    counts = Counter(name for name in names if name)
    return counts.most_common(1)[0][0] if counts else ""


def _tell(reports: Sequence[Any], waiting: int, queue: Path, output: Path) -> None:
    refused = [r for r in reports if r.hand_in.problem]
    for report in refused:
        print(f"{report.hand_in.file}: refused: {report.hand_in.problem}", file=sys.stderr)
    print(f"{len(reports) - len(refused)} hand-ins marked, {len(refused)} refused: {output / 'index.html'}")
    if waiting:
        some = "1 answer waits" if waiting == 1 else f"{waiting} answers wait"
        print(f"{some} for you in {queue}; mark and run this again")


def _progress(items: Sequence[T], what: str) -> Iterator[T]:
    """Show a bar on a terminal, and nothing in a file or a pipe."""
    try:
        from rich.console import Console
        from rich.progress import track
    except ImportError:
        yield from items
        return
    console = Console(stderr=True)
    yield from track(items, what, console=console, disable=not console.is_terminal, transient=True)
