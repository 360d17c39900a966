"""annotations.jsonld: the MUSTs of the W3C model, and that positions and quotes agree."""

from importlib.resources import files
import json
import re

from jsonschema import Draft202012Validator
import pytest
from tests.conftest import caveat
from tests.exports.conftest import material_of

from kochu.apparatus.kinds import CHOICES, KINDS
from kochu.exports.formats import FORMATS
from kochu.exports.jsonld import collection, jsonld

SCHEMA = json.loads((files("kochu.exports") / "annotations.schema.json").read_text("utf-8"))


def targets(item):
    return item["target"] if isinstance(item["target"], list) else [item["target"]]


def selectors(target):
    return {s["type"]: s for s in target["selector"]}


def invalid(data):
    return [
        f"{list(e.absolute_path)}: {e.message[:200]}" for e in Draft202012Validator(SCHEMA).iter_errors(data)
    ]


@pytest.fixture(scope="module")
def found(real):
    return json.loads(jsonld(real))


def test_it_keeps_to_our_schema(found, excerpt):
    Draft202012Validator.check_schema(SCHEMA)
    assert invalid(found) == []
    assert invalid(collection(excerpt)) == []


def test_the_schema_refuses_what_the_model_forbids(found):
    item = found["first"]["items"][0]
    for wrong in (
        {**item, "type": "Note"},
        {**item, "bodyValue": "both a body and a bodyValue"},
        {k: v for k, v in item.items() if k != "target"},
        {**item, "id": "no IRI"},
        {**item, "target": {**targets(item)[0], "selector": []}},
    ):
        assert invalid({**found, "first": {**found["first"], "items": [wrong]}})
    assert invalid({**found, "@context": ["https://example.org/other"]})
    assert invalid({k: v for k, v in found.items() if k != "first"})


def test_the_schema_knows_the_same_words_as_the_edition():
    tag = SCHEMA["$defs"]["kind"]["properties"]
    assert set(tag["value"]["enum"]) == set(KINDS)
    assert set(tag["severity"]["enum"]) == set(CHOICES["severity"])
    assert set(tag["certainty"]["enum"]) == set(CHOICES["certainty"])
    assert set(SCHEMA["$defs"]["degree"]["enum"]) == set(CHOICES["confidence"])


def test_it_holds_every_annotation_that_has_a_place(found, real):
    keys = {n.key for w in real.works for n in w.resolved.annotations if n.anchors}
    items = found["first"]["items"]
    assert {i["body"][0]["key"] for i in items} == keys
    assert found["total"] == len(items) == len(keys)
    assert len({i["id"] for i in items}) == len(items)


def test_positions_give_back_the_quotes_and_their_surroundings(found, real):
    text = real.works[0].loaded.base.text
    count = 0
    for item in found["first"]["items"]:
        for target in targets(item):
            quote, position = (selectors(target)[f"Text{n}Selector"] for n in ("Quote", "Position"))
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote.get("prefix", ""))
            assert text[end:].startswith(quote.get("suffix", ""))
            assert "prefix" in quote or start == 0
            count += 1
    assert count > 400


def test_several_anchors_are_several_targets(found, real):
    several = next(n for n in real.works[0].resolved.annotations if len(n.anchors) > 2)
    item = next(i for i in found["first"]["items"] if i["body"][0]["key"] == several.key)
    assert [t["address"] for t in item["target"]] == [a.address for a in several.anchors]


def test_a_caveat_says_what_is_wrong_how_badly_and_what_would_be_better(found):
    item = next(i for i in found["first"]["items"] if i["body"][0]["key"] == "headline-snoring")
    tag = item["body"][0]
    assert (tag["value"], tag["mqmType"], tag["severity"]) == (
        "caveat",
        "accuracy/mistranslation",
        "critical",
    )
    assert tag["better"] == "眠っていない"
    assert {"value": "non russa", "language": "it"} in tag["sourceWording"]
    assert tag["certainty"] == "medium"
    assert [b["value"] for b in item["body"] if b["purpose"] == "editing"] == ["眠っていない"]


