"""Cells of tables: ids as links, codes as labels, JSON as text."""

from datasette import hookimpl
from datasette.utils import tilde_encode
from markupsafe import Markup, escape

from pipeline.site import kb, labels
from pipeline.site.amounts import number
from pipeline.site.parts import columns, markup

# Column → the text of the link in views and queries, where readers need no id.
LINK_TEXTS = {
    "clause_old": "看条款",
    "clause_new": "看条款",
    "document_id_a": "看文件",
    "document_id_b": "看文件",
    "document_old": "看文件",
    "document_new": "看文件",
    "claim_id": "看论断",
    "clause_id": "看条款",
    "clause_a": "看条款",
    "clause_b": "看条款",
    "matter_id": "看事项",
    "gap_id": "看差异",
    "gap_before": "看差异",
    "gap_after": "看差异",
    "alignment_id": "看对照",
    "document_id": "看文件",
}
# Column → the table whose row it names; a view shows it as a link to that row.
ROWS = {
    "rule_id": "rules",
    "measure_id": "measures",
    "change_id": "gap_changes",
    "point_id": "gap_points",
    "event_id": "validity_events",
    "citation_id": "citations",
    "revision_id": "revisions",
    "search_id": "searches",
}
READ = ("_overview", "to_collect")  # ends of the names of views for readers
# What is not Chinese in some tables, for a browser that reads aloud.
WITH_ENGLISH = ("labels", "english_names", "departments", "matters")
LATIN = {
    "code": "<code>{}</code>",
    "english": '<span lang="en">{}</span>',
    "name_en": '<span lang="en">{}</span>',
}


@hookimpl
def render_cell(value, column, table, datasette):
    """A cell as HTML or text; None leaves it to Datasette."""
    if isinstance(value, float):
        return number(round(value, 4))
    if isinstance(value, dict):  # a foreign key with the label that Datasette looked up
        value, label = value["value"], value["label"]
    else:
        # In views and queries a reader wants the link, in the tables the id itself.
        label = value if table and not table.endswith(READ) else LINK_TEXTS.get(column, value)
    if not isinstance(value, str):
        return None
    if table in WITH_ENGLISH and column in LATIN:
        return Markup(LATIN[column]).format(value)
    if column in columns.PAGES:
        return link(datasette, columns.PAGES[column], value, label)
    if column in ROWS and table and table.endswith(READ):
        path = datasette.urls.row(kb.database(datasette).name, ROWS[column], tilde_encode(value))
        return Markup('<a href="{}" title="{}">看这一行</a>').format(path, value)
    word = labels.of(kb.database(datasette)).word(value, column, table)
    if word != value:
        return Markup('<span title="{}">{}</span>').format(value, word)
    data = kb.from_json(value)
    return None if data is value else readable(column, data)


def link(datasette, page, key, label):
    """A link to a page of the site."""
    path = datasette.urls.path(f"/-/{page}/{key}")
    return Markup('<a href="{}" title="{}">{}</a>').format(path, key, label)


def readable(column, data):
    """A list or an object as text: 首台 0.31、装备 0.11."""
    if column == "diff":
        return Markup(" ⇄ ").join(side_html(data, side) for side in "ab")
    if isinstance(data, dict):
        return Markup("<br>").join(
            f"{key}：{columns.one_line(value)}" for key, value in data.items()
        )
    return Markup("、").join(escape(columns.one_line(item)) for item in data)


def side_html(ops, side):
    """One side of a stored difference, with the words that only this side has."""
    text = "".join(op[1 if side == "a" else 2] for op in ops)
    return markup.render(text, markup.difference(ops, side, text))
