"""A student's marks and feedback as one page of HTML that loads nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from kochu.exercises.analysis import FEW, Item
from kochu.exercises.grading import Graded, Report
from kochu.exercises.marking import Status
from kochu.exercises.markup import Markup
from kochu.exercises.model import Ask, Key, Question

__all__ = ["StudentPages", "items_page", "namesakes", "remarks_of", "summary_page"]

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, "Noto Sans JP", "Hiragino Sans", "Yu Gothic", sans-serif; }
body { margin: 2rem auto; max-width: 46rem; padding: 0 1rem; }
body.wide { max-width: 72rem; }
h2 { border-top: 1px solid; font-size: 1.15rem; margin-top: 2rem; padding-top: .6rem; }
table { border-collapse: collapse; width: 100%; }
td, th { border-bottom: 1px solid #8886; padding: .3rem .5rem; text-align: left; vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
blockquote { border-left: .25rem solid #8888; margin: .3rem 0; padding: 0 .8rem; }
.answer { white-space: pre-wrap; } .small { font-size: .88rem; }
"""

_EXPLAINED = (
    "Difficulty is the mean share of the points (1 is easy); discrimination is the correlation "
    f"with the rest of the points, and is left out under {FEW} students."
)

_WORDS = Markup()
"""Writes MyST as plain words, for tables."""

_STATUS = {
    Status.AUTO: "",
    Status.MANUAL: "marked by your teacher",
    Status.EMPTY: "not answered",
    Status.INVALID: "no answer to this question",
}


class StudentPages:
    """Writes what students get back.

    :param title: of the set.
    :param markup: writes feedback.
    :param with_key: whether right answers are shown.
    """

    def __init__(self, title: str, markup: Markup, *, with_key: bool = False) -> None:
        self._title = title
        self._markup = markup
        self._with_key = with_key
        # Equal answers are one object, see `Grader`; the reports keep it alive.
        self._memo: dict[tuple[int, str], str] = {}

    def page(self, report: Report) -> str:
        """Write one student's page."""
        name = report.hand_in.name or report.hand_in.file
        waiting = f" ({report.waiting:g} still to be marked)" if report.waiting else ""
        points = f"<strong>{report.earned:g} of {report.total:g}</strong> points{waiting}"
        body = [f"<h1>{escape(self._title)}</h1>", f"<p>{escape(name)}: {points}</p>"]
        for _, rows in groupby(report.graded, key=lambda g: g.exercise.id):
            body += self._exercise(list(rows))
        if report.unknown:
            names = ", ".join(map(escape, report.unknown))
            body.append(f'<p class="small">Not part of this set and not marked: {names}</p>')
        return _page(self._title, body)

    def _exercise(self, graded: list[Graded]) -> Iterator[str]:
        exercise = graded[0].exercise
        earned = sum(g.points for g in graded)
        yield f"<h2>{escape(exercise.meta.title)} ({earned:g} of {exercise.meta.points:g})</h2>"
        for number, g in enumerate(graded, 1):
            label = f"{number}. " if len(graded) > 1 else ""
            name = (id(g), label)
            if name not in self._memo:
                self._memo[name] = self._answer(g, label)
            yield self._memo[name]
        if any(g.marked.status is not Status.EMPTY for g in graded):
            yield f"<blockquote>{self._markup.html(exercise.secret.feedback)}</blockquote>"

    def _answer(self, graded: Graded, label: str) -> str:
        marked = graded.marked
        question = marked.question
        status = "waits for your teacher" if graded.waiting else _STATUS[marked.status]
        points = f"{graded.points:g} of {question.points:g}" + (f" ({status})" if status else "")
        parts = [f"<p><strong>{label}{self._markup.inline(question.label)}</strong> {points}</p>"]
        if marked.answer:
            parts.append(f'<blockquote class="answer">{escape(marked.answer)}</blockquote>')
        parts += [f"<p>{self._markup.inline(text)}</p>" for text in marked.feedback]
        if graded.comment:
            parts.append(f"<p>Your teacher: {escape(graded.comment)}</p>")
        if self._with_key and not marked.full:
            parts.append(_key(question, graded.exercise.secret.keys[question.id], self._markup))
        return "\n".join(parts)


def _key(question: Question, key: Key, markup: Markup) -> str:
    by_id = {o.id: o.text for o in question.options}
    right = [by_id[name] for name in key.right] or [*key.accept, *key.models][:1]
    joint = " → " if question.ask is Ask.ORDER else " + " if question.ask is Ask.MANY else " / "
    quotes = "; ".join(f"{e.address} {e.quote}" for e in key.evidence)
    shown = f" ({escape(quotes)})" if quotes else ""
    return f'<p class="small">Right: {markup.inline(joint.join(right))}{shown}</p>'


