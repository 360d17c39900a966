"""``edition.toml``: what an edition is made of, for scholars who write no Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import msgspec

from kochu.apparatus.tables import Word, read_patterns, read_words
from kochu.apparatus.where import header_line, line_of
from kochu.text.layers import Layer, read_layer
from kochu.text.problems import EditionError, Problem, Subtype, shown
from kochu.text.ruby import Group, RubyError, parse_readings, strip_readings, unread
from kochu.text.seed import SUMS_FILE, load
from kochu.text.segment import BaseText, segment
from kochu.text.toml import TomlError, read_toml

__all__ = ["Edition", "LayerSpec", "Loaded", "TextSpec", "load_edition", "load_text"]

FILE = "edition.toml"
"""Name of the file that describes an edition; it lies at the root of the documents."""


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ``[edition]`` table: how the edition is cited."""

    title: str
    version: str
    date: str
    editors: tuple[str, ...] = ()
    subtitle: str = ""
    publisher: str = ""
    url: str = ""


class LayerSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A ``[[text.layer]]`` table: a version of the text, sentence by sentence."""

    name: str
    file: str
    label: str
    language: str
    kind: str = "translation"
    rights: str = ""


class TextSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A ``[[text]]`` table: a base text and the layers that hang on it."""

    id: str
    seed: str
    language: str
    title: str
    readings: str = ""
    words: str = ""
    patterns: str = ""
    layer: tuple[LayerSpec, ...] = ()


class GroupSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A ``[[group]]`` table: a heading under which readers look for caveats."""

    name: str
    label: str


class Rights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A ``[[rights]]`` table: who owns a layer, and what others may do with it."""

    layer: str
    statement: str
    url: str = ""


class Checks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ``[check]`` table: checks that an edition may ask for.

    ``chronology`` wants a date by every "today", a citation by every figure, and no source
    from after the edition's own date;
    ``evidence`` wants one primary source or two others under every supported claim.
    """

    chronology: bool = False
    evidence: bool = False


class EditionFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of ``edition.toml``."""

    edition: About
    text: tuple[TextSpec, ...]
    group: tuple[GroupSpec, ...] = ()
    rights: tuple[Rights, ...] = ()
    check: Checks = Checks()


@dataclass(frozen=True)
class Edition:
    """An edition's description and where it lies.

    :param root: the folder of ``edition.toml``; the paths in it are relative to it.
    """

    root: Path
    about: About
    texts: Mapping[str, TextSpec]
    groups: Mapping[str, str]
    rights: tuple[Rights, ...]
    check: Checks

    @property
    def path(self) -> Path:
        """The file itself."""
        return self.root / FILE

    def files(self, text_id: str) -> tuple[Path, ...]:
        """Name every file that a text is made of."""
        spec = self.texts[text_id]
        names = [spec.seed, spec.readings, spec.words, spec.patterns]
        names += [layer.file for layer in spec.layer]
        return tuple(self.root / name for name in names if name)


@dataclass(frozen=True)
class Loaded:
    """A text with its layers, read and checked.

    :param readings: groups by address, offsets in the sentence.
    :param layers: what could be read of each layer, by name, in the order given.
    :param words: rows of the word and pattern tables.
    :param problems: all that is wrong with the files.
    """

    spec: TextSpec
    sha256: str
    base: BaseText
    readings: Mapping[str, tuple[Group, ...]] = field(default_factory=dict)
    layers: Mapping[str, tuple[LayerSpec, Layer]] = field(default_factory=dict)
    words: tuple[Word, ...] = ()
    problems: tuple[Problem, ...] = ()

    @cached_property
    def versions(self) -> Mapping[str, tuple[tuple[LayerSpec, str], ...]]:
        """The versions of each sentence, by address, in the order of the layers."""
        return {
            s.address: tuple(
                (spec, text)
                for spec, layer in self.layers.values()
                if (text := layer.get(s.address)) is not None
            )
            for s in self.base.sentences
        }


