"""The ``kochu`` domain: all that was read, by page, and how to link to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from kochu.apparatus.excerpt import choose, lemma
from kochu.apparatus.kinds import KINDS
from kochu.apparatus.model import Annotation
from kochu.apparatus.resolved import Resolved
from kochu.apparatus.scan import Reference
from kochu.sphinx.directives import DIRECTIVES
from kochu.sphinx.texts import edition_of, text_of
from kochu.text.problems import shown

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

__all__ = ["KochuDomain"]


class _Role(XRefRole):
    """A reference to a sentence or an annotation, noted for the consistency check."""

    def process_link(
        self,
        env: BuildEnvironment,
        refnode: Element,
        has_explicit_title: bool,
        title: str,
        target: str,
    ) -> tuple[str, str]:
        domain = env.domains["kochu"]
        assert isinstance(domain, KochuDomain)
        path = shown(Path(env.doc2path(env.docname)))
        reference = Reference(refnode["reftype"], target, path, self.lineno)
        domain.note_reference(env.docname, reference)
        return title, target


class KochuDomain(Domain):
    """Annotations, reading pages and references, kept by the page they stand in."""

    name = "kochu"
    label = "Annotated edition"
    object_types: ClassVar[dict[str, ObjType]] = {
        "sentence": ObjType("sentence", "sentence"),
        **{name: ObjType(kind.label.lower(), name) for name, kind in KINDS.items()},
    }
    # ``term`` has no role here: it is Sphinx's own, and our terms feed it.
    roles: ClassVar[dict[str, Any]] = {
        name: _Role(warn_dangling=True) for name in ("sentence", *KINDS) if name != "term"
    }
    directives = DIRECTIVES
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {
        "annotations": {},
        "digests": {},
        "references": {},
        "readings": {},
        "shown": {},
        "written": {},
    }

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._resolved: dict[str, Resolved] = {}
        self._keys: dict[str, Annotation] = {}
        self._excerpts: dict[str, frozenset[str]] = {}

    # -- what the directives note ---------------------------------------------------

    def note_annotation(self, note: Annotation, digest: str) -> None:
        """Keep an annotation.

        :param digest: of its body's source; tells whether a page that shows it is stale.
        """
        self.data["annotations"].setdefault(note.docname, []).append(note)
        self.data["digests"].setdefault(note.docname, {})[note.key] = digest

    def note_reference(self, docname: str, reference: Reference) -> None:
        """Keep a role, to be checked when all annotations are known."""
        self.data["references"].setdefault(docname, []).append(reference)

    def note_reading(self, docname: str, text_id: str) -> None:
        """Keep that a page is the reading page of a text."""
        self.data["readings"].setdefault(docname, []).append(text_id)

    def note_shown(self, docname: str, text_id: str) -> None:
        """Keep that a page shows labels of a text's annotations."""
        self.data["shown"].setdefault(docname, set()).add(text_id)

    # -- what the outputs ask for ---------------------------------------------------

    def annotations(self) -> Iterator[Annotation]:
        """All annotations of the project."""
        for notes in self.data["annotations"].values():
            yield from notes

    def references(self) -> Iterator[Reference]:
        """All roles of the project that name a sentence or an annotation."""
        for references in self.data["references"].values():
            yield from references

    def resolved(self, text_id: str) -> Resolved:
        """The apparatus of a text; valid when all pages have been read."""
        if not self._resolved:
            by_text: dict[str, list[Annotation]] = {}
            for note in self.annotations():
                by_text.setdefault(note.text_id, []).append(note)
            for name in edition_of(self.env).texts:
                base = text_of(self.env, name).base
                self._resolved[name] = Resolved(base, tuple(by_text.get(name, ())))
        return self._resolved[text_id]

    def forget(self) -> None:
        """Forget what was computed: pages are being read again."""
        self._resolved.clear()
        self._keys.clear()
        self._excerpts.clear()

    def published(self, text_id: str, address: str) -> bool:
        """Whether this build publishes a sentence; an excerpt does not publish all."""
        if not self.env._app.tags.has("excerpt"):
            return True
        if text_id not in self._excerpts:
            self._excerpts[text_id] = choose(self.resolved(text_id))
        return address in self._excerpts[text_id]

    def quotable(self, note: Annotation) -> str:
        """The words an annotation speaks of, as far as this build may show them."""
        quotes = (
            a.quote if self.published(note.text_id, a.address) else lemma(a.quote) for a in note.anchors
        )
        return " / ".join(dict.fromkeys(quotes))

    def heading(self, note: Annotation) -> str:
        """The title of an annotation: its own, or the words it speaks of."""
        own = note.title != " / ".join(dict.fromkeys(a.quote for a in note.anchors))
        return note.title if note.title and own else self.quotable(note)

    def find(self, key: str) -> Annotation | None:
        """Find an annotation by its key."""
        if not self._keys:
            for note in self.annotations():
                self._keys.setdefault(note.key, note)
        return self._keys.get(key)

    def reading_page(self, text_id: str) -> str | None:
        """The page on which a text is read."""
        pages = (doc for doc, texts in self.data["readings"].items() if text_id in texts)
        return min(pages, default=None)

    # -- Sphinx's side --------------------------------------------------------------

    def clear_doc(self, docname: str) -> None:
        for name in self.initial_data:
            if name != "written":
                self.data[name].pop(docname, None)
        self.forget()

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        for name in self.initial_data:
            for docname in docnames & otherdata[name].keys():
                self.data[name][docname] = otherdata[name][docname]
        self.forget()

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        place = self._sentence(target) if typ == "sentence" else self._annotation(typ, target)
        if place is None:
            return None
        docname, anchor, title = place
        if not node["refexplicit"]:
            contnode = nodes.inline(title, title, classes=["kochu-xref", f"kochu-xref-{typ}"])
        return make_refnode(builder, fromdocname, docname, anchor, contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        note = self.find(target)
        if note is None or note.kind == "term":
            return []
        found = self.resolve_xref(env, fromdocname, builder, note.kind, target, node, contnode)
        return [(f"kochu:{note.kind}", found)] if found else []

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        several = len(edition_of(self.env).texts) > 1
        for docname, texts in self.data["readings"].items():
            for text_id in texts:
                for s in text_of(self.env, text_id).base.sentences:
                    name = f"{text_id}:{s.address}" if several else s.address
                    # Priority -1: an address is no search result.
                    yield name, s.address, "sentence", docname, s.anchor, -1
        for note in self.annotations():
            yield note.key, self.heading(note), note.kind, note.docname, anchor_id(note), 1

    def _sentence(self, target: str) -> tuple[str, str, str] | None:
        text_id, _, address = target.rpartition(":")
        texts = edition_of(self.env).texts
        if not text_id and len(texts) == 1:
            text_id = next(iter(texts))
        docname = self.reading_page(text_id)
        if docname is None:
            return None
        sentence = text_of(self.env, text_id).base.sentence(address)
        return (docname, sentence.anchor, address) if sentence else None

    def _annotation(self, kind: str, key: str) -> tuple[str, str, str] | None:
        note = self.find(key)
        if note is None or note.kind != kind:
            return None
        return note.docname, anchor_id(note), self.heading(note)


def anchor_id(note: Annotation) -> str:
    """The HTML id of an annotation in the page where it was written."""
    return f"{note.kind}-{note.key.removeprefix(note.kind + '-')}"
