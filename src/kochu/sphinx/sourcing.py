"""Whether the claims that are called supported have the sources for it.

One primary source will do, or two others. That those two are independent of each other
only a reader can judge; that there are two, a build can.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sphinx import addnodes

from kochu.sphinx.bodies import Bodies
from kochu.text.problems import Problem, Subtype

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from kochu.apparatus.model import Annotation

__all__ = ["check_sources"]

PRIMARY = "primary"
"""Keyword of the bibliography for the parties' own words."""


def check_sources(env: BuildEnvironment, claims: Iterator[Annotation]) -> Iterator[Problem]:
    """Find claims called supported with fewer sources than that takes."""
    if "cite" not in env.domains:
        return
    cite: Any = env.domains["cite"]
    entries = cite.bibdata.data.entries
    bodies = Bodies(env)
    for claim in claims:
        if "supported" not in (claim.options["verdict"], claim.options.get("now")):
            continue
        keys = {
            key
            for part in bodies.copy(claim, claim.docname, {})
            for found in part.findall(addnodes.pending_xref)
            if found.get("refdomain") == "cite"
            for key in str(found["reftarget"]).split(",")
        }
        known = [entries[key].fields.get("keywords", "") for key in keys if key in entries]
        if len(known) < 2 and PRIMARY not in known:
            message = (
                f"claim '{claim.key}' is called supported, but cites {_count(len(known))}; "
                "cite one primary source or two independent ones, or choose another verdict"
            )
            yield Problem(claim.path, claim.line, Subtype.EVIDENCE.value, message)


def _count(number: int) -> str:
    return "only one secondary source" if number else "no source"
