"""How long the edition's own book takes, once Sphinx has read and written: ``make bench-book``.

Every round is a process of its own, so that nothing is kept from the round before: it sets
and packs the book as the builder does. The same file set by Typst alone, without the
packing that makes the PDF small, is the baseline; both are taken in turns.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path
import statistics
import subprocess
import sys
import tempfile

ROOT = Path(__file__).parent.parent
SECONDS, MEGABYTES = 2.0, 2.0
"""What the book may take, and what it may weigh."""

OURS = """
import sys, time
from pathlib import Path
import typst
import kochu.typst.pack
from kochu.typst.beside import helper
from kochu.typst.compile import compile_pdf
from kochu.typst.fonts import installed_fonts
source, target = map(Path, sys.argv[1:3])
fonts = installed_fonts()
with helper() as beside:
    start = time.perf_counter()
    compile_pdf(source, target, root=source.parent, fonts=fonts, standards=("ua-1", "a-2a"), time=0,
                inputs={"paper": sys.argv[3]}, helper=beside)
    print(time.perf_counter() - start)
"""
TYPST = """
import sys, time
from pathlib import Path
import typst
from kochu.typst.fonts import installed_fonts
source, target = map(Path, sys.argv[1:3])
fonts = list(installed_fonts().folders)
start = time.perf_counter()
data = typst.compile(source, root=source.parent, font_paths=fonts, ignore_system_fonts=True,
                     pdf_standards=["ua-1", "a-2a"], timestamp=0, sys_inputs={"paper": sys.argv[3]})
target.write_bytes(data)
print(time.perf_counter() - start)
"""


def timed(code: str, source: Path, target: Path, paper: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", code, str(source), str(target), paper],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    return float(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="kochu-bench-book-") as folder:
        work = Path(folder)
        command = [sys.executable, "-m", "sphinx", "-Q", "-j", "auto", "-b", "typst"]
        command += ["-c", str(ROOT / "conf"), "-d", str(work / "doctrees")]
        subprocess.run([*command, str(ROOT / "docs"), str(work / "pdf")], check=True, env=os.environ)
        sources = (work / "doctrees/kochu-typst").glob("*.typ")
        source = max(sources, key=lambda path: path.stat().st_size)
        print(f"{source.name}: {source.stat().st_size / 1000:.0f} kB of Typst, {rounds} rounds")
        failed = False
        for paper in ("iso-b5", "a4"):
            target, plain = work / "ours.pdf", work / "plain.pdf"
            ours, alone = [], []
            for _ in range(rounds):
                ours.append(timed(OURS, source, target, paper))
                alone.append(timed(TYPST, source, plain, paper))
            seconds, size = statistics.median(ours), target.stat().st_size / 1e6
            failed = failed or seconds >= SECONDS or size >= MEGABYTES
            print(
                f"  {paper:6} {seconds:.2f} s ({min(ours):.2f} to {max(ours):.2f}; at most {SECONDS}), "
                f"{seconds / statistics.median(alone):.2f} times Typst alone; "
                f"{size:.2f} MB (at most {MEGABYTES}), "
                f"{target.stat().st_size / plain.stat().st_size:.2f} of Typst's"
            )
        sys.exit("over the limit" if failed else 0)


if __name__ == "__main__":
    main()
