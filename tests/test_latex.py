"""``sphinx-build -b latex`` for those who typeset with LuaLaTeX."""

from __future__ import annotations

import shutil
import subprocess

import pytest

LUALATEX = '\nlatex_engine = "lualatex"\nlatex_use_xindy = False\n'


def written(project, more=""):
    path = project.root / "conf/conf.py"
    path.write_text(path.read_text() + more)
    done = project.build("latex")
    assert done.returncode == 0, done.stderr
    return (project.root / "build/latex/small.tex").read_text("utf-8")


def test_readings_note_references_and_packages(project):
    source = written(project, LUALATEX)
    assert r"\kochuruby{国防相}{こくぼうしょう}" in source
    assert r"\usepackage{luatexja-ruby}" in source
    assert r"\kochumark{{\hyperref[" in source
    assert "来訪" in source


def test_other_engines_set_the_reading_in_brackets(project):
    source = written(project)
    assert "luatexja" not in source
    assert r"\kochuruby}[2]{#1(#2)}" in source


@pytest.mark.latex
def test_it_compiles_and_the_words_are_there(project):
    files = ("luatexja-ruby.sty", "fncychap.sty", "tabulary.sty")
    if not shutil.which("latexmk") or not shutil.which("lualatex"):
        pytest.skip(
            "no LuaLaTeX: apt-get install latexmk texlive-luatex texlive-lang-japanese texlive-latex-extra"
        )
    for name in files:
        if not subprocess.run(["kpsewhich", name], capture_output=True, check=False).stdout:
            pytest.skip(f"LaTeX lacks {name}: see the guide for editors")
    if b"FreeSerif" not in subprocess.run(["fc-list"], capture_output=True, check=False).stdout:
        pytest.skip("no FreeSerif: apt-get install fonts-freefont-otf")
    written(project, LUALATEX)
    folder = project.root / "build/latex"
    run = ["latexmk", "-lualatex", "-interaction=nonstopmode", "-halt-on-error", "small.tex"]
    done = subprocess.run(run, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")[-3000:]
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext: apt-get install poppler-utils")
    text = subprocess.run(
        ["pdftotext", "small.pdf", "-"], cwd=folder, capture_output=True, check=True
    ).stdout.decode()
    words = "".join(text.split())
    assert "協力は続く。" in words
    assert "こくぼうしょう" in words
