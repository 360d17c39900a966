"""Every exercise, broken in every way its type allows, fails its own doctest."""

from __future__ import annotations

from pathlib import Path

from files import exercise_files
from mutants import mutants
import pytest

from kochu.exercises.plugin import run, sources_of

ROOT = Path(__file__).parent.parent.parent
FOLDERS = [ROOT / "exercises", Path(__file__).parent / "book" / "exercises"]
FILES = [path for folder in FOLDERS for path in exercise_files(folder)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_all_mutants_are_killed(path):
    text = path.read_text("utf-8")
    assert list(run(text, path)) == []
    source = sources_of(path.parent)("")
    sentences = {s.address: s.text for s in source.loaded.base.sentences}
    made = list(mutants(text, list(sentences), sentences))
    alive = [name for name, broken in made if broken != text and next(run(broken, path), None) is None]
    assert len(made) > 10
    assert alive == []
