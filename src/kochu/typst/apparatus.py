"""The edition's own nodes: sentences, readings, versions, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import re

from docutils import nodes

from kochu.sphinx.nodes import kochu_base, kochu_note, kochu_rt, kochu_version, kochu_versions
from kochu.typst.base import Writer, classes, elements, language
from kochu.typst.japanese import Setting, base_text
from kochu.typst.markup import array, label, string

__all__ = ["Apparatus"]

_CLOSED = frozenset({"ja", "zh", "th", "lo", "km", "my"})
"""Languages that put no space between sentences."""

_SPREADABLE = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff]{2,}")
"""Words that may be spread under a long reading."""

REMEDY = "Better"
"""Name of the field that is set beside the words it replaces, as in a printed apparatus."""


class Apparatus(Writer):
    """Visitors of the nodes of :mod:`kochu.sphinx.nodes`."""

    # -- the words of the text ------------------------------------------------------------

    def visit_kochu_ruby(self, node: nodes.Element) -> None:
        reading = "".join(rt.astext() for rt in node.findall(kochu_rt))
        base = self.capture(c for c in node.children if not isinstance(c, kochu_rt))
        setting = self.plan.settings.get(id(node), Setting())
        flags = [name for name in ("before", "after", "stop", "gap") if getattr(setting, name)]
        options = "".join(f", {name}: true" for name in flags)
        if _SPREADABLE.fullmatch(words := base_text(node)):
            options += f", signs: {len(words)}"
        self.emit(f"#ruby([{base}], {string(reading)}{options});")
        raise nodes.SkipNode

    visit_kochu_run = visit_kochu_sentence = Writer.pass_through
    depart_kochu_run = Writer.nothing

    def depart_kochu_sentence(self, node: nodes.Element) -> None:
        """A sentence's language is marked by the paragraph or title that holds it."""

    def visit_kochu_noteref(self, node: nodes.Element) -> None:
        text = self.capture(node.children)
        place = self.plan.find(node["refid"])
        stop = ", stop: true" if self.plan.settings.get(id(node), Setting()).stop else ""
        target = label(place) if place else "none"
        self.emit(f"#mark({target}{stop})[{text}];")
        raise nodes.SkipNode

    def visit_kochu_base(self, node: nodes.Element) -> None:
        self.emit(f"\n#sentence({self._base(node)})\n")
        raise nodes.SkipNode

    def _base(self, node: nodes.Element, versions: str = "()") -> str:
        """The arguments of a sentence: its number, its words, its other versions."""
        number, *words = node.children
        text = self.anchors(node) + self.capture(words)
        tag = string(language(node) or "")
        address = string(number.astext())
        return f"{address}, {tag}, [{text}], target: {self._target(number)}, versions: {versions}"

    def _target(self, number: nodes.Node) -> str:
        """The place to which a sentence's number leads."""
        for link in number.findall(nodes.reference):
            place = self.plan.find(link.get("refid", ""))
            if place:
                return label(place)
        return "none"

    # Where a heading breaks best is for screens to know; here it has the width of the page.
    visit_kochu_break = Writer.skip

    # -- the text with notes --------------------------------------------------------------

    def visit_kochu_line(self, node: nodes.Element) -> None:
        self.emit(self.anchors(node))

    depart_kochu_line = Writer.nothing

    def visit_kochu_unit(self, node: nodes.Element) -> None:
        versions = self._versions(node)
        headline = "kochu-heading" in node.parent["classes"]
        options = ", headline: true" if headline else ""
        for child in node.children:
            if isinstance(child, kochu_base):
                self.emit(f"\n#sentence({self._base(child, versions)}{options})\n")
            elif isinstance(child, kochu_versions) and node.get("titled"):
                # The words themselves stand in the heading above.
                self.emit(f"\n#translated({versions})\n")
            elif not isinstance(child, kochu_versions):
                self.emit(self.capture([child]))
        raise nodes.SkipNode

    def _versions(self, unit: nodes.Element) -> str:
        """The chosen versions of a sentence, each with its label and language."""
        return array(
            *(f"({string(name)}, {string(tag)}, [{text}])" for name, tag, text in self._chosen(unit))
        )

    def _chosen(self, unit: nodes.Element) -> Iterator[tuple[str, str, str]]:
        chosen = self.plan.versions.get(unit["text_id"], frozenset())
        for version in unit.findall(kochu_version):
            if version["name"] in chosen:
                yield version["label"], language(elements(version)[0]) or "", self.inside(version)

    def visit_kochu_versions(self, node: nodes.Element) -> None:
        self.pass_through(node)

    visit_kochu_passage = visit_kochu_version = visit_kochu_versions
    depart_kochu_versions = depart_kochu_passage = depart_kochu_version = Writer.nothing

    def visit_kochu_notes(self, node: nodes.Element) -> None:
        self.address = node["address"]
        asides: list[str] = []
        for child in node.children:
            if isinstance(child, kochu_note):
                self._asides(asides)
                self._entry(child, node["address"])
            elif isinstance(child, nodes.Element):
                asides.append(self._aside(child))
        self._asides(asides)
        self.address = None
        raise nodes.SkipNode

    def _aside(self, node: nodes.Element) -> str:
        """A line that names notes elsewhere: under another sentence, or in the glossary."""
        near = "kochu-elsewhere" in node["classes"]
        self.pages = not near  # Such a line says itself where the note is.
        text = f"{self.anchors(node)}{self.capture(node.children)}"
        self.pages = True
        return text

    def _asides(self, asides: list[str]) -> None:
        if asides:
            self.emit(f"\n#aside({', '.join(f'[{text}]' for text in asides)})\n")
            asides.clear()

    # -- the text in peace ----------------------------------------------------------------

    def visit_kochu_bare(self, node: nodes.Element) -> None:
        """Write whole lines: their sentences run on, as in the article."""
        lines = "".join(f"  {self._bare(line)},\n" for line in elements(node))
        self.emit(f"\n#bare-text(\n{lines})\n")
        raise nodes.SkipNode

    def _bare(self, line: nodes.Element) -> str:
        words, target, tag = "", "none", ""
        versions: dict[str, tuple[str, list[str]]] = {}
        for unit in elements(line):
            for base in unit.children:
                if isinstance(base, kochu_base):
                    first, *rest = base.children
                    words += self.capture(rest)
                    tag = language(base) or tag
                    target = self._target(first) if target == "none" else target
            for name, own, text in self._chosen(unit):
                # Another wording in the text's own language would be read as the text.
                if own != tag:
                    versions.setdefault(name, (own, []))[1].append(text)
        below = (
            f"({string(name)}, {string(own)}, [{self._run_on(own, texts)}])"
            for name, (own, texts) in versions.items()
        )
        heading = "true" if "kochu-heading" in line["classes"] else "false"
        number = string(str(line["number"]))
        return (
            f"(number: {number}, heading: {heading}, target: {target}, tag: {string(tag)},"
            f" words: [{words}], versions: {array(*below)})"
        )

    def _run_on(self, tag: str, texts: list[str]) -> str:
        """Join sentences as their language does."""
        return ("" if tag.split("-", maxsplit=1)[0] in _CLOSED else " ").join(texts)

    # -- notes ------------------------------------------------------------------------------

    def visit_kochu_annotation(self, node: nodes.Element) -> None:
        self._entry(node, "")
        raise nodes.SkipNode

    visit_kochu_note = visit_kochu_annotation

    def _entry(self, node: nodes.Element, address: str) -> None:
        """Write a note: its head beside it, its prose, and the facts in small type."""
        parts = elements(node)
        title = _pick(parts, "kochu-note-title")
        fields = _pick(parts, "kochu-fields")
        if title is None:
            self.emit(f"\n{self.anchors(node)}{self.capture(parts)}\n")
            return
        prose = [c for c in parts if c is not title and c is not fields]
        prose = [c for c in prose if "kochu-more" not in classes(c)]
        home = self.plan.find(node["home"]) if "home" in node else None
        options = [
            f"address: {string(address)}" if address else "",
            f"home: {label(home)}" if home else "",
            *self._facts(fields, address),
        ]
        self.emit(
            f"\n#entry({self._head(title)}, {', '.join(filter(None, options))})"
            f"[{self.anchors(node)}{self.capture(prose)}]\n"
        )

    def _head(self, title: nodes.Element) -> str:
        """The head of a note: label, words, and what kind of note it is."""
        found = {"kochu-label": "", "kochu-facts": ""}
        words = ""
        for child in title.children:
            name = next((c for c in classes(child) if c in found), None)
            if name:
                found[name] += self.capture(child.children)
            else:
                words += self.capture([child])
        parts = (found["kochu-label"], words, found["kochu-facts"])
        return ", ".join(f"[{part.strip()}]" for part in parts)

    def _facts(self, fields: nodes.Element | None, address: str) -> Iterable[str]:
        rows: list[str] = []
        for field in elements(fields) if fields is not None else ():
            name, body = elements(field)
            if body.astext() == address:
                continue  # The note stands under the very sentence that it would name.
            text = self.inside(body)
            if name.astext() == REMEDY:
                yield f"remedy: [{text}]"
            else:
                rows.append(f"([{self.capture(name.children)}], [{text}])")
        if rows:
            yield f"facts: {array(*rows)}"


def _pick(parts: Iterable[nodes.Element], name: str) -> nodes.Element | None:
    return next((p for p in parts if name in classes(p)), None)
