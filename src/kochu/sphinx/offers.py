"""``{downloads}``: the data files beside the pages, as a list of links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.osutil import relative_uri

from kochu.exports.formats import FORMATS
from kochu.sphinx.downloads import FOLDER

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["register"]


class kochu_offer(nodes.container):  # noqa: N801 - docutils finds visitors by the class name
    """Place of the list. ``formats``."""


class Downloads(SphinxDirective):
    """Leaves the place; the argument names formats, all of them if there is none."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        names = self.arguments[0].split() if self.arguments else list(FORMATS)
        if unknown := [name for name in names if name not in FORMATS]:
            message = f"unknown format '{unknown[0]}'; it is one of {', '.join(FORMATS)}"
            return [self.state.document.reporter.warning(message, line=self.lineno)]
        return [kochu_offer("", formats=names)]


class FillOffers(SphinxPostTransform):
    """Links the files where there are any; elsewhere the list only names them."""

    default_priority = 6

    def run(self, **kwargs: Any) -> None:
        """Fill the places of one page."""
        builder = self.env._app.builder
        offered = builder.format == "html" and builder.name != "epub"
        for place in list(self.document.findall(kochu_offer)):
            items = nodes.bullet_list("", classes=["kochu-downloads"])
            for name in place["formats"]:
                form = FORMATS[name]
                file: nodes.Node = nodes.literal(form.file, form.file)
                if offered:
                    here = builder.get_target_uri(self.env.current_document.docname)
                    uri = relative_uri(here, f"{FOLDER}/{form.file}")
                    file = nodes.reference("", "", file, refuri=uri, internal=True)
                items += nodes.list_item("", nodes.paragraph("", "", file, nodes.Text(f": {form.label}")))
            place.replace_self(items)


def register(app: Sphinx) -> None:
    """Add the directive and what fills its places."""
    app.add_node(kochu_offer)
    app.add_directive("downloads", Downloads)
    app.add_post_transform(FillOffers)
