"""Install the clients that live in the npm registry, once, and say so where that cannot be done."""

from __future__ import annotations

from functools import cache
from pathlib import Path
import shutil
import subprocess

import pytest

CLIENTS = Path(__file__).parent / "clients"
HOME = Path(__file__).parent.parent.parent / "build" / "clients"


@cache
def problem() -> str:
    """Install; give the reason why not."""
    if not shutil.which("npm"):
        return "npm is not installed: the GIFT parser, the QTI player and axe could not be tried"
    HOME.mkdir(parents=True, exist_ok=True)
    stale = False
    for name in ("package.json", "package-lock.json"):
        wanted = (CLIENTS / name).read_bytes()
        stale = stale or not (HOME / name).is_file() or (HOME / name).read_bytes() != wanted
        (HOME / name).write_bytes(wanted)
    if stale or not (HOME / "node_modules").is_dir():
        done = subprocess.run(
            ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
            cwd=HOME,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        if done.returncode:
            return f"npm could not install the clients: {done.stderr.strip().splitlines()[-1:]}"
    return ""


def home() -> Path:
    """Give the folder with ``node_modules``, or skip the test."""
    if reason := problem():
        pytest.skip(reason)
    return HOME
