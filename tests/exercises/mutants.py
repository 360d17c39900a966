"""Break an exercise in every way its type allows, one way at a time."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
import re

from files import kind, load, store

from kochu.exercises.prove import wide

Mutant = tuple[str, str]
"""What was done, and the file that comes out."""


def mutants(text: str, addresses: list[str], sentences: dict[str, str]) -> Iterator[Mutant]:
    """Give the mutants of an exercise's file.

    :param addresses: all addresses of the text it is about.
    :param sentences: their words.
    """
    yield from _file_mutants(text)
    data = load(text)
    for name, change in _task_mutants(kind(text), data, addresses, sentences):
        broken = deepcopy(data)
        change(broken)
        if broken != data:
            yield name, store(text, broken)


# -- the file -----------------------------------------------------------------------


def _file_mutants(text: str) -> Iterator[Mutant]:
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.startswith(">>> "):
            yield f">>> of line {number + 1} removed", _with(lines, number, line[4:])
            yield f">>> of line {number + 1} in a comment", _with(lines, number, f"% {line}")
    yield "doctest in a fence that is not run", text.replace("```python", "```pycon")
    fence = text[text.index("```python") :]
    yield "doctest deleted", text.replace(fence, "")
    wrongs = re.findall(r"^>>> mark\(.*?\n(?=>>> |\n|```)", fence, re.MULTILINE | re.DOTALL)
    full = [m for m in wrongs if not re.search(r"'0/", m)]
    none = [m for m in wrongs if re.search(r"'0/[\d.]+'", m)]
    yield "no right answer by hand", _without(text, full or [m for m in wrongs if "to mark" in m])
    yield "no wrong answer by hand", _without(text, none)
    yield "no prove", re.sub(r">>> prove\(ex\)\n.*\n", "", text)
    yield "points of the front matter", re.sub(r"^points: .*$", "points: 99", text, flags=re.MULTILINE)
    yield "feedback deleted", re.sub(r"```\{feedback\}\n.*?\n```\n", "", text, flags=re.DOTALL)
    yield "id", re.sub(r"^id: .*$", "id: another-name", text, flags=re.MULTILINE)


def _with(lines: list[str], number: int, line: str) -> str:
    return "".join([*lines[:number], line, *lines[number + 1 :]])


def _without(text: str, examples: list[str]) -> str:
    for example in examples:
        text = text.replace(example, "")
    return text


# -- the task -----------------------------------------------------------------------


def _task_mutants(kind_: str, data: dict, addresses: list[str], sentences: dict[str, str]):
    yield from _evidence(data, addresses, sentences)
    yield from _rubrics(data)
    yield from _places(data, addresses, sentences)
    makers = {
        "choice": _choice,
        "choices": _choice,
        "repair": _choice,
        "true-false": _true_false,
        "order": _order,
        "match": _match,
        "reading": _texts("item"),
        "reconstruct": _texts("item"),
        "correction": _texts("fault"),
        "cloze": _cloze,
        "vocabulary": _vocabulary,
        "spot": _spot,
        "mqm": _mqm,
        "classify": _classify,
    }
    if kind_ in makers:
        yield from makers[kind_](data)


def _rows(data: dict) -> Iterator[tuple[tuple, dict]]:
    for name, item in data.items():
        if isinstance(item, list):
            yield from (((name, n), row) for n, row in enumerate(item) if isinstance(row, dict))
        elif isinstance(item, dict):
            yield (name,), item


def _at(data: dict, path: tuple) -> dict:
    for step in path:
        data = data[step]
    return data


def _set(path: tuple, field: str, new):
    def change(data):
        _at(data, path)[field] = new

    return change


def _evidence(data, addresses, sentences):
    """Each quote moved to other addresses, and changed by one character.

    Moved where it might be found again, and to its neighbours; anywhere else it fails
    for the same reason as there.
    """
    for path, row in _rows(data):
        for number, (address, quote) in enumerate(row.get("evidence", [])):
            moved = [row["evidence"][:number], row["evidence"][number + 1 :]]
            places = ["page:index"]
            if address in addresses:
                here = addresses.index(address)
                words = re.sub(r"^.*\[|\].*$", "", quote).split("…")[0]
                # Of two headlines with the same words, either proves the same.
                places = [
                    a for a in addresses if words in sentences[a] and sentences[a] != sentences[address]
                ]
                places += addresses[max(0, here - 1) : here + 2]
            for other in dict.fromkeys(places):
                if sentences.get(other) != sentences.get(address, ""):
                    new = [*moved[0], [other, quote], *moved[1]]
                    yield f"quote {path}/{number} moved to {other}", _set(path, "evidence", new)
            bad = [*moved[0], [address, quote[:-1] + "誤"], *moved[1]]
            yield f"quote {path}/{number} misspelt", _set(path, "evidence", bad)


def _places(data, addresses, sentences):
    """Marked words moved to a sentence that does not have them."""
    for path, row in _rows(data):
        if "at" in row and "quote" in row:
            plain = re.sub(r"^.*\[|\].*$", "", row["quote"]) if "[" in row["quote"] else row["quote"]
            first = plain.split("…")[0]
            here = addresses.index(row["at"])
            for other in addresses[max(0, here - 1) : here + 2]:
                if first not in sentences[other]:
                    yield f"{path} moved to {other}", _set(path, "at", other)


def _rubrics(data):
    for path, row in [((), data), *_rows(data)]:
        rubric = row.get("rubric")
        is_free = "models" in row
        if rubric and is_free:
            more = [{**rubric[0], "points": rubric[0]["points"] + 1}, *rubric[1:]]
            yield f"rubric {path} adds up to more", _set(path, "rubric", more)
            yield f"rubric {path} lost a row", _set(path, "rubric", rubric[1:])
        if is_free:
            yield f"no model {path}", _set(path, "models", [])
            yield f"empty model {path}", _set(path, "models", ["。"])


def _choice(data):
    for i, right in enumerate(data["right"]):
        for j, wrong in enumerate(data["wrong"]):

            def flip(d, i=i, j=j, right=right, wrong=wrong):
                d["right"][i]["text"], d["wrong"][j]["text"] = wrong["text"], right["text"]

            def same(d, j=j, right=right):
                d["wrong"][j]["text"] = wide(right["text"]) + "。"

            yield f"key {i} and distractor {j} exchanged", flip
            yield f"distractor {j} is key {i} after NFKC", same
    for j in range(len(data["wrong"])):
        yield f"distractor {j} lost", lambda d, j=j: d["wrong"].pop(j)

        def promoted(d, j=j):
            row = d["wrong"].pop(j)
            d["right"].append({"text": row["text"], "evidence": d["right"][0]["evidence"]})

        yield f"distractor {j} made right", promoted


def _true_false(data):
    for n, row in enumerate(data["statement"]):
        for other in (True, False, "not-stated"):
            if other != row["answer"]:
                yield f"statement {n} made {other}", _set(("statement", n), "answer", other)
        if row["answer"] != "not-stated":

            def unproved(d, n=n):
                d["statement"][n]["answer"] = "not-stated"
                del d["statement"][n]["evidence"]

            yield f"statement {n} made not stated, without its evidence", unproved


def _order(data):
    events = data["event"]
    for n in range(len(events) - 1):

        def swap(d, n=n):
            d["event"][n], d["event"][n + 1] = d["event"][n + 1], d["event"][n]

        def swap_texts(d, n=n):
            one, two = d["event"][n], d["event"][n + 1]
            one["text"], two["text"] = two["text"], one["text"]

        yield f"events {n} and {n + 1} exchanged", swap
        yield f"texts of events {n} and {n + 1} exchanged", swap_texts
    yield "an event lost", lambda d: d["event"].pop()
    yield "two events the same", lambda d: d["event"][0].update(text=wide(events[1]["text"]))


def _match(data):
    pairs = data["pair"]
    for i in range(len(pairs)):
        for j in range(i):

            def swap(d, i=i, j=j):
                one, two = d["pair"][i], d["pair"][j]
                one["right"], two["right"] = two["right"], one["right"]

            yield f"right sides {i} and {j} exchanged", swap
    for n in range(len(data.get("extra", []))):

        def same(d, n=n):
            d["extra"][n]["text"] = wide(pairs[0]["right"]) + "。"

        yield f"extra {n} is a key after NFKC", same


def _texts(table):
    def make(data):
        for n, row in enumerate(data[table]):
            wrong = [w["text"] for w in row.get("wrong", [])]
            for j, text in enumerate(wrong):

                def flip(d, n=n, j=j, text=text):
                    this = d[table][n]
                    this["accept"][0], this["wrong"][j]["text"] = text, this["accept"][0]

                def same(d, n=n, j=j):
                    d[table][n]["wrong"][j]["text"] = wide(d[table][n]["accept"][0]) + "。"

                yield f"{table} {n}: key and wrong text {j} exchanged", flip
                yield f"{table} {n}: wrong text {j} is the key after NFKC", same
                yield f"{table} {n}: wrong text {j} lost", lambda d, n=n, j=j: d[table][n]["wrong"].pop(j)
            for j in range(len(row["accept"])):
                yield f"{table} {n}: accepted text {j} lost", lambda d, n=n, j=j: d[table][n]["accept"].pop(j)
            yield f"{table} {n}: another key", _set((table, n), "accept", ["まったくべつのこたえ"])
            if row.get("caveat"):
                yield f"{table} {n}: no such caveat", _set((table, n), "caveat", "no-such-note")

    return make


def _cloze(data):
    if not data.get("choose"):
        yield from _texts("blank")(data)
        return
    for n, row in enumerate(data["blank"]):
        for j, wrong in enumerate(row["wrong"]):

            def flip(d, n=n, j=j, text=wrong["text"]):
                this = d["blank"][n]
                this["accept"][0], this["wrong"][j]["text"] = text, this["accept"][0]

            def same(d, n=n, j=j):
                d["blank"][n]["wrong"][j]["text"] = wide(d["blank"][n]["accept"][0]) + "。"

            yield f"blank {n}: key and option {j} exchanged", flip
            yield f"blank {n}: option {j} is the key after NFKC", same
            yield f"blank {n}: option {j} lost", lambda d, n=n, j=j: d["blank"][n]["wrong"].pop(j)


def _vocabulary(data):
    for n, row in enumerate(data["item"]):
        for j, wrong in enumerate(row["wrong"]):

            def flip(d, n=n, j=j, text=wrong["text"]):
                this = d["item"][n]
                this["right"], this["wrong"][j]["text"] = text, this["right"]

            def same(d, n=n, j=j):
                d["item"][n]["wrong"][j]["text"] = wide(d["item"][n]["right"]) + "。"

            yield f"item {n}: key and meaning {j} exchanged", flip
            yield f"item {n}: meaning {j} is the key after NFKC", same


def _spot(data):
    chunks = [c.strip() for c in data["chunks"].split("/")]
    for n, row in enumerate(data["target"]):
        for chunk in chunks:
            if chunk not in row["quote"] and row["quote"] not in chunk:
                yield f"target {n} moved to {chunk}", _set(("target", n), "quote", chunk)
    yield "a target lost", lambda d: d["target"].pop()
    yield "chunks do not make up the sentence", _set((), "chunks", data["chunks"][1:])


def _mqm(data):
    for n, row in enumerate(data["span"]):
        for other in data["types"]:
            if other != row["type"]:
                yield f"span {n} typed {other}", _set(("span", n), "type", other)
        for other in ("neutral", "minor", "major", "critical"):
            if other != row["severity"]:
                yield f"span {n} weighed {other}", _set(("span", n), "severity", other)
        yield f"span {n}: no such caveat", _set(("span", n), "caveat", "no-such-note")


def _classify(data):
    for n, row in enumerate(data["statement"]):
        for other in data["categories"]:
            if other != row["category"]:
                yield f"statement {n} put under {other}", _set(("statement", n), "category", other)
