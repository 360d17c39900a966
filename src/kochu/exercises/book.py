"""A book of exercises: one folder or several, with their courses.

A folder holds one file an exercise and ``exercises.toml``, which says where the edition
lies. A teacher's own set is such a folder outside the repository; the same commands
work with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import msgspec

from kochu.apparatus.edition import Edition, load_edition, load_text
from kochu.apparatus.model import Annotation
from kochu.exercises.bench import Source
from kochu.exercises.courses import Course, CourseRow, check_courses
from kochu.exercises.model import Exercise
from kochu.exercises.parse import read_exercise
from kochu.text.problems import EditionError, Problem, Subtype, shown
from kochu.text.toml import TomlError, read_toml

__all__ = ["FILE", "Book", "Folder", "Sources", "load_book", "read_folder"]

FILE = "exercises.toml"
"""Name of the file that describes a folder of exercises."""


class _FolderFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    edition: str = ""
    title: str = ""
    course: tuple[CourseRow, ...] = ()


class Sources:
    """The texts of an edition, each read once and only when an exercise speaks of it.

    :param notes: whether what exercises say of annotations is checked.
    """

    def __init__(self, edition: Edition, *, notes: bool = True) -> None:
        self.edition = edition
        self._with_notes = notes
        self._loaded: dict[str, Source] = {}

    def __call__(self, text_id: str) -> Source:
        """Give what an exercise is about.

        :raises KeyError: there is no such text, or it must be named; with a message.
        """
        texts = self.edition.texts
        if not text_id and len(texts) > 1:
            raise KeyError(f"the edition has several texts; add text: one of {', '.join(texts)}")
        name = text_id or next(iter(texts))
        if name not in texts:
            raise KeyError(f"unknown text '{name}'; it is one of {', '.join(texts)}")
        if name not in self._loaded:
            loaded = load_text(self.edition, name)
            self._loaded[name] = Source(loaded, self.edition.root, self.note if self._with_notes else None)
        return self._loaded[name]

    @property
    def pages(self) -> tuple[Path, ...]:
        """The pages that have served as evidence."""
        return tuple(sorted({page for source in self._loaded.values() for page in source.pages}))

    def note(self, key: str) -> Annotation | None:
        """Find an annotation of the edition."""
        return self._notes.get(key)

    @cached_property
    def _notes(self) -> Mapping[str, Annotation]:
        # Reading all pages takes longer than all exercises; many exercises name no note.
        from kochu.check import check_edition

        return {note.key: note for note in check_edition(self.edition.root).annotations}


@dataclass(frozen=True)
class Folder:
    """A folder of exercises as described by its file."""

    path: Path
    edition: Path
    title: str
    courses: tuple[CourseRow, ...]


@dataclass(frozen=True)
class Book:
    """All exercises of some folders, in the order of strands, levels and names.

    :param files: the file of each exercise, by its id.
    :param problems: all that is wrong with them.
    :param pages: the pages of the edition that serve as evidence.
    """

    edition: Edition
    exercises: Mapping[str, Exercise]
    files: Mapping[str, Path]
    courses: Mapping[str, Course]
    problems: tuple[Problem, ...] = ()
    folders: tuple[Folder, ...] = field(default=())
    pages: tuple[Path, ...] = ()


def read_folder(path: Path, edition: Path | None = None) -> Folder:
    """Read the description of a folder.

    :param edition: folder of the edition, where the description names none.
    :raises EditionError: there is no such folder, or its description is broken.
    """
    name = shown(path / FILE)
    if not path.is_dir():
        raise _error(shown(path), 0, "there is no such folder of exercises")
    try:
        _, data = read_toml(path / FILE)
        found = msgspec.convert(data, _FolderFile)
    except FileNotFoundError:
        found = _FolderFile()
    except TomlError as error:
        raise _error(name, error.line, str(error)) from None
    except msgspec.ValidationError as error:
        raise _error(name, 0, str(error)) from None
    root = edition or (path / found.edition if found.edition else None)
    if root is None:
        raise _error(name, 0, 'where is the edition? add edition = "../docs", or say --edition FOLDER')
    return Folder(path, root, found.title, found.course)


def load_book(folders: Sequence[Path], edition: Path | None = None, *, notes: bool = True) -> Book:
    """Read all exercises and courses of some folders.

    :param edition: folder of the edition, where the folders do not say.
    :param notes: whether what exercises say of annotations is checked.
    :raises EditionError: nothing can be read at all.
    """
    described = [read_folder(path, edition) for path in folders]
    if not described:
        raise _error(FILE, 0, "no folder of exercises is named")
    sources = Sources(load_edition(described[0].edition), notes=notes)
    exercises: list[Exercise] = []
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    for folder in described:
        for path in _exercise_files(folder.path):
            exercise, found = read_exercise(path, sources)
            problems += found
            if exercise is None:
                continue
            if exercise.id in files:
                message = f"id: {exercise.id} is taken by {shown(files[exercise.id])}; rename one"
                problems.append(Problem(shown(path), 1, Subtype.EXERCISE.value, message))
                continue
            files[exercise.id] = path
            exercises.append(exercise)
    table = {exercise.id: exercise for exercise in sorted(exercises, key=_order)}
    courses, found = check_courses(
        [(shown(f.path / FILE), row) for f in described for row in f.courses], table
    )
    problems += found
    told = tuple(sorted(set(problems)))
    return Book(sources.edition, table, files, courses, told, tuple(described), sources.pages)


def _exercise_files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.glob("*.md") if path.name.lower() != "readme.md")


def _order(exercise: Exercise) -> tuple[int, str, str]:
    from kochu.exercises.framework import STRANDS

    return list(STRANDS).index(exercise.meta.strand), exercise.meta.cefr, exercise.id


def _error(name: str, line: int, message: str) -> EditionError:
    return EditionError(Problem(name, line, Subtype.EXERCISE.value, message))
