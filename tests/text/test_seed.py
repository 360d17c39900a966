"""Loading a base text and refusing what is none."""

from __future__ import annotations

import hashlib
from pathlib import Path
import tempfile

from hypothesis import given
from hypothesis import strategies as st
import pytest

from kochu.text.problems import EditionError
from kochu.text.seed import load
from kochu.text.segment import segment

_JAPANESE = st.text("国防相は北京を訪問した。、「」！？（）々ー　ロシアＮ", max_size=40)
_MIXED = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
_LONG = st.integers(0, 3000).map(lambda size: "長い文。" * size)
_LINES = st.lists(_JAPANESE | _MIXED | _LONG, min_size=1, max_size=8)
SEEDS = st.builds(
    lambda mark, lines, end, last: mark + end.join(lines) + (end if last else ""),
    st.sampled_from(["", "\ufeff"]),
    _LINES,
    st.sampled_from(["\n", "\r\n", "\r", "\n\n"]),
    st.booleans(),
)
"""Random texts: Japanese, any script, very long lines; any line end, with a byte order mark or
without, with a newline at the end or without."""


def plant(folder, data, digest=None):
    path = folder / "text.txt"
    path.write_bytes(data)
    digest = digest or hashlib.sha256(data).hexdigest()
    (folder / "SHA256SUMS").write_text(f"{digest}  text.txt\n")
    return path


@pytest.mark.parametrize(
    "data",
    [
        "一。\n二。\n".encode(),
        "\ufeff一。\r\n\r\n二。".encode(),
        "一。\r二。".encode(),
        ("長" * 100_000).encode(),
    ],
)
def test_a_seed_is_kept_byte_for_byte(tmp_path, data):
    seed = load(plant(tmp_path, data))
    assert seed.text.encode() == data
    assert seed.intact


def test_a_changed_seed_is_not_intact(tmp_path):
    assert not load(plant(tmp_path, "一。".encode(), "0" * 64)).intact


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("一。\nあ".encode("shift_jis"), ":1: seed is not UTF-8 (byte 0 is 0x88); save it as UTF-8"),
        (b"abc\nd\xff\xfe", ":2: seed is not UTF-8 (byte 5 is 0xff)"),
        ("一".encode("utf-16"), "seed is UTF-16, not UTF-8"),
        (b"", "seed is empty"),
        ("\ufeff \r\n　\n".encode(), "seed is empty"),
        (b"\x89PNG\r\n", "seed is not UTF-8"),
        (b"one\ntwo\x00", ":2: seed holds the control character U+0000"),
    ],
)
def test_what_is_no_text_is_refused_with_place_and_remedy(tmp_path, data, message):
    with pytest.raises(EditionError) as error:
        load(plant(tmp_path, data))
    assert message in str(error.value)
    assert "text.txt" in str(error.value)


def test_a_seed_without_a_recorded_checksum_says_what_to_record(tmp_path):
    path = plant(tmp_path, b"a.")
    (tmp_path / "SHA256SUMS").unlink()
    with pytest.raises(EditionError) as error:
        load(path)
    assert f"add the line '{hashlib.sha256(b'a.').hexdigest()}  text.txt'" in str(error.value)


def test_a_missing_seed_is_named(tmp_path):
    with pytest.raises(EditionError, match="seed cannot be read: No such file"):
        load(tmp_path / "none.txt")


@given(SEEDS)
def test_what_is_published_gives_the_seed_back_byte_for_byte(text):
    data = text.encode()
    with tempfile.TemporaryDirectory() as folder:
        path = plant(Path(folder), data)
        if not text.strip("\ufeff \t\r\n\u3000"):
            with pytest.raises(EditionError, match="seed is empty"):
                load(path)
            return
        seed = load(path)
    assert seed.intact
    base = segment(seed.text)
    assert "".join(base.pieces()).encode() == data
    for sentence in base.sentences:
        assert seed.text[sentence.start : sentence.end] == sentence.text
        assert base.sentence(sentence.address) is sentence


@given(st.binary(max_size=60) | SEEDS.map(lambda text: text.encode("utf-16")) | _JAPANESE.map(
    lambda text: text.encode("euc-jp", "replace")
))  # fmt: skip
def test_any_bytes_are_a_seed_or_an_error_with_file_and_remedy(data):
    with tempfile.TemporaryDirectory() as folder:
        path = plant(Path(folder), data)
        try:
            assert load(path).text.encode() == data
        except EditionError as error:
            (problem,) = error.problems
            assert problem.path.endswith("text.txt")
            assert problem.subtype == "seed"
            assert "\n" not in problem.message
            assert problem.message.startswith("seed ")
