"""The segmenter: equal to jieba, true to the text, and numbers stay whole."""

import jieba
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core import text_files
from pipeline.core.paths import DATA
from pipeline.language import lexicon
from support import cases

WORDS = lexicon.load(DATA / "lexicon")


@pytest.fixture(scope="module")
def reference(tmp_path_factory):
    """Jieba itself, with the same user words."""
    engine = jieba.Tokenizer()
    engine.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    terms = text_files.words(DATA / "lexicon/userdict.txt")
    for word in dict.fromkeys([*terms, *WORDS.synonyms]):
        engine.add_word(word)
    return engine


SAMPLES = (
    "上海居住证积分以一百二十分为达标线，达线者可以享受相应的公共服务待遇。",
    "对认定为国际首台（套）的装备，按合同额百分之二十至百分之三十资助，最高三千万元。",
    "用人单位应当自招用流动人口之日起七个工作日内办理残疾人就业保障金申报手续。",
    "鼓励新居民、专精特新企业和行业协会参与“一网通办”“最多跑一次”改革。",
    "船舶进出港口的引航费、港口建设费以及地方水利建设基金按国家有关规定执行。",
)


def test_words_equal_those_of_jieba(reference):
    for text in SAMPLES:
        assert list(WORDS.engine.cut(text, True)) == reference.lcut(text)


@settings(max_examples=300)
@given(st.text(alphabet=sorted(set("".join(SAMPLES)))))
def test_words_equal_those_of_jieba_for_any_order_of_characters(reference, text):
    """Or the same words in another order: 跑|跑跑 is as likely as 跑跑|跑, and either may take the one or the other."""
    ours, theirs = list(WORDS.engine.cut(text, True)), reference.lcut(text)
    assert "".join(ours) == "".join(theirs) and sorted(ours) == sorted(theirs)


def test_words_equal_those_of_jieba_on_real_regulations(reference, realtext):
    for path in sorted((realtext / "texts").iterdir())[::40]:
        text = path.read_text(encoding="utf-8")
        assert list(WORDS.engine.cut(text, True)) == reference.lcut(text)


@given(st.text())
def test_words_join_to_the_text(text):
    assert "".join(WORDS.cut(text)) == text


@cases.table("words.whole", "text", "word")
def test_what_must_not_be_torn(text, word):
    assert word in WORDS.cut(text)


def test_similarity_sees_matters_not_numbers_and_places():
    terms = WORDS.terms(WORDS.cut("本市对首台（套）产品给予20万元奖励"))
    assert "奖励" in terms and not {"20万元", "本市"} & set(terms)
    assert WORDS.terms(["（", "，", "3", "的"]) == []
