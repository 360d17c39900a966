"""Make Matplotlib's SVG fit for readers: a name, a description, and no stray ids.

A drawing that is set into a page takes the page's colours: text and lines become
``currentColor``, so that they turn light where the page is dark.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from kochu.figures.style import BOX, GRID, GROUND, INK, LAND, LINE, QUIET

__all__ = ["accessible"]

_SVG = "http://www.w3.org/2000/svg"
_HREF = "{http://www.w3.org/1999/xlink}href"
_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")
_FAMILY = re.compile(r"font-family: [^;]*;? ?")
_FONT = re.compile(r"font: (?:\w+ )*?([\d.]+)px [^;]*")
_DECIMALS = re.compile(r"(\.\d)\d+")
"""A tenth of a point is finer than any screen or printer."""
_ADAPTED = {
    INK: ("currentColor", ""),
    QUIET: ("currentColor", "0.75"),
    GRID: ("currentColor", "0.2"),
    LAND: ("currentColor", "0.1"),
    LINE: ("currentColor", "0.4"),
    BOX: ("currentColor", "0.06"),
    GROUND: ("var(--kochu-chart-ground, #fff)", ""),
}
"""What a page puts in the place of our inks, with its opacity."""
_PAINT = re.compile(r"\b(fill|stroke): (#[0-9a-f]{6})")


def accessible(source: str, title: str, description: str, name: str, *, language: str, inline: bool) -> str:
    """Finish a drawing.

    :param name: unique in the page; prefixes the ids that are needed.
    :param language: of the signs that are not Latin.
    :param inline: whether it is set into a page, or is a file of its own.
    """
    ET.register_namespace("", _SVG)
    root = ET.fromstring(source)  # noqa: S314 - Matplotlib wrote it a moment ago
    for parent in root.iter():
        for child in list(parent):
            # A style sheet in a page's drawing would style the page.
            if child.tag in (f"{{{_SVG}}}metadata", f"{{{_SVG}}}style"):
                parent.remove(child)
    _rename(root, name)
    for node in root.iter():
        if d := node.get("d"):
            node.set("d", _DECIMALS.sub(r"\1", " ".join(d.split())))
        if style := node.get("style"):
            node.set("style", _adapt(style) if inline else style)
        if node.tag == f"{{{_SVG}}}text" and _ASIAN.search(node.text or ""):
            node.set("lang", language)
    root.set("style", "stroke-linejoin: round; stroke-linecap: butt")
    root.set("role", "img")
    root.set("lang", "en")
    root.set("aria-labelledby", f"{name}-title {name}-desc")
    if inline:
        root.set("class", "kochu-chart-drawing")
        # A drawing in a page grows and shrinks with it.
        root.attrib.pop("width", None)
        root.attrib.pop("height", None)
        root.attrib.pop("version", None)
    for tag, text in (("desc", description), ("title", title)):
        node = ET.Element(f"{{{_SVG}}}{tag}", {"id": f"{name}-{tag}"})
        node.text = text
        root.insert(0, node)
    return ET.tostring(root, encoding="unicode") + "\n"


def _rename(root: ET.Element, name: str) -> None:
    """Keep only the ids that something refers to, and make those the figure's own."""
    used: dict[str, str] = {}

    def own(match: re.Match[str]) -> str:
        return f"url(#{used.setdefault(match[1], f'{name}-{len(used)}')})"

    for node in root.iter():
        if target := node.attrib.pop(_HREF, None):
            old = target.removeprefix("#")
            node.set("href", f"#{used.setdefault(old, f'{name}-{len(used)}')}")
        for key, value in node.attrib.items():
            if "url(#" in value:
                node.set(key, re.sub(r"url\(#([^)]+)\)", own, value))
    for node in root.iter():
        if (old := node.attrib.pop("id", "")) and old in used:
            node.set("id", used[old])


def _adapt(style: str) -> str:
    """Let letters take the page's font, and lines its colours."""
    style = _FAMILY.sub("", _FONT.sub(r"font-size: \1px", style))
    return _PAINT.sub(_paint, style)


def _paint(match: re.Match[str]) -> str:
    paint, opacity = _ADAPTED.get(match[2], (match[2], ""))
    return f"{match[1]}: {paint}" + (f"; {match[1]}-opacity: {opacity}" if opacity else "")
