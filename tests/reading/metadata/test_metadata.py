"""What a paper says of itself, read from heads and ends as they are really printed; texts written by us."""

from dataclasses import replace
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import regions
from pipeline.core.paths import DATA
from pipeline.curation import single_document
from pipeline.reading.metadata import document_kinds, legal_levels, metadata, region_inference

BODY = "一、总体要求\n按照本市实际办理。\n二、其他\n本意见自印发之日起执行。"
ARTICLES = "第一条 为了规范甲事，制定本办法。\n第二条 本办法自2020年1月1日起施行。"


def read(text: str, hint: str | None = None):
    return metadata.read(
        dedent(text).strip("\n").replace("BODY", BODY).replace("ARTICLES", ARTICLES), hint
    )


# (what it shows, text, title, inner title, number, issuers, date)
PAPERS = [
    (
        "a notice with an enclosed text",
        """
        某市人民政府关于印发《某市甲办法》的通知
        某政发〔2019〕12号
        各县（市、区）人民政府，市政府各部门：
        现将《某市甲办法》印发给你们，请遵照执行。
        某市人民政府
        2019年3月5日
        某市甲办法
        ARTICLES
        """,
        "某市人民政府关于印发《某市甲办法》的通知", "某市甲办法", "某政发〔2019〕12号", ("某市人民政府",), "2019-03-05",
    ),
    (
        "a title over three lines, a spaced letterhead, square brackets, a number in a table's row",
        """
        某 市 教 育 局 文 件
        | 某教基[2018]7号 |  |
        |---|---|
        某市教育局关于做好
        2018年义务教育阶段
        招生入学工作的通知
        各区教育局：
        BODY
        某市教育局
        二○一八年四月二日
        """,
        "某市教育局关于做好2018年义务教育阶段招生入学工作的通知", None, "某教基〔2018〕7号", ("某市教育局",), "2018-04-02",
    ),
    (
        "two issuers, names spread and on two lines; the cited and the ended numbers are not its own",
        """
        关于调整甲补贴标准的通知
        某财社（2020） 31 号
        各有关单位：
        根据《乙通知》（国发〔2019〕4号）办理。
        BODY
        《丙通知》（某财社〔2015〕2号）同时废止。
        某 市 财 政 局　　某市民政局
        某市人力资源和社会保障局
        2020 年 5 月 6 日
        """,
        "关于调整甲补贴标准的通知", None, "某财社〔2020〕31号",
        ("某市财政局", "某市民政局", "某市人力资源和社会保障局"), "2020-05-06",
    ),
    (
        "an order: the title stands in the sentence that publishes it",
        """
        某市人民政府令
        第17号
        《某市甲管理办法》已经2019年4月1日市政府第3次常务会议通过，现予公布，自2019年6月1日起施行。
        市长 王某
        2019年4月9日
        某市甲管理办法
        （2019年4月9日某市人民政府令第17号公布）
        第一章 总则
        ARTICLES
        """,
        "某市甲管理办法", None, "某市人民政府令第17号", ("某市人民政府",), "2019-04-09",
    ),
    (
        "an announcement of a congress, which is no title",
        """
        某市第十五届人民代表大会常务委员会公告
        （第8号）
        《某市甲条例》已由某市第十五届人民代表大会常务委员会第九次会议于2019年7月25日通过，现予公布。
        某市人民代表大会常务委员会
        2019年7月30日
        某市甲条例
        （2019年7月25日某市第十五届人民代表大会常务委员会第九次会议通过）
        ARTICLES
        """,
        "某市甲条例", None, "某市第十五届人民代表大会常务委员会公告第8号", ("某市人民代表大会常务委员会",), "2019-07-30",
    ),
    (
        "a regulation with nothing but its 题注: amended later, by another number",
        """
        某市甲规定
        （2001年3月2日某市人民政府令第98号发布 根据2010年12月20日某市人民政府令第52号公布的《乙决定》修正）
        ARTICLES
        """,
        "某市甲规定", None, "某市人民政府令第98号", ("某市人民政府",), "2001-03-02",
    ),
    (
        "书名号 that belong to the title",
        """
        某省实施《中华人民共和国甲法》办法
        ARTICLES
        """,
        "某省实施《中华人民共和国甲法》办法", None, None, (), None,
    ),
    (
        "handed out without 书名号, the enclosed title over two lines",
        """
        某市人民政府办公室关于印发某市
        甲实施细则（试行）的通知
        某政办发〔2017〕88号
        各县（市、区）人民政府：
        《某市甲实施细则（试行）》已经市政府同意，现印发给你们。
        某市人民政府办公室
        2017年9月1日
        某市甲实施细则
        （试行）
        ARTICLES
        """,
        "某市人民政府办公室关于印发某市甲实施细则（试行）的通知", "某市甲实施细则（试行）", "某政办发〔2017〕88号",
        ("某市人民政府办公室",), "2017-09-01",
    ),
    (
        "a web page's own list of fields, its column and its clock",
        """
        | 索 引 号： | AB-2020-0001 | 文 号： | 某人社发〔2020〕9号 |
        |---|---|---|---|
        | 发布机构： | 某市人力资源和社会保障局 | 发文日期： | 2020-02-03 |
        来源：某某网　　发布时间：2020-02-10　　浏览次数：33
        关于延长甲政策有效期的通知
        各有关单位：
        BODY
        """,
        "关于延长甲政策有效期的通知", None, "某人社发〔2020〕9号", ("某市人力资源和社会保障局",), "2020-02-03",
    ),
    (
        "the number behind the title",
        """
        关于甲若干问题的处理意见 (某劳社〔2004〕135号)
        各经办机构：
        BODY
        二〇〇四年十一月十五日
        """,
        "关于甲若干问题的处理意见", None, "某劳社〔2004〕135号", (), "2004-11-15",
    ),
    (
        "a notice on the handing out of another's text is signed by whom hands it out",
        """
        某区人民政府办公室转发市甲局关于乙工作意见的通知
        某区府办〔2011〕5号
        各街道办事处：
        现将市甲局《关于乙工作的意见》转发给你们。
        某区人民政府办公室
        2011年1月7日
        BODY
        """,
        "某区人民政府办公室转发市甲局关于乙工作意见的通知", None, "某区府办〔2011〕5号", ("某区人民政府办公室",), "2011-01-07",
    ),
    (
        "dates in the text and a printer's line are no issue date where a signature stands",
        """
        某市甲局关于开展2021年乙认定工作的通知
        各单位：
        申报截止2021年6月30日。
        BODY
        某市甲局
        2021年5月8日
        某市甲局办公室2021年5月10日印发
        """,
        "某市甲局关于开展2021年乙认定工作的通知", None, None, ("某市甲局",), "2021-05-08",
    ),
    (
        "a blank date is no date",
        """
        某市甲办法（征求意见稿）
        第一条 为了规范甲事，制定本办法。
        第二条 本办法自  年  月  日起施行。
        某市甲局
          年  月  日
        """,
        "某市甲办法（征求意见稿）", None, None, (), None,
    ),
    (
        "three offices over three lines speak in the title",
        """
        某市住房局 某市规划局
        某市公安局关于加强车位
        管理的若干意见
        某建规〔2021〕3号
        BODY
        2021年3月5日
        """,
        "某市住房局某市规划局某市公安局关于加强车位管理的若干意见", None, "某建规〔2021〕3号",
        ("某市住房局", "某市规划局", "某市公安局"), "2021-03-05",
    ),
    (
        "a forwarded opinion, whose office the inner title does not repeat",
        """
        某市人民政府办公室转发市教育局等部门关于加强交通管理意见的通知
        某政办发〔2016〕31号
        各镇人民政府：
        市教育局等部门《关于加强交通管理的意见》已经市政府同意，现转发给你们。
        某市人民政府办公室
        2016年5月6日
        关于加强交通管理的意见
        BODY
        """,
        "某市人民政府办公室转发市教育局等部门关于加强交通管理意见的通知", "关于加强交通管理的意见",
        "某政办发〔2016〕31号", ("某市人民政府办公室",), "2016-05-06",
    ),
    (
        "a 题注 over two lines: adopted, then published, then in force",
        """
        某市甲保护条例
        （2021年10月28日某市第八届人民代表大会常务委员会第三次会议通过 2021年12月20日某市人民代表大会常务委员会公告第5号公布 自2022年3月1日起施
        行）
        ARTICLES
        """,
        "某市甲保护条例", None, "某市人民代表大会常务委员会公告第5号", ("某市人民代表大会常务委员会",), "2021-12-20",
    ),
    (
        "labels as a list with points before them",
        """
        • 索引号:
        5226250000/2023-002117
        • 发文字号:
        某政发〔2023〕11号
        • 有效性:
        某市甲制度
        ARTICLES
        """,
        "某市甲制度", None, "某政发〔2023〕11号", (), None,
    ),
    (
        "a page's record in a table without colons",
        """
        | 发文字号 | 某政规〔2022〕3号 | 发布机构 | 某市人民政府 |
        |---|---|---|---|
        | 索引号 | 014/2022-1 | 成文日期 | 2022-10-08 |
        某市甲制度
        ARTICLES
        """,
        "某市甲制度", None, "某政规〔2022〕3号", ("某市人民政府",), "2022-10-08",
    ),
    (
        "who adopted a regulation, and not who approved it",
        """
        某市甲条例
        （2016年10月26日某市第十五届人民代表大会常务委员会第一次会议通过 2016年12月1日某省第十二届人民代表大会常务委员会第三次会议批准）
        ARTICLES
        """,
        "某市甲条例", None, None, ("某市人民代表大会常务委员会",), "2016-10-26",
    ),
    (
        "a joint letterhead whose word 文件 stands between its offices; the number parts it from the title",
        """
        某市财政局
        文件
        某市住房局
        某市资源局
        某财发〔2022〕8号
        关于印发《某市甲细则》的通知
        各区财政局：
        现将《某市甲细则》印发给你们。
        某市财政局　某市住房局　某市资源局
        2022年8月3日
        某市甲细则
        ARTICLES
        """,
        "关于印发《某市甲细则》的通知", "某市甲细则", "某财发〔2022〕8号",
        ("某市财政局", "某市住房局", "某市资源局"), "2022-08-03",
    ),
    (
        "labels and values on lines of their own, without colons",
        """
        信息名称
        关于甲补贴有关问题的补充通知
        文　　号
        某人社发〔2023〕9号
        发布机构
        某市人社局
        关于甲补贴有关问题的补充通知
        各区人社局：
        BODY
        某市人社局
        2023年5月8日
        """,
        "关于甲补贴有关问题的补充通知", None, "某人社发〔2023〕9号", ("某市人社局",), "2023-05-08",
    ),
    (
        "the number beside the time at which the page came",
        """
        关于废止部分文件的通知
        某政规〔2022〕5号　　发布时间：2022-07-08
        各区人民政府：
        决定废止《某市甲办法》。
        某市人民政府
        2022年7月6日
        """,
        "关于废止部分文件的通知", None, "某政规〔2022〕5号", ("某市人民政府",), "2022-07-06",
    ),
    (
        "one line for title, 题注 and articles",
        """
        某市乙办法（2013年6月5日某市人民政府令第4号公布，自2013年8月1日起施行） 第一章 总则 第一条 为了规范乙事，制定本办法。
        """,
        "某市乙办法", None, "某市人民政府令第4号", ("某市人民政府",), "2013-06-05",
    ),
    (
        "the letterhead names in full whom the title abbreviates",
        """
        某市人民政府办公室文件
        某政办发〔2011〕8号
        市政府办公室关于调整甲标准的通知
        各区人民政府：
        BODY
        二○一一年三月九日
        """,
        "市政府办公室关于调整甲标准的通知", None, "某政办发〔2011〕8号", ("某市人民政府办公室",), "2011-03-09",
    ),
    (
        "labels of a page that share a line",
        """
        公开方式：主动公开　发布时间：2013-12-18　发布机构：某考试院文号：某教考〔2013〕7号
        某市教育局关于甲考试的通知
        各区教育局：
        BODY
        某市教育局
        2013年11月27日
        """,
        "某市教育局关于甲考试的通知", None, "某教考〔2013〕7号", ("某市教育局",), "2013-11-27",
    ),
    (
        "a report of a paper is not called as the paper",
        """
        某市出台甲办法好消息多
        本报讯（记者 某某）《某市甲办法》已于近日印发，自2024年2月1日起施行。据了解，补助提高一倍。
        """,
        "某市出台甲办法好消息多", None, None, (), None,
    ),
]  # fmt: skip


