"""Exercises in an edition's pages: directives, what they draw, and the page's own script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kochu.sphinx.exercises import html
from kochu.sphinx.exercises.directives import DIRECTIVES
from kochu.sphinx.exercises.domain import ExerciseDomain
from kochu.sphinx.exercises.excerpt import WithholdText
from kochu.sphinx.exercises.handout import FillHandouts
from kochu.sphinx.exercises.roles import Ruby

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["register"]


def register(app: Sphinx) -> None:
    """Register what belongs to exercises."""
    app.add_config_value("kochu_exercises", ["../exercises"], "env", frozenset({list, tuple}))
    app.add_config_value("kochu_self_check", default=True, rebuild="html", types=frozenset({bool}))
    app.add_domain(ExerciseDomain)
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain("kochu", name, directive)
    app.add_role_to_domain("kochu", "ruby", Ruby())
    app.add_post_transform(WithholdText)
    app.add_post_transform(FillHandouts)
    html.register(app)
    app.connect("builder-inited", _static)


def _static(app: Sphinx) -> None:
    if app.builder.format == "html" and app.builder.name != "epub":
        app.config.html_static_path.append(str(Path(__file__).with_name("static")))
