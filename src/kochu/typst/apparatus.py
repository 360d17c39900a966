"""The edition's own nodes: sentences, readings, versions, notes."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes

from kochu.sphinx.nodes import kochu_base, kochu_note, kochu_notes, kochu_rt, kochu_versions
from kochu.typst.base import Writer, language
from kochu.typst.japanese import Setting
from kochu.typst.markup import array, label, string

__all__ = ["Apparatus"]

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
        target = "none"
        for link in number.findall(nodes.reference):
            place = self.plan.find(link.get("refid", ""))
            target = label(place) if place else "none"
        return f"{address}, {tag}, [{text}], target: {target}, versions: {versions}"

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
        chosen = self.plan.versions.get(unit["text_id"], frozenset())
        found: list[str] = []
        for version in unit.findall(_is_version):
            if version["name"] in chosen:
                body = version.children[0]
                tag = string(language(body) or "")
                found.append(f"({string(version['label'])}, {tag}, [{self.inside(version)}])")
        return array(*found)

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

    def visit_kochu_parallel(self, node: nodes.Element) -> None:
        self.emit("\n#parallel(\n")
        for line in node.children:
            assert isinstance(line, nodes.Element)
            heading = "true" if "kochu-heading" in line["classes"] else "false"
            rows = [self._row(unit) for unit in line.children]
            self.emit(f"  (heading: {heading}, rows: {array(*filter(None, rows))}),\n")
        self.emit(")\n")
        raise nodes.SkipNode

    def _row(self, unit: nodes.Node) -> str:
        assert isinstance(unit, nodes.Element)
        base = next((c for c in unit.children if isinstance(c, kochu_base)), None)
        if base is None:
            return ""
        return f"arguments({self._base(base, self._versions(unit))})"

    # -- notes ------------------------------------------------------------------------------

    def visit_kochu_annotation(self, node: nodes.Element) -> None:
        self._entry(node, "")
        raise nodes.SkipNode

    visit_kochu_note = visit_kochu_annotation

    def _entry(self, node: nodes.Element, address: str) -> None:
        """Write a note: its head beside it, its prose, and the facts in small type."""
        parts = [c for c in node.children if isinstance(c, nodes.Element)]
        title = _pick(parts, "kochu-note-title")
        fields = _pick(parts, "kochu-fields")
        if title is None:
            self.emit(f"\n{self.anchors(node)}{self.capture(parts)}\n")
            return
        prose = [c for c in parts if c is not title and c is not fields]
        prose = [c for c in prose if "kochu-more" not in c.get("classes", ())]
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
            classes = child.get("classes", ()) if isinstance(child, nodes.Element) else ()
            name = next((c for c in classes if c in found), None)
            if name and isinstance(child, nodes.Element):
                found[name] += self.capture(child.children)
            else:
                words += self.capture([child])
        return ", ".join(f"[{part.strip()}]" for part in (found["kochu-label"], words, found["kochu-facts"]))

    def _facts(self, fields: nodes.Element | None, address: str) -> Iterable[str]:
        rows: list[str] = []
        for field in fields.children if fields else ():
            name, body = field.children
            if body.astext() == address:
                continue  # The note stands under the very sentence that it would name.
            text = self.inside(body)  # type: ignore[arg-type]
            if name.astext() == REMEDY:
                yield f"remedy: [{text}]"
            else:
                rows.append(f"([{self.capture(name.children)}], [{text}])")
        if rows:
            yield f"facts: {array(*rows)}"


def _pick(parts: Iterable[nodes.Element], name: str) -> nodes.Element | None:
    return next((p for p in parts if name in p.get("classes", ())), None)


def _is_version(node: nodes.Node) -> bool:
    return node.tagname == "kochu_version" if isinstance(node, nodes.Element) else False
