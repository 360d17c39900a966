"""The excerpt edition gives away no sentence that it does not publish."""

from __future__ import annotations

from pathlib import Path
import re
import zipfile
import zlib

from bs4 import BeautifulSoup
import pikepdf
import pytest
from tests.conftest import DOCS, build_edition
from tests.typst.reading import japanese

from kochu.apparatus.edition import load_edition, load_text


@pytest.fixture(scope="module")
def excerpt(tmp_path_factory):
    out = tmp_path_factory.mktemp("excerpt")
    for builder in ("html", "typst", "epub"):
        build_edition(builder, out, "-t", "excerpt")
    return out


@pytest.fixture(scope="module")
def loaded():
    edition = load_edition(DOCS)
    return load_text(edition, next(iter(edition.texts)))


def contents(path: Path) -> list[str]:
    """All text in a file, unpacked."""
    data = path.read_bytes()
    if path.name == "objects.inv":
        data = zlib.decompress(data.split(b"\n", 4)[4])
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            # Marks between the words must not hide them.
            texts = [archive.read(name).decode("utf-8", "ignore") for name in archive.namelist()]
            return [
                re.sub(r"<r[pt]>.*?</r[pt]>|<a [^>]*noteref.*?</a>|<[^>]*>|\s", "", text) for text in texts
            ]
    text = data.decode("utf-8", "ignore")
    if path.suffix in {".html", ".xhtml"}:
        soup = BeautifulSoup(text, "html.parser")
        for extra in soup.select("rt, rp, [role=doc-noteref]"):
            extra.extract()
        return [text, re.sub(r"\s+", "", soup.get_text())]
    if path.suffix in {".js", ".json", ".jsonld"}:
        return [text, re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)]
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            return [re.sub(r"\W", "", words) for words in japanese(pdf)]
    return [text]


def _signs(text: str) -> str:
    """What of a sentence is read from a PDF: its Japanese letters."""
    return re.sub(r"\W", "", re.sub(r"[^\u3000-\u9fff\uff01-\uff60]", "", text))


def test_no_file_holds_a_sentence_that_is_withheld(excerpt, loaded):
    soup = BeautifulSoup((excerpt / "html/reading.html").read_text("utf-8"), "html.parser")
    shown = {node["data-sentence"] for node in soup.select("[data-sentence]")}
    assert 5 < len(shown) < 25
    # The two headlines are one sentence; headings are short enough to be quoted.
    texts = {loaded.base.sentence(a).text for a in shown}
    withheld = [s for s in loaded.base.sentences if s.text not in texts and len(s.text) > 20]
    assert len(withheld) > 10
    leaks = [
        f"{path.relative_to(excerpt)}: {sentence.address}"
        for path in excerpt.rglob("*")
        if path.is_file() and "doctrees" not in path.parts[len(excerpt.parts)]
        for text in contents(path)
        for sentence in withheld
        if (_signs(sentence.text) if path.suffix == ".pdf" else re.sub(r"\s+", "", sentence.text)) in text
    ]
    assert leaks == []
    share = sum(len(loaded.base.sentence(a).text) for a in shown)
    assert share <= 0.4 * sum(len(s.text) for s in loaded.base.sentences)


def test_the_versions_of_a_withheld_sentence_are_withheld_too(excerpt, loaded):
    page = (excerpt / "html/reading.html").read_text("utf-8")
    soup = BeautifulSoup(page, "html.parser")
    shown = {node["data-sentence"] for node in soup.select("[data-sentence]")}
    for unit in soup.select("[data-address]"):
        if unit["data-address"] not in shown:
            assert not unit.select("[data-layer]"), unit["data-address"]
            assert "not reproduced" in unit.get_text()
