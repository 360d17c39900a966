"""Lists that readers look things up in, and choose from."""

from __future__ import annotations

from bs4 import BeautifulSoup
import pytest
from tests.conftest import small_edition

CLAIM = """
:::{{claim}} {quote}
:key: {key}
:title: {title}
:at: 2.1
:verdict: {verdict}
{more}

Because {key}.
:::
"""
TERMS = """
:::{term}
:key: term-visit
:title: visit
:names: ja: 訪問 | ja-Hira: ほうもん | it: visita
:forms: 訪問

A call.
:::

:::{term}
:key: term-oki
:title: ōki
:names: ja: サイズ | ja-Hira: さいず | en: size

How large.
:::

:::{term}
:key: term-power
:title: power
:names: ja: 力み | ja-Hira: りきみ

Strength.
:::
"""
INDEX = """# Ledger

:::{annotations}
:kind: claim
:choose: verdict now
:prose: Reason
:::

# Words

:::{annotations}
:kind: term
:order: title
:choose:
:::
"""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    project = small_edition(tmp_path_factory.mktemp("ledger"))
    claims = [
        CLAIM.format(quote="国防相", key="who", title="A minister came.", verdict="supported", more=""),
        CLAIM.format(
            quote="北京", key="where", title="He came to Beijing.", verdict="supported",
            more=":now: contested\n:as-of: 2026-02-03",
        ),
        CLAIM.format(quote="訪問", key="why", title="It matters.", verdict="opinion", more=""),
    ]  # fmt: skip
    project.write("docs/claims.md", "# Claims\n" + "".join(claims))
    project.write("docs/terms.md", "# Terms\n" + TERMS)
    project.write("docs/ledger.md", INDEX)
    project.write("docs/index.md", "# Small\n\n```{toctree}\nreading\nnotes\nclaims\nterms\nledger\n```\n")
    done = project.build()
    assert done.returncode == 0, done.stderr
    return project


def tables(project):
    soup = BeautifulSoup(project.page("ledger.html"), "html.parser")
    return soup, soup.select("table.kochu-index")


def cells(row):
    return [cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])]


def test_a_ledger_gives_verdicts_then_and_now_and_links_both_ways(ledger):
    _soup, (claims, _) = tables(ledger)
    rows = claims.select("tr")
    assert cells(rows[0]) == ["Claim", "In", "Words", "Verdict", "Now"]
    facts = [cells(row)[3:] for row in claims.select("tbody tr:not(.kochu-more)")]
    assert facts == [
        ["supported", "unchanged"],
        ["supported", "contested 3\u00a0Feb\u00a02026"],
        ["opinion", "unchanged"],
    ]
    assert claims.find("a", href="reading.html#s2-1")
    assert claims.find("a", href="claims.html#claim-who")
    assert "claims.html#claim-who" in ledger.page("reading.html")
    reasons = [row.find("details").get_text(" ", strip=True) for row in claims.select(".kochu-more")]
    assert reasons[0] == "Reason Because who."


def test_terms_stand_in_order_with_their_readings(ledger):
    _, (_, terms) = tables(ledger)
    rows = terms.select("tbody tr")
    # ō is looked up as o, not behind z.
    assert [row.find("a").get_text().split(" ", 1)[1] for row in rows] == ["ōki", "power", "visit"]
    assert rows[0].select_one(".kochu-tag").get_text(strip=True) == "size"
    assert rows[2].select_one("rt").get_text() == "ほうもん"
    # Kana show their reading themselves.
    assert rows[1].select_one("rt").get_text() == "りき"
    assert not rows[0].select("rt")
    assert "visita" in cells(rows[2])
    # A cell with nothing to say says so: ōki and power have no Italian.
    assert [cells(row)[2] for row in rows] == ["—", "—", "visita"]


