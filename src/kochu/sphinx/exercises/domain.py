"""On which pages exercises stand, and how to link to them: ``{exercise:ref}`id```."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from kochu.sphinx.exercises.project import book_of

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

__all__ = ["ExerciseDomain"]


class ExerciseDomain(Domain):
    """Places of exercises. Titles and places are public; nothing else is kept."""

    name = "exercise"
    label = "Exercises"
    object_types: ClassVar[dict[str, ObjType]] = {"exercise": ObjType("exercise", "ref")}
    roles: ClassVar[dict[str, Any]] = {"ref": XRefRole(innernodeclass=nodes.inline, warn_dangling=True)}
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {"places": {}}

    def note(self, docname: str, name: str, title: str, anchor: str) -> None:
        """Keep that an exercise stands on a page."""
        self.data["places"].setdefault(docname, {}).setdefault(name, (title, anchor))

    def clear_doc(self, docname: str) -> None:
        self.data["places"].pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        for docname in docnames & otherdata["places"].keys():
            self.data["places"][docname] = otherdata["places"][docname]

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> Any:
        # An exercise may stand on several pages; this page first, then the first by name.
        places = {page: found[target] for page, found in self.data["places"].items() if target in found}
        if not places:
            # A set that is printed nowhere on this site can still be named in a course.
            return contnode if node["refexplicit"] and target in book_of(env).exercises else None
        docname = fromdocname if fromdocname in places else min(places)
        title, anchor = places[docname]
        if not node["refexplicit"]:
            contnode = contnode.__class__("", title)
        return make_refnode(builder, fromdocname, docname, anchor, contnode)

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        # Named once, though it may be printed by strand, by level and by course.
        places = {
            name: (name, title, "exercise", docname, anchor, 1)
            for docname, found in sorted(self.data["places"].items(), reverse=True)
            for name, (title, anchor) in found.items()
        }
        return places.values()
