"""Compose a note: what stands above an annotation's prose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError
from docutils import nodes
from sphinx.util.nodes import make_refnode

from kochu.apparatus.model import Annotation, Wording
from kochu.apparatus.mqm import label as type_label
from kochu.apparatus.tables import Word
from kochu.sphinx.domain import KochuDomain, anchor_id
from kochu.sphinx.nodes import kochu_fields, kochu_title
from kochu.sphinx.phrase import with_apostrophes
from kochu.sphinx.texts import text_of
from kochu.text.dates import day_in_words

__all__ = ["NoteView", "joined", "language_name", "note_head", "quoted"]

_SHORT = 40
"""How long remedies may be to stand in the heading of a note."""

_BRACKETS = {"ja": ("「", "」"), "zh": ("「", "」")}


@dataclass(frozen=True)
class NoteView:
    """Where a note is drawn.

    :param domain: holds the apparatus.
    :param docname: the page it is drawn on.
    :param near: whether the other notes of the text stand on that page too, so that
        their labels are enough to find them.
    """

    domain: KochuDomain
    docname: str
    near: bool = False

    def link(self, docname: str, anchor: str, child: nodes.Node) -> nodes.Node:
        """Link to a place in any page."""
        builder = self.domain.env._app.builder
        return make_refnode(builder, self.docname, docname, anchor, child)

    def note_link(self, key: str) -> nodes.Node:
        """Link to an annotation in the page where it was written."""
        note = self.domain.find(key)
        if note is None:
            return nodes.inline(key, key)
        label = self.domain.resolved(note.text_id).labels[key]
        if self.near and note.anchors and note.about.referenced:
            return nodes.reference(label, label, refid=f"note-{key}", internal=True)
        text = f"{label} {self.domain.mention(note)}"
        return self.link(note.docname, anchor_id(note), nodes.inline(text, text))

    def sentence_link(self, note: Annotation, address: str) -> nodes.Node:
        """Link to a sentence on the reading page."""
        page = self.domain.reading_page(note.text_id)
        sentence = self.domain.resolved(note.text_id).base.sentence(address)
        child = nodes.inline(address, address)
        if page is None or sentence is None:
            return child
        return self.link(page, sentence.anchor, child)


def quoted(text: str, language: str) -> nodes.inline:
    """Words of the base text, marked as such and in its language's quotation marks."""
    opening, closing = _BRACKETS.get(language.split("-", maxsplit=1)[0], ("“", "”"))
    # Words that are in quotation marks already need no second pair.
    whole = text.startswith(opening) and text.find(closing) == len(text) - len(closing)
    shown = text if whole else f"{opening}{text}{closing}"
    return nodes.inline(shown, shown, classes=["kochu-quote", f"language-{language}"])


def note_head(view: NoteView, note: Annotation, language: str) -> list[nodes.Node]:
    """The heading and the facts of a note, in front of its prose."""
    label = view.domain.resolved(note.text_id).labels[note.key]
    title = kochu_title("", "", classes=["kochu-note-title"])
    title += nodes.strong(label, label, classes=["kochu-label"])
    title += nodes.Text(" ")
    own = view.domain.heading(note)
    quote = view.domain.quotable(note)
    if own != quote or not note.anchors or note.whole:
        text = own if own and not (note.whole and own == quote) else "Whole sentence"
        text = view.domain.curled(text)
        title += nodes.inline(text, text, classes=["kochu-note-name"])
    elif quote:
        title += quoted(_ends(quote) if view.near else quote, language)
    remedy = _better(view.domain, note, language)
    # Where notes are folded, the remedy is what a reader looks for first.
    if view.near and 0 < sum(len(part.astext()) for part in remedy) <= _SHORT:
        tag = nodes.inline("better ", "better ", classes=["kochu-tag"])
        title += [nodes.Text(" "), nodes.inline("", "", tag, *remedy, classes=["kochu-remedy"])]
        remedy = []
    title += _facts(note)
    fields = kochu_fields("", classes=["kochu-fields"])
    for name, body in _fields(view, note, language, own, remedy):
        fields += nodes.field(
            "", nodes.field_name(name, name), nodes.field_body("", nodes.paragraph("", "", *body))
        )
    return [title, fields] if fields.children else [title]


def _ends(quote: str) -> str:
    """Beside its sentence a long quotation needs only its ends, as in a printed apparatus."""
    return f"{quote[:14]}…{quote[-8:]}" if len(quote) > _SHORT else quote


def _facts(note: Annotation) -> list[nodes.Node]:
    """What kind of note this is, in a few words that need no colour."""
    options = note.options
    facts = [note.about.label]
    if note.type:
        name = type_label(note.type)
        # Of a good solution the type says which fault it kept clear of.
        facts.append(f"fault avoided: {name.rpartition(': ')[2]}" if note.kind == "good" else name)
    facts += [options[name] for name in ("severity", "verdict", "entity", "level") if name in options]
    if note.kind == "caveat" and options.get("confidence") != "high":
        facts.append(f"{options['confidence']} confidence")
    text = " · ".join(facts)
    return [nodes.Text(" "), nodes.inline(text, text, classes=["kochu-facts"])]


