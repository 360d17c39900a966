"""Validate the books that were built: veraPDF reads the PDFs, EPUBCheck the e-books."""

from __future__ import annotations

from pathlib import Path
import sys

import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.validators import epubcheck, verapdf  # noqa: E402


def main() -> int:
    # The same pages on another paper have the same tags; one of each is read, which takes a minute.
    pdfs = sorted(path for path in ROOT.glob("build/pdf/**/*.pdf") if not path.stem.endswith("-a4"))
    books = sorted(ROOT.glob("build/epub/*.epub"))
    checks = [
        ("PDF/UA-1", pdfs, lambda: verapdf("ua1", *pdfs)),
        ("PDF/A-2a", pdfs, lambda: verapdf("2a", *pdfs)),
        ("EPUB 3", books, lambda: epubcheck(*books)),
    ]
    wrong = 0
    for standard, files, check in checks:
        if not files:
            print(f"{standard}: no book was built")
            wrong += 1
            continue
        try:
            found = check()
        except pytest.skip.Exception as reason:
            print(f"{standard}: not checked ({reason})")
            continue
        print(f"{standard}: {len(files)} files, {len(found) or 'no'} faults", *found, sep="\n  ")
        wrong += len(found)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
