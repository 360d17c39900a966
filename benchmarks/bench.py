"""Measure the engine against plain Sphinx: ``make bench``.

Every ratio compares runs of this one invocation, taken in turns, because a machine's
speed drifts. Times are medians of wall-clock seconds; memory is peak resident size.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
import os
from pathlib import Path
import shutil
import statistics
import sys
import tempfile
import time

import material

QUIET = ("-q", "-Q")


@dataclass(frozen=True)
class Run:
    seconds: float
    megabytes: float


def build(project: Path, *options: str, clean: bool = True) -> Run:
    """Build a project in a process of its own."""
    if clean:
        shutil.rmtree(project / "build", ignore_errors=True)
    command = [
        *(sys.executable, "-m", "sphinx", *QUIET, "-b", "html", *options),
        *("-d", str(project / "build/doctrees"), "-c", str(project / "conf")),
        *(str(project / "docs"), str(project / "build/html")),
    ]
    start = time.perf_counter()
    child = os.posix_spawn(sys.executable, command, os.environ)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if status:
        sys.exit(f"the build of {project} failed")
    return Run(seconds, usage.ru_maxrss / 1024)


def in_turns(projects: dict[str, Path], rounds: int, *options: str) -> dict[str, Run]:
    """Build the projects one after another, several rounds, and give the medians."""
    runs: dict[str, list[Run]] = {name: [] for name in projects}
    for _ in range(rounds):
        for name, project in projects.items():
            runs[name].append(build(project, *options))
    return {
        name: Run(statistics.median(r.seconds for r in got), statistics.median(r.megabytes for r in got))
        for name, got in runs.items()
    }


def verdict(ratio: float, limit: float, *, least: bool = False) -> str:
    good = ratio >= limit if least else ratio <= limit
    return f"{ratio:5.2f}  ({'at least' if least else 'at most'} {limit}: {'met' if good else 'MISSED'})"


def against_plain(work: Path, rounds: int) -> None:
    print("(a) our build against the same pages written by hand, theme Furo")
    for copies in (1, 10, 100):
        projects = {"ours": work / "ours", "plain": work / "plain"}
        material.ours(projects["ours"], copies)
        material.plain(projects["plain"], copies)
        got = in_turns(projects, rounds if copies < 100 else max(1, rounds // 2 + 1))
        ratio = got["ours"].seconds / got["plain"].seconds
        print(
            f"    {copies:4} copies: ours {got['ours'].seconds:6.2f} s, "
            f"by hand {got['plain'].seconds:6.2f} s, ratio {verdict(ratio, 1.0)}"
        )


def against_bare(work: Path, rounds: int) -> None:
    print("(b) our build against bare prose, theme basic (reported, no limit)")
    projects = {"ours": work / "ours", "bare": work / "bare"}
    material.ours(projects["ours"], 10, "basic")
    material.plain(projects["bare"], 10, "basic", bare=True)
    got = in_turns(projects, rounds)
    ratio = got["ours"].seconds / got["bare"].seconds
    print(f"      10 copies: ours {got['ours'].seconds:.2f} s, bare {got['bare'].seconds:.2f} s, {ratio:.2f}")


def growth(work: Path, small: int, large: int) -> None:
    print(f"(c) growth from {small} to {large} pages")
    project = work / "ours"
    material.ours(project, small)
    few = build(project)
    material.ours(project, large)
    many = build(project)
    two = build(project, "-j", "2")
    per_page = (many.seconds / large) / (few.seconds / small)
    memory = (many.megabytes - few.megabytes) / (large - small)
    first, then = few.seconds / small * 1000, many.seconds / large * 1000
    print(f"    {first:.0f} ms a page, then {then:.0f} ms; ratio {verdict(per_page, 1.2)}")
    more = verdict(memory, 1.0)
    print(f"    memory {few.megabytes:.0f} MB, then {many.megabytes:.0f} MB; MB a page more {more}")
    faster = verdict(many.seconds / two.seconds, 1.6, least=True)
    print(f"    -j 1 {many.seconds:.1f} s, -j 2 {two.seconds:.1f} s; speed-up {faster}")


def touched(work: Path, copies: int) -> None:
    print(f"(d) one changed line in a layer, {copies} copies")
    project = work / "ours"
    material.ours(project, copies)
    clean = build(project)
    layer = project / "docs/layers/t0000.translation.close.txt"
    layer.write_text(layer.read_text("utf-8").replace("1.1\t", "1.1\tNow: ", 1), "utf-8")
    again = build(project, clean=False)
    share = verdict(again.seconds / clean.seconds, 0.2)
    print(f"    clean {clean.seconds:.2f} s, again {again.seconds:.2f} s; share {share}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="builds of each project")
    parser.add_argument("--large", type=int, default=1000, help="pages of the largest project")
    parser.add_argument("only", nargs="*", choices=("a", "b", "c", "d", []), help="parts to run")
    options = parser.parse_args()
    parts = options.only or ["a", "b", "c", "d"]
    work = Path(tempfile.mkdtemp(prefix="kochu-bench-"))
    try:
        if "a" in parts:
            against_plain(work, options.rounds)
        if "b" in parts:
            against_bare(work, options.rounds)
        if "c" in parts:
            growth(work, min(100, options.large), options.large)
        if "d" in parts:
            touched(work, 100)
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
