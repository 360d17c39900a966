"""Change everything that is secret in an exercise and nothing that is public.

What comes out may be wrong as an exercise; the student edition must not notice.
"""

from __future__ import annotations

import re

from files import kind, load, store

OTHER = "Quite another reason, with {sentence}`2.1`."


def secretly_other(text: str) -> str:
    """Give the same public exercise with other secrets."""
    data = load(text)
    CHANGES[kind(text)](data)
    for row in _rows(data):
        _feedback(row)
    text = store(text, data)
    text = re.sub(r"(?<=```\{feedback\}\n).*?(?=\n```)", "Another lesson altogether.", text, flags=re.DOTALL)
    text = re.sub(r"```\{teacher\}\n.*?\n```\n", "", text, flags=re.DOTALL)
    return text + "\n```{teacher}\nOther notes.\n```\n"


def _rows(data):
    yield data
    for item in data.values():
        if isinstance(item, list):
            yield from (row for row in item if isinstance(row, dict))
        elif isinstance(item, dict):
            yield item


def _feedback(row):
    if "why" in row:
        row["why"] = OTHER
    if "whys" in row:
        row["whys"] = dict.fromkeys(row["whys"], OTHER)
    if "models" in row:
        row["models"] = ["Another model answer, 残る、儀仗隊。"]
    for criterion in row.get("rubric", []):
        criterion["text"] = "Another criterion."
    for wrong in row.get("wrong", []) if isinstance(row.get("wrong"), list) else []:
        wrong["why"] = OTHER


def _choice(data):
    right, wrong = data["right"], data["wrong"]
    proof = right[0]["evidence"]
    texts = [row["text"] for row in (*right, *wrong)]
    texts = texts[1:] + texts[:1]
    data["right"] = [{"text": t, "evidence": proof} for t in texts[: len(right)]]
    data["wrong"] = [{"text": t, "why": OTHER} for t in reversed(texts[len(right) :])]


def _true_false(data):
    for row in data["statement"]:
        if row["answer"] == "not-stated":
            row["answer"] = True
            row["evidence"] = next(r["evidence"] for r in data["statement"] if r.get("evidence"))
        else:
            row["answer"] = "not-stated"
    for row in data["statement"]:
        if row["answer"] == "not-stated":
            row.pop("evidence", None)


def _order(data):
    data["by"] = "sentence"
    data["event"] = [{"text": row["text"]} for row in reversed(data["event"])]
    # The places of the options must not show that one order is no longer the key.


def _match(data):
    pairs = data["pair"]
    extra = data.setdefault("extra", [])
    rights = list(dict.fromkeys([pair["right"] for pair in pairs] + [row["text"] for row in extra]))
    turned = dict(zip(rights, rights[1:] + rights[:1], strict=True))
    for row in pairs:
        row["right"] = turned[row["right"]]
    for row in extra:
        row["text"] = turned[row["text"]]


def _texts(table):
    def change(data):
        for row in data[table]:
            row["accept"] = [*row["accept"][:1], "べつのこたえ"]
            row["wrong"] = [{"text": "まちがい", "why": OTHER}]
            row.pop("half", None)
        if "otherwise" in data or table == "fault":
            data["otherwise"] = "wrong"

    return change


def _vocabulary(data):
    for row in data["item"]:
        texts = [row["right"], *(w["text"] for w in row["wrong"])]
        row["right"] = texts[1]
        row["wrong"] = [{"text": t, "why": OTHER} for t in (texts[0], *texts[2:])]


def _cloze(data):
    if not data.get("choose"):
        _texts("blank")(data)
        return
    for row in data["blank"]:
        texts = [row["accept"][0], *(w["text"] for w in row["wrong"])]
        row["accept"] = [texts[-1]]
        row["wrong"] = [{"text": t, "why": OTHER} for t in texts[:-1]]


def _spot(data):
    chunks = [chunk.strip() for chunk in data["chunks"].split("/")]
    old = data["target"][0]["quote"]
    other = next(c for c in chunks if c not in old and old not in c and chunks.count(c) == 1)
    data["target"] = [{"quote": other}]
    data["whys"] = {chunks[0]: OTHER}


def _mqm(data):
    for row in data["span"]:
        row["type"] = data["types"][-1]
        row["severity"] = "neutral"
        row["also"] = row["near"] = []


def _repair(data):
    _choice(data)
    points = [row["points"] for row in data["justify"]["rubric"]]
    data["justify"]["rubric"] = [{"points": sum(points), "text": "All at once."}]


def _classify(data):
    for row in data["statement"]:
        names = data["categories"]
        row["category"] = names[(names.index(row["category"]) + 1) % len(names)]
        row["half"] = []


def _free(data):
    for row in data.get("question", [data]):
        row["rubric"] = [{"points": sum(r["points"] for r in row["rubric"]), "text": "All at once."}]
    data.pop("caveats", None)


CHANGES = {
    "choice": _choice,
    "choices": _choice,
    "true-false": _true_false,
    "order": _order,
    "match": _match,
    "reading": _texts("item"),
    "vocabulary": _vocabulary,
    "cloze": _cloze,
    "correction": _texts("fault"),
    "spot": _spot,
    "mqm": _mqm,
    "repair": _repair,
    "reconstruct": _texts("item"),
    "post-edit": _free,
    "short": _free,
    "classify": _classify,
}
