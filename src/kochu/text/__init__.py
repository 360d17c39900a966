"""The base text and what hangs on it by address: pure functions, no Sphinx."""