def test_licence_and_editors_come_from_the_edition(found, real):
    assert found["rights"] == "https://creativecommons.org/licenses/by/4.0/"
    assert all(i["rights"] == found["rights"] for i in found["first"]["items"])
    assert found["creator"]["name"] == real.edition.about.editors[0]
    assert any("Start Magazine" in line for line in found["dcterms:rights"])


def test_the_model_keeps_its_own_words(found):
    # A term of ours must not take the place of one that the W3C context defines.
    own = found["@context"][1]
    assert not own.keys() & {"id", "type", "label", "value", "language", "format", "creator", "rights"}
    used = {key for i in found["first"]["items"] for key in i["body"][0]}
    assert used - own.keys() <= {"type", "purpose", "value", "label"} - own.keys() | {"label"}


def test_an_excerpt_gives_no_word_of_what_it_does_not_publish(excerpt):
    work = excerpt.works[0]
    hidden = [s for s in work.resolved.base.sentences if not work.shows(s.address)]
    assert hidden
    for item in collection(excerpt)["first"]["items"]:
        for target in targets(item):
            if not work.shows(target["address"]):
                assert selectors(target).keys() == {"TextPositionSelector"}
            else:
                quote = selectors(target)["TextQuoteSelector"]
                around = quote.get("prefix", "") + quote["exact"] + quote.get("suffix", "")
                sentence = work.resolved.base.sentence(target["address"])
                assert around in sentence.text


def test_an_edition_with_an_address_has_iris_below_it(project):
    text = (project.docs / "edition.toml").read_text("utf-8")
    project.write(
        "docs/edition.toml", text.replace('date = "2026', 'url = "https://example.org/e"\ndate = "2026')
    )
    found = collection(material_of(project.docs))
    assert found["first"]["items"][0]["id"] == "https://example.org/e/_downloads/annotations.jsonld#one"
    assert invalid(found) == []


def test_an_edition_without_annotations_is_an_empty_collection(project):
    project.write("docs/notes.md", "# Notes\n")
    found = collection(material_of(project.docs))
    assert (found["total"], "first" in found) == (0, False)
    assert invalid(found) == []


def test_pages_carry_the_collection_with_the_prose_as_text(project):
    body = "See {sentence}`2.2` and {caveat}`two`.\n\n- first\n- *second*"
    project.write("docs/notes.md", "# Notes\n\n" + caveat(body=body) + caveat("two", "北京", title := "2.1"))
    assert title == "2.1"
    assert project.build().returncode == 0
    found = json.loads(project.page("_downloads/annotations.jsonld"))
    assert invalid(found) == []
    item = next(i for i in found["first"]["items"] if i["body"][0]["key"] == "one")
    assert item["body"][1]["value"] == "See 2.2 and 北京.\n\nfirst\n\nsecond"
    for name in ("mqm.tsv", "caveats.csv", "caveats.tsv", "marks.json"):
        assert project.page(f"_downloads/{name}")


def test_a_build_that_fails_leaves_the_last_good_files_alone(project):
    assert project.build().returncode == 0
    before = project.page("_downloads/annotations.jsonld")
    project.write("docs/notes.md", "# Notes\n\n" + caveat(quote="not in the text"))
    assert project.build().returncode != 0
    assert project.page("_downloads/annotations.jsonld") == before


def test_a_page_offers_the_files_that_are_there(project):
    project.write("docs/data/files.md", "# Data\n\n:::{downloads}\n:::\n")
    project.write("docs/index.md", "# A\n\n```{toctree}\nreading\nnotes\ndata/files\n```\n")
    assert project.build().returncode == 0
    links = re.findall(r'href="\.\./_downloads/([^"]+)"', project.page("data/files.html"))
    assert links == [form.file for form in FORMATS.values()]
    assert all((project.root / "build/html/_downloads" / name).stat().st_size for name in links)


def test_a_format_that_is_not_known_is_named(project):
    project.write("docs/notes.md", "# Notes\n\n:::{downloads} jsonld odt\n:::\n")
    assert "unknown format 'odt'" in project.build(strict=False).stderr
