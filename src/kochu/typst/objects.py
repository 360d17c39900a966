"""Read and write the objects of a PDF as bytes.

Typst writes a plain PDF: every object by itself, and one table of where each is found. So
the objects can be cut out without being understood, which takes a hundredth of the time.
They are written in compressed streams, as PDF 1.5 and later allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
import re
from struct import Struct
import zlib

import deflate

__all__ = ["Objects", "deflated", "inflated", "is_stream", "read_objects", "write_objects"]

_LEVEL = 6
"""The effort of the compression: one more takes a third longer and saves a hundredth."""
_ROW = 20
_ENTRY = Struct(">xBIH")
_WIDTH = _ENTRY.size
_UP = b"\2"
_FREE = (0, 0, 65535)
"""A number that no object has."""
_TABLE = re.compile(rb"xref\r?\n0 (\d+)\r?\n")
_TRAILER = re.compile(rb"trailer\s*<<.*?/Root (\d+ 0 R)(?:.*?/Info (\d+ 0 R))?", re.DOTALL)
_LENGTH = re.compile(rb"/Length \d+")
_TOGETHER = 4000
"""Objects in a stream: a program that wants one of them unpacks them all."""


@dataclass(frozen=True)
class Objects:
    """The objects of a PDF.

    :param bodies: what each object is, by its number.
    :param trailer: the entries of the trailer that name the first objects.
    """

    bodies: Mapping[int, bytes]
    trailer: bytes


def read_objects(data: bytes) -> Objects:
    """Cut a PDF into its objects.

    :raises ValueError: the PDF is not written as Typst writes.
    """
    start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    table, trailer = _TABLE.match(data, start), _TRAILER.search(data, start)
    if table is None or trailer is None:
        raise ValueError("the PDF has no plain table of its objects")
    places: dict[int, int] = {}
    for number in range(int(table[1])):
        row = data[table.end() + number * _ROW : table.end() + (number + 1) * _ROW]
        if row[17:18] == b"n":
            places[number] = int(row[:10])
    order = sorted(places.values())
    ends = dict(zip(order, [*order[1:], start], strict=True))
    bodies: dict[int, bytes] = {}
    for number, place in places.items():
        part = data[place : ends[place]]
        head = b"%d 0 obj\n" % number
        if not part.startswith(head):
            raise ValueError(f"object {number} of the PDF is not where its table says")
        bodies[number] = part[len(head) : part.rindex(b"\nendobj")]
    entries = b"/Root " + trailer[1] + (b"/Info " + trailer[2] if trailer[2] else b"")
    return Objects(bodies, entries)


def is_stream(body: bytes) -> bool:
    """Whether an object is a stream, which cannot stand in another."""
    return body.endswith(b"endstream")


def inflated(body: bytes) -> bytes:
    """What a compressed stream holds."""
    return zlib.decompress(body[body.index(b"stream\n") + 7 :].removesuffix(b"\nendstream"))


def deflated(body: bytes, content: bytes) -> bytes:
    """Compress a stream.

    :param body: a stream that says what it is.
    :param content: its new content.
    """
    raw = bytes(deflate.zlib_compress(content, _LEVEL))
    head = _LENGTH.sub(b"/Length %d" % len(raw), _split(body)[0], count=1)
    return b"".join([head, b"stream\n", raw, b"\nendstream"])


def write_objects(objects: Objects) -> bytes:
    """Write a PDF whose objects are compressed; the same objects give the same bytes."""
    alone = [number for number, body in objects.bodies.items() if is_stream(body)]
    loose = sorted(objects.bodies.keys() - set(alone))
    out = _Writer(max(objects.bodies))
    groups = [loose[start : start + _TOGETHER] for start in range(0, len(loose), _TOGETHER)]
    with ThreadPoolExecutor() as others:
        bodies = ([objects.bodies[number] for number in group] for group in groups)
        together = [others.submit(deflated, *_together(*pair)) for pair in zip(groups, bodies, strict=True)]
        for number in alone:
            out.add(number, objects.bodies[number])
        for group, stream in zip(groups, together, strict=True):
            out.add_together(group, stream.result())
    return out.finish(objects.trailer)


def _split(stream: bytes) -> tuple[bytes, bytes]:
    """What a stream says of itself, and the rest."""
    at = stream.index(b"stream\n")
    return stream[:at], stream[at:]


class _Writer:
    """A PDF in the making: its bytes so far, and where each object is found.

    :param last: the greatest number of an object; those of the streams of objects follow.
    """

    def __init__(self, last: int) -> None:
        self._parts = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        self._length = len(self._parts[0])
        self._last = last
        # Type of entry, and its two values: offset and 0, or number of the stream and index.
        self._places: dict[int, tuple[int, int, int]] = {0: _FREE}

    def add(self, number: int, body: bytes) -> None:
        """Add an object that stands alone."""
        part = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        self._places[number] = (1, self._length, 0)
        self._parts.append(part)
        self._length += len(part)

    def add_together(self, numbers: Iterable[int], stream: bytes) -> None:
        """Add a stream of objects."""
        own = self._next()
        self._places |= {number: (2, own, index) for index, number in enumerate(numbers)}
        self.add(own, stream)

    def finish(self, trailer: bytes) -> bytes:
        """Add the table of all objects, and give the file."""
        start, number = self._length, self._next()
        self._places[number] = (1, start, 0)
        rows = _differences(b"".join(_ENTRY.pack(*self._places.get(n, _FREE)) for n in range(number + 1)))
        name = sha256(b"".join(self._parts)).hexdigest()[:32].encode()
        table = (
            b"<</Length 0/Type/XRef/Size %d/W[1 4 2]/ID[<%s><%s>]%s"
            b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns %d>>>>stream\n"
        )
        self.add(number, deflated(table % (number + 1, name, name, trailer, _WIDTH - 1), rows))
        return b"".join([*self._parts, b"startxref\n%d\n%%%%EOF\n" % start])

    def _next(self) -> int:
        self._last += 1
        return self._last


def _together(numbers: Sequence[int], bodies: Sequence[bytes]) -> tuple[bytes, bytes]:
    """A stream of objects with these numbers, and its content."""
    at, places = 0, list[bytes]()
    for number, body in zip(numbers, bodies, strict=True):
        places.append(b"%d %d" % (number, at))
        at += len(body) + 1
    first = b" ".join(places) + b"\n"
    table = b"<</Length 0/Type/ObjStm/N %d/First %d/Filter/FlateDecode>>stream\n" % (len(bodies), len(first))
    return table, first + b"\n".join(bodies)


def _differences(rows: bytes) -> bytes:
    """Write each row as what it adds to the one above, as PNG's filter "up" does.

    All bytes are subtracted at once, as one number: the highest bit of each is kept apart,
    so that nothing is borrowed from the next.

    :param rows: rows of bytes, the first of each empty: the name of the filter goes there.
    """
    size = len(rows)
    high = int.from_bytes(b"\x80" * size)
    new, old = int.from_bytes(rows), int.from_bytes((bytes(_WIDTH) + rows)[:size])
    added = ((new | high) - (old & ~high)) ^ ((new ^ ~old) & high)
    names = int.from_bytes((_UP + bytes(_WIDTH - 1)) * (size // _WIDTH))
    return (added | names).to_bytes(size)
