"""``sphinx-build -b latex`` for those who typeset with LuaLaTeX."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.conftest import caveat
from tests.latex import complaints, need_lualatex, typeset

LUALATEX = '\nlatex_engine = "lualatex"\n'
WITHOUT_XINDY = "latex_use_xindy = False\n"

WORDS = """# Words

```{index} alliance
```

The commission is [中央军事委员会]{.language-zh}, the ministry [국방부]{.language-ko}.
Without a language: 访问, 한국; in code: `访问 한국 ☯ Дон`; ✎ and *①*.

## 苗华 and 국방부

| Drill | Where | Since | Remark |
|---|---|---|---|
| Northern/Interaction-2023 | Южно-Китайское море | 1,300,000–2,100,000 | LONG |
| one | two | three | four |

See https://www.example.org/world/a-rather-long-address-which-no-line-of-a-book-could-ever-hold/index.html
""".replace("LONG", "A remark of some length. " * 20)


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


TABLES = """# Tables

| No. | What is said |
|---|---|
| 1.1 | Short. |

| No. | What is said at length |
|---|---|
ROWS
"""


def test_columns_are_as_wide_as_their_words_and_long_tables_break(project):
    row = f"| 1.1 | {'Words, and more of them. ' * 20} |"
    project.write("docs/words.md", TABLES.replace("ROWS", "\n".join([row] * 5)))
    project.write("docs/index.md", "# A small edition\n\n```{toctree}\nreading\nnotes\nwords\n```\n")
    source = written(project, LUALATEX)
    short, long = re.findall(r"\\begin\{(\w+)\}(?:\[t\])?\{\\X\{(\d+)\}\{(\d+)\}\\X\{(\d+)\}\{\3\}\}", source)
    assert (short[0], long[0]) == ("tabular", "longtable")
    assert sum(map(int, (short[1], short[3]))) < int(short[2]) / 2
    assert int(long[1]) * 8 < int(long[3])
    assert sum(map(int, (long[1], long[3]))) <= int(long[2])


def test_the_number_of_a_sentence_in_a_heading_is_the_only_one(project):
    source = written(project, LUALATEX)
    found = re.findall(r"\\kochunumbersoff\s*\\(?:sub)*section\{\\kochunumber\{", source)
    assert len(found) == source.count(r"\kochunumberson") > 0


@pytest.mark.latex
def test_it_compiles_and_the_words_are_there(project):
    need_lualatex()
    project.write("docs/words.md", WORDS)
    project.write("docs/index.md", "# A small edition\n\n```{toctree}\nreading\nnotes\nwords\n```\n")
    project.write("docs/notes.md", "# Notes\n\n" + caveat())
    conf = LUALATEX + 'myst_enable_extensions = ["colon_fence", "attrs_inline"]\n'
    written(project, conf + ("" if shutil.which("xindy") else WITHOUT_XINDY))
    pdf, log = typeset(project.root / "build/latex", "small")
    assert not complaints(log)
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext: apt-get install poppler-utils")
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True).stdout.decode()
    words = "".join(text.split())
    assert "協力は続く。" in words
    assert "こくぼうしょう" in words
    assert "中央军事委员会" in words
    assert "국방부" in words
    assert "访问,한국" in words
    assert "访问한국☯Дон" in words
    assert "alliance," in words.rpartition("Index")[2]
