"""Read layer files: one sentence a line, its address, a tab, its text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kochu.text.problems import Problem, Subtype, shown
from kochu.text.segment import BaseText

__all__ = ["Layer", "Row", "parse_layer", "read_layer"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a layer file: the text for one sentence and where it stands."""

    address: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer file read against its base text.

    :param path: the file as it should be shown.
    :param rows: the text for each address that could be read.
    """

    path: str
    rows: Mapping[str, Row]

    def get(self, address: str) -> str | None:
        """Give the text for an address."""
        row = self.rows.get(address)
        return row.text if row else None


def parse_layer(source: str, path: str, base: BaseText) -> tuple[Layer, tuple[Problem, ...]]:
    """Parse the text of a layer file.

    :return: the layer with every line that could be read, and a problem for each
        malformed line and each missing, doubled or unknown address.
    """
    rows: dict[str, Row] = {}
    problems: list[Problem] = []

    def tell(line: int, message: str) -> None:
        problems.append(Problem(path, line, Subtype.LAYER.value, message))

    for number, line in enumerate(source.removeprefix("\ufeff").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        address, tab, text = line.partition("\t")
        if not tab:
            tell(number, f"no tab in '{_short(line)}'; write the address, a tab, the text")
        elif base.sentence(address) is None:
            tell(number, f"unknown address '{address}'; {_known(base)}")
        elif address in rows:
            tell(
                number,
                f"address {address} stands twice, first in line {rows[address].line}; remove one",
            )
        elif not text.strip():
            tell(number, f"address {address} has no text behind the tab")
        else:
            rows[address] = Row(address, text, number)
    addresses = [s.address for s in base.sentences]
    missing = [address for address in addresses if address not in rows]
    if missing and not problems:
        before = [rows[a].line for a in addresses[: addresses.index(missing[0])]]
        tell(max(before, default=0), f"no line for {_some(missing)} behind this; each sentence needs one")
    return Layer(path, rows), tuple(problems)


def read_layer(path: Path, base: BaseText) -> tuple[Layer, tuple[Problem, ...]]:
    """Read a layer file from disk; a file that cannot be read is a problem, not an error."""
    name = shown(path)
    try:
        source = path.read_text("utf-8")
    except OSError as error:
        problem = Problem(name, 0, Subtype.LAYER.value, _unreadable(error))
    except UnicodeDecodeError as error:
        problem = Problem(
            name,
            error.object.count(b"\n", 0, error.start) + 1,
            Subtype.LAYER.value,
            "layer is not UTF-8; save it as UTF-8",
        )
    else:
        return parse_layer(source, name, base)
    return Layer(name, {}), (problem,)


def _unreadable(error: OSError) -> str:
    return f"layer cannot be read: {error.strerror}; put it there, or mend its name in edition.toml"


def _known(base: BaseText) -> str:
    first, last = base.sentences[0].address, base.sentences[-1].address
    return f"this text has {first} to {last}"


def _some(addresses: list[str]) -> str:
    more = f" and {len(addresses) - 5} more" if len(addresses) > 5 else ""
    return ", ".join(addresses[:5]) + more


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"