def test_a_row_tells_what_kind_of_name_and_when_a_claim_is_about_a_whole_sentence(project):
    name = (
        "\n:::{name} 北京\n:key: name-beijing\n:title: Beijing (Peking)\n:at: 2.1\n:entity: place\n"
        ":names: en: China's capital | it: l'antica Pechino\n\nA city.\n:::\n"
    )
    claim = CLAIM.format(quote="", key="all", title="All of it.", verdict="opinion", more="")
    lists = "\n:::{annotations}\n:kind: name\n:::\n\n:::{annotations}\n:kind: claim\n:::\n"
    project.write("docs/notes.md", "# Notes\n" + name + claim + lists)
    done = project.build()
    assert done.returncode == 0, done.stderr
    soup = BeautifulSoup(project.page("notes.html"), "html.parser")
    names, claims = soup.select("table.kochu-index")
    assert names.select_one("td .kochu-tag").get_text(strip=True) == "China’s capital · place"
    assert "l’antica Pechino" in cells(names.select("tr")[1])
    assert cells(claims.select("tr")[1])[2] == "the whole sentence"


def test_without_scripts_all_is_there_and_no_form(ledger):
    soup, (claims, _) = tables(ledger)
    assert len(claims.select("tbody tr")) == 6
    assert all(form.has_attr("hidden") for form in soup.select("form.kochu-choose"))
    assert "kochu-list.js" in ledger.page("ledger.html")
    assert "kochu-list.js" not in ledger.page("claims.html")


def test_paper_has_neither_form_nor_folded_prose(ledger):
    assert ledger.build("text").returncode == 0
    text = ledger.page("ledger.txt", "text")
    assert "He came to Beijing" in text
    assert "Because" not in text


def test_a_facet_that_is_none_is_told(project):
    project.write("docs/notes.md", "# Notes\n\n:::{annotations}\n:choose: colour\n:::\n")
    done = project.build()
    assert "':choose: colour' is not known; it is one of verdict, now" in done.stderr


def test_rows_are_chosen_by_verdict_and_by_words(ledger, chromium):
    page = chromium.new_page()
    page.goto((ledger.root / "build/html/ledger.html").as_uri())
    shown = page.locator("table.kochu-index >> nth=0 >> tbody tr:not(.kochu-more):visible")
    form = page.locator("form.kochu-choose >> nth=0")
    assert shown.count() == 3
    form.get_by_label("Verdict", exact=True).select_option("supported")
    assert shown.count() == 2
    form.get_by_label("Verdict now").select_option("supported")
    assert shown.count() == 1
    assert form.locator("output").inner_text() == "1 of 3"
    form.get_by_role("button").click()
    page.wait_for_function("document.querySelector('output').textContent === '3 entries'")
    # Words are also looked for in what is folded, and whatever their width.
    form.get_by_label("Words").fill("ＢＥＣＡＵＳＥ where")
    assert shown.count() == 1
    assert page.locator(".kochu-more:visible").count() == 1
    page.close()


def test_a_term_leads_back_to_the_notes_and_pages_that_use_it(ledger):
    ledger.write(
        "docs/claims.md",
        (ledger.docs / "claims.md").read_text() + "\nA bare {term}`power` and {term}`visit`.\n",
    )
    claim = CLAIM.format(quote="両国", key="both", title="Both did.", verdict="opinion", more="")
    ledger.write(
        "docs/notes.md",
        "# Notes\n" + claim.replace(":at: 2.1", ":at: 2.2").replace("Because", "A {term}`Power` because"),
    )
    assert ledger.build().returncode == 0
    links = {
        term: [(a.get_text(), a["href"]) for a in BeautifulSoup(ledger.page("terms.html"), "html.parser").select(
            f"#{term} dt:-soup-contains('Used in') + dd a")]
        for term in ("term-power", "term-visit", "term-oki")
    }  # fmt: skip
    assert links["term-power"] == [("Claims", "claims.html"), ("F4 Both did", "notes.html#claim-both")]
    assert links["term-visit"] == [("Claims", "claims.html")]
    assert links["term-oki"] == []
    # A list that shows prose is written again when the prose changes, and only then a term's page.
    ledger.write(
        "docs/notes.md", (ledger.docs / "notes.md").read_text().replace("because both", "since both")
    )
    assert ledger.build().returncode == 0
    assert "since both" in ledger.page("ledger.html")
