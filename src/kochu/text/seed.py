"""Load the base text byte for byte and prove that nobody changed it."""

from __future__ import annotations

from dataclasses import dataclass
import hashlib
from pathlib import Path
import re

from kochu.text.problems import EditionError, Problem, Subtype, shown

__all__ = ["SUMS_FILE", "Seed", "decode", "load", "recorded_checksum"]

SUMS_FILE = "SHA256SUMS"
"""Name of the checksum file beside the seed, in the format of ``sha256sum``."""

# Everything below U+0020 but tab, line feed and carriage return: no text file
# has these, and no XML output could carry them.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Seed:
    """A base text as received.

    :param path: the file it came from.
    :param text: all of it, decoded; offsets count its Unicode code points. A byte
        order mark and carriage returns are kept.
    :param sha256: hexadecimal digest of the file's bytes.
    :param intact: whether the digest is the recorded one.
    """

    path: Path
    text: str
    sha256: str
    intact: bool = True


def decode(data: bytes, path: Path) -> str:
    """Decode a seed as UTF-8, keeping every character.

    :raises EditionError: the bytes are not UTF-8, hold control characters, or hold
        nothing but white space.
    """
    name = shown(path)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _seed_error(name, 1, "seed is UTF-16, not UTF-8; save it as UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _seed_error(
            name,
            line,
            f"seed is not UTF-8 (byte {error.start} is 0x{data[error.start]:02x}); save it as UTF-8",
        ) from None
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise _seed_error(
            name,
            line,
            f"seed holds the control character U+{ord(control.group()):04X}: "
            "this is not a text file, or it is damaged",
        )
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise _seed_error(name, 0, "seed is empty; a base text needs at least one line")
    return text


def recorded_checksum(path: Path) -> str | None:
    """Read the digest recorded for ``path`` in the checksum file beside it."""
    sums = path.with_name(SUMS_FILE)
    if not sums.is_file():
        return None
    for line in sums.read_text("utf-8").splitlines():
        digest, _, name = line.partition(" ")
        if name.lstrip(" *") == path.name:
            return digest.lower()
    return None


def load(path: Path) -> Seed:
    """Read the seed at ``path`` and compare it with its recorded checksum.

    A mismatch is not raised here but told by ``intact``: the caller may hold a
    layer that shows which sentence was changed.

    :raises EditionError: the file is missing, cannot be decoded, or no checksum is
        recorded for it.
    """
    name = shown(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _seed_error(
            name, 0, f"seed cannot be read: {error.strerror}; put it there, or mend its name in edition.toml"
        ) from None
    text = decode(data, path)
    digest = hashlib.sha256(data).hexdigest()
    recorded = recorded_checksum(path)
    if recorded is None:
        raise _seed_error(
            name,
            0,
            f"no checksum is recorded for this seed; add the line '{digest}  {path.name}' "
            f"to {shown(path.with_name(SUMS_FILE))}",
        )
    return Seed(path, text, digest, intact=digest == recorded)


def _seed_error(name: str, line: int, message: str) -> EditionError:
    return EditionError(Problem(name, line, Subtype.SEED.value, message))
