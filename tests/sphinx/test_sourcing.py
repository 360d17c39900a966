"""A claim is supported only by what it cites."""

from __future__ import annotations

from tests.sphinx.test_lists import CLAIM

BIB = """
@misc{ministry, title = {Readout}, author = {{Ministry}}, year = {2024}, keywords = {primary}}
@misc{daily, title = {Report}, author = {{Daily}}, year = {2024}, keywords = {secondary}}
@misc{weekly, title = {Story}, author = {{Weekly}}, year = {2024}, keywords = {secondary}}
"""
CASES = {
    "primary": ("supported", "{cite:p}`ministry`", ""),
    "two": ("supported", "{cite:p}`daily` and {cite:p}`weekly`", ""),
    "single": ("supported", "{cite:p}`daily`", ""),
    "twice": ("supported", "{cite:p}`daily` and again {cite:t}`daily`", ""),
    "none": ("supported", "", ""),
    "doubted": ("contested", "{cite:p}`daily`", ""),
    "later": ("opinion", "{cite:p}`daily`", ":now: supported\n:as-of: 2026-02-03"),
}


def test_a_supported_claim_needs_a_primary_source_or_two_others(project):
    quotes = ("国防相", "北京", "訪問", "国防相は", "北京を", "訪問した", "北京を訪問")
    claims = "".join(
        CLAIM.format(quote=quote, key=key, title=f"Claim {key}.", verdict=verdict, more=more).replace(
            f"Because {key}.", f"A report {cite}."
        )
        for quote, (key, (verdict, cite, more)) in zip(quotes, CASES.items(), strict=True)
    )
    project.write("docs/sources.bib", BIB)
    project.write("docs/claims.md", "# Claims\n" + claims + "\n\n```{bibliography}\n:all:\n```\n")
    project.write("docs/index.md", "# Small\n\n```{toctree}\nreading\nnotes\nclaims\n```\n")
    conf = project.root / "conf/conf.py"
    conf.write_text(
        conf.read_text().replace('"myst_parser", ', '"myst_parser", "sphinxcontrib.bibtex", ')
        + 'bibtex_bibfiles = ["../docs/sources.bib"]\nsuppress_warnings = ["kochu.crossing"]\n'
    )
    assert project.build(strict=False).stderr == ""
    edition = project.docs / "edition.toml"
    edition.write_text(edition.read_text() + "\n[check]\nevidence = true\n")
    done = project.build()
    assert done.returncode != 0
    told = [line for line in done.stderr.splitlines() if "kochu.evidence" in line]
    keys = [line.split("claim '")[1].split("'")[0] for line in told]
    assert keys == ["single", "twice", "none", "later"]
    assert "docs/claims.md:" in told[0]
    assert "cites only one secondary source; cite one primary source or two independent ones" in told[0]
    assert "cites no source" in told[2]
