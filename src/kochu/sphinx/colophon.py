"""The colophon: what exactly was edited, and who owns which layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

from kochu.sphinx.texts import text_of
from kochu.text.dates import day_in_words

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from kochu.apparatus.edition import Edition

__all__ = ["colophon_nodes"]


def colophon_nodes(edition: Edition, env: BuildEnvironment) -> list[nodes.Node]:
    """Lay out version, checksums and rights as a field list."""
    about = edition.about
    fields = nodes.field_list("", classes=["kochu-colophon"])

    def add(name: str, *children: nodes.Node) -> None:
        fields.append(
            nodes.field(
                "",
                nodes.field_name(name, name),
                nodes.field_body("", nodes.paragraph("", "", *children)),
            )
        )

    add("Edition", nodes.Text(f"{about.title}, version {about.version}, {day_in_words(about.date)}"))
    if about.editors:
        add("Editors", nodes.Text(", ".join(about.editors)))
    for text_id in edition.texts:
        loaded = text_of(env, text_id)
        name = (edition.root / loaded.spec.seed).name
        count = f"{len(loaded.base.lines)} lines, {len(loaded.base.sentences)} sentences"
        add("Base text", nodes.literal(name, name), nodes.Text(f", {count}"))
        add("SHA-256 of the base text", nodes.literal(loaded.sha256, loaded.sha256))
    for rights in edition.rights:
        children: list[nodes.Node] = [nodes.Text(rights.statement)]
        if rights.url:
            link = nodes.reference(rights.url, rights.url, refuri=rights.url)
            children += [nodes.Text(" "), link]
        add(f"Rights: {rights.layer}", *children)
    return [fields]
