"""Every ``>>>`` of these exercises is a test: ``pytest exercises/``."""

from kochu.exercises.plugin import pytest_collect_file

__all__ = ["pytest_collect_file"]
