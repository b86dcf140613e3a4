"""Page of addresses: the pages, tables and queries of the site, and the schema diagram; also /llms.txt."""

from typing import Any

from datasette.database import Database

from pipeline.site import kb
from pipeline.site.parts import schema_diagram

TABLES = ("builds",)

# (address, content, parameters); every page has a JSON twin at its address + .json, /llms.txt has none
ROUTES = (
    ("/", "首页：各主题的事项、最重要的差异、论断的现状", "comparison 比较编号；date 日期编号"),
    (
        "/-/topic/{topic_id}",
        "一个主题：按已知多少分节的事项、变化、时间图、收录情况",
        "comparison、date",
    ),
    (
        "/-/matrix/{topic_id}",
        "一个主题的各地对照表；.csv、.xlsx 同样可用",
        "date 日期编号；counties=0 不列县（市、区）",
    ),
    (
        "/-/matter/{matter_id}",
        "一个事项：各地各级怎样规定、差在哪里、先后版本、前后变化",
        "comparison 比较编号",
    ),
    (
        "/-/compare/{alignment_id}",
        "一对条款：两侧文字和异同、为什么对在一起；差异的编号转到它的事项",
        "",
    ),
    (
        "/-/selection",
        "选集：标出的事项放在一页；.docx 简报、.xlsx 同样可用，主题和事项也是",
        "sel 事项编号，逗号隔开；comparison、date；q、topic 再找事项",
    ),
    ("/-/pairs", "逐条对照的文件一览", ""),
    (
        "/-/pair/{基准方文件}__and__{对比方文件}",
        "两件相应的文件：一条一行，最要紧的异同，只见于一侧的条文",
        "",
    ),
    (
        "/-/document/{document_id}",
        "一件文件：全文、每条的对应条款和事项、效力",
        "comparison、date",
    ),
    (
        "/-/clause/{clause_id}",
        "一条条款：转到它在文件中的位置；.json 给出条款本身和据以成立的事项",
        "",
    ),
    ("/-/revision/{旧文件}__to__{新文件}", "新旧条文对照", ""),
    ("/-/departments", "归口部门一览", ""),
    ("/-/department/{部门名称}", "一个部门的差异、论断、半年内到期的文件", ""),
    (
        "/-/changes",
        "最近的变化：原文的新收、更新、不在，结果改变的事项，半年内到期的文件",
        "topic、comparison、department",
    ),
    (
        "/-/feed.atom",
        "最近的变化，供订阅；/-/feed/topic/{topic_id}.atom、/-/feed/comparison/{comparison_id}.atom、/-/feed/department/{部门名称}.atom 各订一部分",
        "",
    ),
    ("/-/uncollected", "待收集的文件：引用了、本库还没有的文件", ""),
    ("/-/to-collect", "收集清单：只知道一侧的事项，分量重的在前", "comparison 比较编号"),
    ("/-/claims", "论文的论断和指标", ""),
    ("/-/reliability", "有多可靠：来源等级，每一步有几成是对的", ""),
    ("/-/reviews", "审阅记录：待重读的、条款不在的、有效的", ""),
    ("/-/terms", "名词和读法", ""),
    ("/-/claim/{claim_id}", "一条论断和它的依据", ""),
    (
        "/-/search",
        "检索事项和条款里的字句",
        "q、region、topic、level、year、instrument、kind、page",
    ),
    (
        "/{库名}/{表或视图}.json",
        "任何一张表或视图；.csv、.xlsx 同样可用",
        "列名=值；_sort、_sort_desc、_size、_next、_search",
    ),
    ("/{库名}/{存好的查询}.json", "首页“查询与数据”所列的查询", "查询自己的参数"),
    ("/{库名}/-/query.json", "自写的 SQL（本机开放；公开的站点由管理者决定）", "sql"),
    ("/llms.txt", "供程序和语言模型阅读的纯文本目录", ""),
)


async def load(db: Database) -> dict[str, Any]:
    """The addresses, the schema diagram, and the id of the build."""
    return {"routes": ROUTES, "er": await schema_diagram.load(db), "build": await kb.build(db)}


async def index(db: Database) -> str:
    """The text of /llms.txt (llmstxt.org): what the site is and where things are, for language models."""
    topics = await kb.rows(db, "select topic_id, name from topics order by rowid")
    build = await kb.build(db)
    routes = [
        f"- {path}：{content}" + (f"；参数 {params}" if params else "")
        for path, content, params in ROUTES
    ]
    lines = [
        "# 政策差异知识库",
        "",
        "> 上海与嘉兴（连同浙江省、国家）政策按事项的对照：差在哪里、差多少、依据哪一条、由哪个部门负责。",
        "> 未查得不等于没有；摘编不是原文，引用前请核对来源。",
        "",
        f"构建编号：{build['build_id'] if build else '未知'}",
        "",
        "## 主题",
        *(f"- [{topic['name']}](/-/topic/{topic['topic_id']}.json)" for topic in topics),
        "",
        "## 地址（每页加 .json 得到同样的数据）",
        *routes,
    ]
    return "\n".join(lines) + "\n"
