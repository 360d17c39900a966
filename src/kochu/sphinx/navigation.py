"""Keep navigation linear: a bounded tree instead of every page on every page.

Themes such as Furo put the whole table of contents into each page, so a project of n
pages writes n² links and spends most of its time on them. A reader needs the way up,
the neighbours and the way down.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["bound_navigation", "window"]


def window(items: Sequence[str], current: str | None, limit: int) -> tuple[str, ...]:
    """Choose at most ``limit`` neighbours of ``current`` out of ``items``, in order."""
    if len(items) <= limit:
        return tuple(items)
    at = items.index(current) if current in items else 0
    start = max(0, min(at - limit // 2, len(items) - limit))
    return tuple(items[start : start + limit])


def bound_navigation(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Give the theme a bounded ``toctree()`` (handler of ``html-page-context``)."""
    env = app.env
    limit: int = app.config.kochu_navigation_limit
    if len(env.all_docs) <= limit or "toctree" not in context:
        return
    tree = _Tree(env, pagename, context["pathto"], limit)
    context["toctree"] = lambda **options: tree.draw(app.config.root_doc)


@dataclass
class _Tree:
    """Draws the table of contents as one page needs it."""

    env: BuildEnvironment
    pagename: str
    pathto: Callable[[str], str]
    limit: int

    @cached_property
    def trail(self) -> frozenset[str]:
        """The page and all that are above it."""
        parents = _parents(self.env)
        trail = [self.pagename]
        while trail[-1] in parents and parents[trail[-1]] not in trail:
            trail.append(parents[trail[-1]])
        return frozenset(trail)

    def draw(self, docname: str, depth: int = 1) -> str:
        """Draw the pages below ``docname``, and below those on the trail."""
        toctrees = self.env.tocs[docname].findall(addnodes.toctree)
        return "".join(
            self._caption(toctree) + self._level(docname, toctree["includefiles"], depth)
            for toctree in toctrees
        )

    def _caption(self, toctree: addnodes.toctree) -> str:
        if not toctree.get("caption"):
            return ""
        text = f'<span class="caption-text">{escape(toctree["caption"])}</span>'
        return f'<p class="caption" role="heading" aria-level="2">{text}</p>'

    def _level(self, docname: str, children: Sequence[str], depth: int) -> str:
        on_trail = next((c for c in children if c in self.trail), None)
        shown = window(children, on_trail, self.limit)
        items: list[str] = []
        for child in shown:
            classes = f"toctree-l{depth}"
            below = ""
            if child in self.trail:
                classes += " current current-page" if child == self.pagename else " current"
                below = self.draw(child, depth + 1)
            href = "#" if child == self.pagename else escape(self.pathto(child))
            link = f'<a class="reference internal" href="{href}">{_title(self.env, child)}</a>'
            items.append(f'<li class="{classes}">{link}{below}</li>')
        if len(shown) < len(children):
            link = f'<a href="{escape(self.pathto(docname))}">All {len(children)} pages</a>'
            items.append(f'<li class="toctree-l{depth}">{link}</li>')
        return f"<ul>{''.join(items)}</ul>" if items else ""


def _title(env: BuildEnvironment, docname: str) -> str:
    title = env.titles.get(docname, nodes.title(docname, docname))
    return escape(title.astext())


# Computed once a build: the table of contents does not change while pages are written.
@lru_cache(maxsize=1)
def _parents(env: BuildEnvironment) -> dict[str, str]:
    return {child: parent for parent, children in env.toctree_includes.items() for child in children}
