"""The bar over a text: what a reader may show, hide and keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from kochu.apparatus.coverage import POSTEDITS
from kochu.apparatus.edition import LayerSpec
from kochu.apparatus.kinds import KINDS
from kochu.sphinx.words import LEVELS

__all__ = ["PRESETS", "bar", "help_dialog", "words_dialog"]

PRESETS: Mapping[str, str] = {
    "reader": "Reader",
    "learner": "Learner",
    "ir": "IR student",
    "mt": "MT class",
    "teacher": "Teacher",
    "plain": "Text alone",
}
"""Views for the people who read editions; what each shows is said in ``kochu-early.js``."""

_KEYS = (
    ("j k", "next, previous sentence"),
    ("n p", "next, previous note"),
    ("[ ]", "previous, next note on the same words"),
    ("← →", "walk the words of the sentence"),
    ("Enter", "open the word, or the notes of the sentence"),
    ("Esc", "close, and back to the sentence"),
    ("t", "translation of this sentence"),
    ("f", "furigana: next setting"),
    ("d", "density: next setting"),
    ("1 to 7", "show or hide a kind of note"),
    ("c", "copy the sentence with its citation"),
    ("Shift c", "the same with readings"),
    ("g 13 Enter", "go to line 13"),
    ("/", "search"),
    ("?", "this list"),
)


def bar(text_id: str, layers: Sequence[LayerSpec], counts: Mapping[str, int], furigana: bool) -> str:
    """Write the bar; it stays hidden until a script can serve it.

    :param layers: the other versions of the text.
    :param counts: how many annotations of each kind there are.
    :param furigana: whether the text has readings.
    """
    parts = [f'<div class="kochu-bar" role="region" aria-label="Reading controls" data-text="{text_id}">']
    if furigana:
        parts.append(_furigana())
    if layers:
        parts.append(_menu("versions", "Versions", _versions(layers)))
    parts.append(_menu("notes", "Notes", _notes(counts)))
    parts.append(_menu("view", "View", _view()))
    parts.append('<span class="kochu-gap"></span>')
    parts.append(
        '<button type="button" class="kochu-button" data-do="mine">'
        '<span class="kochu-long">My words</span> ☆ <b class="kochu-count">0</b></button>'
        '<button type="button" class="kochu-button" data-do="cite">'
        '<span class="kochu-long">Cite</span> ❞</button>'
        '<button type="button" class="kochu-button kochu-wide" data-do="help" aria-label="Keys">?</button>'
        '<span class="kochu-said" role="status"></span></div>'
    )
    return "".join(parts)


def help_dialog() -> str:
    """Write the list of keys."""
    rows = "".join(
        f"<dt>{' '.join(f'<kbd>{escape(k)}</kbd>' for k in keys.split())}</dt><dd>{escape(does)}</dd>"
        for keys, does in _KEYS
    )
    return (
        '<dialog class="kochu-dialog" id="kochu-help" aria-labelledby="kochu-help-title">'
        '<p class="kochu-dialog-title" id="kochu-help-title">Keys</p>'
        f'<dl class="kochu-keys simple">{rows}</dl>'
        f"{_check('keys', 'on', 'Single-letter keys are on', checked=True)}"
        '<form method="dialog"><button class="kochu-button">Close</button></form></dialog>'
    )


def words_dialog() -> str:
    """Write the list of the words that a reader kept."""
    head = "".join(f"<th>{name}</th>" for name in ("Word", "Reading", "Meaning here", "In", ""))
    return (
        '<dialog class="kochu-dialog" id="kochu-mine" aria-labelledby="kochu-mine-title">'
        '<p class="kochu-dialog-title" id="kochu-mine-title">My words</p>'
        '<p class="kochu-none">None yet. Choose a word in the text, then ☆ keep. '
        "The list stays in this browser and is sent nowhere.</p>"
        f'<table class="kochu-mine"><thead><tr>{head}</tr></thead><tbody></tbody></table>'
        '<p class="kochu-row">'
        '<button type="button" class="kochu-button" data-do="tsv">Download as table (TSV)</button>'
        '<button type="button" class="kochu-button" data-do="anki">Download for Anki</button>'
        '<button type="button" class="kochu-button" data-do="forget">Remove all</button></p>'
        '<form method="dialog"><button class="kochu-button">Close</button></form></dialog>'
    )


def _furigana() -> str:
    options = [("all", "all words")]
    options += [(level.lower(), f"above {level}") for level in LEVELS[:-1]]
    options += [("tap", "on hover or tap"), ("none", "none")]
    items = "".join(f'<option value="{value}">{text}</option>' for value, text in options)
    return (
        '<label class="kochu-field"><span class="kochu-label-text">Furigana</span> '
        f'<select name="furigana">{items}</select></label>'
    )


def _versions(layers: Iterable[LayerSpec]) -> str:
    layers = list(layers)
    items = "".join(_check("versions", f"{n}:{s.name}", s.label) for n, s in enumerate(layers, 1))
    parts = [_group("Show under each sentence", items)]
    if any(spec.kind in POSTEDITS for spec in layers):
        parts.append(_check("changes", "on", "Mark what the post-edit changed", checked=True))
    parts.append(_check("beside", "on", "Side by side on wide screens", checked=True))
    return "".join(parts)


def _notes(counts: Mapping[str, int]) -> str:
    items = "".join(
        _check("kinds", name, f"{kind.plural}", kind=name, count=counts[name], letter=kind.letter)
        for name, kind in KINDS.items()
        if counts.get(name)
    )
    sure = _choice("confidence", (("all", "all"), ("medium", "medium or high"), ("high", "high only")))
    grave = _choice("severity", (("all", "all"), ("major", "major and critical")))
    return (
        _group("Kinds", items)
        + _group("Caveats by severity", grave)
        + _group("Editors' confidence in a caveat", sure)
    )


def _view() -> str:
    presets = "".join(
        f'<button type="button" class="kochu-button" data-preset="{name}">{label}</button>'
        for name, label in PRESETS.items()
    )
    density = _choice(
        "density", (("calm", "calm: text only"), ("marked", "marked"), ("full", "full: all notes open"))
    )
    writing = _choice("writing", (("horizontal", "horizontal"), ("vertical", "vertical 縦書き")))
    face = _choice("face", (("serif", "mincho 明朝"), ("sans", "gothic ゴシック")))
    return (
        _group("Ready-made views", f'<div class="kochu-row">{presets}</div>')
        + _group("Density", density)
        + _group("Writing", writing)
        + _group("Typeface of the text", face)
        + '<p class="kochu-row"><button type="button" class="kochu-button" data-do="link">'
        "Copy a link to this view</button>"
        '<button type="button" class="kochu-button" data-do="help">List of keys</button></p>'
        + _check("remember", "on", "Remember on this device")
    )


def _menu(name: str, label: str, body: str) -> str:
    menu = f"kochu-menu-{name}"
    return (
        f'<button type="button" class="kochu-button" popovertarget="{menu}">{label}</button>'
        f'<div class="kochu-menu" id="{menu}" popover role="group" aria-label="{label}">{body}</div>'
    )


def _group(legend: str, body: str) -> str:
    return f"<fieldset><legend>{escape(legend)}</legend>{body}</fieldset>"


def _check(
    name: str,
    value: str,
    label: str,
    *,
    checked: bool = False,
    kind: str = "",
    count: int = 0,
    letter: str = "",
) -> str:
    mark = f' class="k-{kind}"' if kind else ""
    text = escape(label)
    if letter:
        text = f'<span class="kochu-sample">{letter}</span> {text} <small>{count}</small>'
    state = " checked" if checked else ""
    return f'<label{mark}><input type="checkbox" name="{name}" value="{value}"{state}> {text}</label>'


def _choice(name: str, options: Iterable[tuple[str, str]]) -> str:
    return "".join(
        f'<label><input type="radio" name="{name}" value="{value}"> {escape(text)}</label>'
        for value, text in options
    )
