"""``kochu agree A.json B.json``: compare two annotators' files."""

from __future__ import annotations

import argparse
from pathlib import Path
import sys
from typing import TYPE_CHECKING, Any

from kochu.agreement.marks import MarksError, MarksFile, check_marks, read_marks

if TYPE_CHECKING:
    from kochu.agreement.compare import Agreement, Found
    from kochu.agreement.marks import Mark
    from kochu.text.segment import BaseText

__all__ = ["add", "report"]


def add(commands: Any) -> None:
    """Add the command to a parser's commands."""
    parser = commands.add_parser("agree", help="compare two annotators' files of marks")
    parser.add_argument("first", type=Path, metavar="A.json", help="the reference")
    parser.add_argument("second", type=Path, metavar="B.json", help="the file to compare with it")
    parser.add_argument(
        "--root", type=Path, default=Path("docs"), help="folder of edition.toml (docs); kappa needs the text"
    )
    parser.add_argument(
        "--list", action="store_true", help="list what was missed and what was found in excess"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    try:
        first, second, base = _read(options.first, options.second, options.root)
        print(report(first, second, base, listing=options.list))
    except MarksError as error:
        print(f"kochu agree: {error}", file=sys.stderr)
        return 2
    except ModuleNotFoundError as error:
        print(f"kochu agree: needs {error.name}; run pip install 'kochu[agree]'", file=sys.stderr)
        return 2
    return 0


def _read(first: Path, second: Path, root: Path) -> tuple[MarksFile, MarksFile, BaseText | None]:
    """Read both files, and check them against the text if it is at hand.

    :raises MarksError: one cannot be used, or they are about different texts.
    """
    left, right = read_marks(first), read_marks(second)
    if left.text != right.text:
        raise MarksError(f"{second}: marks of '{right.text}', but {first} has those of '{left.text}'")
    base = _text(root, left.text)
    if base:
        check_marks(first, left, base)
        check_marks(second, right, base)
    return left, right, base


def _text(root: Path, text_id: str) -> BaseText | None:
    """Find the text that was marked, if its edition is at hand."""
    from kochu.apparatus.edition import FILE, load_edition, load_text
    from kochu.text.problems import EditionError

    if not (root / FILE).is_file():
        return None
    try:
        edition = load_edition(root)
        if text_id not in edition.texts:
            raise MarksError(f"{root / FILE}: there is no text '{text_id}'; name its edition with --root")
        return load_text(edition, text_id).base
    except EditionError as error:
        raise MarksError(str(error).splitlines()[0]) from None


def report(first: MarksFile, second: MarksFile, base: BaseText | None, *, listing: bool = False) -> str:
    """Lay a comparison out as a table.

    :param base: the text; without it kappa cannot be told.
    :param listing: whether to list the marks that have no partner.
    """
    from kochu.agreement.compare import compare

    found = compare(first.marks, second.marks)
    lines = [
        f"Text       {first.text}",
        f"A          {first.annotator or 'no name'}, {len(first.marks)} marks (the reference)",
        f"B          {second.annotator or 'no name'}, {len(second.marks)} marks",
        "",
        f"{'Spans':<26}{'matched':>8}{'precision':>11}{'recall':>8}{'F1':>7}",
        _row("same borders", found.exact),
        _row("same borders and type", found.typed),
        _row("overlapping", found.overlap),
        "",
        (
            f"Of {len(found.pairs)} overlapping pairs, {found.same_dimension} agree in dimension, "
            f"{found.same_type} in type, {found.same_severity} in severity."
        ),
        "",
        *_chance(first, second, base),
    ]
    if listing:
        lines += _listed("Only in A", found, "missed", base) + _listed("Only in B", found, "extra", base)
    return "\n".join(lines)


def _row(name: str, found: Found) -> str:
    return f"{name:<26}{found.matched:>8}{found.precision:>11.2f}{found.recall:>8.2f}{found.f1:>7.2f}"


def _chance(first: MarksFile, second: MarksFile, base: BaseText | None) -> list[str]:
    if base is None:
        return ["Cohen's kappa needs the text: name the folder of its edition with --root."]
    from kochu.agreement.compare import kappas

    marked, severity = kappas(first.marks, second.marks, base)
    return [
        "Cohen's kappa over characters",
        f"{'marked or not':<26}{_number(marked):>8}",
        f"{'severity, linear weights':<26}{_number(severity):>8}",
    ]


def _number(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.2f}"


def _listed(title: str, found: Agreement, which: str, base: BaseText | None) -> list[str]:
    marks: tuple[Mark, ...] = getattr(found, which)
    lines = ["", f"{title} ({len(marks)})"]
    for mark in marks:
        sentence = base.sentence(mark.address) if base else None
        words = f"  {sentence.text[mark.start : mark.end]}" if sentence else ""
        about = " ".join(part for part in (mark.type, mark.severity) if part)
        lines.append(f"  {mark.address:<6}{mark.start:>4}–{mark.end:<4} {about}{words}")
    return lines
