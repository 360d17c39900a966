"""The search: compounds, kana, rōmaji, English; from a folder and from a server."""

from __future__ import annotations

import pytest


def results(page, query):
    page.fill("input[name=q] >> nth=-1", query)
    page.wait_for_function("q => new URLSearchParams(location.search).get('q') === q", arg=query)
    return page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('.kochu-hits h2')].map(h => [
      h.textContent.replace(/ \\(.*/, ''),
      [...h.nextElementSibling.querySelectorAll(':scope > li')].map(li => ({
        address: li.querySelector('a').textContent,
        href: li.querySelector('a').getAttribute('href'),
        text: li.innerText,
        marks: [...li.querySelectorAll('mark')].map(m => m.textContent),
      }))]))""")


@pytest.fixture(params=["folder", "server"])
def page(request, visit):
    opened = visit("search.html", base=request.getfixturevalue(request.param))
    opened.wait_for_function("document.activeElement?.name === 'q'")
    return opened


def test_japanese_compounds(page):
    for query, addresses in (("生活空間", ["11.3"]), ("人民英雄記念碑", ["6.1"]), ("いびき", ["1.1", "2.1"])):
        hits = results(page, query)["In the text"]
        assert [hit["address"] for hit in hits] == addresses
        assert all(query in "".join(hit["marks"]) for hit in hits)
        assert all(hit["href"].endswith("#s" + hit["address"].replace(".", "-")) for hit in hits)


def test_readings_in_kana_and_in_roman_letters(page):
    for query in ("ちゅうおう", "チュウオウ", "chūō", "chuo"):
        hits = results(page, query)["In the text"]
        assert [hit["address"] for hit in hits] == ["4.2", "19.2"], query
        assert all("中央" in hit["marks"] for hit in hits)
    assert "4.2" in {hit["address"] for hit in results(page, "ぐんじひょうぎかい")["In the text"]}


def test_english_words(page):
    found = results(page, "Central Military Commission")
    assert found["In the text"][0]["address"] == "4.2"
    layers = " ".join(hit["text"] for hit in found["Notes and pages"])
    for layer in ("Context", "Name", "Caveat"):
        assert layer in layers
    assert any("Central" in hit["marks"] for hit in found["Notes and pages"])


def test_names_in_roman_letters(page):
    addresses = {hit["address"] for hit in results(page, "Belousov")["In the text"]}
    assert {"3.1", "4.1", "6.1", "16.1"} <= addresses
    spelt = {hit["address"] for hit in results(page, "berousofu")["In the text"]}
    assert {"5.1", "6.1"} <= spelt


def test_several_words_must_all_be_found(page):
    hits = results(page, "北京 訪問")["In the text"]
    assert hits
    for hit in hits:
        assert all(word in "|".join(hit["marks"]) for word in ("北京", "訪問"))


def test_nothing_found_offers_the_nearest(page):
    assert results(page, "qqqqzzz") == {}
    assert "Nothing has" in page.inner_text(".kochu-hits")
    near = results(page, "人民英雄祈念碑")
    assert near["Nearest sentences"][0]["address"] in ("6.1", "6.2")


def test_hits_say_their_language(page):
    results(page, "Central Military Commission")
    wrong = page.evaluate("""() => {
      const wrong = [];
      const walker = document.createTreeWalker(document.querySelector('.kochu-hits'), NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const text = walker.currentNode.data;
        const lang = walker.currentNode.parentElement.closest('[lang]').lang;
        if (/[\\u3041-\\u30fe]/.test(text) && !lang.startsWith('ja')) wrong.push([lang, text]);
        if (/[\\u0400-\\u04ff]/.test(text) && lang !== 'ru') wrong.push([lang, text]);
        if (/[\\u3400-\\u9fff]/.test(text) && !/^(ja|zh)/.test(lang)) wrong.push([lang, text]);
        if (/军|会议|员会/.test(text) && !lang.startsWith('zh')) wrong.push([lang, text]);
      }
      return wrong;
    }""")
    assert wrong == []


def test_the_address_holds_the_query(visit, shot):
    page = visit("search.html?q=ちゅうおう")
    page.wait_for_selector(".kochu-hit")
    assert page.input_value("main input[name=q], .kochu-search input") == "ちゅうおう"
    shot(page, "search")
    page.click(".kochu-hit a")
    page.wait_for_selector("html.kochu-ready")
    assert page.evaluate("kochu.active.dataset.address") == "4.2"


def test_the_field_in_the_sidebar_leads_here(visit):
    page = visit("index.html")
    page.locator(".sidebar-search").fill("生活空間")
    page.keyboard.press("Enter")
    page.wait_for_selector(".kochu-hit")
    assert "生活空間" in page.locator(".kochu-hit mark").all_text_contents()


def test_without_scripts_the_index_is_offered(visit):
    page = visit("search.html", js=False)
    assert page.locator(".kochu-search noscript a").get_attribute("href") == "genindex.html"
