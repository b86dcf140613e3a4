"""The region that a document belongs to, from its title and issuers."""

import pytest

from pipeline.core import regions
from pipeline.core.paths import DATA
from pipeline.reading.metadata import region_inference


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
