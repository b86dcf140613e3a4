"""Two regulations that answer each other, article by article: their page, their articles side by side, their matters."""

import html
import re
import shutil
import sqlite3

import pytest

from support.site import ENGLISH, ask, running, serve, squeezed, visible

PAIR = "/-/pair/sh-2024-danche__and__jx-2023-danche"
FINE = "sh-2024-danche__art_7"  # the article on fines, and the two that it is answered by and grew from
FINES = f"/-/compare/sh-jx__{FINE}__vs__jx-2023-danche__art_7"
FINES_MATTER = "/-/matter/sh-2020-danche__art_7"
HAN = re.compile("[一-鿿]")


@pytest.fixture
def site(small_site):
    return small_site


@pytest.fixture
def changed(small, tmp_path):
    """A copy of kb.db in which an article also answers in the province's comparison, and a text is cut."""
    copied = tmp_path / "kb.db"
    shutil.copy(small, copied)
    with sqlite3.connect(copied) as conn:
        for table, columns in (
            ("gaps", {"gap_id": "'zj__' || gap_id", "comparison_id": "'sh-zj'"}),
            ("gap_rules", {"gap_id": "'zj__' || gap_id"}),
            ("gap_points", {"point_id": "'zj__' || point_id", "gap_id": "'zj__' || gap_id"}),
            ("gap_point_quotes", {"point_id": "'zj__' || point_id"}),
        ):
            names = [row[1] for row in conn.execute(f"pragma table_info({table})")]
            values = ", ".join(columns.get(name, f'"{name}"') for name in names)
            conn.execute(f"insert into {table} select {values} from {table}")
        conn.execute("insert into incomplete_texts values ('jx-2023-danche', '8', '止于第八条')")
    return copied


@pytest.mark.parametrize("kind", ["counterpart", "part"])
async def test_documents_that_share_a_part_only_are_told_so(small, tmp_path, kind):
    copied = tmp_path / "kb.db"
    shutil.copy(small, copied)
    with sqlite3.connect(copied) as conn:
        conn.execute("update document_pairs set kind = ? where kind <> 'revision'", (kind,))
    async with running(serve(copied)) as datasette:
        page = visible((await datasette.client.get(PAIR)).text)
    assert ("只有一部分事项相同" in page) == (kind == "part")


def marks(page: str, side: int) -> list[tuple[str, str]]:
    """(number, words) of the marks in the text of one side."""
    text = re.findall(r'(?s)<blockquote class="clause">(.*?)</blockquote>', page)[side]
    return [
        (number, html.unescape(words))
        for number, words in re.findall(r'<mark[^>]*data-number="(\d+)"[^>]*>([^<]*)</mark>', text)
    ]


# The page of the pair
async def test_every_article_of_both_texts_has_its_line(site, small):
    data = (await site.client.get(f"{PAIR}.json")).json()
    page = (await site.client.get(PAIR)).text
    own = [row["clause_id"] for row in [*data["rows"], *data["boilerplate"]["a"]]]
    partners = [one["clause_b"] for row in [*data["rows"], *data["boilerplate"]["a"]] for one in row["partners"]]  # fmt: skip
    other = [row["clause_id"] for row in [*data["only_b"], *data["boilerplate"]["b"]]]
    for side, shown in (("a", own), ("b", [*dict.fromkeys(partners), *other])):
        accounts = ask(small, """select clause_id from article_accounts where side = ?
            and document_a = 'sh-2024-danche' and document_b = 'jx-2023-danche'""", side)  # fmt: skip
        assert sorted(shown) == sorted(clause for (clause,) in accounts)
    assert all(f'href="/-/clause/{clause}"' in page for clause in own + other)
    counts = re.search(r'(?s)<table class="counts">.*?</table>', page)[0]
    assert "6条5条1条0条" in squeezed(visible(counts))  # all, aligned, only here, boilerplate
    assert "只见于上海市" in visible(page) and not ENGLISH.search(visible(page))


async def test_a_line_has_the_heaviest_point_and_leads_to_both_texts_and_the_matter(site, small):
    data = (await site.client.get(f"{PAIR}.json")).json()
    line = next(row for row in data["rows"] if row["clause_id"] == FINE)
    told = ask(small, """select sentence from gap_points p join rules r on r.rule_id = p.rule_a
        where r.clause_id = ? order by weight desc, ordinal""", FINE)  # fmt: skip
    assert line["lead"]["sentence"] == told[0][0] and line["others"] == len(set(told)) - 1
    page = (await site.client.get(PAIR)).text
    assert f'href="{FINES}"' in page and f'href="{FINES_MATTER}"' in page
    for address in ("/-/document/sh-2024-danche", FINES, FINES_MATTER, "/-/pairs"):
        assert f'href="{PAIR}"' in (await site.client.get(address)).text