@pytest.mark.parametrize("what, text, title, inner, number, issuers, issued", PAPERS, ids=[p[0] for p in PAPERS])  # fmt: skip
def test_a_paper_tells_of_itself(what, text, title, inner, number, issuers, issued):
    found = read(text)
    assert (found.title, found.inner_title, found.number, found.issuers, found.issued) == (
        title, inner, number, issuers, issued,
    )  # fmt: skip


@pytest.mark.parametrize("paper", [p for p in PAPERS if "ARTICLES" in p[1]], ids=lambda p: p[0])
def test_the_text_to_compare_begins_behind_head_and_notice(paper):
    text = dedent(paper[1]).strip("\n").replace("ARTICLES", ARTICLES)
    body = text[metadata.read(text).body :]
    assert body.lstrip().startswith(("第一章", "第一条"))
    assert body.endswith("起施行。")


@pytest.mark.parametrize(
    "title, text, kind",
    [
        ("某市甲办法", "", "policy"),
        ("某市甲办法（征求意见稿）", "", "draft"),
        ("关于公开征求《某市甲办法》意见的公告", "", "draft"),
        ("《某市甲办法》政策解读", "", "interpretation"),
        ("一图读懂某市甲办法", "", "interpretation"),
        ("甲政策热点问题", "", "qa"),
        ("市甲局负责人答记者问", "", "qa"),
        ("甲补贴办事指南", "", "guide"),
        ("某市放宽甲条件", "本报讯（记者 张某）据了解，某市将放宽条件。", "news"),
        ("某市甲通知", "记者证的核发，按照本通知办理。", "policy"),
    ],
)
def test_what_is_not_policy_text_is_told(title, text, kind):
    assert document_kinds.kind(title, text) == kind


