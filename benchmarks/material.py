"""Write the projects that the benchmark builds: our edition, and the same pages by hand."""

from __future__ import annotations

from dataclasses import dataclass
import hashlib
from pathlib import Path
import re
import shutil

from kochu.apparatus.edition import load_edition, load_text
from kochu.apparatus.parse import Draft, parse_annotation
from kochu.apparatus.resolved import Resolved

ROOT = Path(__file__).parent.parent
CONF = """
project = "bench"
extensions = [{extensions}]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence"]
html_theme = "{theme}"
html_copy_source = False
html_show_sourcelink = False
suppress_warnings = ["toc.not_included"]
"""
NOTES = 40
"""Annotations a copy: about the density of the real text's first six lines."""

_DIRECTIVE = re.compile(
    r"^:::\{(caveat|good|language)\} ?(.*?)\n(.*?)\n\n(.*?)^:::$", re.MULTILINE | re.DOTALL
)
_ROLE = re.compile(r" ?\{[\w:]+\}`[^`]*`")


@dataclass(frozen=True)
class Note:
    kind: str
    argument: str
    options: dict[str, str]
    body: str


def notes() -> list[Note]:
    """Take annotations of the real edition, without links that lead elsewhere."""
    found = []
    for path in sorted((ROOT / "docs/commentary").glob("0*.md")):
        for kind, argument, options, body in _DIRECTIVE.findall(path.read_text("utf-8")):
            given = dict(re.findall(r"^:([\w-]+): (.*)$", options, re.MULTILINE))
            for name in ("see", "crosses", "not-applied"):
                given.pop(name, None)
            if argument and "at" in given:
                found.append(Note(kind, argument, given, _ROLE.sub("", body).strip()))
    return found[:NOTES]


def seed_of() -> bytes:
    return next((ROOT / "seeds").glob("*.txt")).read_bytes()


def ours(target: Path, copies: int, theme: str = "furo") -> None:
    """Write an edition with ``copies`` texts, each read on a page of its own."""
    shutil.rmtree(target, ignore_errors=True)
    docs, seeds = target / "docs", target / "seeds"
    (docs / "layers").mkdir(parents=True)
    seeds.mkdir()
    material = notes()
    data = seed_of()
    digest = hashlib.sha256(data).hexdigest()
    sums, texts = [], []
    layers = ("readings", "translation.close", "postedit.light")
    for number in range(copies):
        name = f"t{number:04}"
        (seeds / f"{name}.txt").write_bytes(data)
        sums.append(f"{digest}  {name}.txt")
        for layer in layers:
            shutil.copy(ROOT / f"docs/layers/{layer}.txt", docs / f"layers/{name}.{layer}.txt")
        texts.append(
            f'[[text]]\nid = "{name}"\ntitle = "{name}"\nseed = "../seeds/{name}.txt"\n'
            f'language = "ja"\nreadings = "layers/{name}.readings.txt"\n'
            + "".join(
                f'[[text.layer]]\nname = "{layer}"\nlabel = "{layer}"\nlanguage = "en"\n'
                f'file = "layers/{name}.{layer}.txt"\n'
                for layer in layers[1:]
            )
        )
        page = [f"# Text {number}\n", f":::{{reading}} {name}\n:::\n", "## Notes\n"]
        for note in material:
            options = {**note.options, "key": f"{name}-{note.options['key']}"}
            lines = "\n".join(f":{k}: {v}" for k, v in options.items())
            page.append(f":::{{{note.kind}}} {note.argument}\n{lines}\n\n{note.body}\n:::\n")
        (docs / f"{name}.md").write_text("\n".join(page), "utf-8")
    (seeds / "SHA256SUMS").write_text("\n".join(sums) + "\n")
    head = '[edition]\ntitle = "bench"\nversion = "1"\ndate = "2026-01-01"\n'
    groups = "".join(
        f'[[group]]\nname = "{g}"\nlabel = "{g}"\n'
        for g in sorted({n.options["group"] for n in material if "group" in n.options})
    )
    (docs / "edition.toml").write_text(head + "\n".join(texts) + groups, "utf-8")
    _finish(target, docs, copies, '"myst_parser", "kochu"', theme)


def plain(target: Path, copies: int, theme: str = "furo", *, bare: bool = False) -> None:
    """Write the same pages by hand: runs as spans, ruby as HTML, notes as blocks.

    :param bare: nothing but the prose, as a floor to compare with.
    """
    shutil.rmtree(target, ignore_errors=True)
    docs = target / "docs"
    docs.mkdir(parents=True)
    page = _bare_page() if bare else _plain_page()
    for number in range(copies):
        (docs / f"t{number:04}.md").write_text(f"# Text {number}\n\n{page}", "utf-8")
    _finish(target, docs, copies, '"myst_parser"', theme)


