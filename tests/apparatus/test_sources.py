"""Sources are older than the edition."""

from __future__ import annotations

from kochu.apparatus.sources import check_days

BIB = """@misc{old,
  title   = {{Of 2027-01-01}},
  date    = {2024-10-14},
  urldate = {2026-11-26},
}
@book{new, date = "2026-11-27", urldate = {2026-12-01}}
@misc{bare, year = {2027}, url = {https://example.org/2027-01-01}}
"""


def test_a_source_from_after_the_edition_is_told_with_its_line():
    problems = list(check_days(BIB, "sources.bib", "2026-11-26"))
    assert [str(problem) for problem in problems] == [
        f"sources.bib:6: source 'new' {said}, after the edition's date 2026-11-26; "
        "correct the day, or the date in edition.toml [kochu.date]"
        for said in ("is of 2026-11-27", "was read on 2026-12-01")
    ]


def test_the_check_is_asked_for_and_the_build_says_the_same(project):
    project.write("docs/sources.bib", BIB)
    assert not project.check().problems
    edition = project.docs / "edition.toml"
    edition.write_text(edition.read_text() + "\n[check]\nchronology = true\n")
    told = [problem.message for problem in project.check().problems]
    assert len(told) == 3
    done = project.build()
    assert done.returncode != 0
    lines = done.stderr.splitlines()[:-1]
    assert [line.partition("WARNING: ")[2].removesuffix(" [kochu.date]") for line in lines] == told