def load_edition(root: Path) -> Edition:
    """Read the ``edition.toml`` in ``root``.

    :raises EditionError: it is missing, is not TOML, or has a table of the wrong shape.
    """
    path = root / FILE
    name = shown(path)
    try:
        source, data = read_toml(path)
        found = msgspec.convert(data, EditionFile)
    except FileNotFoundError:
        raise _error(name, 0, f"there is no {FILE} here; write one, see the manual") from None
    except TomlError as error:
        raise _error(name, error.line, str(error)) from None
    except msgspec.ValidationError as error:
        message = f"{error}; see the table of edition.toml in the manual"
        raise _error(name, line_of(source, str(error)), message) from None
    texts: dict[str, TextSpec] = {}
    for number, spec in enumerate(found.text):
        if spec.id in texts:
            message = f"a second text has the id '{spec.id}'; rename one"
            raise _error(name, header_line(source, "text", number), message)
        texts[spec.id] = spec
    return Edition(
        root, found.edition, texts, {g.name: g.label for g in found.group}, found.rights, found.check
    )


def load_text(edition: Edition, text_id: str) -> Loaded:
    """Read a text and all its layers.

    :raises EditionError: the seed cannot be read or was changed; nothing can hang on it.
    """
    spec = edition.texts[text_id]
    seed = load(edition.root / spec.seed)
    base = segment(seed.text)
    problems: list[Problem] = []
    readings: dict[str, tuple[Group, ...]] = {}
    marked = Layer("", {})
    if spec.readings:
        marked, found = read_layer(edition.root / spec.readings, base)
        problems += found
    if not seed.intact:
        raise _changed(edition.root / spec.seed, base, marked)
    for row in marked.rows.values():
        sentence = base.sentence(row.address)
        assert sentence is not None
        try:
            readings[row.address] = groups = parse_readings(row.text, sentence.text)
        except RubyError as error:
            problems.append(_reading(marked, row.line, f"{row.address}: {error}"))
            continue
        if bare := unread(sentence.text, groups):
            problems.append(
                _reading(
                    marked,
                    row.line,
                    f"{row.address}: no reading for '{''.join(bare)}'; write {{kanji|kana}}",
                )
            )
    layers: dict[str, tuple[LayerSpec, Layer]] = {}
    for layer_spec in spec.layer:
        layer, found = read_layer(edition.root / layer_spec.file, base)
        problems += found
        layers[layer_spec.name] = (layer_spec, layer)
    words: tuple[Word, ...] = ()
    for name, read in ((spec.words, read_words), (spec.patterns, read_patterns)):
        if name:
            rows, found = read(edition.root / name, base)
            words += rows
            problems += found
    return Loaded(spec, seed.sha256, base, readings, layers, words, tuple(problems))


def _changed(path: Path, base: BaseText, marked: Layer) -> EditionError:
    """Say that the seed was changed, and where, if the readings still know."""
    where = ""
    for sentence in base.sentences:
        text = marked.get(sentence.address)
        if text is not None and strip_readings(text).strip() != sentence.text.strip():
            where = (
                f"; line {sentence.line} differs: sentence {sentence.address} is now "
                f"'{sentence.text}', the readings have '{strip_readings(text)}'"
            )
            break
    line = 0
    if where:
        line = base.text.count("\n", 0, sentence.start) + 1
    return _error(
        shown(path),
        line,
        f"seed was changed: its checksum is not the one in {SUMS_FILE}{where}; restore the file, "
        "or record the new checksum if the change is meant",
        Subtype.SEED,
    )


def _reading(layer: Layer, line: int, message: str) -> Problem:
    return Problem(layer.path, line, Subtype.READING.value, message)


def _error(name: str, line: int, message: str, subtype: Subtype = Subtype.EDITION) -> EditionError:
    return EditionError(Problem(name, line, subtype.value, message))
