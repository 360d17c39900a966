"""Run the doctests of exercises under pytest: ``pytest exercises/``.

A ``conftest.py`` beside the exercises holds one line::

    from kochu.exercises.plugin import pytest_collect_file

For a folder without one, ``pytest -p kochu.exercises.plugin FOLDER`` does the same.
Sybil's MyST parsers run every ``>>>`` of a ``python`` fence. They skip other fences in
silence, so each file gets one more test, ``complete``, which counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from sybil import Sybil
from sybil.document import Document
from sybil.integration.pytest import SybilFile
from sybil.parsers.myst import PythonCodeBlockParser

from kochu.apparatus.edition import load_edition
from kochu.exercises.book import Sources, read_folder
from kochu.exercises.doctests import incomplete, namespace
from kochu.exercises.parse import parse_exercise
from kochu.text.problems import EditionError

__all__ = ["SYBIL", "pytest_collect_file", "run", "sources_of"]


class ExerciseDocument(Document):
    """A file of an exercise; its examples see the exercise as ``ex``."""

    def __init__(self, text: str, path: str) -> None:
        super().__init__(text, path)
        file = Path(path)
        exercise, problems = parse_exercise(text, file, sources_of(file.parent))
        # Filled here and not by the first example, so that each example runs alone.
        self.namespace.update(namespace(exercise, problems))


SYBIL = Sybil(
    parsers=[PythonCodeBlockParser()],
    patterns=["*.md"],
    document_types={".md": ExerciseDocument},
    encoding="utf-8",
)


def run(text: str, path: Path) -> Iterator[str]:
    """Run a file's doctest without pytest, and tell what fails, as soon as it fails.

    :param path: where the file lies, or would lie.
    """
    document = ExerciseDocument(text, str(path))
    for parser in SYBIL.parsers:
        for region in parser(document):
            document.add(region)
    examples = list(document.examples())
    lines = {example.line for example in examples}
    yield from (f"{path}:{n}: {what}" for n, what in incomplete(text, lines))
    for example in examples:
        try:
            example.evaluate()
        except Exception as error:  # noqa: BLE001 - whatever an example raises is its failure
            yield f"{path}:{example.line}: {error}"


@lru_cache(maxsize=4)
def sources_of(folder: Path) -> Sources:
    """Give the texts that a folder of exercises is about."""
    return Sources(load_edition(read_folder(folder).edition))


class _Complete(pytest.Item):
    """Every ``>>>`` of the file was collected, and right and wrong are said a second time."""

    def __init__(self, *, document: Document, **more: Any) -> None:
        super().__init__(**more)
        self.document = document

    def runtest(self) -> None:
        lines = {example.line for example in self.document.examples()}
        if faults := incomplete(self.document.text, lines):
            raise pytest.fail.Exception("\n".join(f"{self.path}:{n}: {what}" for n, what in faults))

    def repr_failure(
        self,
        excinfo: pytest.ExceptionInfo[BaseException],
        style: object = None,  # noqa: ARG002 - pytest passes it
    ) -> str:
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, "complete"


class ExerciseFile(SybilFile):
    """One exercise: its examples, and the test that they are all there."""

    def collect(self) -> Iterable[Any]:
        try:
            yield from super().collect()  # type: ignore[no-untyped-call]
        except EditionError as error:
            raise self.CollectError(str(error)) from None
        yield _Complete.from_parent(self, name="complete", document=self.documents[0])


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the Markdown files that lie beside ``exercises.toml``."""
    if file_path.suffix != ".md" or file_path.name.lower() == "readme.md":
        return None
    if not (file_path.parent / "exercises.toml").is_file():
        return None
    found: pytest.Collector = ExerciseFile.from_parent(parent, path=file_path, sybils=[SYBIL])
    return found
