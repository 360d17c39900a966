"""Mathematics, which authors write for TeX, as Typst writes it.

The package ``tex2typst`` translates, where it is installed (``pip install kochu[math]``).
What it does not know, or Typst does not take, is left to the caller.
"""

from __future__ import annotations

from functools import lru_cache

from kochu.typst.markup import string

__all__ = ["formula", "translated"]


def formula(tex: str, *, number: str = "", block: bool = False) -> str | None:
    """A call of Typst that sets a formula, or ``None`` if it cannot be said in Typst.

    :param tex: the formula as for TeX, which is also what is read to those who cannot see it.
    :param number: of an equation that is referred to.
    :param block: set it on a line of its own.
    """
    typst = translated(tex)
    if typst is None:
        return None
    options = [f"alt: {string(tex)}"]
    if block:
        options.append("block: true")
    if number:
        options.append(f"numbering: _ => [({number})]")
    return f"#math.equation({', '.join(options)}, $ {typst} $)"


@lru_cache(maxsize=1024)
def translated(tex: str) -> str | None:
    """The formula in Typst's own notation, tried by Typst itself."""
    try:
        from tex2typst import tex2typst
    except ImportError:
        return None
    import typst

    if r"\\" in tex and r"\begin" not in tex:
        # Sphinx sets lines of a formula, aligned at `&`, without being asked.
        tex = rf"\begin{{aligned}}{tex}\end{{aligned}}"
    try:
        # Strict: an unknown command is an error, not a word.
        found = tex2typst(tex, non_strict=False).strip()
        typst.compile(f"$ {found} $".encode(), format="svg", ignore_system_fonts=True)
    except (ValueError, typst.TypstError):
        return None
    return found or None
