"""A browser for the pages as readers get them: from a folder and from a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
import re
import threading

import pytest

ROOT = Path(__file__).parent.parent.parent
SHOTS = ROOT / "build" / "screenshots"
SIZES = {
    "desktop": (1440, 900),
    "laptop": (1280, 800),
    "tablet": (820, 1180),
    "phone": (390, 844),
    "narrow": (320, 640),
}


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(item.fspath).parent == Path(__file__).parent:
            item.add_marker("browser")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def server(site) -> Iterator[str]:
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{httpd.server_port}/"
    httpd.shutdown()


@pytest.fixture(scope="session")
def folder(site) -> str:
    return f"{site.as_uri()}/"


class Seen:
    """What a page did that a reader does not see."""

    def __init__(self, page):
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("request", lambda request: self.requests.append(request.url))


@pytest.fixture
def visit(chromium, folder) -> Callable:
    """Open a page: ``visit("reading.html#s4-2", size="phone", dark=True, js=False)``."""
    contexts = []

    def open_page(
        address="reading.html",
        *,
        size="desktop",
        dark=False,
        js=True,
        base=None,
        wait=True,
        timeout=10_000,
        **options,
    ):
        width, height = SIZES[size] if isinstance(size, str) else size
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=js,
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(timeout)
        contexts.append(context)
        page = context.new_page()
        page.seen = Seen(page)
        page.goto((base or folder) + address)
        if js and wait and address.startswith("reading"):
            page.wait_for_selector("html.kochu-ready")
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def shot(request) -> Callable:
    """Keep a picture among the build's artefacts, to be looked at."""

    def keep(page, name, **options):
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png", **options)

    return keep


@contextmanager
def no_error(page):
    before = len(page.seen.errors)
    yield
    assert page.seen.errors[before:] == []