@pytest.mark.parametrize(
    "text, issued, effective, expires",
    [
        ("第九条 本办法自2016年1月1日起施行，有效期五年。", None, "2016-01-01", "2020-12-31"),
        ("第九条 （施行日期）本办法自二○一六年一月一日起施行，有效期至2018年6月30日。", None, "2016-01-01", "2018-06-30"),
        ("本通知自2012年2月29日起执行，有效期2年。", None, "2012-02-29", "2014-02-28"),
        ("本办法自印发之日起施行，试行期两年。", "2013-02-21", "2013-02-21", "2015-02-20"),
        ("本办法自公布之日起30日后施行。", "2011-10-25", "2011-11-25", None),
        ("本办法自　　年　　月　　日起施行。", "2011-10-25", None, None),
        ("本办法自发布之日起施行。", None, None, None),
        ("本办法自2016年1月1日起施行，2020年12月31日废止。", None, "2016-01-01", "2020-12-31"),
        ("本意见从2001年2月5日起实施，至2003年2月4日止。", None, "2001-02-05", "2003-02-04"),
        ("《乙条例》自2016年1月1日起施行。\n本指引自2016年3月1日起实施。", None, "2016-03-01", None),
        ("《乙条例》自2016年1月1日起施行，各地应当做好准备。", None, None, None),
        ("一、待遇自2016年4月1日起统一调整。", None, None, None),
        ("本办法自2016年5月起施行。", None, "2016-05", None),
        ("本办法自2021年7月1日施行。", None, "2021-07-01", None),
        ("本办法自2018年12月1日起施行。\n丙规定\n第五条 本规定自2012年7月1日起施行。", None, "2018-12-01", None),
        ("记者据了解，本办法自2018年12月1日起施行。", None, None, None),
    ],
)  # fmt: skip
def test_from_when_to_when_a_paper_applies(text, issued, effective, expires):
    told = replace(
        metadata.read(text, "甲办法", None), title="甲办法", inner_title=None, issued=issued, body=0
    )
    parsed = single_document.parse(told, text)
    assert single_document.period(told, parsed) == (effective, expires)


