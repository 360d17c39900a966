"""Small editions for tests, and the real one."""

from __future__ import annotations

from dataclasses import dataclass, field
import hashlib
import os
from pathlib import Path
import shutil
import subprocess
import sys

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"

SEED = "国防相の訪問\n国防相は北京を訪問した。両国は軍事面の協力と軍事面の交流を強化した。\n\n結論\n協力は続く。\n"
READINGS = """1.1\t{国防相|こくぼうしょう}の{訪問|ほうもん}
2.1\t{国防相|こくぼうしょう}は{北京|ペキン}を{訪問|ほうもん}した。
2.2\t{両国|りょうこく}は{軍事面|ぐんじめん}の{協力|きょうりょく}と{軍事面|ぐんじめん}の{交流|こうりゅう}を{強化|きょうか}した。
3.1\t{結論|けつろん}
4.1\t{協力|きょうりょく}は{続|つづ}く。
"""
ENGLISH = """1.1\tThe minister's visit
2.1\tThe minister visited Beijing.
2.2\tThe two countries stepped up cooperation.
3.1\tConclusion
4.1\tCooperation goes on.
"""
EDITION = """
[edition]
title = "A small edition"
version = "1"
date = "2026-01-01"

[[text]]
id = "small"
title = "国防相の訪問"
seed = "../seeds/text.txt"
language = "ja"
readings = "layers/readings.txt"

[[text.layer]]
name = "close"
label = "Translation"
file = "layers/english.txt"
language = "en"

[[group]]
name = "wording"
label = "Wording"

[[rights]]
layer = "Base text"
statement = "© its author"
"""
CAVEAT = """:::{{caveat}} {quote}
:key: {key}
:at: {at}
:type: style/awkward-style
:severity: {severity}
:confidence: high
:group: wording
:because: It misleads.
:better: {better}

{body}
:::
"""


def caveat(key="one", quote="訪問", at="2.1", better="来訪", severity="minor", body="A reason."):
    return CAVEAT.format(**locals())


@dataclass
class Project:
    """An edition in a folder of its own."""

    root: Path
    conf: dict[str, object] = field(default_factory=dict)

    @property
    def docs(self) -> Path:
        return self.root / "docs"

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def seed(self, text: str, name: str = "text.txt") -> None:
        data = text.encode()
        (self.root / "seeds").mkdir(exist_ok=True)
        (self.root / "seeds" / name).write_bytes(data)
        sums = self.root / "seeds" / "SHA256SUMS"
        kept = sums.read_text().splitlines() if sums.exists() else []
        kept = [line for line in kept if not line.endswith(f" {name}")]
        digest = hashlib.sha256(data).hexdigest()
        sums.write_text("\n".join([*kept, f"{digest}  {name}"]) + "\n")

    def build(self, builder: str = "html", *options: str, strict: bool = True):
        """Run sphinx-build as a user would."""
        flags = ["-W", "--keep-going"] if strict else []
        return subprocess.run(
            [
                *(sys.executable, "-m", "sphinx", "-q", "-n", *flags, "-b", builder, *options),
                *("-d", str(self.root / f"build/doctrees-{builder}"), "-c", str(self.root / "conf")),
                *(str(self.docs), str(self.root / "build" / builder)),
            ],
            cwd=self.root,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": "", "SOURCE_DATE_EPOCH": "1700000000", "NO_COLOR": "1"},
        )

    def page(self, name: str, builder: str = "html") -> str:
        return (self.root / "build" / builder / name).read_text("utf-8")

    def check(self):
        from kochu.check import check_edition

        here = Path.cwd()
        os.chdir(self.root)
        try:
            return check_edition(Path("docs"))
        finally:
            os.chdir(here)


@pytest.fixture
def project(tmp_path):
    """A small edition with one caveat, ready to build."""
    return small_edition(tmp_path)


def small_edition(root):
    """Write a small edition with one caveat into a folder."""
    made = Project(root)
    made.seed(SEED)
    made.write("docs/edition.toml", EDITION)
    made.write("docs/layers/readings.txt", READINGS)
    made.write("docs/layers/english.txt", ENGLISH)
    made.write("docs/index.md", "# A small edition\n\n```{toctree}\nreading\nnotes\n```\n")
    made.write("docs/reading.md", "# The text\n\n:::{reading}\n:::\n")
    made.write("docs/notes.md", "# Notes\n\n" + caveat())
    made.write(
        "conf/conf.py",
        'project = "small"\nextensions = ["myst_parser", "kochu"]\n'
        'myst_enable_extensions = ["colon_fence"]\nhtml_theme = "basic"\n'
        "html_copy_source = False\n",
    )
    return made


def build_edition(builder: str, out: Path, *flags: str) -> None:
    """Build the real edition strictly: into ``out/<builder>``, with doctrees of its own."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", *flags, "-b", builder),
            *("-d", out / f"doctrees-{builder}", "-c", ROOT / "conf", DOCS, out / builder),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The real edition as HTML, built strictly and once for all tests that read it."""
    given = os.environ.get("KOCHU_SITE")
    if given:
        return Path(given)
    out = tmp_path_factory.mktemp("site")
    build_edition("html", out)
    return out / "html"


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests: Playwright drives one at a time in a thread."""
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright for browser tests")
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = driver.chromium.launch(executable_path=path, args=options)
        yield browser
        browser.close()


def pytest_sessionfinish(session, exitstatus):
    """Fail a run that may not skip anything, but did."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    # A TeX with Japanese is a gigabyte, for a way to print that is not the edition's own.
    skipped = [report for report in skipped if "latex" not in report.keywords]
    if os.environ.get("KOCHU_NO_SKIPS") and skipped and exitstatus == pytest.ExitCode.OK:
        for report in skipped:
            reporter.write_line(f"SKIPPED {report.nodeid}: {report.longrepr[-1]}")
        reporter.write_line("nothing may be skipped here (KOCHU_NO_SKIPS)", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
