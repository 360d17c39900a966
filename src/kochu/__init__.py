"""kochu (校注, 'collation and commentary'): publish a text as an annotated edition.

Add ``"kochu"`` to ``extensions`` in ``conf.py``; the edition itself is described
by ``edition.toml`` beside the documents. The rooms of the package point one way:
``text`` and ``apparatus`` know nothing of Sphinx, ``sphinx`` and ``typst`` are the
edge, ``exports`` writes the resolved model in other people's formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["__version__", "setup"]

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension with Sphinx.

    Imported late, so that ``kochu check`` does not pay for loading Sphinx.
    """
    from kochu.sphinx import setup as setup_sphinx

    return setup_sphinx(app)
