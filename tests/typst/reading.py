"""Read a PDF as a machine reads it: the words in the order in which they are painted."""

from __future__ import annotations

import re

import pikepdf

__all__ = ["japanese", "painted", "placed", "readings", "references", "said", "structure"]

_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_SECTION = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)


def painted(pdf):
    """Yield page number, size in points and words of every stretch of type."""
    for number, _, size, words in _marked(pdf):
        yield number, size, words


def said(pdf):
    """The words of the document as its structure gives them, each element with its name."""
    words = {}
    for number, mark, _, text in _marked(pdf):
        words[number, mark] = words.get((number, mark), "") + text
    pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    found = []

    def walk(node, page):
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child, page)
        elif isinstance(node, pikepdf.Dictionary):
            page = pages[node.Pg.objgen] if "/Pg" in node else page
            if "/MCID" in node:
                walk(node.MCID, page)
            elif "/K" in node:
                # What only groups other elements says nothing.
                found.append("" if node.get("/S") == "/Div" else f"<{node.get('/S', '')}>")
                walk(node.K, page)
        else:
            found.append(words.get((page, int(node)), ""))

    walk(pdf.Root.StructTreeRoot.K, 0)
    return "".join(found)


def _marked(pdf):
    """Yield page number, number of the mark, size in points and words of every stretch of type."""
    for number, page in enumerate(pdf.pages, 1):
        fonts = {name: _unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
        table, size, marks = {}, 0.0, [None]
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                table_of_mark = operands[1] if name == "BDC" else {}
                mark = table_of_mark.get("/MCID") if isinstance(table_of_mark, pikepdf.Dictionary) else None
                marks.append(marks[-1] if mark is None else int(mark))
            elif name == "EMC":
                marks.pop()
            elif name == "Tf":
                table, size = fonts[str(operands[0])], round(float(operands[1]), 2)
            elif name in ("Tj", "TJ"):
                parts = operands[0] if name == "TJ" else [operands[0]]
                codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
                yield (
                    number,
                    marks[-1],
                    size,
                    "".join(table.get(codes[i : i + 2], "") for i in range(0, len(codes), 2)),
                )


def placed(page):
    """Where every stretch of type of a page begins, in points from below left, with its size and words."""
    for x, y, size, words, _ in _placed(page):
        yield x, y, size, words


def _placed(page):
    """The same, and by how much it is narrower than its size says."""
    fonts = {name: _unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    table, size, at = {}, 0.0, (0.0, 0.0)
    moved, narrower, states = (0.0, 0.0), 1.0, []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "q":
            states.append((moved, narrower))
        elif name == "Q":
            moved, narrower = states.pop()
        elif name == "cm" and (states[1:] or abs(float(operands[0])) < 1):
            # The first of a page may turn it upside down, no more; a reading may be set narrower.
            moved = (moved[0] + narrower * float(operands[4]), moved[1] + float(operands[5]))
            narrower *= float(operands[0])
        elif name == "BT":
            at = (0.0, 0.0)
        elif name == "Td":
            at = (at[0] + float(operands[0]), at[1] + float(operands[1]))
        elif name == "Tf":
            table, size = fonts[str(operands[0])], float(operands[1])
        elif name in ("Tj", "TJ"):
            parts = operands[0] if name == "TJ" else [operands[0]]
            codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            words = "".join(table.get(codes[i : i + 2], "") for i in range(0, len(codes), 2))
            yield at[0] * narrower + moved[0], at[1] + moved[1], size, words, narrower


def references(pdf):
    """The number that every reference prints, and the page to which the link around it leads."""
    pages = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
    for page in pdf.pages:
        links = [
            (area, pages[note.Dest[0].objgen])
            for note in page.get("/Annots", [])
            if isinstance(note.get("/Dest"), pikepdf.Array)
            for area in _areas(note)
        ]
        for x, y, _, words in placed(page):
            if found := re.search(r"p\.\s(\d+)\)?$", words):
                goals = {
                    goal
                    for (left, low, right, high), goal in links
                    if left <= x + 1 < right and low <= y < high
                }
                yield int(found[1]), *goals


def _areas(link):
    """Left, bottom, right and top of every line of a link."""
    corners = [float(number) for number in link.get("/QuadPoints", [])]
    for at in range(0, len(corners), 8):
        xs, ys = corners[at : at + 8 : 2], corners[at + 1 : at + 8 : 2]
        yield min(xs), min(ys), max(xs), max(ys)
    if not corners:
        yield tuple(float(number) for number in link.Rect)


def readings(page):
    """The readings of a page line by line: each with where it begins and ends, in ems of its base."""
    stretches = [one for one in _placed(page) if re.search(r"[\u3040-\u9fff]", one[3])]
    sizes = {size for _, _, size, _, _ in stretches}
    lines = {}
    for x, y, size, words, narrower in stretches:
        if any(abs(size * 2 - other) < 0.02 for other in sizes):
            line, em = lines.setdefault(round(y), []), size * 2
            start, end = x / em, x / em + narrower * len(words) / 2
            # Katakana in a reading are a stretch of their own.
            if (
                line
                and abs(line[-1][1] - start) < 0.02
                and (words[0] > "\u30a0") != (line[-1][2][-1] > "\u30a0")
            ):
                line[-1] = (line[-1][0], end, line[-1][2] + words)
            else:
                line.append((start, end, words))
    return [sorted(line) for line in lines.values()]


def japanese(pdf):
    """All Japanese words without their readings, and all with them; a reading has half the size of its base."""
    stretches = [
        (size, re.sub(r"[^\u3000-\u9fff\uff01-\uff60]", "", words)) for _, size, words in painted(pdf)
    ]
    sizes = {size for size, words in stretches if words}
    readings = {size for size in sizes if any(abs(size * 2 - other) < 0.02 for other in sizes)}
    base = "".join(words for size, words in stretches if size not in readings)
    return base, "".join(words for _, words in stretches)


def _unicode(font):
    table = {}
    if font.Subtype != "/Type0":
        # TeX's own mathematical signs have codes of one byte; nothing is written in them.
        return table
    data = font.ToUnicode.read_bytes()
    for kind, body in _SECTION.findall(data):
        if kind == b"char":
            for code, text in _CHAR.findall(body):
                table[bytes.fromhex(code.decode())] = _text(text)
        else:
            for first, last, text in _RANGE.findall(body):
                start, end = int(first, 16), int(last, 16)
                for offset in range(end - start + 1):
                    table[(start + offset).to_bytes(2, "big")] = chr(ord(_text(text)) + offset)
    return table


def _text(code):
    return bytes.fromhex(code.decode()).decode("utf-16-be")


def structure(pdf):
    """The types of all structure elements, in order."""
    found = []

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append(str(node.S)[1:])
            if "/K" in node:
                walk(node.K)

    walk(pdf.Root.StructTreeRoot.K)
    return found
