"""The ``kochu`` domain: all that was read, by page, and how to link to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from kochu.apparatus.excerpt import choose, lemma
from kochu.apparatus.kinds import KINDS
from kochu.apparatus.model import Annotation
from kochu.apparatus.resolved import Resolved
from kochu.apparatus.scan import Reference
from kochu.sphinx.directives import DIRECTIVES
from kochu.sphinx.phrase import curly
from kochu.sphinx.texts import edition_of, text_of
from kochu.text.problems import shown

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

__all__ = ["KochuDomain", "address_anchor", "anchor_id"]

_KEPT = 16
"""How many texts keep their apparatus resolved."""


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
        name: XRefRole(innernodeclass=nodes.inline, warn_dangling=True)
        for name in ("sentence", *(kind for kind in KINDS if kind != "term"))
    }
    directives = DIRECTIVES
    data_version = 2
    initial_data: ClassVar[dict[str, Any]] = {
        "annotations": {},
        "digests": {},
        "references": {},
        "readings": {},
        "shown": {},
        "prose": {},
        "uses": {},
        "written": {},
    }

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._resolved: dict[str, Resolved] = {}
        self._by_text: dict[str, list[Annotation]] = {}
        self._keys: dict[str, Annotation] = {}
        self._pages: dict[str, str] = {}
        self._excerpts: dict[str, frozenset[str]] = {}

    # -- what the directives note ---------------------------------------------------

    def note_annotation(self, note: Annotation, digest: str) -> None:
        """Keep an annotation.

        :param digest: of its body's source; tells whether a page that shows it is stale.
        """
        self.data["annotations"].setdefault(note.docname, []).append(note)
        self.data["digests"].setdefault(note.docname, {})[note.key] = digest

    def note_reading(self, docname: str, text_id: str, addresses: tuple[str, ...]) -> None:
        """Keep that a page is the reading page of a text, and its sentences."""
        self.data["readings"].setdefault(docname, {})[text_id] = addresses

    def note_shown(self, docname: str, text_id: str, *, prose: bool = False) -> None:
        """Keep that a page shows labels of a text's annotations, or also their prose."""
        self.data["shown"].setdefault(docname, set()).add(text_id)
        if prose:
            self.data["prose"][docname] = True

    def note_uses(self, docname: str, uses: tuple[tuple[str, str], ...]) -> None:
        """Keep which terms a page links to, and from which annotation, if from one."""
        if uses:
            self.data["uses"][docname] = uses

    # -- what the outputs ask for ---------------------------------------------------

    def annotations(self) -> Iterator[Annotation]:
        """All annotations of the project, page by page.

        In the order of their names: pages that are read in parallel come back in any order.
        """
        for _, notes in sorted(self.data["annotations"].items()):
            yield from notes

    def references(self) -> Iterator[Reference]:
        """All roles of the project that name a sentence or an annotation."""
        for references in self.data["references"].values():
            yield from references

    def of_text(self, text_id: str) -> tuple[Annotation, ...]:
        """The annotations of a text, in no order."""
        if not self._by_text:
            for note in self.annotations():
                self._by_text.setdefault(note.text_id, []).append(note)
        return tuple(self._by_text.get(text_id, ()))

    def resolved(self, text_id: str) -> Resolved:
        """The apparatus of a text; valid when all pages have been read."""
        if text_id not in self._resolved:
            # A project may hold a thousand texts; the page being written needs one.
            while len(self._resolved) >= _KEPT:
                del self._resolved[next(iter(self._resolved))]
            base = text_of(self.env, text_id).base
            self._resolved[text_id] = Resolved(base, self.of_text(text_id))
        return self._resolved[text_id]

    def forget(self) -> None:
        """Forget what was computed: pages are being read again."""
        self._resolved.clear()
        self._by_text.clear()
        self._keys.clear()
        self._pages.clear()
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

    def mention(self, note: Annotation) -> str:
        """The title as it stands within a sentence, which has a full stop of its own."""
        heading = self.heading(note)
        return self.curled(heading[:-1] if heading.endswith((".", "。")) else heading)

    def curled(self, text: str) -> str:
        """Words that come from an option or a title, with quotation marks as in prose."""
        return curly(text, self.env.config.language)

    def find(self, key: str) -> Annotation | None:
        """Find an annotation by its key."""
        if not self._keys:
            for note in self.annotations():
                self._keys.setdefault(note.key, note)
        return self._keys.get(key)

    def uses(self, term: Annotation) -> list[tuple[str, str]]:
        """The places that link to a term: pages, and keys of annotations on them."""
        found = (
            (docname, key)
            for docname, uses in sorted(self.data["uses"].items())
            for title, key in uses
            if title == term.title.casefold() and key != term.key
        )
        return list(dict.fromkeys(found))

    def reading_page(self, text_id: str) -> str | None:
        """The page on which a text is read."""
        if not self._pages:
            for docname, texts in sorted(self.data["readings"].items()):
                for name in texts:
                    self._pages.setdefault(name, docname)
        return self._pages.get(text_id)

    def addresses(self) -> frozenset[str]:
        """All addresses that a reference may use: with the text's id if there are several."""
        several = len(edition_of(self.env).texts) > 1
        return frozenset(
            name
            for texts in self.data["readings"].values()
            for text_id, addresses in texts.items()
            for address in addresses
            for name in ((f"{text_id}:{address}",) if several else (address, f"{text_id}:{address}"))
        )

    # -- Sphinx's side --------------------------------------------------------------

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Keep the roles of a page, to be checked when all annotations are known."""
        path = shown(Path(env.doc2path(docname)))
        found = [
            Reference(node["reftype"], node["reftarget"], path, node.line or 0)
            for node in document.findall(pending_xref)
            # What names another project's inventory is none of ours.
            if node.get("refdomain") == self.name and not node.get("intersphinx")
        ]
        if found:
            self.data["references"][docname] = found

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
        place = self.place(typ, target)
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
            for text_id, addresses in texts.items():
                for address in addresses:
                    name = f"{text_id}:{address}" if several else address
                    # Priority -1: an address is no search result.
                    yield name, address, "sentence", docname, address_anchor(address), -1
        for note in self.annotations():
            yield note.key, self.mention(note), note.kind, note.docname, anchor_id(note), 1

    def place(self, role: str, target: str) -> tuple[str, str, str] | None:
        """Find what a role names: its page, its id there, and what it is called."""
        return self._sentence(target) if role == "sentence" else self._annotation(role, target)

    def _sentence(self, target: str) -> tuple[str, str, str] | None:
        text_id, _, address = target.rpartition(":")
        texts = edition_of(self.env).texts
        if not text_id and len(texts) == 1:
            text_id = next(iter(texts))
        docname = self.reading_page(text_id)
        if docname is None or address not in self.data["readings"][docname][text_id]:
            return None
        return docname, address_anchor(address), address

    def _annotation(self, kind: str, key: str) -> tuple[str, str, str] | None:
        note = self.find(key)
        if note is None or note.kind != kind:
            return None
        return note.docname, anchor_id(note), self.mention(note)


def address_anchor(address: str) -> str:
    """The HTML id of a sentence on its reading page."""
    return f"s{address.replace('.', '-')}"


def anchor_id(note: Annotation) -> str:
    """The HTML id of an annotation in the page where it was written."""
    return f"{note.kind}-{note.key.removeprefix(note.kind + '-')}"