async def test_a_cut_text_is_told_at_the_top(changed):
    async with running(serve(changed)) as datasette:
        page = visible((await datasette.client.get(PAIR)).text)
        assert "止于第八条" in page and "不能当作没有" in page


async def test_documents_that_do_not_answer_each_other_have_no_page(site):
    for key in ("sh-2024-danche", "a__and__b", "jx-2023-danche__and__sh-2024-danche"):
        assert (await site.client.get(f"/-/pair/{key}")).status_code == 404


# Two articles side by side
async def test_the_quotes_of_every_point_are_marked_with_its_number(site, small):
    for a, b, key in ask(small, """select distinct ra.clause_id, rb.clause_id, l.alignment_id from gap_points p
            join rules ra on ra.rule_id = p.rule_a join rules rb on rb.rule_id = p.rule_b
            join alignments l on l.clause_a = ra.clause_id and l.clause_b = rb.clause_id"""):  # fmt: skip
        page = (await site.client.get(f"/-/compare/{key}")).text
        points = (await site.client.get(f"/-/compare/{key}.json")).json()["points"]
        assert [point["number"] for point in points] == list(range(1, len(points) + 1)) != []
        for side, clause in enumerate((a, b)):
            quotes = [
                (str(point["number"]), quote["quote"])
                for point in points for quote in point["quotes"] if quote["clause_id"] == clause
            ]  # fmt: skip
            assert sorted(marks(page, side)) == sorted(quotes)
        text = squeezed(visible(page))
        assert all(squeezed(point["sentence"]) in text for point in points)
        assert "<del>" not in page and "<ins>" not in page and 'class="amount"' not in page
        assert "为什么对在一起" in page


async def test_a_point_of_two_comparisons_stands_once(site, changed):
    once = (await site.client.get(f"{FINES}.json")).json()["points"]
    async with running(serve(changed)) as datasette:
        page = (await datasette.client.get(FINES)).text
        points = (await datasette.client.get(f"{FINES}.json")).json()["points"]
    assert [point["sentence"] for point in points] == [point["sentence"] for point in once]
    assert len(marks(page, 0)) == len(once)


async def test_a_pair_without_points_shows_the_words(site, small):
    (key,) = ask(small, "select min(alignment_id) from alignments where status = 'candidate'")[0]
    page = (await site.client.get(f"/-/compare/{key}")).text
    assert "<del>" in page and "<mark" not in page


# The matter of an article
async def test_the_matter_of_an_article_shows_articles_points_and_versions(site):
    page = (await site.client.get(FINES_MATTER)).text
    data = (await site.client.get(f"{FINES_MATTER}.json")).json()
    text = squeezed(visible(page))
    for point in data["gaps"][0]["points"]:
        assert squeezed(point["sentence"]) in text
        assert all(squeezed(quote["quote"]) in text for quote in point["quotes"])
    for name in "ab":
        assert all(squeezed(rule["quote"]) in text for rule in data["groups"][name])
    assert "历次规定" in text and "/-/clause/sh-2020-danche__art_7" in page
    assert "待收集" not in text and "不能判断" not in text
    assert not re.search(r"<d[dt]>\s*</d[dt]>", page)
    assert f'href="{FINES}"' in page


# In English
@pytest.mark.parametrize("path", [PAIR, FINES, FINES_MATTER, "/-/pairs"])
async def test_the_interface_is_in_english(site, path):
    page = (await site.client.get(f"{path}?_lang=en")).text
    assert '<html lang="en">' in page
    kept = r'(?s)<(\w+)[^>]*(?:class="[^"]*(?:quoted|clause|citation)[^"]*"|lang="zh-CN")[^>]*>.*?</\1>|<(mark|q|textarea|blockquote)\b.*?</\2>'
    for name in ("h2", "h3", "summary", "dt", "th", "nav"):
        for inner in re.findall(rf"(?s)<{name}\b[^>]*>.*?</{name}>", page):
            assert not HAN.search(visible(re.sub(kept, "", inner))), inner
