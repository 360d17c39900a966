"""What the tests of LaTeX share: is it there, run it, what does its log complain of."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

__all__ = ["complaints", "need_lualatex", "typeset"]

_FILES = ("luatexja-ruby.sty", "fncychap.sty", "tabulary.sty", "xurl.sty", "ragged2e.sty")
_TOO_WIDE = 2.0
"""Points that a line, or a page, may be too long by: half a letter."""


def need_lualatex():
    """Skip where LuaLaTeX or a part of it is not installed."""
    if not shutil.which("latexmk") or not shutil.which("lualatex"):
        pytest.skip(
            "no LuaLaTeX: apt-get install latexmk texlive-luatex texlive-lang-japanese texlive-latex-extra"
        )
    for name in _FILES:
        if not subprocess.run(["kpsewhich", name], capture_output=True, check=False).stdout:
            pytest.skip(f"LaTeX lacks {name}: see the guide for editors")
    if b"FreeSerif" not in subprocess.run(["fc-list"], capture_output=True, check=False).stdout:
        pytest.skip("no FreeSerif: apt-get install fonts-freefont-otf")


def typeset(folder, name):
    """Run ``make`` as the guide says; give the PDF and the log."""
    run = ["make", "LATEXMKOPTS=-interaction=nonstopmode -halt-on-error"]
    done = subprocess.run(run, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")[-3000:]
    return folder / f"{name}.pdf", (folder / f"{name}.log").read_text("utf-8", "replace")


def complaints(log):
    """What a reader would see: signs that are missing, links without an end, type beyond the margin."""
    found = re.findall(r"Missing character: .*|.*Warning.*(?:undefined|multiply defined).*", log)
    found += re.findall(r".*duplicate ignored.*", log)
    for line, width in re.findall(r"(Overfull \\[hv]box \(([\d.]+)pt too .*\n.*)", log):
        if float(width) > _TOO_WIDE:
            found.append(line)
    return found