def _fields(
    view: NoteView, note: Annotation, language: str, own: str, remedy: Sequence[nodes.Node]
) -> list[tuple[str, Sequence[nodes.Node]]]:
    found: list[tuple[str, Sequence[nodes.Node]]] = []

    def add(name: str, text: str | None) -> None:
        if text:
            found.append((name, [nodes.Text(view.domain.curled(text))]))

    options = note.options
    places = joined([view.sentence_link(note, address) for address in note.addresses])
    if places:
        found.append(("In", places))
    quote = view.domain.quotable(note)
    if own != quote and quote and not note.whole and note.kind in ("context", "claim", "language"):
        found.append(("On", [quoted(quote, language)]))
    if remedy:
        found.append(("Better", remedy))
    for word in _not_to_imitate(view.domain, note):
        warning = nodes.Text(f" {word.warning}" if word.warning else "")
        found.append(("Do not imitate", [quoted(word.lemma, language), warning]))
    add("Why it matters", options.get("because"))
    if note.source:
        certainty = options["certainty"]
        words = _wordings(note.source)
        if certainty == "attested":
            found.append(("Source has", [*words, nodes.Text(" (read in the source)")]))
        else:
            tail = f" (a reconstruction, {certainty} certainty)"
            found.append(("Source probably had", [*words, nodes.Text(tail)]))
    add("How we know", options.get("basis"))
    add("Another view", options.get("rival"))
    add("Not in our post-edit", options.get("not-applied"))
    if options.get("now"):
        add(f"As of {day_in_words(options['as-of'])}", options["now"])
    add("Reading", options.get("reading"))
    if note.names:
        found.append(("Forms", _wordings(note.names)))
    add("Identifiers", options.get("ids"))
    if uses := _uses(view, note):
        found.append(("Used in", uses))
    if note.see:
        found.append(("See also", joined([view.note_link(key) for key in note.see])))
    return found


def _not_to_imitate(domain: KochuDomain, note: Annotation) -> list[Word]:
    """Find the machine's errors among the words by which a term or a name is printed.

    One of the two holds the other and is less than twice as long: an error somewhere in a
    long phrase is not one of the term's, nor is a term an error because a phrase round it is.
    """
    if note.kind not in ("term", "name"):
        return []
    return [
        word
        for word in text_of(domain.env, note.text_id).words
        if not word.imitate
        and any(
            outer.start <= inner.start
            and inner.end <= outer.end
            and outer.end - outer.start < 2 * (inner.end - inner.start)
            for span in word.spans
            for anchor in note.anchors
            for outer, inner in ((span, anchor), (anchor, span))
        )
    ]


def _uses(view: NoteView, note: Annotation) -> list[nodes.Node]:
    """Links back to the notes and pages that link to a term."""
    if note.kind != "term":
        return []
    found: list[nodes.Node] = []
    for docname, key in view.domain.uses(note):
        used = view.domain.find(key)
        if used:
            found.append(view.note_link(key))
        elif title := view.domain.env.titles.get(docname):
            found.append(view.link(docname, "", nodes.inline("", title.astext())))
    return joined(found, "; ")


def _better(domain: KochuDomain, note: Annotation, language: str) -> list[nodes.Node]:
    shown: dict[str, nodes.Node] = {}
    for anchor in note.anchors:
        if anchor.better is None:
            continue
        # An excerpt must not print a whole sentence by way of its remedy.
        if not domain.published(note.text_id, anchor.address) and len(anchor.better) > 40:
            continue
        text = anchor.better or "(delete)"
        shown[text] = quoted(text, language) if anchor.better else nodes.Text(text)
    return joined(list(shown.values()))


def _wordings(wordings: Sequence[Wording]) -> list[nodes.Node]:
    parts: list[nodes.Element] = []
    for wording in wordings:
        if parts and wording.language.endswith("-Hira"):
            # A reading stands behind what it is the reading of.
            reading = f"（{wording.text}）"
            parts[-1] += nodes.inline("", reading, classes=["kochu-tag", f"language-{wording.language}"])
            continue
        words = with_apostrophes(wording.text)
        text = nodes.inline(words, words, classes=["kochu-wording", f"language-{wording.language}"])
        name = f"{language_name(wording.language)} "
        parts.append(nodes.inline("", "", nodes.inline(name, name, classes=["kochu-tag"]), text))
    return joined(parts, "; ")


@cache
def language_name(tag: str) -> str:
    """Name a language in English: ``ja-Hira`` as Japanese (Hiragana)."""
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (ValueError, UnknownLocaleError):
        return tag


def joined(parts: Sequence[nodes.Node], between: str = ", ") -> list[nodes.Node]:
    """Set parts side by side."""
    found: list[nodes.Node] = []
    for part in parts:
        if found:
            found.append(nodes.Text(between))
        found.append(part)
    return found
