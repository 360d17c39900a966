"""Files that students send: everything that was ever seen in one, and what becomes of it."""

from __future__ import annotations

import codecs
import errno
import json
import os
from pathlib import Path
import time

import pytest

from kochu.exercises.submissions import DEEPEST, LARGEST, printable, read_hand_in, read_hand_ins


def hand_in(**fields) -> dict:
    answers = {"h-choice": {"1": "o1"}, "h-choices": {"1": ["o1", "o2"]}}
    return {"format": "kochu-answers/1", "set": "all", "name": "山田", "answers": answers, **fields}


def put(folder: Path, content, name: str = "a.json") -> Path:
    path = folder / name
    data = (
        content
        if isinstance(content, bytes)
        else json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")
    )
    path.write_bytes(data)
    return path


def refused(folder: Path, content) -> str:
    found = read_hand_in(put(folder, content))
    assert found.answers is None
    return found.problem


def test_a_good_one(tmp_path):
    found = read_hand_in(put(tmp_path, hand_in()))
    assert (found.name, found.set_name, found.problem) == ("山田", "all", "")
    assert found.answers == {"h-choice": {"1": "o1"}, "h-choices": {"1": ["o1", "o2"]}}


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_that_say_what_they_are(tmp_path, codec):
    text = json.dumps(hand_in(), ensure_ascii=False)
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(codec, b"")
    assert read_hand_in(put(tmp_path, mark + text.encode(codec))).name == "山田"


def test_shift_jis_is_refused_and_not_guessed(tmp_path):
    data = json.dumps(hand_in(), ensure_ascii=False).encode("shift_jis")
    assert "neither UTF-8 nor UTF-16" in refused(tmp_path, data)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not JSON"),
        (b"\x00\x00\x00", "not JSON"),
        (b"\x80\x04\x95\x10", "neither UTF-8"),
        (b"a: no\n", "not JSON"),
        (b'{"format": "kochu-answers/1"', "not JSON"),
        (b"[]", "no hand-in"),
        (b"null", "no hand-in"),
        (b'"text"', "no hand-in"),
        (b'{"format": "other"}', "no hand-in"),
        (b'{"format": "kochu-answers/1", "answers": []}', "not a table"),
        (b'{"format": "kochu-answers/1", "answers": {}, "answers": {}}', "'answers' stands twice"),
        (b'{"format": "kochu-answers/1", "answers": {"x": {"1": NaN}}}', "NaN"),
        (b'{"format": "kochu-answers/1", "n": ' + b"9" * 200_000 + b"}", "too long"),
        (b"[" * 100_000, f"deeper than {DEEPEST}"),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, f"deeper than {DEEPEST}"),
        (b" " * (LARGEST + 1), "larger than"),
    ],
)
def test_what_is_no_hand_in(tmp_path, content, reason):
    assert reason in refused(tmp_path, content)


@pytest.mark.parametrize(
    "content", [b'"\\"' * 80_000, b'"' + b"\\" * 200_000, b'{"a": "' + b"[" * 200_000, b'"' * 200_001]
)
@pytest.mark.timed
def test_no_file_takes_long(tmp_path, content):
    start = time.perf_counter()
    assert refused(tmp_path, content)
    assert time.perf_counter() - start < 1


def test_brackets_in_an_answer_are_words(tmp_path):
    found = read_hand_in(put(tmp_path, hand_in(answers={"x": {"1": '[[[[[[[[[[ \\" {{{{{{{{'}})))
    assert found.answers == {"x": {"1": '[[[[[[[[[[ \\" {{{{{{{{'}}


def test_links_pipes_and_folders(tmp_path):
    (tmp_path / "link.json").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "folder.json").mkdir()
    put(tmp_path, hand_in(), "good.json")
    found = {h.file: h.problem for h in read_hand_ins(tmp_path)}
    assert found == {
        "folder.json": "not a file",
        "good.json": "",
        "link.json": "a link, not a file",
        "pipe.json": "not a file",
    }


def test_a_file_without_permission(tmp_path, monkeypatch):
    path = put(tmp_path, hand_in())

    def refuse(*_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    # A file that is locked in earnest would still be read by root.
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        found = read_hand_in(path)
    assert found.problem == "cannot be opened: Permission denied"


@pytest.mark.parametrize("answer", [1, 1.5, True, None, {"a": "b"}, ["a", 1], ["a"] * 61, "x" * 20_001])
def test_what_is_no_answer_is_left_and_named(tmp_path, answer):
    found = read_hand_in(put(tmp_path, hand_in(answers={"h-choice": {"1": answer, "2": "o1"}})))
    assert found.answers == {"h-choice": {"2": "o1"}}
    assert found.ignored == ("h-choice/1",)


def test_names_are_made_fit_to_print():
    assert printable("  a\n\tb\u202ec\u200b  d ") == "a b c d"
    assert printable("\ud800x") == "?x" or printable("\ud800x") == "\ufffdx"
    assert len(printable("あ" * 500)) == 60


def test_a_file_name_that_is_no_utf8(tmp_path):
    path = os.fsencode(tmp_path) + b"/\xff\xfe.json"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(json.dumps(hand_in()).encode())
    (found,) = read_hand_ins(tmp_path)
    assert found.problem == ""
    assert "\ufffd" in found.file
