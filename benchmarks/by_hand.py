"""Write a built reading page out by hand: the same words, runs, ruby and notes in plain MyST.

Taken from the page itself, so that both show the same; what only our page has beyond
its words (controls, languages, levels, labels for screen readers) is left out, which is
to the advantage of the page by hand. A test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator
import re

from bs4 import BeautifulSoup, NavigableString, Tag

__all__ = ["EXTENSIONS", "transcribe", "words"]

EXTENSIONS = ("attrs_block", "attrs_inline", "colon_fence", "fieldlist")
"""What of MyST the pages by hand need."""

_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#~$^])")


def transcribe(html: str) -> str:
    """Turn the text of a built page into MyST."""
    page = BeautifulSoup(html, "html.parser")
    title = page.find("h1")
    assert isinstance(title, Tag)
    out = [f"# {_inline(title)}", ""]
    for child in page.select_one(".kochu-text").children:
        out += _block(child)
    return "\n".join(out)


def words(html: str) -> str:
    """Give the words that a page shows, with its runs and its ruby marked."""
    page = BeautifulSoup(html, "html.parser")
    text = page.select_one(".kochu-text")
    if text is None:
        text = page.select_one("article > section")
        text.find("h1").extract()
    for extra in text.select(".headerlink, .kochu-notes > summary"):
        extra.extract()
    for run in text.select(".kochu-run"):
        run.insert(0, f"⟦{' '.join(run['class'])}:")
        run.append("⟧")
    for ruby in text.find_all("ruby"):
        ruby.insert(0, "⟨")
        ruby.append("⟩")
    # A theme may set a colon behind the name of a field.
    for name in text.find_all("dt"):
        name.string = name.get_text().removesuffix(":")
    # Where an author's sign stands in an option, MyST curls it and we do not.
    return "".join(text.get_text().replace("’", "'").split())


def _block(node: object) -> Iterator[str]:
    if not isinstance(node, Tag):
        return
    classes = node.get("class", [])
    if node.name in ("h2", "h3"):
        yield from (f"{'#' * int(node.name[1])} {_inline(node)}", "")
    elif node.name == "p":
        yield from (_inline(node), "")
    elif node.name == "details" and "kochu-version" in classes:
        yield f"<details><summary>{_inline(node.summary)}</summary>"
        yield ""
        for child in node.find_all("p", recursive=False):
            yield from (_inline(child), "")
        yield from ("</details>", "")
    elif node.get("id") and ("kochu-note" in classes or "kochu-annotation" in classes):
        yield from (f":::{{container}} {' '.join(classes[:2])}", f":name: {node['id']}", "")
        for child in node.children:
            yield from (_inline(child), "") if getattr(child, "name", "") == "summary" else _block(child)
        yield from (":::", "")
    elif node.name == "dl":
        names, values = node.find_all("dt"), node.find_all("dd")
        yield from (f":{_inline(n)}: {_inline(v)}" for n, v in zip(names, values, strict=True))
        yield ""
    elif node.name != "summary":
        for child in node.children:
            yield from _block(child)


def _inline(node: Tag | NavigableString) -> str:
    if isinstance(node, NavigableString):
        return _MARKUP.sub(r"\\\1", " ".join(str(node).split(" ")))
    inside = "".join(_inline(child) for child in node.children)
    classes = node.get("class", [])
    match node.name:
        case "a" if "headerlink" in classes:
            return ""
        case "a":
            return f"[{inside}]({node['href']})"
        case "em":
            return f"*{inside}*"
        case "strong":
            return f"**{inside}**"
        case "ruby" | "rp" | "rt" | "del" | "ins":
            return f"<{node.name}>{inside}</{node.name}>"
        case "span" if "kochu-run" in classes:
            # MyST passes classes on, but no data: which notes a run belongs to, it cannot say.
            return f"[{inside}]{{{' '.join(f'.{name}' for name in classes)}}}"
        case "span" if "data-sentence" in node.attrs:
            return f"[{inside}]{{#{node['id']} .sentence}}"
        case _:
            return inside
