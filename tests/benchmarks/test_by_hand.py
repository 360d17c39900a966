"""The benchmark compares like with like."""

from __future__ import annotations

import re
import sys

import pytest
from tests.conftest import ROOT


@pytest.fixture
def bench(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import bench

    yield bench
    for name in ("bench", "by_hand", "material"):
        sys.modules.pop(name, None)


def test_the_page_by_hand_shows_the_words_runs_ruby_and_notes_of_ours(bench, tmp_path):
    # `sample` builds both strictly, and ends the benchmark when they differ.
    page = bench.sample(tmp_path)
    words = bench.by_hand.words(page)
    assert words.count("⟦") > 50
    assert words.count("⟨") > 300
    plain = (tmp_path / "sample-plain/build/html/t0000.html").read_text("utf-8")
    assert words == bench.by_hand.words(plain)
    # Every note reference of the page by hand leads to a note.
    references = set(re.findall(r'href="#(note-[\w-]+)"', plain))
    assert references == set(re.findall(r'href="#(note-[\w-]+)"', page))
    assert all(f'id="{name}"' in plain for name in references)


def test_a_page_that_shows_less_is_found_out(bench, tmp_path, monkeypatch):
    whole = bench.by_hand.transcribe
    monkeypatch.setattr(
        bench.material, "transcribe", lambda page: re.sub(r"<ruby>.*?</ruby>", "", whole(page), count=1)
    )
    with pytest.raises(SystemExit, match="does not show the same words"):
        bench.sample(tmp_path)
