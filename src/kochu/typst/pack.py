"""Make a PDF small, and leave alone what a reader or a standard looks at.

Typst writes each of its many thousand objects by itself, and every stretch of type with all
that it needs to stand alone; a tagged book of 170 pages comes to 5.7 MB, most of it syntax.
PDF 1.5 and later can hold objects in compressed streams. qpdf makes such streams, but of a
hundred objects each; the objects of a structure tree differ so little that streams of
thousands are a third smaller. Hence the file is written here, object by object.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from io import BytesIO
import zlib

import pikepdf

from kochu.typst.stretches import join_stretches, rounded

__all__ = ["pack"]

_TOGETHER = 4000
"""Objects in a stream: a program that wants one of them unpacks them all."""
_LEVEL = 9


def pack(data: bytes) -> bytes:
    """Write a PDF with its objects compressed; the same input gives the same output."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.Contents.write(join_stretches(page.Contents.read_bytes()))
        out = _Writer()
        loose: list[tuple[int, bytes]] = []
        for item in pdf.objects:
            number = item.objgen[0]
            if isinstance(item, pikepdf.Stream):
                out.add(number, _stream(item))
            else:
                loose.append((number, rounded(item.unparse(resolved=True))))
        # What is alike stands together: elements of the structure, links, the rest.
        loose.sort(key=lambda item: (b"/StructElem" in item[1], b"/Annot" in item[1]))
        number = len(pdf.objects) + 1
        for start in range(0, len(loose), _TOGETHER):
            out.add_together(number, loose[start : start + _TOGETHER])
            number += 1
        trailer = b"/Root " + pdf.trailer.Root.unparse()
        if "/Info" in pdf.trailer:
            trailer += b"/Info " + pdf.trailer.Info.unparse()
        return out.finish(number, trailer)


def _stream(item: pikepdf.Stream) -> bytes:
    """Write a stream, compressed as well as it can be unless it is compressed otherwise."""
    table = pikepdf.Dictionary({key: value for key, value in item.stream_dict.items() if key != "/Length"})
    raw = item.read_raw_bytes()
    # The metadata stay readable for programs that know nothing of PDF.
    plain = str(table.get("/Type")) == "/Metadata"
    if (
        not plain
        and str(table.get("/Filter", "/FlateDecode")) == "/FlateDecode"
        and "/DecodeParms" not in table
    ):
        table.Filter = pikepdf.Name.FlateDecode
        raw = zlib.compress(item.read_bytes(), _LEVEL)
    return _with_length(table.unparse(), raw)


def _with_length(table: bytes, raw: bytes) -> bytes:
    return table.removesuffix(b">>") + b"/Length %d>>stream\n" % len(raw) + raw + b"\nendstream"


class _Writer:
    """A PDF in the making: its bytes so far, and where each object is found."""

    def __init__(self) -> None:
        self._parts = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        self._length = len(self._parts[0])
        # Type of entry, and its two values: offset and 0, or number of the stream and index.
        self._places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}

    def add(self, number: int, body: bytes) -> None:
        """Add an object that stands alone."""
        self._places[number] = (1, self._length, 0)
        part = b"%d 0 obj\n" % number + body + b"\nendobj\n"
        self._parts.append(part)
        self._length += len(part)

    def add_together(self, number: int, items: list[tuple[int, bytes]]) -> None:
        """Add objects in one stream."""
        head, body = list(_offsets(items)), b"\n".join(data for _, data in items)
        for index, (name, _) in enumerate(items):
            self._places[name] = (2, number, index)
        first = b" ".join(head) + b"\n"
        table = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode>>" % (len(items), len(first))
        self.add(number, _with_length(table, zlib.compress(first + body, _LEVEL)))

    def finish(self, number: int, trailer: bytes) -> bytes:
        """Add the table of all objects, and give the file."""
        start = self._length
        self._places[number] = (1, start, 0)
        missing = (0, 0, 65535)
        places: Iterable[tuple[int, int, int]] = (self._places.get(n, missing) for n in range(number + 1))
        rows = _differences(
            kind.to_bytes(1, "big") + one.to_bytes(4, "big") + two.to_bytes(2, "big")
            for kind, one, two in places
        )
        name = sha256(b"".join(self._parts)).hexdigest()[:32].encode()
        parameters = b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 7>>"
        table = b"<</Type/XRef/Size %d/W[1 4 2]/ID[<%s><%s>]%s>>" % (
            number + 1,
            name,
            name,
            trailer + parameters,
        )
        self.add(number, _with_length(table, zlib.compress(rows, _LEVEL)))
        return b"".join([*self._parts, b"startxref\n%d\n%%%%EOF\n" % start])


def _differences(rows: Iterable[bytes]) -> bytes:
    """Write each row as what it adds to the one above, as PNG's filter "up" does."""
    above, out = bytes(7), bytearray()
    for row in rows:
        out.append(2)
        out.extend((new - old) % 256 for new, old in zip(row, above, strict=True))
        above = row
    return bytes(out)


def _offsets(items: list[tuple[int, bytes]]) -> Iterator[bytes]:
    at = 0
    for name, data in items:
        yield b"%d %d" % (name, at)
        at += len(data) + 1
