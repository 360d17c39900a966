"""Measure the printed book against other routes to a PDF of the same pages: ``make bench-print``.

The pages are read once; each route then starts from the same doctrees, writes what its
typesetter reads, and runs it. LuaLaTeX and WeasyPrint are taken where they are installed.
Every ratio compares runs of this one invocation, taken in turns; times are medians of
wall-clock seconds.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import material
import pikepdf

PRINT_CSS = """
@page { size: 176mm 250mm; margin: 20mm; @bottom-center { content: counter(page) } }
body { font-family: serif; font-size: 9.8pt } rt { font-size: 50% } details > summary { display: block }
"""


@dataclass(frozen=True)
class Made:
    written: float
    typeset: float
    pdf: Path

    @property
    def seconds(self) -> float:
        return self.written + self.typeset


def timed(command: list[str], folder: Path) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{(done.stdout + done.stderr)[-2000:]}")
    return time.perf_counter() - start


def sphinx(project: Path, builder: str, *options: str) -> float:
    """Write from the doctrees that were read before."""
    return timed(
        [
            *(sys.executable, "-m", "sphinx", "-Q", "-b", builder, *options),
            *("-d", str(project / "doctrees"), "-c", str(project / "conf")),
            *(str(project / "docs"), str(project / "out" / builder)),
        ],
        project,
    )


def by_typst(project: Path) -> Made:
    """Writing and typesetting are one builder here; Typst is run again alone to tell them apart."""
    whole = sphinx(project, "typst")
    (pdf,) = (project / "out/typst").glob("*.pdf")
    code = (
        "import sys, typst, pathlib\nfrom kochu.typst.compile import compile_pdf\n"
        "from kochu.typst.fonts import installed_fonts\nroot = pathlib.Path(sys.argv[1])\n"
        "compile_pdf(next(root.glob('bench*.typ')), root / 'x.pdf', root=root, fonts=installed_fonts(), "
        "standards=['ua-1', 'a-2a'], time=0)"
    )
    alone = timed([sys.executable, "-c", code, str(project / "doctrees/kochu-typst")], project)
    return Made(max(whole - alone, 0.0), alone, pdf)


def by_weasyprint(project: Path) -> Made:
    written = sphinx(project, "singlehtml")
    pdf = project / "out/weasyprint.pdf"
    style = project / "out/print.css"
    style.write_text(PRINT_CSS)
    command = [sys.executable, "-m", "weasyprint", "-s", str(style), "--pdf-variant", "pdf/ua-1"]
    page = project / "out/singlehtml/index.html"
    return Made(written, timed([*command, str(page), str(pdf)], project), pdf)


def by_lualatex(project: Path) -> Made:
    written = sphinx(project, "latex", "-D", "latex_engine=lualatex", "-D", "latex_use_xindy=0")
    folder = project / "out/latex"
    for path in folder.glob("bench.*"):
        if path.suffix != ".tex":
            path.unlink()
    # Twice, for contents and references; no index, which makeindex cannot sort.
    command = ["lualatex", "-interaction=batchmode", "bench.tex"]
    start = time.perf_counter()
    for _ in range(2):
        # TeX stops short of an error for much that it only grumbles at; the PDF tells.
        subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if not (folder / "bench.pdf").exists():
        sys.exit("LuaLaTeX made no PDF")
    return Made(written, time.perf_counter() - start, folder / "bench.pdf")


def routes() -> dict[str, Callable[[Path], Made]]:
    found: dict[str, Callable[[Path], Made]] = {"Typst (ours)": by_typst}
    if find_spec("weasyprint"):
        found["WeasyPrint"] = by_weasyprint
    else:
        print("WeasyPrint is not measured: .venv/bin/pip install weasyprint")
    if shutil.which("lualatex"):
        found["LuaLaTeX"] = by_lualatex
    else:
        print("LuaLaTeX is not measured: see 'With LaTeX' in the guide for editors")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--copies", type=int, default=5, help="texts in the book, each with its notes")
    options = parser.parse_args()
    assert find_spec("typst"), "pip install typst"
    work = Path(tempfile.mkdtemp(prefix="kochu-bench-print-"))
    try:
        material.ours(work, options.copies, "basic")
        (work / "conf/conf.py").open("a").write('\nkochu_pdf_documents = [("index", "bench")]\n')
        shutil.rmtree(work / "build", ignore_errors=True)
        read = sphinx(work, "dummy")
        print(f"read once: {read:.2f} s; {options.copies} texts, {options.rounds} rounds")
        found = routes()
        made: dict[str, list[Made]] = {name: [] for name in found}
        for _ in range(options.rounds):
            for name, route in found.items():
                made[name].append(route(work))
        report(made)
    finally:
        shutil.rmtree(work)


def report(made: dict[str, list[Made]]) -> None:
    ours = statistics.median(m.seconds for m in made["Typst (ours)"])
    for name, runs in made.items():
        seconds = statistics.median(m.seconds for m in runs)
        written = statistics.median(m.written for m in runs)
        with pikepdf.open(runs[-1].pdf) as pdf:
            pages, tagged = len(pdf.pages), "/StructTreeRoot" in pdf.Root
        size = runs[-1].pdf.stat().st_size
        print(
            f"  {name:13} {seconds:6.2f} s (writing {written:5.2f}, typesetting {seconds - written:6.2f}), "
            f"{seconds / ours:5.2f} times ours; {pages} pages, {size / 1000:.0f} kB, "
            f"{'tagged' if tagged else 'not tagged'}"
        )


if __name__ == "__main__":
    main()
