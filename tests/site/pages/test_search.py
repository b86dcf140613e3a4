"""The search page finds what stands in the texts and nothing else, and no address breaks it."""

import asyncio
import html
import re
import shutil
import sqlite3
from urllib.parse import parse_qs, quote, urlencode

import pytest
from datasette.database import QueryInterrupted
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.site.pages import search
from pipeline.site.search import facets, fulltext, simplified, suggestions
from support.site import ask, closed, serve, squeezed, visible

WORDS = ["积分", "居住证", "人才", "补贴", "收费", "电价", "落户", "审批", "永久居留", "保险补偿",
         "工作日", "所得税", "一网通办", "港口", "20万元", "120分", "的"]  # fmt: skip
HOSTILE = [
    "", " ", "'", '"', '"""', "“", "”「", "-", "--", "-积分", "*", "积分*", "^积分", "NEAR(积分 落户)",
    "a OR b", "NOT", "(", ")))", "(" * 100, ".*", "(?:a+)+$", "[一-龥]{3,}", "\\", "%", "%00", "\x00",
    "'; drop table clauses; --", "积分' or 1=1 --", "text:积分", "{text}: 积分", "</mark><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "，。；", "🈚️", "𠮷", "\u202e积分", "積" * 200, "的 " * 100,
    " ".join(map(chr, range(0x4E00, 0x4E64))), " ".join("-" + chr(c) for c in range(0x4E00, 0x4E40)) + " 积分",
]  # fmt: skip
UNITS = "select c.clause_id from clauses c join documents d using (document_id) where is_unit = 1"


@pytest.fixture(scope="module")
def get(kb):
    """Ask the site for an address, on a loop that lasts, so that Hypothesis may ask too."""
    loop = asyncio.new_event_loop()
    datasette = serve(kb)
    loop.run_until_complete(datasette.invoke_startup())
    yield lambda path: loop.run_until_complete(datasette.client.get(path))
    datasette.close()
    loop.close()


@pytest.fixture(scope="module")
def found(get):
    """The answer to a search, as data, with the clauses of all its pages."""

    def look(query: str, **choices: str):
        def page(number):
            address = urlencode({"q": query, **choices, "page": number})
            return get(f"/-/search.json?{address}").json()

        data = page(1)
        pages = range(2, data.get("pages", 1) + 1)
        data["clauses"] = [h["clause_id"] for d in (data, *map(page, pages)) for h in d["hits"]]
        return data

    return look


def standing(kb, word, where="1") -> set[str]:
    """The clauses in which a word stands, told by SQLite itself."""
    sql = f"{UNITS} and instr(replace(c.text, char(10), ''), ?) and {where}"
    return {clause for (clause,) in ask(kb, sql, word)}


# What is found


@pytest.mark.parametrize("word", WORDS)
def test_every_clause_that_says_a_word_is_found_and_no_other(kb, found, word):
    truth = standing(kb, word)
    if word[0].isdigit():  # 20万元 is not said by 120万元
        texts = dict(ask(kb, "select clause_id, text from clauses"))
        truth = {c for c in truth if re.search(rf"(?<![\d.]){word}", texts[c])}
    data = found(word)
    assert set(data["clauses"]) == truth and truth
    assert len(data["clauses"]) == data["total"] == len(truth)  # nothing twice from page to page


@pytest.mark.parametrize(
    "queries, pattern",
    [
        (("首台（套）", "首台(套)", "首台套"), r"首台[(（]?套|首台"),
        (("引航费", "引航移泊费"), "引航费|引航移泊费"),
        (("技术改造", "技改"), "技术改造|技改"),
    ],
)
def test_synonyms_and_brackets_make_no_difference(kb, found, queries, pattern):
    texts = ask(kb, "select clause_id, text from clauses where is_unit = 1")
    truth = {clause for clause, text in texts if re.search(pattern, text)}
    for query in queries:
        data = found(query)
        assert set(data["clauses"]) == truth
        assert all(any(is_hit for _, is_hit in hit["snippet"]) for hit in data["hits"])
    names = [[one["matter_id"] for one in found(query)["matters"]["shown"]] for query in queries]
    assert all(set(one) == set(names[0]) for one in names)


