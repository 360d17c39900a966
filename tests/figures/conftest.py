import pytest

from kochu.figures.data import read_rows


@pytest.fixture
def rows(tmp_path):
    """Write a data file and read its rows."""

    def read(text, table=""):
        path = tmp_path / "data.toml"
        path.write_text(text, "utf-8")
        return read_rows(path, table)

    return read
