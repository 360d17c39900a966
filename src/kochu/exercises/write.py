"""Write what grading found: pages for students, tables and pages for the teacher."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from contextlib import ExitStack, suppress
from hashlib import sha256
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
import re

from kochu.exercises.analysis import Item, analyse
from kochu.exercises.grading import Graded, Report
from kochu.exercises.markup import Link, Markup
from kochu.exercises.plot import draw, rows_of
from kochu.exercises.report import StudentPages, items_page, namesakes, remarks_of, summary_page
from kochu.exercises.tables import cells, lines, save, table

__all__ = ["page_name", "site_links", "write_results"]

_WORDS = Markup()
"""Writes MyST as plain words, for tables."""


def write_results(
    reports: Sequence[Report],
    output: Path,
    title: str,
    pages: StudentPages,
    *,
    plot: bool = True,
    progress: Callable[[Sequence[Report], str], Iterable[Report]] = lambda items, _: items,
) -> None:
    """Write all files, each as a whole: interrupted and run again, nothing is half or double.

    :param pages: writes the students' pages.
    :param plot: whether the item analysis is drawn, which needs matplotlib.
    """
    items = analyse(reports)
    picture: bytes | None = None
    with ExitStack() as stack:
        drawing = None
        if plot:
            # Loading matplotlib takes as long as writing half of the pages: the second core does it.
            other = stack.enter_context(ProcessPoolExecutor(1, mp_context=get_context("spawn")))
            drawing = other.submit(draw, rows_of(items))
        written = _write_pages(reports, output, pages, progress)
        save(output / "students.csv", _students(reports))
        save(output / "answers.csv", _answers(reports))
        save(output / "items.csv", _items(items))
        # A picture that cannot be drawn costs nobody a mark.
        with suppress(BrokenExecutor):
            picture = drawing.result() if drawing else None
    if picture:
        save(output / "items.svg", picture)
    else:
        (output / "items.svg").unlink(missing_ok=True)
    count = sum(bool(r.graded) for r in reports)
    save(output / "items.html", items_page(items, title, count, "items.svg" if picture else ""))
    save(output / "index.html", summary_page(reports, title, written))


def _write_pages(
    reports: Sequence[Report],
    output: Path,
    writer: StudentPages,
    progress: Callable[[Sequence[Report], str], Iterable[Report]],
) -> dict[str, str]:
    """Write the students' pages and give their addresses, by file handed in."""
    pages = {r.hand_in.file: f"students/{page_name(r.hand_in.file)}" for r in reports if r.graded}
    for report in progress(reports, "writing"):
        if report.graded:
            save(output / pages[report.hand_in.file], writer.page(report))
    _forget(output / "students", {Path(page).name for page in pages.values()})
    return pages


def page_name(file: str) -> str:
    """Name a student's page after the file handed in; the digest keeps like names apart."""
    safe = re.sub(r"[^A-Za-z0-9]+", "-", file.removesuffix(".json")).strip("-")[:40]
    return f"{safe or 'student'}-{sha256(file.encode()).hexdigest()[:8]}.html"


def _forget(folder: Path, wanted: set[str]) -> None:
    """Remove the pages of files that were withdrawn; only pages that we named ourselves."""
    for path in folder.glob("*.html"):
        if path.name not in wanted and re.fullmatch(r"[A-Za-z0-9-]+-[0-9a-f]{8}\.html", path.name):
            path.unlink()


_NOTES = frozenset({"caveat", "good", "context", "claim", "language"})
"""Roles that name an annotation, which the reading page shows at its words."""


def site_links(site: str) -> Link:
    """Make links into the reading page of a published edition; without an address, words."""
    base = site.rstrip("/")
    web = f"{base}/reading.html" if base.startswith(("https://", "http://")) else ""

    def link(role: str, target: str) -> tuple[str | None, str]:
        if role == "sentence":
            return (f"{web}#s{target.replace('.', '-')}" if web else None), target
        href = f"{web}#note-{target}" if web and role in _NOTES else None
        return href, target.replace("-", " ")

    return link


def _students(reports: Sequence[Report]) -> str:
    names = [g.exercise.id for g in next((r.graded for r in reports if r.graded), ())]
    exercises = list(dict.fromkeys(names))
    header = ["file", "name", "set", "points", "of", "percent", "to mark", "remarks", *exercises]
    rows = []
    twice = namesakes(reports)
    for r in reports:
        remarks = "; ".join(remarks_of(r, twice))
        row: list[object] = [r.hand_in.file, r.hand_in.name, r.hand_in.set_name]
        if not r.graded:
            rows.append([*row, "", "", "", "", remarks, *[""] * len(exercises)])
            continue
        percent = round(100 * r.earned / r.total, 1) if r.total else 0
        each = [
            round(sum(g.points for g in group), 2) for _, group in groupby(r.graded, lambda g: g.exercise.id)
        ]
        rows.append([*row, r.earned, r.total, percent, r.waiting, remarks, *each])
    return table(header, rows)


def _answers(reports: Sequence[Report]) -> str:
    header = ["file", "name", "exercise", "question", "asked", "answer", "status", "points", "of", "comment"]
    # The same answers stand in many rows; their cells are written once.
    tails: dict[int, str] = {}
    rows: list[str] = []
    for report in reports:
        head = cells([report.hand_in.file, report.hand_in.name])
        for graded in report.graded:
            if id(graded) not in tails:
                tails[id(graded)] = cells(_answer(graded))
            rows.append(f"{head},{tails[id(graded)]}")
    return lines(header, rows)


def _answer(graded: Graded) -> list[object]:
    marked = graded.marked
    status = "waiting" if graded.waiting else marked.status.value
    label = _WORDS.plain(marked.question.label)
    asked = [graded.exercise.id, marked.question.id, label, marked.answer]
    return [*asked, status, graded.points, marked.question.points, graded.comment]


def _items(items: Sequence[Item]) -> str:
    header = [
        "exercise",
        "question",
        "asked",
        "students",
        "empty",
        "difficulty",
        "discrimination",
        "remark",
        "chosen",
    ]
    return table(
        header,
        (
            [
                *(i.exercise.id, i.question.id, _WORDS.plain(i.question.label), i.count, i.empty),
                "" if i.facility is None else round(i.facility, 3),
                "" if i.discrimination is None else round(i.discrimination, 3),
                i.remark,
                "; ".join(f"{'* ' if right else ''}{_WORDS.plain(text)}: {n}" for text, n, right in i.choices)
                or "; ".join(f"{text}: {n}" for text, n in i.wrong),
            ]
            for i in items
        ),
    )
