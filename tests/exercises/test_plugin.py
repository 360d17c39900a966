"""``pytest exercises/`` as an author or a teacher runs it."""

from __future__ import annotations

from pathlib import Path
import shutil
import subprocess
import sys

import pytest

BOOK = Path(__file__).parent / "book"


@pytest.fixture
def folder(tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "exercises.toml").write_text(f"edition = '{BOOK / 'docs'}'\n")
    shutil.copy(BOOK / "exercises/h-choice.md", mine)
    return mine


def run(folder, *options):
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "kochu.exercises.plugin",
            *options,
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_private_folder_anywhere(folder):
    done = run(folder, ".")
    assert done.returncode == 0, done.stdout
    assert "4 passed" in done.stdout


def test_one_example_runs_alone(folder):
    text = (folder / "h-choice.md").read_text("utf-8").splitlines()
    line = next(n for n, words in enumerate(text, 1) if 'mark(ex, "The city")' in words)
    done = run(folder, f"h-choice.md::line:{line},column:1")
    assert "1 passed" in done.stdout, done.stdout


def test_a_failure_names_file_and_line(folder):
    file = folder / "h-choice.md"
    text = file.read_text("utf-8").replace("'0/1'", "'1/1'")
    file.write_text(text, "utf-8")
    done = run(folder, ".")
    line = next(n for n, words in enumerate(text.splitlines(), 1) if 'mark(ex, "The guard")' in words)
    assert done.returncode == 1
    assert f"h-choice.md:{line}" in done.stdout


def test_a_problem_is_told_without_a_traceback_of_ours(folder):
    file = folder / "h-choice.md"
    file.write_text(file.read_text("utf-8").replace("市によると", "市によれば"), "utf-8")
    done = run(folder, ".")
    assert "quote '市によれば' is not in sentence 2.2; did you mean '市によると'?" in done.stdout


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("```python", "```pycon"), "this >>> is never run"),
        ((">>> prove(ex)", ">>> 1"), "no '>>> prove(ex)'"),
        ((">>> mark(ex, \"The guard\")\n'0/1'\n", ""), "with a wrong answer written out by hand"),
        ((">>> mark(ex, \"The city\")\n'1/1'\n", ""), "with a right answer written out by hand"),
        (('mark(ex, "The city")', 'mark(ex, *["The city"])'), "with a right answer written out by hand"),
    ],
)
def test_what_is_missing_is_told(folder, change, message):
    file = folder / "h-choice.md"
    text = file.read_text("utf-8")
    assert change[0] in text
    file.write_text(text.replace(*change), "utf-8")
    done = run(folder, ".")
    assert done.returncode == 1
    assert message in done.stdout


def test_a_folder_without_its_edition(folder):
    (folder / "exercises.toml").write_text("edition = 'nowhere'\n")
    done = run(folder, ".")
    assert done.returncode != 0
    assert "there is no edition.toml here" in done.stdout


def test_other_markdown_is_left_alone(tmp_path):
    (tmp_path / "a.md").write_text("```python\n>>> 1\n2\n```\n")
    assert run(tmp_path, ".").returncode == 5
