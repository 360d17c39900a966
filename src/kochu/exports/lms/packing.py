"""Zip files that come out the same every time."""

from __future__ import annotations

from collections.abc import Mapping
import io
import zipfile

__all__ = ["pack", "repack"]

_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest day that a zip file can name."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """Zip files in the order given, without the time of day."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def repack(data: bytes) -> bytes:
    """Zip the content of a zip file again, without the time of day."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return pack({name: archive.read(name) for name in archive.namelist()})
