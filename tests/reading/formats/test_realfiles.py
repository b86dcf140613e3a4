"""The readers on 69 files as researchers keep them, outside the repository: read, or refused and why."""

from collections import Counter

import pytest

from pipeline.core.errors import CorpusError
from pipeline.reading.formats import reader

REFUSED = {  # pages of a host that showed no document, saved under the document's name
    "宝安区义务教育阶段学校积分入学办法": "几乎没有中文",
    "宝安区公办义务教育学校学位房": "几乎没有中文",
    "新莞人子女积分制入学积分方案": "几乎没有中文",
}
# Part of a file's name, what its text has, what it has not: masthead, last article, signature, cells
# of tables; navigation, buttons, footers and page numbers of its page.
TEXTS = [
    ("北京市城市廉租住房管理办法-", ["第一章", "第三十二条", "区县住房保障管理部门"], ["首都之窗", "分享到", "来源：", "转摘"]),
    ("广州市白云区2016年", ["关于印发《广州市白云区", "2016年4月15日", "| 人才类 | "], ["阅读次数", "管理员入口", "目前的位置"]),
    ("广东省社会保险基金监督条例", ["（第55号）", "第七十一条"], ["快速通道", "版权", "您的位置", "内容纠错", "江苏省人力资源"]),
    ("深圳经济特区社会养老保险条例", ["第一章", "第五十五条"], ["温馨提示", "您的位置", "今天是", "办公时间"]),
    ("省政府修订《广东省城乡居民", ["深府〔2015〕49号", "粤府〔2014〕37号", "第三十九条"], ["您的位置", "隐私声明"]),
    ("东府令第135号", ["第135号", "第四十八条", "2013年9月12日"], ["—22—"]),
    ("积分入户入学入住公租房指标数公告", ["特此公告。", "2016年4月29日", "发文日期：2016-04-29"], ["首　页", "打印本页", "技术支持", "举报"]),
    ("解读《中山市住房保障管理", ["解读《中山市住房保障管理暂行办法》", "亮点6"], ["登录系统", "技术支持", "相关附件"]),
    ("佛山市居住证办理工作指引", ["佛山市流管办", "2015年12月31日印发"], ["发布时间", "首页"]),
    ("佛山市职工基本医疗保险办法实施细则", ["佛府办〔2013〕50号", "| 32 | ", "参保人在职工医保和居民医保之间转换"], []),
    ("惠州市实施随迁子女积分入学政策", ["2015年惠州市"], ["发表评论", "关注度", "文章纠错", "热词", "频道"]),
    ("在广东省参加高校招生考试实施办法", ["粤教考〔2013〕7号", "第一章", "2013年11月27日"], ["中考中招", "浏览次数", "您现在"]),
    ("xiamen-关于妥善解决", ["厦人社[2012]60号", "| 4 | 女 | 困难人员 |", "发文日期：2012年04月30日"], ["打印", "首页"]),
    ("随迁子女小学积分入学办法指导意见", ["文号：厦教基〔2016〕1号", "九、本意见"], ["打印", "时间：2016-01-20"]),
    ("积极稳妥推进户籍管理制度改革", ["文号：榕政办〔2012〕203号", "2012年9月12日"], ["纠错", "打印", "首页"]),
    ("福建省实施《居住证暂行条例》办法", ["省政府令第175号", "第二十六条"], ["字号", "[本网]"]),
    ("天津2016年普通招生", ["津招委高发〔2016〕8号", "全面落实《国务院关于深化", "十、附则"], ["- 2 -", "— 3 —"]),
    ("少年儿童及大学生医疗保险", ["十五、本通告", "一、符合以下条件"], ["站内搜索", "第1页", "ICP", "http", "邮编"]),
    ("东莞市条件准入类", ["东府办〔2015〕122号", "七、本实施细则"], ["— 1 —", "—1—"]),
    ("东莞市积分制人才", ["东府办〔2015〕123号", "| 个人素质 | 文化程度 | 大专 | 60分 |", "| 年龄情况 | 实际年龄情况 | 36－45周岁 | 1分 |"], ["—2—"]),
    ("惠州关于调整医疗保险", ["惠府〔2016〕57号", "四、本通知自2016年5月1日起施行。"], ["— 2 —"]),
    ("中等学校高中阶段考试招生", ["| 2 | 黄浦区 | 大同中学 | 足球(男) | 11 | ★ |", "有关部门严格审核名单"], ["HYPERLINK", "PAGEREF"]),
    ("上海市普通高校招生报名", ["| 本市户籍考生 | 本市高中阶段学校毕业生 | 应届生 |"], ["MERGEFORMAT"]),
    ("东莞市重大疾病医疗保险试行", ["东府〔2016〕3号", "第十八条", "2016年1月1日"], ["DOCVARIABLE", "MERGEFORMAT"]),
    ("惠州市公共租赁住房建设", ["第一章", "第六章"], []),
    ("租金补助实施办法", ["第一条"], []),
    ("异地务工人员积分指标", ["| 80分 | 正 |", "| 市统一指标"], []),
    ("黄浦区幼升小", ["| 2月29日 | ", "| 日期 | 内容 |"], []),
    ("廉租住房实施意见(试行)", ["沪房地资廉[2001]280号", "无房或有房但居住困难的家庭"], []),
    ("杭州市区各类高中招生", ["杭教高中〔2016〕3号", "| 满分分值合计 |  |  | 570分 |"], []),
    ("北京市基本医疗保险规定", ["第一条"], []),
    ("五个配套文件的通知2005", ["深府〔2005〕125号"], ["**", "网站导航", "##"]),
    ("关于灵活就业人员参加", ["武劳社〔2004〕135", "一、", "二○○四年十一月十五日"], ["发布时间"]),
]  # fmt: skip
TWICE = {  # paragraphs that the documents themselves have twice
    "上海市居住证管理办法.docx": 1,
    "杭州市基本医疗保障办法主城区实施细则.docx": 1,
}


