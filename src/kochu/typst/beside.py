"""Work that goes on beside other work, on the other processors."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
import gc
from importlib import import_module
import multiprocessing

from sphinx.util.parallel import parallel_available

__all__ = ["helper", "no_collection"]


@contextmanager
def helper() -> Iterator[Executor | None]:
    """A process that does a part of the work; none where Sphinx has no processes either.

    It is to be begun before Typst, whose threads would not follow into it.
    """
    if not parallel_available:
        yield None
        return
    # What it works with is loaded once, before the two part.
    import_module("kochu.typst.pack")
    with ProcessPoolExecutor(1, multiprocessing.get_context("fork")) as pool:
        begun: Future[None] = pool.submit(gc.disable)
        begun.result()
        yield pool


@contextmanager
def no_collection() -> Iterator[None]:
    """Look for no circles of objects meanwhile: where there are many objects, and no circles."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
