"""Variables and filters of the templates."""

from datasette import hookimpl

from pipeline.site import amounts, kb, labels
from pipeline.site.pages import guide
from pipeline.site.parts import columns, markup, provenance


@hookimpl
def prepare_jinja2_environment(env, datasette):
    """Labels in Chinese, clauses as HTML, and what Datasette knows of its tables and queries."""

    def word(code, column=None):
        return labels.of(kb.database(datasette)).word(code, column)

    described = datasette._metadata_local.get("databases", {}).get(kb.database(datasette).name, {})
    headings = columns.in_queries(described.get("tables", {}))
    env.globals |= {
        "query_heading": lambda column: headings.get(column, column),
        "kb_name": kb.database(datasette).name,
        "describe": datasette.get_resource_metadata,
        "list_queries": datasette.list_queries,
    }
    env.filters |= {
        "word": word,
        "amount": amounts.amount,
        "times": amounts.times,
        "told": amounts.told,
        "short": amounts.short,
        "rest": amounts.rest,
        "in_hundred": lambda share: "—" if share is None else guide.in_hundred(share),
        "places": lambda gap, c: gap | {"region_a": c["baseline"], "region_b": c["target"]},
        "spread": amounts.spread,
        "requirement": amounts.requirement,
        "reading": lambda measure: amounts.reading(measure, word),
        "state": provenance.state,
        "plain_number": amounts.number,
        "side_html": lambda side, which, ops=None: markup.side_html(side, which, ops, word),
        "points_html": markup.points_html,
        "version_html": markup.version_html,
        "anchored_html": markup.anchored_html,
        "clause_html": markup.clause_html,
        "column_label": columns.short_name,
    }


@hookimpl
def extra_template_vars(datasette, request):
    """The build, which the footer names so that a page can be cited, and vocabularies with their labels."""

    async def variables():
        db = kb.database(datasette)
        words = labels.of(db).vocabularies
        return {
            "kb_build": await kb.build(db),
            "outcomes": words["outcome"],
            "verdicts": words["claim_verdict"],
        }

    return variables if request else None