def test_the_other_words_that_were_looked_for_are_told(get, found):
    assert found("引航费")["also"] == ["引航移泊费"]
    assert "同时检索了近义的写法：引航移泊费" in squeezed(visible(get("/-/search?q=引航费").text))
    assert found("居住证")["also"] == []


def test_documents_are_found_by_title_and_number(kb, get, found):
    ((document, title, number),) = ask(
        kb,
        "select document_id, title, number from documents where number is not null order by document_id limit 1",
    )
    for query in (f'"{title}"', f'"{number}"'):
        assert document in [one["document_id"] for one in found(query)["documents"]["shown"]]
    page = get("/-/search?q=积分").text
    assert page.index('id="matters"') < page.index('id="documents"') < page.index('id="hits"')


def test_no_result_says_what_was_searched(kb, get):
    page = visible(get("/-/search?q=甲乙丙丁").text)
    for table, what in (
        ("documents", "件文件的标题和文号"),
        ("clauses where is_unit = 1", "条条款的文字"),
    ):
        ((total,),) = ask(kb, f"select count(*) from {table}")
        assert f"{total:,} {what}" in page
    assert "未查得不等于没有" in page


@pytest.mark.parametrize(
    "word, unwanted", [("补贴", "人才"), ("积分", "居住证"), ("收费", "20万元")]
)
def test_an_exclusion_removes_exactly_what_says_it(kb, found, word, unwanted):
    assert (
        set(found(f"{word} -{unwanted}")["clauses"])
        == standing(kb, word) - set(found(unwanted)["clauses"])
    )  # fmt: skip


def test_words_apart_are_all_asked_for(kb, found):
    assert set(found("居住证 积分")["clauses"]) == standing(kb, "居住证") & standing(kb, "积分")


@pytest.mark.parametrize("quoted", ['"居住证积分"', "“居住证积分”", "「居住证 积分」"])
def test_quotes_keep_words_together(kb, found, quoted):
    assert set(found(quoted)["clauses"]) == standing(kb, "居住证积分")


@pytest.mark.parametrize(
    "typed, plain",
    [("積分", "积分"), ("居住證 積分", "居住证 积分"), ("１２０分", "120分"), ("補貼 -人才", "补贴 -人才"), ("首臺（套）", "首台（套）")],
)  # fmt: skip
def test_traditional_and_wide_characters_find_the_same_in_the_same_order(found, typed, plain):
    told, meant = found(typed), found(plain)
    assert told["clauses"] == meant["clauses"] and told["clauses"]
    assert any(hit for _, hit in told["hits"][0]["snippet"])


def test_folding_never_loses_what_was_typed():
    """OpenCC reads 坏土 across two words of 破坏土地; the word as typed is sought all the same."""
    assert simplified.simplified("破坏土地") != "破坏土地"
    assert '"破 坏 土 地"' in fulltext.fts_query("破坏土地")
    assert fulltext.mark("破坏土地的", "破坏土地") == "<mark>破坏土地</mark>的"


def test_the_words_side_by_side_come_first(kb, found):
    side_by_side = standing(kb, "居住证积分")
    clauses = found("居住证 积分")["clauses"]
    assert set(clauses[: len(side_by_side)]) == side_by_side < set(clauses)


def test_an_excerpt_shows_the_hits_and_is_cut_from_the_text(kb, found):
    texts = dict(ask(kb, "select clause_id, text from clauses"))
    for hit in found("补贴 人才")["hits"]:
        assert {words for words, marked in hit["snippet"] if marked} <= {"补贴", "人才"}
        cut = "".join(words for words, _ in hit["snippet"]).strip("…")
        assert cut in texts[hit["clause_id"]]


