"""Measure the engine against plain Sphinx: ``make bench``.

Every ratio compares builds of this one invocation, taken in turns. Other work on the
machine makes the clock on the wall worthless for that, so builds are compared by the
processor time that they took (user and system, all their processes); the clock is
printed beside it. Only for the speed-up by a second process does the clock count, and
there the fastest build of each kind, since nothing but other work makes one slower.
Memory is the peak resident size.
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

import by_hand
import material


@dataclass(frozen=True)
class Run:
    """One build.

    :param cpu: seconds of processor time.
    :param wall: seconds by the clock.
    """

    cpu: float
    wall: float
    megabytes: float

    def __str__(self) -> str:
        return f"{self.cpu:.2f} s ({self.wall:.2f} by the clock)"


def build(project: Path, *options: str, clean: bool = True) -> Run:
    """Build a project in a process of its own; a warning ends the benchmark."""
    if clean:
        shutil.rmtree(project / "build", ignore_errors=True)
    command = [
        *(sys.executable, "-m", "sphinx", "-q", "-n", "-W", "-b", "html", *options),
        *("-d", str(project / "build/doctrees"), "-c", str(project / "conf")),
        *(str(project / "docs"), str(project / "build/html")),
    ]
    start = time.perf_counter()
    child = os.posix_spawn(sys.executable, command, os.environ)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    if status:
        sys.exit(f"the build of {project} failed")
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def in_turns(projects: dict[str, Path], rounds: int) -> dict[str, Run]:
    """Build the projects in turns, every other round the other way round; give the medians."""
    runs: dict[str, list[Run]] = {name: [] for name in projects}
    for number in range(rounds):
        names = list(projects)
        for name in reversed(names) if number % 2 else names:
            runs[name].append(build(projects[name]))
    return {
        name: Run(*(statistics.median(getattr(run, what) for run in got) for what in Run.__annotations__))
        for name, got in runs.items()
    }


def verdict(ratio: float, limit: float, *, least: bool = False) -> str:
    good = ratio >= limit if least else ratio <= limit
    return f"{ratio:5.2f}  ({'at least' if least else 'at most'} {limit}: {'met' if good else 'MISSED'})"


def sample(work: Path) -> str:
    """Build one of our pages, and make sure that the page by hand shows the same words."""
    ours, plain = work / "sample-ours", work / "sample-plain"
    material.ours(ours, 1)
    build(ours)
    page = (ours / "build/html/t0000.html").read_text("utf-8")
    material.plain(plain, 1, page)
    build(plain)
    if by_hand.words(page) != by_hand.words((plain / "build/html/t0000.html").read_text("utf-8")):
        sys.exit("the page by hand does not show the same words, runs, ruby and notes as ours")
    return page


def against_plain(work: Path, rounds: int, page: str) -> None:
    print("(a) ours against the same pages written by hand in MyST, theme Furo")
    for copies in (1, 10, 100):
        projects = {"ours": work / "ours", "plain": work / "plain"}
        material.ours(projects["ours"], copies)
        material.plain(projects["plain"], copies, page)
        got = in_turns(projects, rounds if copies < 100 else 1)
        ratio = got["ours"].cpu / got["plain"].cpu
        print(
            f"    {copies:4} copies: ours {got['ours']}, by hand {got['plain']}; ratio {verdict(ratio, 1.0)}"
        )


def against_bare(work: Path, rounds: int) -> None:
    print("(b) ours against bare prose, theme basic (reported, no limit)")
    projects = {"ours": work / "ours", "bare": work / "bare"}
    material.ours(projects["ours"], 10, "basic")
    material.plain(projects["bare"], 10, "", "basic")
    got = in_turns(projects, rounds)
    ratio = got["ours"].cpu / got["bare"].cpu
    print(f"      10 copies: ours {got['ours']}, bare {got['bare']}; ratio {ratio:.2f}")


def growth(work: Path, rounds: int, small: int, large: int) -> None:
    print(f"(c) growth from {small} to {large} pages")
    project = work / "ours"
    material.ours(project, small)
    one, two = [], []
    for _ in range(rounds):
        one.append(build(project))
        two.append(build(project, "-j", "2"))
    few = Run(statistics.median(r.cpu for r in one), min(r.wall for r in one), one[0].megabytes)
    material.ours(project, large)
    many = build(project)
    first, then = few.cpu / small * 1000, many.cpu / large * 1000
    print(f"    {first:.0f} ms a page, then {then:.0f} ms; ratio {verdict(then / first, 1.2)}")
    more = verdict((many.megabytes - few.megabytes) / (large - small), 1.0)
    print(f"    memory {few.megabytes:.0f} MB, then {many.megabytes:.0f} MB; MB a page more {more}")
    alone, both = min(r.wall for r in one), min(r.wall for r in two)
    faster = verdict(alone / both, 1.6, least=True)
    print(
        f"    {small} pages, fastest by the clock: -j 1 {alone:.1f} s, -j 2 {both:.1f} s; speed-up {faster}"
    )


def touched(work: Path, copies: int) -> None:
    print(f"(d) one changed line in a layer, {copies} copies")
    project = work / "ours"
    material.ours(project, copies)
    clean = build(project)
    layer = project / "docs/layers/t0000.translation.close.txt"
    layer.write_text(layer.read_text("utf-8").replace("1.1\t", "1.1\tNow: ", 1), "utf-8")
    again = build(project, clean=False)
    assert "Now: " in (project / "build/html/t0000.html").read_text("utf-8")
    print(f"    clean {clean}, again {again}; share {verdict(again.cpu / clean.cpu, 0.2)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="builds of each project")
    parser.add_argument("--large", type=int, default=1000, help="pages of the largest project")
    parser.add_argument("only", nargs="*", help="parts to run: a b c d")
    options = parser.parse_args()
    parts = options.only or ["a", "b", "c", "d"]
    sys.stdout.reconfigure(line_buffering=True)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the start")
    work = Path(tempfile.mkdtemp(prefix="kochu-bench-"))
    try:
        if "a" in parts:
            against_plain(work, options.rounds, sample(work))
        if "b" in parts:
            against_bare(work, options.rounds)
        if "c" in parts:
            growth(work, options.rounds, min(100, options.large), options.large)
        if "d" in parts:
            touched(work, 100)
    finally:
        shutil.rmtree(work)
    print(f"load {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main()