@pytest.fixture(scope="module")
def outcomes(realdocs) -> dict[str, reader.FileText | str]:
    found: dict[str, reader.FileText | str] = {}
    for path in sorted(each for each in realdocs.rglob("*") if each.is_file()):
        try:
            found[path.name] = reader.read(path)
        except CorpusError as error:
            found[path.name] = str(error)
    return found


def test_every_file_is_read_or_refused(outcomes):
    refused = {name: found for name, found in outcomes.items() if isinstance(found, str)}
    assert len(outcomes) == 69 and len(refused) == len(REFUSED)
    for part, reason in REFUSED.items():
        (told,) = [found for name, found in refused.items() if part in name]
        assert reason in told and "\n" not in told


@pytest.mark.parametrize("part, there, gone", TEXTS, ids=[each[0] for each in TEXTS])
def test_a_text_has_the_document_and_not_its_page(outcomes, part, there, gone):
    (reading,) = [
        found for name, found in outcomes.items() if part in name and not isinstance(found, str)
    ]
    assert [words for words in there if words not in reading.text] == []
    assert [words for words in gone if words in reading.text] == []


def test_no_paragraph_is_told_twice(outcomes):
    for name, reading in outcomes.items():
        lines = [] if isinstance(reading, str) else reading.text.split("\n")
        again = [line for line, n in Counter(lines).items() if n > 1 and len(line) >= 40]
        assert len(again) == TWICE.get(name, 0), (name, again)


def test_titles_that_files_carry_name_documents(outcomes):
    titles = {found.title for found in outcomes.values() if isinstance(found, reader.FileText)}
    assert titles - {None} and not any("网" in title or "·" in title for title in titles if title)


def test_what_is_odd_about_a_file_is_told(outcomes):
    told = [warning for found in outcomes.values() if isinstance(found, reader.FileText) for warning in found.warnings]  # fmt: skip
    assert any("图片" in warning for warning in told)
