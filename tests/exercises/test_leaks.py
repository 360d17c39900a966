"""No answer reaches a student: two editions that differ in secrets alone are the same bytes.

A search for the answers would be a poor test: outputs escape, split and compress words,
and the place of an option is a leak that has no word. This test needs no list.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
import os
from pathlib import Path
import pickletools
import re
import shutil
import subprocess
import sys
import zipfile

from files import exercise_files
from other_secrets import secretly_other
import pytest

from kochu.apparatus.edition import load_edition
from kochu.exercises.book import Sources
from kochu.exercises.parse import parse_exercise

BOOK = Path(__file__).parent / "book"
BUILDERS = (
    "html",
    "dirhtml",
    "singlehtml",
    "json",
    "gettext",
    "xml",
    "text",
    "latex",
    "epub",
    "man",
    "typst",
)
SEAL = re.compile(rb'<script type="application/json" class="kx-seal">.*?</script>', re.DOTALL)


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """The book twice: as it is, and with other secrets."""
    root = tmp_path_factory.mktemp("leaks")
    for name, change in (("one", str), ("two", secretly_other)):
        for use in ("assignment", "practice"):
            target = root / name / use
            shutil.copytree(BOOK, target)
            for path in (target / "exercises").glob("*.md"):
                text = re.sub(r"^use: \w+$", f"use: {use}", path.read_text("utf-8"), flags=re.MULTILINE)
                path.write_text(change(text), "utf-8")
            course = target / "exercises" / "exercises.toml"
            if name == "two":
                course.write_text(re.sub("Secret words", "Other words", course.read_text("utf-8")), "utf-8")
    return root


# Several builders in one process: starting Python and Sphinx takes longer than this book.
SCRIPT = """
import sys
from sphinx.cmd.build import build_main
for builder in sys.argv[1].split(","):
    status = build_main(["-q", "-b", builder, *sys.argv[2:], "-d", f"trees/{builder}", "-c", "conf", "docs", f"out/{builder}"])
    if status:
        sys.exit(status)
"""


@cache
def build(
    work: Path, which: str, use: str, builders: tuple[str, ...], *options: str
) -> dict[str, dict[str, bytes]]:
    """Build at a place that is the same for both, and read every file that comes out."""
    here = work / "here"
    shutil.rmtree(here, ignore_errors=True)
    shutil.copytree(work / which / use, here)
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, ",".join(builders), *options],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, dict[str, bytes]] = {builder: {} for builder in builders}
    for builder in builders:
        for folder in ("out", "trees"):
            for path in sorted((here / folder / builder).rglob("*")):
                if path.is_file():
                    name = f"{folder}/{path.relative_to(here / folder / builder)}"
                    found[builder] |= contents(path, name)
    return found


def contents(path: Path, name: str) -> dict[str, bytes]:
    if path.suffix in (".doctree", ".pickle"):
        # Never loaded; of the strings in it, those of the machine's clock are numbers.
        words = [
            str(arg) for _, arg, _ in pickletools.genops(path.read_bytes()) if isinstance(arg, str | bytes)
        ]
        # The gettext builder numbers messages by chance.
        words = [re.sub(r"^[0-9a-f]{32}$", "chance", word) for word in words]
        return {name: "\n".join(sorted(words)).encode()}
    if path.suffix == ".epub":
        with zipfile.ZipFile(path) as book:
            return {f"{name}/{entry}": book.read(entry) for entry in book.namelist()}
    return {name: path.read_bytes()}


def differences(one: dict[str, bytes], two: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))


@pytest.mark.parametrize("builder", BUILDERS)
def test_assignments_leave_no_trace(work, builder):
    one, two = (build(work, which, "assignment", BUILDERS)[builder] for which in ("one", "two"))
    assert len(one) > 3
    assert differences(one, two) == []


SEALED = ("html", "dirhtml", "singlehtml", "json")
"""Builders whose pages can check practice exercises."""


@pytest.mark.parametrize("builder", BUILDERS)
def test_practice_leaves_nothing_but_its_seals(work, builder):
    one, two = (build(work, which, "practice", BUILDERS)[builder] for which in ("one", "two"))
    sealed = differences(one, two)
    assert bool(sealed) == (builder in SEALED)
    for name in sealed:
        assert _mask(one[name]) == _mask(two[name]), name


def test_practice_without_self_check_leaves_no_trace(work):
    off = ("-D", "kochu_self_check=0")
    one, two = (build(work, which, "practice", ("html",), *off)["html"] for which in ("one", "two"))
    assert differences(one, two) == []


TEACHER = ("html", "text", "typst")


@pytest.mark.parametrize("builder", TEACHER)
def test_the_teachers_edition_does_differ(work, builder):
    tag = ("-t", "teacher")
    one, two = (build(work, which, "assignment", TEACHER, *tag)[builder] for which in ("one", "two"))
    assert differences(one, two) != []
    if builder == "text":
        key = one["out/exercises/key.txt"].decode()
        course = one["out/exercises/course.txt"].decode()
        assert "儀仗隊" in key
        assert "Names troops." in key
        assert "Ask who else could have said it." in key
        # Of the course and of its step, in a cell of a table whose lines are broken.
        assert course.count("Secret words") == 2


def test_the_students_key_page_says_where_the_key_is(work):
    page = build(work, "one", "assignment", BUILDERS)["text"]["out/exercises/key.txt"].decode()
    assert "part of the teacher's edition" in page
    assert "儀仗隊" not in page


REAL = Path(__file__).parent.parent.parent / "exercises"


@pytest.mark.parametrize(
    ("path", "docs"),
    [(p, BOOK / "docs") for p in exercise_files(BOOK / "exercises")]
    + [(p, REAL.parent / "docs") for p in exercise_files(REAL)],
    ids=lambda path: path.stem,
)
def test_what_is_public_does_not_depend_on_what_is_secret(path, docs):
    """Pages are drawn from the public sheet alone; so this holds for them, too."""
    sources = SOURCES.setdefault(docs, Sources(load_edition(docs), notes=False))
    text = path.read_text("utf-8")
    one, _ = parse_exercise(text, path, sources)
    two, problems = parse_exercise(secretly_other(text), path, sources)
    assert two is not None, problems
    assert one.sheet == replace(two.sheet, line=one.sheet.line)
    for question in one.sheet.questions:
        assert one.secret.keys[question.id] != two.secret.keys[question.id]


SOURCES: dict[Path, Sources] = {}


def _mask(data: bytes) -> bytes:
    data = re.sub(
        rb'<script type=\\?"application/json\\?" class=\\?"kx-seal\\?">.*?</script>',
        b"",
        data,
        flags=re.DOTALL,
    )
    return SEAL.sub(b"", data)