def _finish(target: Path, docs: Path, copies: int, extensions: str, theme: str) -> None:
    names = "\n".join(f"t{number:04}" for number in range(copies))
    (docs / "index.md").write_text(f"# Bench\n\n```{{toctree}}\n:hidden:\n\n{names}\n```\n", "utf-8")
    (target / "conf").mkdir()
    conf = CONF.format(extensions=extensions, theme=theme)
    (target / "conf/conf.py").write_text(conf, "utf-8")


def _model():
    edition = load_edition(ROOT / "docs")
    loaded = load_text(edition, next(iter(edition.texts)))
    material = notes()
    found = []
    for note in material:
        draft = Draft(note.kind, note.argument, note.options, "d", "d.md", 1, (), ())
        annotation, problems = parse_annotation(draft, loaded.base, loaded.spec.id)
        assert annotation, problems
        found.append(annotation)
    return loaded, Resolved(loaded.base, tuple(found)), material


def _bare_page() -> str:
    loaded, _, material = _model()
    text = "\n\n".join(line.text for line in loaded.base.lines)
    return text + "\n\n" + "\n\n".join(note.body for note in material) + "\n"


def _plain_page() -> str:
    loaded, resolved, material = _model()
    bodies = {note.options["key"]: note for note in material}
    out: list[str] = []
    for line in loaded.base.lines:
        heads = line.heading and line.number != 1
        for sentence in line.sentences:
            words = _words(loaded, resolved, sentence)
            if heads:
                out.append(f"## {words}\n")
            else:
                out.append(f"[{sentence.address}](#s{sentence.anchor}) {words}\n")
            for spec, text in loaded.versions[sentence.address]:
                if spec.name in ("close", "light"):
                    out.append(f"<details><summary>{spec.label}</summary>\n\n{text}\n\n</details>\n")
            here = [note for note in resolved.at(sentence.address) if note.addresses[0] == sentence.address]
            out += [_note(note, resolved, bodies[note.key].body) for note in here]
    out.append("## Notes\n")
    out += [_note(note, resolved, bodies[note.key].body) for note in resolved.ordered]
    return "\n".join(out)


def _words(loaded, resolved, sentence) -> str:
    groups = {g.start + sentence.start: g for g in loaded.readings[sentence.address]}
    ends: dict[int, list[str]] = {}
    for note in resolved.at(sentence.address):
        for anchor in note.anchors:
            if anchor.address == sentence.address:
                label = resolved.labels[note.key]
                ends.setdefault(anchor.end, []).append(f"[{label}](#note-{note.key})")
    found = ""
    for segment in resolved.segments(sentence):
        inside, at = "", segment.start
        while at < segment.end:
            group = groups.get(at)
            if group and at + group.end - group.start <= segment.end:
                end = at + group.end - group.start
                reading = f"<rp>(</rp><rt>{group.reading}</rt><rp>)</rp>"
                inside += f"<ruby>{loaded.base.text[at:end]}{reading}</ruby>"
                at = end
            else:
                inside += loaded.base.text[at]
                at += 1
        kinds = " ".join(f".k-{resolved.by_key[k].kind}" for k in segment.keys)
        keys = " ".join(segment.keys)
        found += f'[{inside}]{{{kinds} data-annotations="{keys}"}}' if segment.keys else inside
        found += "".join(ends.get(segment.end, ()))
    return found


def _note(note, resolved, body: str) -> str:
    """A note as an author would lay it out by hand: heading, facts, prose."""
    facts = [f"[{a}](#s{a.replace('.', '-')})" for a in note.addresses]
    lines = [
        f":::{{container}} note {note.kind}",
        f"**{resolved.labels[note.key]}** {note.title} {note.options.get('type', '')}",
        "",
        f":In: {', '.join(facts)}",
    ]
    better = {a.better for a in note.anchors if a.better}
    lines += [f":Better: {' / '.join(sorted(better))}"] if better else []
    lines += [f":Why it matters: {note.options['because']}"] if "because" in note.options else []
    lines += [f":Source: {'; '.join(w.text for w in note.source)}"] if note.source else []
    lines += [f":How we know: {note.options['basis']}"] if "basis" in note.options else []
    return "\n".join([*lines, "", body, ":::", ""])
