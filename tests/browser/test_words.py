"""Words: what each means here; a list of one's own to take away."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import DOCS

from kochu.apparatus.edition import load_edition, load_text


@pytest.fixture(scope="module")
def loaded():
    edition = load_edition(DOCS)
    return load_text(edition, next(iter(edition.texts)))


def tap(page, address, words):
    """Click on some words of a sentence as a reader does."""
    x, y = page.evaluate(
        """([address, words]) => {
          const sentence = document.querySelector(`[data-sentence="${address}"]`);
          sentence.scrollIntoView({ block: 'center' });
          const at = [...kochu.sentenceText(sentence).split(words)[0]].length;
          const box = kochu.rangeOf(sentence, at, at + 1).getBoundingClientRect();
          return [box.left + box.width / 2, box.top + box.height * 0.6];
        }""",
        [address, words],
    )
    page.mouse.click(x, y)
    page.wait_for_selector(".kochu-wordbox .kochu-card")
    return page.locator(".kochu-card").first


def test_enough_words_and_patterns_are_told(loaded):
    words = [w for w in loaded.words if w.kind == "word"]
    patterns = [w for w in loaded.words if w.kind == "pattern"]
    assert len(words) >= 150
    assert len(patterns) >= 25
    assert all(w.lemma and w.reading and w.gloss and w.level for w in loaded.words)
    assert all(w.warning for w in loaded.words if not w.imitate)


def test_a_word_tells_form_reading_meaning_and_level(visit, shot):
    page = visit()
    card = tap(page, "3.1", "訪れ")
    text = card.inner_text()
    for part in ("訪れる", "おとずれる", "to visit", "verb", "N3"):
        assert part in text
    assert page.evaluate("CSS.highlights.get('kochu-word').size") == 1
    shot(page, "word")
    # Its panel is not over its sentence.
    panel = page.locator(".kochu-wordbox").bounding_box()
    sentence = page.locator("#s3-1").bounding_box()
    assert panel["x"] >= sentence["x"] + sentence["width"] or panel["y"] >= sentence["y"] + sentence["height"]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_every_word_of_the_table_can_be_tapped(visit, size):
    """What a click finds at the first sign of each word is that word, or one that holds it."""
    page = visit(size=size)
    missing = page.evaluate("""async () => {
      await kochu.loadWords();
      const missing = [];
      for (const unit of kochu.units) {
        const sentence = kochu.sentenceOf(unit);
        sentence.scrollIntoView({ block: 'center' });
        const seen = new Set();
        for (const word of kochu.wordsOf(unit.dataset.address)) {
          if (word.kind !== 'word' || seen.has(word.start)) continue;
          seen.add(word.start);
          const box = kochu.rangeOf(sentence, word.start, word.start + 1).getClientRects()[0];
          const offset = kochu.offsetAt(sentence, box.left + box.width / 2, box.top + box.height * 0.6);
          if (offset !== word.start) missing.push([unit.dataset.address, word.lemma, word.start, offset]);
        }
      }
      return missing;
    }""")
    assert missing == []


def test_every_sentence_has_words(visit, loaded):
    page = visit()
    page.evaluate("kochu.loadWords()")
    counts = page.evaluate(
        "kochu.units.map(u => [u.dataset.address, kochu.wordsOf(u.dataset.address).length])"
    )
    assert len(counts) == 41
    assert all(n > 0 for _, n in counts), counts


def test_words_made_by_the_machine_are_not_to_be_imitated(visit, shot):
    page = visit()
    card = tap(page, "4.2", "評議会")
    assert "Do not imitate." in card.inner_text()
    assert "中央軍事委員会" in card.inner_text()
    assert card.locator(".kochu-warn [lang=ja]").count() > 0
    shot(page, "do-not-imitate")


def test_all_words_of_a_sentence(visit, shot):
    page = visit("reading.html#s8-2")
    page.click(".kochu-tools [data-do=words]")
    page.wait_for_selector(".kochu-card")
    assert page.locator(".kochu-card").count() > 4
    assert page.locator(".kochu-card", has_text="pattern").count() > 0
    shot(page, "words")


@pytest.mark.parametrize("base", ["folder", "server"])
def test_my_words_are_kept_and_taken_away(request, visit, tmp_path, shot, base):
    page = visit(base=request.getfixturevalue(base), accept_downloads=True)
    for address, words in (("3.1", "訪れ"), ("4.2", "評議会")):
        card = tap(page, address, words)
        card.locator(".kochu-keep").click()
        assert card.locator(".kochu-keep").get_attribute("aria-pressed") == "true"
    assert page.inner_text(".kochu-count") == "2"
    page.reload()
    page.wait_for_selector("html.kochu-ready")
    assert page.inner_text(".kochu-count") == "2"
    page.click("[data-do=mine]")
    assert page.locator("#kochu-mine tbody tr").count() == 2
    shot(page, f"my-words-{base}")

    def download(name):
        with page.expect_download() as got:
            page.click(f"#kochu-mine [data-do={name}]")
        got.value.save_as(tmp_path / name)
        return got.value.suggested_filename, Path(tmp_path / name).read_text("utf-8")

    name, table = download("tsv")
    assert name.endswith(".tsv")
    head, first, second = (line.split("\t") for line in table.splitlines())
    row = dict(zip(head, first, strict=True))
    assert (row["lemma"], row["reading"], row["address"]) == ("訪れる", "おとずれる", "3.1")
    assert row["sentence"].endswith("会談した。")
    assert "Do not imitate" in dict(zip(head, second, strict=True))["warning"]

    name, deck = download("anki")
    assert name.endswith(".txt")
    lines = deck.splitlines()
    assert {"#separator:tab", "#html:true", "#tags column:4"} <= set(lines)
    cards = [line.split("\t") for line in lines if not line.startswith("#")]
    assert [len(card) for card in cards] == [4, 4]
    assert cards[0][0] == "訪れる"
    assert "国防相(こくぼうしょう)" in cards[0][2]
    assert "do-not-imitate" in cards[1][3]

    page.click("#kochu-mine [data-do=drop] >> nth=0")
    assert page.inner_text(".kochu-count") == "1"
    page.click("#kochu-mine [data-do=forget]")
    assert page.evaluate("localStorage.length") == 0
    assert page.locator("#kochu-mine .kochu-none").is_visible()
