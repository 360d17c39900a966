import pytest
from tests.conftest import DOCS

from kochu.apparatus.edition import load_edition, load_text
from kochu.check import check_edition
from kochu.exports.material import gather


def material_of(root, **options):
    edition = load_edition(root)
    texts = {text_id: load_text(edition, text_id) for text_id in edition.texts}
    return gather(edition, texts, check_edition(root).annotations, **options)


@pytest.fixture(scope="session")
def real():
    """The real edition, without the prose that only Sphinx reads."""
    return material_of(DOCS)


@pytest.fixture(scope="session")
def excerpt():
    return material_of(DOCS, excerpt=True)
