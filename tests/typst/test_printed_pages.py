"""What a reader of the small edition sees on its pages: readings, headings, page numbers."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.conftest import caveat
from tests.typst.reading import painted, placed, readings

LONG = "A reason that takes its time to be told, and then some more time. " * 150


def test_neighbouring_readings_keep_apart_and_out_of_the_margin(typeset, project):
    project.seed("国防相の訪問\n中露協力は戦略的協力と中華人民共和国の協力志である。\n")
    project.write(
        "docs/layers/readings.txt",
        "2.1\t{中露|ちゅうろ}{協力|きょうりょく}は{戦略的|せんりゃくてき}{協力|きょうりょく}と{中華|ちゅうか}{人民|じんみん}"
        "{共和国|きょうわこく}の{協力|きょうりょく}{志|こころざし}である。\n",
    )
    project.write("docs/layers/english.txt", "1.1\tA visit\n2.1\tCooperation.\n")
    with typeset(strict=False).pdf() as pdf:
        lines = [line for page in pdf.pages for line in readings(page)]
        starts = [
            (
                min(start for line in shown for start, _, _ in line),
                min(x / size for x, _, size, _ in base) - 0.05,
            )
            for page in pdf.pages
            if (shown := readings(page)) and (base := [s for s in placed(page) if 11.5 < s[2] < 11.6])
        ]
    assert any(words == "ちゅうろ" for line in lines for _, _, words in line)
    for line in lines:
        for (_, end, first), (start, _, second) in pairwise(line):
            assert start - end > 0.15, (first, second)
    assert starts
    assert all(start >= margin for start, margin in starts)


def test_a_running_head_names_the_sentence_whose_notes_go_on(typeset, project):
    project.write("docs/notes.md", "# Notes\n\n" + caveat(body=LONG))
    with typeset().pdf() as pdf:
        pages = {number for number, _, words in painted(pdf) if "some more time" in words}
        heads = {number for number, size, words in painted(pdf) if words.startswith("2.1") and size < 8.1}
    assert len(pages) > 2
    assert pages - heads <= {min(pages)}, "a page that opens a chapter has no running head"


def test_page_numbers_stand_at_the_outer_margin(typeset, project):
    """Those below the text, where a chapter opens, like those above it."""
    toctree = "# A small edition\n\n```{toctree}\nreading\none\ntwo\nthree\nnotes\n```\n"
    project.write("docs/index.md", toctree)
    for name, length in (("one", 1), ("two", 2), ("three", 1)):
        project.write(f"docs/{name}.md", f"# Chapter {name}\n\n" + LONG * length)
    with typeset().pdf() as pdf:
        found = [
            (number, y < 60, x < float(page.MediaBox[2]) / 2)
            for number, page in enumerate(pdf.pages, 1)
            for x, y, _, words in placed(page)
            if words == str(number) and not 60 < y < 650
        ]
    assert {(number % 2, below) for number, below, _ in found} == {
        (0, True),
        (0, False),
        (1, True),
        (1, False),
    }
    assert [number for number, _, left in found if left != (number % 2 == 0)] == []


def test_a_headline_printed_twice_is_a_heading_twice_and_stands_once_in_the_contents(typeset, project):
    project.seed("国防相の訪問\n\n国防相の訪問\n国防相は北京を訪問した。\n")
    for name in ("readings", "english"):
        project.write(f"docs/layers/{name}.txt", "")
    project.write("docs/notes.md", "# Notes\n\n" + caveat(at="3.1"))
    printed = typeset(strict=False)
    source = printed.source()
    first, second = (line for line in source.splitlines() if 'title: "国防相の訪問"' in line)
    assert 'address: "1.1"' in first
    assert "listed: false" not in first
    assert 'address: "2.1"' in second
    assert "listed: false" in second
    with printed.pdf() as pdf, pdf.open_outline() as outline:
        titles = [child.title for item in outline.root for child in item.children]
    assert titles.count("国防相の訪問") == 1


def test_a_single_line_of_facts_belongs_to_the_last_paragraph(typeset, project):
    project.write("docs/notes.md", "# Notes\n\n" + caveat(body="First.\n\nLast words."))
    entry = next(line for line in typeset().source().splitlines() if line.startswith("#entry("))
    assert "last: [Last words.]" in entry
    assert entry.count("Last words.") == 1


def test_a_long_address_breaks_in_its_query_and_is_copied_whole(typeset, project):
    token = "1602627509134999790"
    address = (
        f"https://example.org/a/?article={token}-c79f7bd64eafd5b73a&period=3h&thread={token}&next={token}"
    )
    project.write("docs/notes.md", f"# Notes\n\n{address}\n\n" + caveat())
    with typeset().pdf() as pdf:
        lines = {}
        for number, page in enumerate(pdf.pages, 1):
            for _, y, _, words in placed(page):
                if any(part in words for part in ("example.org", "article", "thread", "next", token, "c79f")):
                    lines[number, -round(y)] = lines.get((number, -round(y)), "") + words
    assert "".join(words for _, words in sorted(lines.items())).strip() == address
    assert len(lines) > 1
    assert all(len(words) < 80 for words in lines.values())


def test_a_reading_much_longer_than_its_number_does_not_tear_the_line(typeset, project):
    project.seed("国防相の訪問\n彼は1952年から1958年にかけて働いた。\n")
    project.write(
        "docs/layers/readings.txt",
        "2.1\t彼は{1952年|せんきゅうひゃくごじゅうにねん}から{1958年|せんきゅうひゃくごじゅうはちねん}にかけて働いた。\n",
    )
    project.write("docs/layers/english.txt", "1.1\tA visit\n2.1\tHe worked.\n")
    with typeset(strict=False).pdf() as pdf:
        found = [one for page in pdf.pages for one in placed(page) if 11.5 < one[2] < 11.6]
        text = "".join(words for _, _, words in painted(pdf))
    at = {words: x / size for x, _, size, words in found}
    # Four digits, their counter and two kana; the reading of fifteen kana is as long as they.
    assert 5.5 < at["1958"] - at["1952"] < 7
    assert "せんきゅうひゃくごじゅうにねん" in text


def test_the_words_go_on_before_a_large_picture(typeset, project):
    """It moves to where there is room, and the page before it is filled."""
    tall = '<svg xmlns="http://www.w3.org/2000/svg" width="500" height="560"><rect width="500" height="560"/></svg>'
    project.write("docs/tall.svg", tall)
    figure = "```{figure} tall.svg\n:alt: A square\n:width: 100%\n\nThe caption.\n```\n"
    page = f"# Notes\n\n{LONG[:900]}\n\n{figure}\n{LONG}\n\n## Later\n\n{LONG}\n\n"
    project.write("docs/notes.md", page + caveat())
    with typeset().pdf() as pdf:
        found = [(number, words) for number, _, words in painted(pdf)]
    (shown,) = {number for number, words in found if "The caption." in words}
    before = sum(words.count("time to be told") for number, words in found if number == shown - 1)
    assert before > 20


@pytest.mark.parametrize("facts", [1, 8, 20])
def test_facts_do_not_begin_a_page_alone(typeset, project, facts):
    """Wherever the page ends, two lines of the note stand above its facts, be these few or many."""
    because = "It misleads all who read it. " * facts
    notes = "\n".join(
        caveat(
            key=f"caveat-{number}", body="Words of a note. " * (9 + 7 * number % 43) + "It closes here."
        ).replace("It misleads.", because)
        for number in range(300)
    )
    project.write("docs/notes.md", "# Notes\n\n" + notes)
    with typeset(strict=False).pdf() as pdf:
        pages = [[one for one in placed(page) if 60 < one[1] < 650] for page in pdf.pages]
    tops = [max(page, key=lambda one: (one[1], -one[0])) for page in pages if page]
    texts = [
        "".join(words for _, y, _, words in page if abs(y - top[1]) < 2)
        for page, top in zip(pages, tops, strict=True)
    ]
    assert sum("Words of a note" in text for text in texts) > 3
    # A fact begins with a space behind its name.
    assert not any(text.startswith("\u00a0It misleads") for text in texts)
    assert not any("closes here" in text for text in texts)
