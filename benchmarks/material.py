"""Write the projects that the benchmark builds: our edition, and the same pages by hand."""

from __future__ import annotations

from dataclasses import dataclass
import hashlib
from pathlib import Path
import re
import shutil

from by_hand import EXTENSIONS, transcribe

ROOT = Path(__file__).parent.parent
CONF = """
project = "bench"
extensions = [{extensions}]
myst_enable_extensions = {syntax}
html_theme = "{theme}"
html_copy_source = False
html_show_sourcelink = False
"""
NOTES = 40
"""Annotations a copy: about the density of the real text's first six lines."""

_DIRECTIVE = re.compile(
    r"^:::\{(caveat|good|language)\} ?(.*?)\n(.*?)\n\n(.*?)^:::$", re.MULTILINE | re.DOTALL
)
_ROLE = re.compile(r" ?\(?\{[\w:]+\}`[^`]*`\)?")


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
            for name in ("see", "not-applied"):
                given.pop(name, None)
            if argument and "at" in given:
                found.append(Note(kind, argument, given, _ROLE.sub("", body).strip()))
    found = found[:NOTES]
    kept = {note.options["key"] for note in found}
    for note in found:
        crossed = [key for key in note.options.pop("crosses", "").split() if key in kept]
        if crossed:
            note.options["crosses"] = " ".join(crossed)
    return found


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
            own = {
                o: " ".join(f"{name}-{key}" for key in note.options[o].split())
                for o in ("key", "crosses")
                if o in note.options
            }
            options = {**note.options, **own}
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


def plain(target: Path, copies: int, page: str, theme: str = "furo") -> None:
    """Write the same pages by hand.

    :param page: a built page of ours to write out, or nothing for the bare prose.
    """
    shutil.rmtree(target, ignore_errors=True)
    docs = target / "docs"
    docs.mkdir(parents=True)
    text = transcribe(page) if page else _bare_page()
    for number in range(copies):
        (docs / f"t{number:04}.md").write_text(text.replace("t0000", f"t{number:04}"), "utf-8")
    _finish(target, docs, copies, '"myst_parser"', theme)


def _finish(target: Path, docs: Path, copies: int, extensions: str, theme: str) -> None:
    names = "\n".join(f"t{number:04}" for number in range(copies))
    (docs / "index.md").write_text(f"# Bench\n\n```{{toctree}}\n:hidden:\n\n{names}\n```\n", "utf-8")
    (target / "conf").mkdir()
    conf = CONF.format(extensions=extensions, theme=theme, syntax=list(EXTENSIONS))
    (target / "conf/conf.py").write_text(conf, "utf-8")


def _bare_page() -> str:
    """The seed and the prose of the notes, and nothing else."""
    lines = [line for line in seed_of().decode().splitlines() if line]
    return "\n\n".join(["# Text", *lines, *(note.body for note in notes())]) + "\n"
