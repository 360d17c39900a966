"""Take exercise files apart and put them together again, changed on purpose."""

from __future__ import annotations

import json
from pathlib import Path
import re
import tomllib

TASK = re.compile(r"(?<=```\{task\}\n).*?(?=\n```)", re.DOTALL)


def load(text: str) -> dict:
    return tomllib.loads(TASK.search(text)[0])


def store(text: str, data: dict) -> str:
    task = "\n".join(f"{key} = {value(item)}" for key, item in data.items())
    return TASK.sub(lambda _: task, text, count=1)


def value(item) -> str:
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, str):
        return json.dumps(item, ensure_ascii=False)
    if isinstance(item, list):
        return "[" + ", ".join(map(value, item)) + "]"
    if isinstance(item, dict):
        return (
            "{"
            + ", ".join(f"{json.dumps(k, ensure_ascii=False)} = {value(v)}" for k, v in item.items())
            + "}"
        )
    return str(item)


def kind(text: str) -> str:
    return re.search(r"^type: (\S+)$", text, re.MULTILINE)[1]


def exercise_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.md"))
