"""The directives: they note what was written and leave places to be filled later.

Nothing is composed while reading: what a sentence shows depends on annotations in
pages that another process may be reading at this moment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective

from kochu.apparatus.kinds import KINDS
from kochu.apparatus.model import Annotation
from kochu.apparatus.parse import Draft, parse_annotation, parse_passage
from kochu.apparatus.usage import UNNAMED, check_usage
from kochu.sphinx.indexing import abbreviations, entry_name
from kochu.sphinx.nodes import (
    kochu_annotation,
    kochu_colophon,
    kochu_line,
    kochu_list,
    kochu_passage,
    kochu_unit,
)
from kochu.sphinx.problems import log
from kochu.sphinx.texts import edition_of, text_of
from kochu.text.problems import Problem, Subtype, shown

if TYPE_CHECKING:
    from kochu.apparatus.edition import Loaded, TextSpec
    from kochu.sphinx.domain import KochuDomain

__all__ = ["DIRECTIVES", "KochuDirective"]

_TEXT = "kochu:text"
_PASSAGE = "kochu:passage"
_LOADED = "kochu:loaded"
INDEXED = frozenset({"name", "term", "context"})
"""Kinds whose titles belong in the index of the book."""


class _AnyOption(dict[str, Callable[[str | None], str]]):
    """An option table that takes every name: ``parse`` knows which are right, and says so."""

    def __bool__(self) -> bool:
        return True

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> Callable[[str | None], str]:
        return lambda value: value or ""


class KochuDirective(SphinxDirective):
    """What the directives of the domain share."""

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Any] = _AnyOption()

    @property
    def domain(self) -> KochuDomain:
        found: Any = self.env.domains["kochu"]
        return found  # type: ignore[no-any-return]

    @property
    def path(self) -> str:
        return shown(Path(self.env.doc2path(self.env.docname)))

    @property
    def argument(self) -> str:
        return str(self.arguments[0]).strip() if self.arguments else ""

    def wrong(self, subtype: Subtype, message: str) -> list[nodes.Node]:
        log([Problem(self.path, self.lineno, subtype.value, message)])
        return []

    def misused(self) -> bool:
        """Whether the argument or the options are wrong; each mistake is told."""
        found = check_usage(self.name.removeprefix("kochu:"), self.argument, self.options, self.texts)
        for subtype, message in found:
            self.wrong(subtype, message)
        return bool(found)

    @property
    def texts(self) -> Mapping[str, TextSpec]:
        return edition_of(self.env).texts

    def text_id(self) -> str | None:
        """The text that this page speaks of: the one it named last, or the only one."""
        named: str | None = self.env.current_document.get(_TEXT)
        if named is None and len(self.texts) == 1:
            named = next(iter(self.texts))
        if named is None:
            self.wrong(Subtype.EDITION, UNNAMED)
        return named

    def load(self, text_id: str) -> Loaded:
        """Load a text, and have this page read again when one of its files changes.

        Once a page: a hundred annotations need not ask the disk a hundred times.
        """
        here: dict[str, Loaded] = self.env.current_document.get(_LOADED) or {}
        if text_id not in here:
            edition = edition_of(self.env)
            self.env.note_dependency(edition.path.resolve())
            self.env.note_dependency((edition.root / edition.texts[text_id].seed).resolve())
            here[text_id] = text_of(self.env, text_id)
            self.env.current_document[_LOADED] = here
        return here[text_id]


class Text(KochuDirective):
    """``{text} id``: which text the annotations below speak of."""

    def run(self) -> list[nodes.Node]:
        if not self.misused():
            self.env.current_document[_TEXT] = self.argument
        return []


class Reading(KochuDirective):
    """``{reading}``: the text with everything that hangs on it."""

    def run(self) -> list[nodes.Node]:
        if self.misused():
            return []
        if self.argument:
            self.env.current_document[_TEXT] = self.argument
        text_id = self.text_id()
        if text_id is None:
            return []
        loaded = self.load(text_id)
        for file in edition_of(self.env).files(text_id):
            self.env.note_dependency(file.resolve())
        log(loaded.problems)
        addresses = tuple(s.address for s in loaded.base.sentences)
        self.domain.note_reading(self.env.docname, text_id, addresses)
        self.domain.note_shown(self.env.docname, text_id)
        return self._lines(loaded, text_id)

    def _lines(self, loaded: Loaded, text_id: str) -> list[nodes.Node]:
        """Lay the lines out; a heading opens a section, as tables of contents expect."""
        excerpt = self.env._app.tags.has("excerpt")
        found: list[nodes.Node] = []
        section: nodes.section | None = None
        lines = loaded.base.lines
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            units = [kochu_unit("", text_id=text_id, address=s.address) for s in line.sentences]
            block = kochu_line("", *units, number=line.number)
            self.set_source_info(block)
            # A heading over a heading is a title set twice, not a section of its own.
            if line.heading and following and not following.heading:
                title = f"§ {line.number}" if excerpt else line.text.strip()
                section = nodes.section("", ids=[line.anchor], classes=["kochu-section"])
                section += nodes.title(title, title, classes=["kochu-heading"])
                section += block
                found.append(section)
                continue
            block["ids"].append(line.anchor)
            if line.heading:
                block["classes"].append("kochu-heading")
            if section is None:
                found.append(block)
            else:
                section += block
        return found


class Passage(KochuDirective):
    """``{passage} 4``: print lines here, and look for the quotes below in them."""

    def run(self) -> list[nodes.Node]:
        text_id = self.text_id()
        if self.misused() or text_id is None:
            return []
        loaded = self.load(text_id)
        spec = edition_of(self.env).texts[text_id]
        if spec.readings:
            self.env.note_dependency((edition_of(self.env).root / spec.readings).resolve())
        sentences, problems = parse_passage(self.argument, loaded.base, self.path, self.lineno)
        log(problems)
        addresses = tuple(s.address for s in sentences)
        self.env.current_document[_PASSAGE] = addresses
        self.domain.note_shown(self.env.docname, text_id)
        if not addresses:
            return []
        node = kochu_passage("", text_id=text_id, addresses=addresses)
        self.set_source_info(node)
        return [node]


class AnnotationDirective(KochuDirective):
    """``{caveat}`` and its like: a quote, options, and prose."""

    has_content = True
    kind: ClassVar[str]

    def run(self) -> list[nodes.Node]:
        text_id = self.text_id()
        if text_id is None:
            return []
        loaded = self.load(text_id)
        draft = Draft(
            self.kind,
            self.argument,
            self.options,
            self.env.docname,
            self.path,
            self.lineno,
            self.env.current_document.get(_PASSAGE) or (),
            tuple(edition_of(self.env).groups),
        )
        note, problems = parse_annotation(draft, loaded.base, text_id)
        log(problems)
        if note is None:
            return []
        source = "\n".join(self.content)
        self.domain.note_annotation(note, sha256(source.encode()).hexdigest())
        self.domain.note_shown(self.env.docname, text_id)
        return self._place(note)

    def _place(self, note: Annotation) -> list[nodes.Node]:
        from kochu.sphinx.domain import anchor_id

        anchor = anchor_id(note)
        node = kochu_annotation("", key=note.key, kind=note.kind, classes=[f"kochu-{note.kind}"])
        self.set_source_info(node)
        # A key used twice is told when all pages are read, and need not be told of its id as well.
        twice = anchor in self.state.document.ids
        if not twice:
            node["ids"].append(anchor)
            self.state.document.note_explicit_target(node)
        node += self.parse_content_to_nodes()
        found: list[nodes.Node] = [node]
        if self.kind in INDEXED and not twice:
            names = (entry_name(note), *abbreviations(note, self.env.config.language or "en"))
            entries = [("single", self.domain.curled(name), anchor, "", None) for name in names]
            found.insert(0, addnodes.index(entries=entries))
        if self.kind == "term" and not twice:
            self.env.domains.standard_domain._note_term(note.title, anchor, location=node)
        return found


class AnnotationList(KochuDirective):
    """``{annotations}``: a list made by filter, never by copying."""

    def run(self) -> list[nodes.Node]:
        if self.misused():
            return []
        for text_id in self.texts:
            self.domain.note_shown(self.env.docname, text_id, prose="prose" in self.options)
        node = kochu_list("", filter=dict(self.options))
        self.set_source_info(node)
        return [node]


class Colophon(KochuDirective):
    """``{colophon}``: version, checksums and rights, from the edition's own files."""

    def run(self) -> list[nodes.Node]:
        if self.misused():
            return []
        edition = edition_of(self.env)
        self.env.note_dependency(edition.path.resolve())
        for text_id in edition.texts:
            self.load(text_id)
        node = kochu_colophon("")
        self.set_source_info(node)
        return [node]


def _annotation_directive(kind: str) -> type[Directive]:
    return type(f"{kind.title()}Directive", (AnnotationDirective,), {"kind": kind})


DIRECTIVES: dict[str, type[Directive]] = {
    "text": Text,
    "reading": Reading,
    "passage": Passage,
    "annotations": AnnotationList,
    "colophon": Colophon,
    **{kind: _annotation_directive(kind) for kind in KINDS},
}
"""All directives of the domain, by name."""
