"""Said elsewhere: an article is not concluded to be missing where its words stand in the other text."""

import tempfile
from pathlib import Path

from pipeline.articles import said_elsewhere
from pipeline.core import jsonl
from pipeline.core.computation import document_rows
from pipeline.core.paths import DATA
from pipeline.core.point_records import ArticleAccount
from pipeline.core.records import Tokens
from pipeline.language import lexicon
from pipeline.similarity import reference_corpus
from support.articles import article, corpus

LEXICON, REFERENCE = lexicon.load(DATA / "lexicon"), reference_corpus.load(DATA / "background")


def near(own, other):
    articles = [article("dh-jieshui", 1, own), article("nh-jieshui", 1, other)]
    accounts = [
        ArticleAccount("dh-jieshui", "nh-jieshui", "a", "dh-jieshui__art_1", "only_here"),
        ArticleAccount("dh-jieshui", "nh-jieshui", "b", "nh-jieshui__art_1", "aligned"),
    ]
    tokens = [Tokens(each.clause_id, LEXICON.cut(each.text)) for each in articles]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tokens.jsonl"
        jsonl.write(path, tokens)
        rows = document_rows.index(path, Tokens)
        return said_elsewhere.of_accounts(accounts, corpus(articles), rows, LEXICON, REFERENCE)


def test_an_item_of_another_article_says_it():
    found = near(
        "洗车场应当安装循环用水设施。",
        "下列单位应当遵守本条规定：（一）游泳场馆；（二）洗车场，应当安装循环用水设施。",
    )
    assert found == {("dh-jieshui__art_1", "nh-jieshui"): 1.0}


def test_other_rules_on_the_same_things_do_not():
    assert near("洗车场应当安装循环用水设施。", "水务部门负责制定用水定额，并定期公布。") == {}


def test_a_sentence_with_the_rarest_words_is_near():
    found = near(
        "洗车场应当安装循环用水设施，并向水务部门备案。",
        "游泳场馆应当公布水质。洗车场、洗衣店应当采用循环用水设施。",
    )
    assert found == {("dh-jieshui__art_1", "nh-jieshui"): 1.0}