def test_a_hit_names_the_matters_that_rest_on_it(kb, found):
    for hit in found("首台（套）")["hits"]:
        truth = ask(
            kb, "select distinct matter_id from rules where clause_id = ?", hit["clause_id"]
        )
        assert {one["matter_id"] for one in hit["matters"]} == {matter for (matter,) in truth}


# Matters


@pytest.mark.parametrize(
    "query", ["积分", "首台（套）", "首台(套)", "罚款 养犬", "公积金", "積分", "落户 -积分"]
)
def test_every_matter_named_or_asked_in_these_words_is_found_and_no_other(kb, found, query):
    wanted, unwanted = fulltext.terms(simplified.simplified(query))
    truth = set()
    for matter, name, question in ask(kb, "select matter_id, name, question from matters"):
        text = fulltext.normalize(name + question)
        if all(word in text for word in wanted) and not any(word in text for word in unwanted):
            truth.add(matter)
    matters = found(query)["matters"]
    assert matters["total"] == len(truth) > 0
    assert {one["matter_id"] for one in matters["shown"]} <= truth


def test_a_matter_is_told_with_its_newest_row_and_its_name_counts_before_its_question(kb, found):
    shown = found("养犬")["matters"]["shown"]
    for one in shown:
        ((headline,),) = ask(
            kb,
            "select summary from gaps join moments using (as_of)"
            " where newest = 1 and comparison_id = 'sh-jx' and matter_id = ?",
            one["matter_id"],
        )
        assert one["headline"] == headline
    named = ["养犬" in one["name"] for one in shown]
    assert named == sorted(named, reverse=True)


def test_matters_lead_to_their_pages_on_the_first_page_only_and_follow_the_topic(get, found):
    page = get("/-/search?q=积分").text
    for one in found("积分")["matters"]["shown"]:
        assert f'href="/-/matter/{one["matter_id"]}"' in page
    assert 'id="matters"' in page and 'id="matters"' not in get("/-/search?q=积分&page=2").text
    topics = {one["topic_id"] for one in found("积分", topic="luohu")["matters"]["shown"]}
    assert topics == {"luohu"}


def test_a_matter_is_shown_where_no_clause_says_its_words(kb, get, found):
    for name, question in ask(kb, "select name, question from matters order by matter_id"):
        data = found(question)
        if not data["total"]:
            assert name in [one["name"] for one in data["matters"]["shown"]]
            assert 'id="matters"' in get(f"/-/search?q={quote(question)}").text
            return


# Narrowing


@pytest.mark.parametrize("query, chosen", [("补贴", {}), ("的", {"region": "310000"}), ("积分 -落户", {"topic": "jifen", "level": "行政规范性文件"})])  # fmt: skip
def test_a_facet_counts_what_choosing_it_gives(get, found, query, chosen):
    for facet in found(query, **chosen)["facets"]:
        assert facet["values"]
        for value in facet["values"]:
            told = {**chosen, facet["name"]: value["value"]}
            there = found(query, **told)
            assert len(there["clauses"]) == value["clauses"], told
            back = get("/-/search.json" + value["link"]).json()
            assert back["total"] == value["clauses"] or value["chosen"]


def test_facets_agree_with_the_database(kb, found):
    counts = {
        f["name"]: {v["value"]: v["clauses"] for v in f["values"]} for f in found("补贴")["facets"]
    }
    for region in ("310000", "330400"):
        assert counts["region"][region] == len(standing(kb, "补贴", f"d.region_id = '{region}'"))
    assert counts["year"]["2024"] == len(standing(kb, "补贴", "d.issued_date like '2024%'"))
    assert counts["year"]["none"] == len(standing(kb, "补贴", "d.issued_date is null"))
    both = found("补贴", region="310000", year="2024")
    assert set(both["clauses"]) == standing(kb, "补贴", "d.region_id = '310000' and d.issued_date like '2024%'")  # fmt: skip


