"""What the head of a page names: the chapter on the left, its section on the right."""

from __future__ import annotations

import re

from tests.typst.reading import placed

LONG = "A reason that takes its time to be told, and then some more time. " * 100
CHAPTER = f"""# Of drills

## The first

{LONG}

### A small matter

{LONG}

## The second

Short.

## The third

{LONG}

### Another small matter

{LONG}
"""
TITLES = ("The first", "The second", "The third")


def heads(pdf):
    """The head of every page that has one, without its page number."""
    found = {}
    for number, page in enumerate(pdf.pages, 1):
        words = " ".join(words for _, y, _, words in sorted(placed(page)) if y > 660)
        if words and number > 2:
            found[number] = re.sub(r"\s+", " ", words.replace(str(number), "")).strip()
    return found


def test_the_chapter_stands_on_the_left_and_its_section_on_the_right(typeset, project):
    project.write("docs/index.md", "# A small edition\n\n```{toctree}\nreading\nnotes\nchapter\n```\n")
    project.write("docs/chapter.md", CHAPTER)
    with typeset().pdf() as pdf:
        found = heads(pdf)
        begun = {
            number: [words for _, _, words in sorted(titles, reverse=True)]
            for number, page in enumerate(pdf.pages, 1)
            for titles in [
                [(y, x, words) for x, y, size, words in placed(page) if words in TITLES and size > 12]
            ]
        }
    first = max(number for number, titles in begun.items() if "The first" in titles)
    assert [titles for number, titles in begun.items() if number > first and number % 2 and titles[1:]]
    section = "The first"
    for number in range(first + 1, max(found) + 1):
        # Of several that begin on a page the first; else the one that goes on.
        shown = begun[number][0] if begun[number] else section
        assert found[number] == (shown if number % 2 else "Of drills")
        section = [section, *begun[number]][-1]
