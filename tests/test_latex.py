"""``sphinx-build -b latex`` for those who typeset with LuaLaTeX."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.conftest import caveat

LUALATEX = '\nlatex_engine = "lualatex"\n'
WITHOUT_XINDY = "latex_use_xindy = False\n"

WORDS = """# Words

```{index} alliance
```

The commission is [中央军事委员会]{.language-zh}, the ministry [국방부]{.language-ko}.
"""


def written(project, more=""):
    path = project.root / "conf/conf.py"
    path.write_text(path.read_text() + more)
    done = project.build("latex")
    assert done.returncode == 0, done.stderr
    return (project.root / "build/latex/small.tex").read_text("utf-8")


def test_readings_note_references_and_packages(project):
    source = written(project, LUALATEX)
    assert r"\kochuruby{国防相}{こくぼうしょう}" in source
    assert r"\usepackage{kochu-luatex}" in source
    assert (project.root / "build/latex/kochu-luatex.sty").exists()
    assert r"\kochumark{{\hyperref[" in source
    assert "来訪" in source


def test_a_note_begins_a_paragraph_to_which_links_lead(project):
    project.write("docs/notes.md", "# Notes\n\nBefore it.\n\n" + caveat())
    project.write("docs/index.md", "# A small edition\n\n```{toctree}\nreading\nnotes\n```\n")
    source = written(project, LUALATEX)
    assert re.search(r"Before it\.\n+\n\\phantomsection\\label\{\\detokenize\{notes:caveat-one\}\}", source)


def test_other_engines_set_the_reading_in_brackets(project):
    source = written(project)
    assert "luatex" not in source
    assert r"\kochuruby}[2]{#1(#2)}" in (project.root / "build/latex/kochu.sty").read_text()


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
    project.write("docs/words.md", WORDS)
    project.write("docs/index.md", "# A small edition\n\n```{toctree}\nreading\nnotes\nwords\n```\n")
    project.write("docs/notes.md", "# Notes\n\n" + caveat())
    conf = LUALATEX + 'myst_enable_extensions = ["colon_fence", "attrs_inline"]\n'
    written(project, conf + ("" if shutil.which("xindy") else WITHOUT_XINDY))
    folder = project.root / "build/latex"
    run = ["make", "LATEXMKOPTS=-interaction=nonstopmode -halt-on-error"]
    done = subprocess.run(run, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode("utf-8", "replace")[-3000:]
    log = (folder / "small.log").read_text("utf-8", "replace")
    assert "Missing character" not in log
    assert "Hyper reference" not in log
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext: apt-get install poppler-utils")
    text = subprocess.run(
        ["pdftotext", "small.pdf", "-"], cwd=folder, capture_output=True, check=True
    ).stdout.decode()
    words = "".join(text.split())
    assert "協力は続く。" in words
    assert "こくぼうしょう" in words
    assert "中央军事委员会" in words
    assert "국방부" in words
    assert "alliance," in words.rpartition("Index")[2]