@pytest.mark.parametrize("name", facets.FACETS)
@pytest.mark.parametrize("value", ["nothing", "'", "none", "-1", "<script>", "甲" * 41, "%00"])
def test_a_choice_that_is_none_is_harmless_and_leads_on(get, name, value):
    response = get(f"/-/search?{urlencode({'q': '补贴', name: value})}")
    assert response.status_code in (200, 400)
    assert "<script>" not in response.text
    assert "检索示例" in response.text or 'class="hits"' in response.text
    if response.status_code == 200 and 'class="hits"' not in response.text:
        assert f"不限{facets.FACETS[name]}" in response.text


def test_several_topics_of_one_clause_each_count():
    row = dict.fromkeys(facets.FACETS, "甲") | {"topic": "a,b", "clauses": 2}
    assert facets.tally(facets.cube([row]), {"topic": "a"})["topic"] == {"a": 2, "b": 2}


# Nothing found


@pytest.mark.parametrize(
    "query, offered",
    [
        ("首套台", "改为“首台套”"),
        ("居住证 甲乙丙丁", "去掉“甲乙丙丁”"),
        ("首套台 甲乙丙丁", "只找“首台套”"),
        ("居住证积分落户", "分开找：居住证积分、落户"),
        ("电价 -电", "不排除“电”"),
    ],
)
def test_where_nothing_is_found_something_near_is_offered(get, found, query, offered):
    data = found(query)
    assert data["total"] == 0
    assert any(offered in one["say"] for one in data["suggestions"])
    for one in data["suggestions"]:
        assert get("/-/search.json" + one["link"]).json()["total"] == one["clauses"] > 0


def test_no_answer_is_a_dead_end(kb, get):
    topics = ask(kb, "select topic_id from topics")
    for query in ("", "甲乙丙丁戊己庚辛", "，", "-积分", "x" * 201):
        page = get(f"/-/search?q={quote(query)}").text
        assert page.count('href="/-/topic/') == len(topics) and "检索示例" in page


def test_every_example_finds_something(get, found):
    for example in found("")["examples"]:
        assert get("/-/search.json" + example["link"]).json()["total"] > 0, example


@given(st.text(max_size=40), st.lists(st.text(max_size=8), max_size=5))
def test_offers_are_queries_each_once(query, keywords):
    told = [to for _, to in suggestions.offers(query, keywords)]
    assert len(told) == len(set(told)) and query not in told


# Safety and form


@pytest.mark.parametrize("query", HOSTILE)
def test_no_query_is_an_error(get, query):
    for form in ("", ".json"):
        response = get(f"/-/search{form}?q={quote(query)}")
        assert response.status_code == (200 if len(" ".join(query.split())) <= 200 else 400)
        assert len(response.content) < 150_000
    page = get(f"/-/search?q={quote(query)}").text
    assert "<script" not in page and "<img" not in page


@pytest.mark.parametrize("page", ["-1", "0", "1.5", "x", "9" * 30, "²", "999999", "1 or 1=1"])
def test_a_page_that_is_none_is_refused_in_a_line(get, page):
    response = get(f"/-/search?q=积分&page={quote(page)}")
    assert response.status_code == 400
    assert re.search('<p class="notice" role="alert">[^<\n]*页[^<\n]*</p>', response.text)
    told = get(f"/-/search.json?q=积分&page={quote(page)}").json()
    assert told["ok"] is False and "页" in told["error"]


def test_a_long_query_is_refused_and_kept_in_the_box(get):
    response = get(f"/-/search?q={quote('积' * 201)}")
    assert response.status_code == 400 and "不超过 200 字" in response.text
    assert f'value="{"积" * 200}"' in response.text


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=60), st.sampled_from([*facets.FACETS, "page"]), st.text(max_size=12))
def test_any_address_is_answered_with_200_or_400(get, query, name, value):
    asked = urlencode({"q": query, name: value}, errors="replace")
    for form in ("", ".json"):
        assert get(f"/-/search{form}?{asked}").status_code in (200, 400)


