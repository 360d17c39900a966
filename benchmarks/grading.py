"""Mark 1,000 hand-ins of all exercises and tell the time: ``python benchmarks/grading.py``."""

from __future__ import annotations

import json
from pathlib import Path
import random
import sys
import tempfile
import time

from kochu.cli import main
from kochu.exercises.book import load_book
from kochu.exercises.model import Ask
from kochu.exercises.prove import key_answers

ROOT = Path(__file__).parent.parent


def hand_in(book, chance: random.Random, number: int) -> dict:
    """Answer as a student of some ability."""
    ability = chance.random()
    answers: dict[str, dict] = {}
    for exercise in book.exercises.values():
        key = key_answers(exercise)
        given = answers[exercise.id] = {}
        for question in exercise.sheet.questions:
            luck = chance.random()
            if luck < 0.05:
                continue
            if luck < 0.3 + 0.65 * ability:
                given[question.id] = key[question.id]
            elif question.ask is Ask.ORDER:
                given[question.id] = chance.sample([o.id for o in question.options], len(question.options))
            elif question.options:
                option = chance.choice(question.options).id
                given[question.id] = [option] if question.ask is Ask.MANY else option
            else:
                given[question.id] = chance.choice(["ちがう答え", "わからない", "別の語"])
    return {"format": "kochu-answers/1", "set": "all", "name": f"学生{number}", "answers": answers}


def run(count: int = 1000) -> float:
    """Make hand-ins and mark them; give the seconds that marking took."""
    book = load_book([ROOT / "exercises"], notes=False)
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "in"
        place.mkdir()
        for number in range(count):
            data = json.dumps(hand_in(book, chance, number), ensure_ascii=False)
            (place / f"{number:04}.json").write_text(data, "utf-8")
        start = time.perf_counter()
        everything = ["--use", "practice assignment"]
        main(["grade", str(place), "-e", str(ROOT / "exercises"), "-o", f"{folder}/out", *everything])
        return time.perf_counter() - start


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print(f"{number} hand-ins marked in {run(number):.1f} s")
