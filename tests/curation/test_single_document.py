"""One document read whole: when it applies, what it ends."""

from dataclasses import replace

import pytest

from pipeline.curation import single_document
from pipeline.reading.metadata import metadata


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
    assert single_document.period(told, text) == (effective, expires)


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
    assert single_document.repeals(metadata.read(text, "丁办法", None), text) == titles