@pytest.mark.parametrize(
    "text, titles",
    [
        (
            "本办法自2016年1月1日起施行。《甲办法》（某府〔2010〕1号）、《乙通知》同时废止。",
            ("甲办法", "乙通知"),
        ),
        ("根据《丙决定》，《甲办法》自即日起废止。", ("甲办法",)),
        ("2000年发布、根据《丙决定》修正的《甲办法》同时废止。", ("甲办法",)),
        ("《关于印发〈甲办法〉的通知》停止执行。", ("关于印发〈甲办法〉的通知",)),
        ("持《居住证》的，证件失效后应当换领。", ()),
        ("按照《甲办法》执行；办法废止的，另行通知。", ()),
        ("某府发〔2010〕7号文件同时废止。", ("某府发〔2010〕7号",)),
        (
            "市政府决定对下列文件予以废止：\n一、《甲办法》（某府〔2010〕3号）；\n二、《乙规定》（某府〔2011〕9号）。",
            ("甲办法", "乙规定"),
        ),
        ("记者据了解，《甲办法》同时废止。", ()),  # a report ends nothing
        ("关于废止部分文件的通知\n某政规〔2022〕5号\n各区：\n决定废止《甲办法》。", ("甲办法",)),
        (
            "关于废止部分文件的通知\n某政规〔2022〕5号　发布时间：2022-07-08\n各区：\n决定废止《甲办法》。",
            ("甲办法",),
        ),
    ],
)
def test_which_papers_a_paper_ends(text, titles):
    told = metadata.read(text, "丁办法", None)
    assert single_document.repeals(told, single_document.parse(told, text)) == titles


