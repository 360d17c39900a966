"""What we write, Typst reads back as nothing but text."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest
import typst

from kochu.typst.markup import array, escape, label, plain, string


def read_back(markup):
    source = f"#metadata([{markup}]) <it>".encode()
    (found,) = json.loads(typst.query(source, "<it>", field="value"))
    return text_of(found)


def text_of(node):
    """The text of a piece of content; anything but text and spaces is a leak."""
    if isinstance(node, str):
        return node
    match node["func"]:
        case "text" | "symbol":
            return node["text"]
        case "space":
            return " "
        case "sequence":
            return "".join(map(text_of, node["children"]))
    pytest.fail(f"{node['func']} in the output")


@pytest.mark.parametrize(
    "text",
    [
        "#let $x$ @ref <tag> [x] _y_ *z* ~ \\ \"q\" 'q' // --- ... = + - /* */ `code`",
        "1. no list",
        "12. no list",
        "= no heading",
        "- no item",
        "https://example.org/a_b#c",
        "[unclosed",
        "a\\",
        "。。。「」",
    ],
)
def test_signs_of_typst_are_only_text(text):
    assert read_back(escape(text)).strip() == text.strip()


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=40))
def test_any_text_comes_back(text):
    kept = plain(text).strip()
    assert read_back(f"a{escape(kept)}z") == f"a{kept}z"


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40))
@settings(max_examples=40, deadline=None)
def test_any_string_comes_back(text):
    source = f"#metadata({string(text)}) <it>".encode()
    assert json.loads(typst.query(source, "<it>", field="value")) == [text]


def test_a_line_break_of_the_file_is_no_space_between_japanese_signs():
    assert plain("日本語の\n文 is\none line") == "日本語の文 is one line"


def test_arrays_and_labels():
    assert array("1") == "(1, )"
    assert array() == "()"
    assert label('a"b') == 'label("a\\"b")'
