"""The edition's own nodes: sentences, readings, versions, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
import re

from docutils import nodes

from kochu.sphinx.nodes import kochu_base, kochu_note, kochu_rt, kochu_version, kochu_versions
from kochu.typst.base import Writer, classes, elements, language
from kochu.typst.heights import REMEDY, Fact, first_lines, head_parts, heights
from kochu.typst.japanese import Setting, base_text
from kochu.typst.markup import array, label, string

__all__ = ["Apparatus"]

_CLOSED = frozenset({"ja", "zh", "th", "lo", "km", "my"})
"""Languages that put no space between sentences."""

_EVEN = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff]+")
"""Words all of whose signs are as wide as high: their number is their width."""

_COUNTED = re.compile(r"(\d+)([\u3005\u3040-\u30ff\u3400-\u9fff]+)")
"""A number and what it counts."""

_NAMED = re.compile(r"\A([^\[\]#]+:) ")
"""What a line of references begins with: it stays with the first of them."""


class Apparatus(Writer):
    """Visitors of the nodes of :mod:`kochu.sphinx.nodes`."""

    # -- the words of the text ------------------------------------------------------------

    def visit_kochu_ruby(self, node: nodes.Element) -> None:
        reading = "".join(rt.astext() for rt in node.findall(kochu_rt))
        base = self.capture(c for c in node.children if not isinstance(c, kochu_rt))
        setting = self.plan.settings.get(id(node), Setting())
        lengths = [name for name in ("before", "after", "gap", "lead", "tail") if getattr(setting, name)]
        options = "".join(f", {name}: {getattr(setting, name)}" for name in lengths)
        flags = [name for name in ("opens", "stop", "cling") if getattr(setting, name)]
        options += "".join(f", {name}: true" for name in flags)
        if _EVEN.fullmatch(words := base_text(node)) and _EVEN.fullmatch(reading):
            options += f", signs: {len(words)}"
        elif counted := _COUNTED.fullmatch(base):
            options += f", digits: [{counted[1]}]"
            base = counted[2]
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

    def headline(self, node: nodes.Element) -> None:
        """Write a sentence that is a heading, but opens no section: the writer knows its level."""
        raise NotImplementedError

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
        for child in node.children:
            if isinstance(child, kochu_base) and headline:
                self.headline(child)
            elif isinstance(child, kochu_base):
                self.emit(f"\n#sentence({self._base(child, versions)})\n")
            elif isinstance(child, kochu_versions) and (headline or node.get("titled")):
                # The words themselves stand in the heading above.
                self.emit(f"\n#translated({versions}, sticky: true)\n")
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
        text = _NAMED.sub(r"\1~", self.capture(node.children))
        self.pages = True
        return self.anchors(node) + text

    def _asides(self, asides: list[str]) -> None:
        if asides:
            address = f"address: {string(self.address)}, " if self.address else ""
            self.emit(f"\n#aside({address}{', '.join(f'[{text}]' for text in asides)})\n")
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
        facts = [] if fields is None else self._facts(fields, address)
        written = list(self._written_facts(facts))
        below = first_lines(facts, sum(row.count("#to-page(") for row in written))
        high, hangs = heights(title, prose, facts, below)
        last = prose.pop() if below and home is None and prose and _is_plain(prose[-1]) else None
        options = [
            f"address: {string(address)}" if address else "",
            f"home: {label(home)}" if home else "",
            f"high: {high:.3g}",
            "hangs: true" if hangs else "",
            *written,
        ]
        head, anchors, body = self._head(title), self.anchors(node), self.capture(prose)
        if last is not None:
            options.append(f"last: [{self.inside(last)}], below: {below}")
        self.emit(f"\n#entry({head}, {', '.join(filter(None, options))})[{anchors}{body}]\n")

    def _head(self, title: nodes.Element) -> str:
        """The head of a note: label, words, and what kind of note it is."""
        label, words, kind = map(self.capture, head_parts(title))
        # A line may end with a dot between two facts, but not begin with one.
        parts = (label, words, kind.replace(" · ", "\u00a0· "))
        return ", ".join(f"[{part.strip()}]" for part in parts)

    def _facts(self, fields: nodes.Element, address: str) -> list[Fact]:
        """Name and body of every field, but for what the note's place says already."""
        pairs = map(elements, elements(fields))
        return [Fact(name, body) for name, body in pairs if body.astext() != address]

    def _written_facts(self, facts: Iterable[Fact]) -> Iterator[str]:
        rows: list[str] = []
        for name, body in facts:
            text = self.inside(body)
            if name.astext() == REMEDY:
                yield f"remedy: [{text}]"
            else:
                rows.append(f"([{self.capture(name.children)}], [{text}])")
        if rows:
            yield f"facts: {array(*rows)}"


def _is_plain(node: nodes.Node) -> bool:
    return type(node) is nodes.paragraph and not classes(node)


def _pick(parts: Iterable[nodes.Element], name: str) -> nodes.Element | None:
    return next((p for p in parts if name in classes(p)), None)
