"""Which pages to write again although their own source did not change."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from kochu.sphinx.domain import KochuDomain

__all__ = ["stale_pages"]


def stale_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Find pages that show what was changed in other pages (handler of ``env-updated``).

    A reading page shows the whole apparatus of its texts, and so may a list; any other page
    shows labels and titles, so a change inside a note's prose leaves it alone. A term also
    shows who links to it.
    """
    domain = cast("KochuDomain", env.domains["kochu"])
    domain.forget()
    labels: dict[str, str] = {}
    whole: dict[str, str] = {}
    digests = domain.data["digests"]
    texts = {text for shown in domain.data["shown"].values() for text in shown}
    for text_id in texts:
        notes = sorted(domain.of_text(text_id), key=lambda n: (n.key, n.path, n.line))
        labels[text_id] = _digest(repr(notes))
        bodies = [digests.get(n.docname, {}).get(n.key) for n in notes]
        whole[text_id] = _digest(labels[text_id] + repr(bodies))
    written: dict[str, str] = domain.data["written"]
    stale: list[str] = []
    for docname, shown in domain.data["shown"].items():
        reads = docname in domain.data["readings"] or docname in domain.data["prose"]
        terms = any(note.kind == "term" for note in domain.data["annotations"].get(docname, ()))
        uses = sorted(domain.data["uses"].items()) if terms else []
        now = _digest(repr([*((whole if reads else labels)[text] for text in sorted(shown)), uses]))
        if written.get(docname) != now:
            written[docname] = now
            stale.append(docname)
    for docname in written.keys() - domain.data["shown"].keys():
        del written[docname]
    return stale


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
