"""Every ``>>>`` here is a test."""

from kochu.exercises.plugin import pytest_collect_file

__all__ = ["pytest_collect_file"]