@pytest.mark.parametrize(
    "title, number, issuers, national, level",
    [
        ("某市甲条例", None, ["某市人民代表大会常务委员会"], False, "地方性法规"),
        ("某市甲办法", "某市人民政府令第2号", ["某市人民政府"], False, "地方政府规章"),
        ("某市甲办法", "沪府令第8号", [], False, "地方政府规章"),
        ("关于甲的意见", "某发〔2020〕1号", ["中共某市委员会", "某市人民政府"], False, "党委文件"),
        ("关于甲的通知", "某财〔2020〕1号", ["某市财政局"], False, "行政规范性文件"),
        ("甲条例", "国务院令第257号", ["国务院"], True, "行政法规"),
        ("甲管理办法", "教育部令第3号", ["教育部"], True, "部门规章"),
        ("中华人民共和国甲法", None, ["全国人民代表大会常务委员会"], True, "法律"),
    ],
)
def test_levels(title, number, issuers, national, level):
    assert legal_levels.level(title, number, issuers, national) == level


@pytest.mark.parametrize(
    "names, code",
    [
        (("上海市居住证管理办法",), "310000"),
        (("关于印发甲办法的通知", "嘉兴市人民政府"), "330400"),
        (("嘉兴市南湖区人民政府关于甲的通知",), "330402"),
        (("浙江省平湖市甲办法",), "330482"),
        (("上海市普陀区甲意见",), "310107"),
        (("普陀区甲意见",), None),  # one in Shanghai, one in Zhoushan
        (("2016年上海黄浦区甲意见",), "310101"),
        (("国务院关于甲的通知",), "000000"),
        (("东莞市甲办法", "上海市人民政府"), None),  # of a place that the list does not have
        (("关于甲的通知",), None),
        (("宁波舟山港甲条例",), "330000-nbzs"),
    ],
)
def test_localities(names, code):
    assert region_inference.region(names, regions.load(DATA / "regions.toml")) == code


@given(
    st.text(
        alphabet="第一二三条、（）《》〔〕年月日2016号令\n 甲乙关于印发的通知附件：|-.“”○",
        max_size=200,
    )
)
def test_any_text_is_read(text):
    found = metadata.read(text, None, "某文件")
    assert 0 <= found.body <= len(text)
    parsed = single_document.parse(found, text)
    single_document.period(found, parsed)
    single_document.repeals(found, parsed)
