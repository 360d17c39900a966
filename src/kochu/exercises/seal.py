"""What the page needs to check practice answers without holding them in clear.

Each answer that has feedback is stretched with PBKDF2; a part of the result recognises
the answer, the rest opens the feedback that belongs to it. This keeps answers out of
page search, search engines and "view source". It does not keep them from a student who
tries all options, or all words of the text: a short answer falls in seconds, and more
rounds would only slow down telephones. So it is for practice alone, and the page says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import pbkdf2_hmac, sha256
from itertools import chain, combinations, count
import json
from typing import Any

from kochu.exercises.model import Ask, Exercise, Key, Question
from kochu.exercises.normalize import normalize

__all__ = ["ROUNDS", "seal", "token", "unseal"]

ROUNDS = {True: 20_000, False: 1_000}
"""Rounds for written answers, and for options: of few options all can be tried anyway."""

_MARK = 12
"""Bytes that recognise an answer."""


@dataclass(frozen=True)
class _Candidate:
    """An answer the page can recognise, and what it then shows.

    :param share: of the points that it earns.
    """

    token: str
    share: float
    whys: tuple[str, ...]


def seal(exercise: Exercise, html: Callable[[str], str]) -> dict[str, Any]:
    """Give the check data of a practice exercise, ready for JSON.

    :param html: writes MyST as HTML.
    """
    questions: dict[str, Any] = {}
    shares: list[bytes] = []
    for question in exercise.sheet.questions:
        key = exercise.secret.keys[question.id]
        if question.ask is Ask.FREE:
            continue
        salt = f"{exercise.id}/{question.id}"
        rounds = ROUNDS[question.ask is Ask.TEXT]
        # Answers that are right in different words open the same last door.
        share = sha256(f"{salt}/{key.right or key.accept}".encode()).digest()[:16]
        shares.append(share)
        rows = []
        for candidate in _candidates(question, key):
            stretched = _stretch(candidate.token, salt, rounds)
            payload: dict[str, Any] = {
                "share": candidate.share,
                "why": [html(w) for w in candidate.whys if w],
            }
            if candidate.share == 1:
                payload["door"] = share.hex()
            data = json.dumps(payload, ensure_ascii=False).encode()
            rows.append([stretched[:_MARK].hex(), _stream(sha256(stretched).digest(), data).hex()])
        # Sorted, so that the place of a row does not tell which is the key.
        questions[question.id] = {
            "salt": salt,
            "rounds": rounds,
            "kana": key.kana,
            "open": key.queue,
            "rows": sorted(rows),
        }
    feedback = html(exercise.secret.feedback) if exercise.secret.feedback.strip() else ""
    last = sha256(b"".join(shares)).digest()
    return {"questions": questions, "feedback": _stream(last, feedback.encode()).hex()}


def unseal(sealed: dict[str, Any], question: str, answer: str) -> dict[str, Any] | None:
    """Open the feedback to one answer, as the page does; nothing if it is not recognised.

    :param answer: a token, see :func:`token`.
    """
    found = sealed["questions"][question]
    stretched = _stretch(answer, found["salt"], found["rounds"])
    for mark, data in found["rows"]:
        if mark == stretched[:_MARK].hex():
            opened = _stream(sha256(stretched).digest(), bytes.fromhex(data))
            payload: dict[str, Any] = json.loads(opened)
            return payload
    return None


def token(question: Question, key: Key, answer: str | list[str]) -> str:
    """Write an answer as the one string that is stretched; the page does the same."""
    if isinstance(answer, list):
        return " ".join(answer if question.ask is Ask.ORDER else sorted(answer))
    return answer if question.options else normalize(answer, kana=key.kana)


def _candidates(question: Question, key: Key) -> Iterator[_Candidate]:
    why = (key.why,)
    match question.ask:
        case Ask.ONE:
            for option in question.options:
                share = 1.0 if option.id in key.right else 0.5 if option.id in key.half else 0.0
                yield _Candidate(option.id, share, (key.whys.get(option.id, ""), *(why if share else ())))
        case Ask.MANY:
            praise = tuple(key.whys.get(name, "") for name in key.right)
            for extra in chain.from_iterable(
                combinations(sorted(key.may), n) for n in range(len(key.may) + 1)
            ):
                yield _Candidate(token(question, key, [*key.right, *extra]), 1, (*praise, *why))
            for option in question.options:
                if option.id not in key.right and option.id not in key.may:
                    # The name of a single wrong option, marked as such: the page asks for each.
                    yield _Candidate("!" + option.id, 0, (key.whys.get(option.id, ""),))
        case Ask.ORDER:
            for order in (key.right, *key.also):
                yield _Candidate(token(question, key, list(order)), 1, why)
        case _:
            for texts, share in ((key.accept, 1.0), (key.half_accept, 0.5), (key.wrong, 0.0)):
                for text in texts:
                    whys = (key.whys.get(text, ""), *(why if share else ()))
                    yield _Candidate(token(question, key, text), share, whys)


@lru_cache(maxsize=4096)
def _stretch(answer: str, salt: str, rounds: int) -> bytes:
    return pbkdf2_hmac("sha256", answer.encode(), salt.encode(), rounds)


def _stream(key: bytes, data: bytes) -> bytes:
    """Encrypt or decrypt: exclusive-or with a stream of digests, which browsers can make too."""
    stream = bytearray()
    for block in count():
        if len(stream) >= len(data):
            break
        stream += sha256(key + block.to_bytes(4, "big")).digest()
    return bytes(a ^ b for a, b in zip(data, stream, strict=False))
