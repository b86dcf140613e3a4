"""Three short rules of our own: counterparts, versions and their pages, end to end."""

import json
import re

import pytest

from support import small_corpus
from support.match_samples import PARTNERS
from support.site import ENGLISH, ask

MINE = "clause_a like 'sh-2%-danche%'"  # pairs of the three versions


@pytest.fixture
def site(small_site):
    return small_site


def test_a_corpus_of_two_regulations_is_aligned_like_a_large_one(small):
    """Nothing is learnt from the corpus, so a small one is read as well as a large one."""
    found = ask(small, """
        select a.article, b.article from alignments join clauses a on a.clause_id = clause_a
        join clauses b on b.clause_id = clause_b
        where status = 'auto' and a.document_id = 'sh-2020-danche'""")  # fmt: skip
    assert {(int(a) - 1, int(b) - 1) for a, b in found} == PARTNERS


def test_the_order_of_documents_and_the_number_of_processes_change_nothing(small, tmp_path_factory):
    rows_of = "build/alignments.jsonl"
    folder = tmp_path_factory.mktemp("turned")
    other = small_corpus.build(folder, list(small_corpus.ALL)[::-1], 2, rows_of)
    lines = [path.read_text(encoding="utf-8").splitlines() for path in (small.parent / rows_of, other)]  # fmt: skip
    assert sorted(lines[0]) == sorted(lines[1]) != []


def test_every_asserted_pair_says_why(small):
    for scope, extent, reasons in ask(
        small, f"select scope, extent, reasons from alignments where status = 'auto' and {MINE}"
    ):
        assert scope == "pair" and extent in ("whole", "split") and len(json.loads(reasons)) >= 5


async def test_the_old_new_table_is_a_page_of_its_own(site, small):
    page = await site.client.get("/-/document/sh-2024-danche")
    address = "/-/revision/sh-2020-danche__to__sh-2024-danche"
    assert address in page.text and "嘉兴市共享单车管理办法" in page.text
    table, twin = await site.client.get(address), await site.client.get(f"{address}.json")
    shown = re.sub(r"<[^>]*>", " ", table.text.split("<main")[-1])
    assert table.status_code == 200 and "Datasette" in shown
    assert not ENGLISH.search(shown)
    assert "<ins>" in table.text and "<del>" in table.text
    kinds = [row["kind"] for row in twin.json()["rows"]]
    assert {"unchanged", "changed", "added", "removed"} <= set(kinds)
    assert (await site.client.get("/-/revision/a__to__b")).status_code == 404


async def test_the_compare_page_tells_the_reasons_and_how_far_to_trust_them(site, small):
    (key,) = ask(small, f"select min(alignment_id) from alignments where status = 'auto' and {MINE}")[0]  # fmt: skip
    page = (await site.client.get(f"/-/compare/{key}")).text
    for words in ("两件文件逐条对读得出", "确是对应条款", "模型的理由", "共有的词"):
        assert words in page, words


async def test_an_official_text_without_address_is_cited_where_it_was_read(site, small):
    (build,) = ask(small, "select build_id from builds")[0]
    data = (await site.client.get("/-/document/jx-2023-danche.json")).json()
    assert data["citations"][0]["text"] == (
        f"嘉兴市共享单车管理办法[EB/OL]//政策差异知识库：构建 {build}. "
        "（2023-06-01）[引用日期]. http://localhost/-/document/jx-2023-danche."
    )
    page = (await site.client.get("/-/document/sh-2020-danche")).text
    line = re.search(r'(?s)<p class="validity">.*?</p>', page)[0]
    assert "由《上海市共享单车管理办法》替代（依据：新文本）" in line
