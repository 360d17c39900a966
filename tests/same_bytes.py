"""Build the edition twice from scratch, serially and in parallel, and compare every byte."""

from __future__ import annotations

import filecmp
from pathlib import Path
import shutil
import subprocess
import sys
import tempfile

ROOT = Path(__file__).parent.parent


def build(target: Path, builder: str, jobs: str) -> Path:
    out = target / builder
    subprocess.run(
        [
            *(sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-j", jobs),
            *("-b", builder, "-d", target / f"doctrees-{builder}", "-c", ROOT / "conf"),
            *(ROOT / "docs", out),
        ],
        check=True,
    )
    return out


def differences(one: Path, two: Path) -> list[str]:
    names = {p.relative_to(one) for p in one.rglob("*") if p.is_file()}
    names ^= {p.relative_to(two) for p in two.rglob("*") if p.is_file()}
    found = [f"only in one build: {name}" for name in sorted(names)]
    for path in sorted(p for p in one.rglob("*") if p.is_file()):
        other = two / path.relative_to(one)
        # Sphinx keeps pickles of its own state beside some outputs; they hold times.
        if path.name.startswith(".buildinfo") or path.suffix in (".pickle", ".doctree"):
            continue
        if other.is_file() and not filecmp.cmp(path, other, shallow=False):
            found.append(f"differs: {path.relative_to(one)}")
    return found


def main() -> int:
    work = Path(tempfile.mkdtemp(prefix="kochu-same-bytes-"))
    try:
        wrong: list[str] = []
        for builder in ("html", "typst", "epub"):
            one = build(work / "one", builder, "1")
            two = build(work / "two", builder, "2")
            wrong += [f"{builder}: {text}" for text in differences(one, two)]
            count = sum(1 for p in one.rglob("*") if p.is_file())
            print(f"{builder}: {count} files compared")
    finally:
        shutil.rmtree(work)
    print("\n".join(wrong) or "every byte is the same, built serially and in parallel")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