def summary_page(reports: Sequence[Report], title: str, pages: dict[str, str]) -> str:
    """Write the teacher's list of students.

    :param pages: address of each student's page, by file.
    """
    head = (
        "<tr><th>File</th><th>Name</th><th class=n>Points</th><th class=n>To mark</th><th>Remarks</th></tr>"
    )
    rows = []
    twice = namesakes(reports)
    for report in reports:
        hand_in = report.hand_in
        page = pages.get(hand_in.file)
        name = f'<a href="{escape(page)}">{escape(hand_in.file)}</a>' if page else escape(hand_in.file)
        points = f"{report.earned:g} / {report.total:g}" if page else "refused"
        remarks = "; ".join(map(escape, remarks_of(report, twice)))
        rows.append(
            f"<tr><td>{name}</td><td>{escape(hand_in.name)}</td><td class=n>{points}</td>"
            f"<td class=n>{report.waiting:g}</td><td>{remarks}</td></tr>"
        )
    links = '<p><a href="items.html">Questions</a>, <a href="students.csv">students.csv</a>, '
    links += '<a href="answers.csv">answers.csv</a>, <a href="items.csv">items.csv</a></p>'
    return _page(title, [f"<h1>{escape(title)}</h1>", links, "<table>", head, *rows, "</table>"])


def namesakes(reports: Iterable[Report]) -> dict[str, list[str]]:
    """Give the files of each name that stands in more than one."""
    found: dict[str, list[str]] = {}
    for report in reports:
        if report.hand_in.name:
            found.setdefault(report.hand_in.name, []).append(report.hand_in.file)
    return {name: files for name, files in found.items() if len(files) > 1}


def remarks_of(report: Report, twice: dict[str, list[str]]) -> list[str]:
    """Say what a teacher should know of a hand-in.

    :param twice: from :func:`namesakes`.
    """
    hand_in = report.hand_in
    found = [hand_in.problem] if hand_in.problem else []
    others = [file for file in twice.get(hand_in.name, ()) if file != hand_in.file]
    if others:
        found.append(f"same name as {', '.join(others[:3])}")
    if report.unknown:
        found.append(f"not of this set: {', '.join(report.unknown[:5])}")
    if hand_in.ignored:
        found.append(f"malformed: {', '.join(hand_in.ignored[:5])}")
    return found


def items_page(items: Sequence[Item], title: str, students: int, plot: str) -> str:
    """Write the item analysis.

    :param plot: address of the picture; empty without one.
    """
    body = [f"<h1>{escape(title)}: questions</h1>", f"<p>{students} students. {_EXPLAINED}</p>"]
    if plot:
        alt = "Difficulty and discrimination of each question; the table below has the same numbers"
        body.append(f'<p><img src="{escape(plot)}" alt="{alt}" style="max-width:100%"></p>')
    names = ("Exercise", "Question", "n Difficulty", "n Discrimination", "n Empty", "Chosen", "Remark")
    body += ["<table>", _header(*names)]
    body += map(_item_row, items)
    body.append("</table>")
    return _page(title, body, wide=True)


def _header(*names: str) -> str:
    """Write a table's head; names that begin with ``n`` and a space are of numbers."""
    cells = (f"<th class=n>{n[2:]}</th>" if n.startswith("n ") else f"<th>{n}</th>" for n in names)
    return f"<tr>{''.join(cells)}</tr>"


def _item_row(item: Item) -> str:
    ranked = sorted(item.choices, key=lambda choice: (not choice[2], -choice[1]))
    texts = [(_WORDS.plain(text), count, right) for text, count, right in ranked]
    chosen = [
        f"{'✓ ' if right else ''}{escape(text)}: {count}" for text, count, right in texts if count or right
    ]
    if never := [escape(text) for text, count, right in texts if not count and not right]:
        chosen.append(f"<em>never:</em> {'; '.join(never)}")
    chosen += [f"“{escape(text)}”: {count}" for text, count in item.wrong]
    numbers = [_number(item.facility), _number(item.discrimination), str(item.empty)]
    cells = "".join(f"<td class=n>{number}</td>" for number in numbers)
    asked = escape(f"{item.question.id} {_WORDS.plain(item.question.label)}")
    return (
        f"<tr><td>{escape(item.exercise.id)}</td><td>{asked}</td>"
        f'{cells}<td class="small">{"<br>".join(chosen)}</td><td>{escape(item.remark)}</td></tr>'
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _page(title: str, body: Iterable[str], *, wide: bool = False) -> str:
    # Answers are escaped; the policy is for what nobody thought of.
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'"
    kind = " class=wide" if wide else ""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body{kind}>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )
