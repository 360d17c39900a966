"""A strict content security policy in every page, with the digests of what is inline.

A page of an edition needs nothing from anywhere, so its policy forbids everything but
its own files. Themes write a few lines of script and style into each page; these are
allowed by their SHA-256, and nothing else that might get in is.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import unescape
import re
from typing import TYPE_CHECKING, Any

from sphinx.jinja2glue import BuiltinTemplateLoader

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.theming import Theme

__all__ = ["policy", "register", "with_policy"]

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_ATTRIBUTE = re.compile(r"<[a-zA-Z][^<>]*?\sstyle=\"([^\"]*)\"")
_DATA = re.compile(r'type="application/(?:ld\+)?json"')
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)


def policy(html: str) -> str:
    """Write the policy of a page.

    :param html: the whole page.
    """
    scripts = [m["code"] for m in _SCRIPT.finditer(html) if _runs(m["attributes"])]
    styles = _STYLE.findall(html)
    attributes = [unescape(value) for value in _ATTRIBUTE.findall(html)]
    hashed = ["'unsafe-hashes'", *_digests(attributes)] if attributes else []
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *_digests(scripts)],
        "style-src": ["'self'", *_digests(styles), *hashed],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def with_policy(html: str) -> str:
    """Put the policy into a page, in front of all that it rules."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(html)}">'
    return _CHARSET.sub(lambda charset: charset[0] + meta, html, count=1)


def _runs(attributes: str) -> bool:
    return "src=" not in attributes and not _DATA.search(attributes)


def _digests(texts: list[str]) -> list[str]:
    unique = dict.fromkeys(texts)
    return [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in unique]


class PolicyLoader(BuiltinTemplateLoader):
    """Sphinx's templates, with a policy in every page.

    Here and not in an event: only the finished page holds what its theme wrote into it,
    and this is called in the process that writes the page.
    """

    def init(self, builder: Builder, theme: Theme | None = None, dirs: list[str] | None = None) -> None:
        """Take note of what the pages are made for; an e-book is ruled by its reader."""
        super().init(builder, theme, dirs)
        self._ruled = builder.format == "html" and builder.name != "epub"

    def render(self, template: str, context: dict[str, Any]) -> str:  # type: ignore[override]
        """Fill a template."""
        page = super().render(template, context)
        return with_policy(page) if self._ruled else page


def _replace(app: Sphinx, config: Config) -> None:
    """Have pages made with a policy, unless a project has templates of its own making."""
    if not config.template_bridge:
        config.template_bridge = f"{__name__}.{PolicyLoader.__name__}"


def register(app: Sphinx) -> None:
    """Connect the handler."""
    app.connect("config-inited", _replace)