@given(st.text(max_size=60), st.text(max_size=20), st.integers(1, 99))
def test_an_address_says_what_was_meant(query, region, page):
    told = facets.address(query, {"region": region}, page)
    assert not set(told) & set("\"'<> \n")
    meant = {"q": query, "region": region} | ({"page": str(page)} if page > 1 else {})
    assert parse_qs(told[1:]) == {k: [v] for k, v in meant.items() if v}


def test_the_page_and_its_twin_say_the_same(get, found):
    page = get("/-/search?q=补贴&region=310000&page=1").text
    data = found("补贴", region="310000")
    links = re.findall(r'<h3><a href="/-/clause/([^"]+)"', page)
    assert links == [hit["clause_id"] for hit in data["hits"]]
    assert f"条款共 {data['total']} 条" in visible(page)
    assert data["chosen"]["region"]["label"] == "上海市"


def test_the_second_page_goes_on_where_the_first_ended(get):
    first, second = (get(f"/-/search?q=的&page={n}").text for n in (1, 2))
    assert '<ol class="hits" start="1">' in first and '<ol class="hits" start="21">' in second
    assert 'rel="next"' in first and 'rel="prev"' in second
    assert "第 2 页" in visible(second)
    hits = [set(re.findall(r'<h3><a href="([^"]+)"', page)) for page in (first, second)]
    assert len(hits[0]) == len(hits[1]) == 20 and not hits[0] & hits[1]


def test_the_chosen_is_named_for_those_who_listen(get):
    page = get("/-/search?q=补贴&region=310000").text
    assert re.search(r'aria-current="true"[^>]*><span>上海市', page)
    assert "去掉条件：地区，上海市" in page
    assert 'aria-label="检索事项和条款"' in page
    levels = [int(n) for n in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1 and all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))


def test_both_search_boxes_lead_here_and_the_table_stays(get):
    for path in ("/", "/-/claims"):
        assert 'action="/-/search"' in get(path).text
    for path in ("/-/search", "/-/search?q=积分"):
        page = html.unescape(get(path).text)
        assert re.search(r'href="/kb/clause_overview(\?_search=积分)?">在表中检索', page)


def test_a_search_that_takes_too_long_says_so(get, monkeypatch):
    async def interrupted(db, sql, params):
        raise QueryInterrupted(None, sql, params)

    monkeypatch.setattr(search, "_raw_rows", interrupted)
    response = get(
        "/-/search?q=积分 持证 满七年"
    )  # asked for nowhere else: an answer given before is kept
    assert response.status_code == 400 and "请换更具体的词" in response.text


def test_a_clause_that_reads_like_json_is_still_a_text(kb, tmp_path):
    copied = tmp_path / "kb.db"
    shutil.copy(kb, copied)
    with sqlite3.connect(copied) as conn:
        conn.execute("update clauses set text = '[\"积分\"]', heading = '[1]', path = '{}'")

    async def page():
        datasette = serve(copied)
        await datasette.invoke_startup()
        response = await datasette.client.get("/-/search?q=积分")
        datasette.close()
        return response

    response = asyncio.run(page())
    assert response.status_code == 200
    assert "[&#34;<mark>积分</mark>&#34;]" in response.text


@pytest.mark.parametrize("table", ["clauses", "documents", "provisions", "gaps", "matters"])
def test_a_closed_table_closes_the_search(kb, table):
    async def statuses():
        datasette = serve(kb, closed(table))
        await datasette.invoke_startup()
        paths = ("/-/search", "/-/search?q=积分", "/-/search.json?q=积分")
        told = [(await datasette.client.get(path)).status_code for path in paths]
        datasette.close()
        return told

    assert asyncio.run(statuses()) == [403, 403, 403]


async def test_kinds_of_text_have_their_labels(small_site):
    data = (await small_site.client.get(f"/-/search.json?q={quote('运营企业')}")).json()
    kinds = next(facet for facet in data["facets"] if facet["name"] == "kind")
    assert [value["label"] for value in kinds["values"]] == ["正文"]
