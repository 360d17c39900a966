"""The prose of annotations as plain text, for exports that hold no markup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes

from kochu.sphinx.bodies import collect

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from kochu.sphinx.domain import KochuDomain

__all__ = ["plain", "prose"]

_SILENT = (nodes.comment, nodes.raw, nodes.target, nodes.substitution_definition, addnodes.index)
_BLOCKS = (nodes.paragraph, nodes.literal_block, nodes.term, nodes.title, nodes.row, nodes.attribution)


def prose(env: BuildEnvironment, domain: KochuDomain) -> dict[str, str]:
    """Give the text of each annotation's body, by key.

    Taken from the pages as they were read: citations appear as the keys of the
    bibliography, ``[key]``, which mean something outside this site, too.
    """
    found: dict[str, str] = {}
    for docname, notes in sorted(domain.data["annotations"].items()):
        if not notes:
            continue
        written = collect(env.get_doctree(docname))
        for note in notes:
            if note.key in written:
                blocks = (block for child in written[note.key].children for block in _blocks(child, domain))
                found.setdefault(note.key, "\n\n".join(blocks))
    return found


def _blocks(node: nodes.Node, domain: KochuDomain) -> Iterator[str]:
    """Yield the paragraphs below a node; a table yields a line a row."""
    if isinstance(node, _SILENT):
        return
    if isinstance(node, nodes.row):
        yield " | ".join(plain(cell, domain).strip() for cell in node.children)
    elif isinstance(node, _BLOCKS):
        yield plain(node, domain).strip()
    elif isinstance(node, nodes.Element):
        for child in node.children:
            yield from _blocks(child, domain)


def plain(node: nodes.Node, domain: KochuDomain) -> str:
    """Give the text of a node, with its references named."""
    if isinstance(node, nodes.Text):
        return " ".join(node.split("\n"))
    if isinstance(node, _SILENT):
        return ""
    if isinstance(node, addnodes.pending_xref):
        return _reference(node, domain)
    if isinstance(node, nodes.image):
        return str(node.get("alt", ""))
    between = " " if isinstance(node, nodes.entry) else ""
    return between.join(plain(child, domain) for child in node.children)


def _reference(node: addnodes.pending_xref, domain: KochuDomain) -> str:
    target = str(node["reftarget"])
    if node.get("refdomain") == "cite":
        return f"[{target.replace(',', ', ')}]"
    own = node.get("refdomain") == "kochu" and not node.get("refexplicit")
    note = domain.find(target) if own else None
    return domain.mention(note) if note else node.astext()
