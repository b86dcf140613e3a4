"""Contexts: what a run of an article needs to be understood, in the words of its text."""

import pytest

from pipeline.points import contexts
from support.points import view

LIST = "第八条 学校有下列情形之一的，由教育部门责令改正：（一）跨片区招收学生；（二）泄露学生信息。"
CHAIN = (
    "第九条 违反本条例规定，混装混运的，由城管部门责令改正；逾期不改正的，处五千元罚款；"
    "情节严重的，吊销许可证。"
)
BACK = "第四条 任何人不得占道设摊。违反规定的，由城管部门责令改正，可处五十元罚款。"
STAFF = (
    "第五条 工作人员有下列情形之一的，由其单位给予处分；构成犯罪的，依法追究刑事责任："
    "（一）泄露学生信息；（二）收受财物。"
)
CITING = "第十条 违反本条例第三条规定的，由水务部门处一千元罚款。"
ROWS = [
    ("an item brings what leads its list", LIST, "泄露学生信息", "学校有下列情形之一的", {}),
    ("a lead brings its first item", LIST, "由教育部门责令改正", "跨片区招收学生", {}),
    ("a sanction brings its case", CHAIN, "情节严重的，吊销许可证", "逾期不改正的", {}),
    ("and the act that it began with", CHAIN, "情节严重的，吊销许可证", "混装混运的", {}),
    ("a heavier tier brings the lighter one", CHAIN, "情节严重的，吊销许可证", "处五千元罚款", {}),
    ("a crime leads no list", STAFF, "泄露学生信息", "由其单位给予处分", {}),
    ("a rest goes on about the act before it", BACK, "可处五十元罚款", "不得占道设摊", {}),
    (
        "a cited article is read",
        CITING,
        "由水务部门处一千元罚款",
        "擅自填堵河道",
        {"3": "擅自填堵河道"},
    ),
    ("one that is not known is cited", CITING, "由水务部门处一千元罚款", "第三条", {}),
]


@pytest.mark.parametrize(("says", "text", "run", "context", "cited"), ROWS)
def test_a_run_is_told_with_what_it_goes_on_about(says, text, run, context, cited):
    article = view(text, cited)
    (found,) = {contexts.of_run(article, r) for r in article.runs if article.said(r) == run}
    assert context in found, says


def test_a_violation_of_its_own_does_not_go_on_about_the_one_before():
    article = view(
        "第九条 违反本条例第三条规定，未设置收集容器的，由城管部门责令改正。"
        "违反本条例第五条规定，混装混运的，由城管部门处五千元罚款。"
    )
    runs = [run for run in article.runs if run.is_start and "混装混运" in article.said(run)]
    assert runs and {contexts.of_run(article, run) for run in runs} == {""}


def test_what_stands_for_itself_has_no_context():
    article = view("第一条 公园应当向公众免费开放。公园应当设置无障碍设施。")
    assert {contexts.of_run(article, run) for run in article.runs if run.is_start} == {""}
