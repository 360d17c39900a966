"""Caveats are shown by how sure they are: in the text, and in the lists."""

from __future__ import annotations


def test_only_sure_caveats_if_a_reader_wants_them(visit):
    """The same choice in the text: notes and marks of doubtful caveats go, the sure ones stay."""
    count = """() => ({
      notes: [...document.querySelectorAll('.kochu-note.k-caveat')].filter((n) => getComputedStyle(n).display !== 'none').length,
      marks: [...document.querySelectorAll('.kochu-run.k-caveat')].filter((n) => getComputedStyle(n).textDecorationLine !== 'none').length,
    })"""
    seen = [visit(f"reading.html?layers=caveat&density=full{c}").evaluate(count) for c in
            ("", "&confidence=medium", "&confidence=high")]  # fmt: skip
    for name in ("notes", "marks"):
        everything, probable, sure = (found[name] for found in seen)
        assert everything > probable > sure > 20


def test_lists_of_caveats_can_be_chosen_from(visit):
    page = visit("caveats/index.html")
    rows = "[...document.querySelectorAll('.kochu-index tbody tr')].filter((r) => getComputedStyle(r).display !== 'none').length"
    everything = page.evaluate(rows)
    page.select_option("select[name=confidence]", "high")
    sure = page.evaluate(rows)
    page.select_option("select[name=severity]", "major")
    assert 10 < page.evaluate(rows) < sure < everything
