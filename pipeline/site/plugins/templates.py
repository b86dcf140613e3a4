"""Variables and filters of the templates."""

import re

from datasette import hookimpl

from pipeline.site import kb, labels
from pipeline.site.parts import markup, provenance


@hookimpl
def prepare_jinja2_environment(env, datasette):
    """Labels in Chinese, clauses as HTML, and what Datasette knows of its tables and queries."""

    def clause_path(clause_id):
        return datasette.urls.path(f"/-/clause/{clause_id}")

    env.globals |= {
        "kb_name": kb.database(datasette).name,
        "kinds": labels.KINDS,
        "verdicts": labels.VERDICTS,
        "describe": datasette.get_resource_metadata,
        "list_queries": datasette.list_queries,
    }
    env.filters |= {
        "word": labels.word,
        "amount": labels.amount,
        "requirement": labels.requirement,
        "reading": labels.reading,
        "state": provenance.state,
        "source_kind": lambda kind: provenance.SOURCES.get(kind, kind),
        "plain_number": labels.number,
        "side_html": markup.side_html,
        "version_html": markup.version_html,
        "anchored_html": markup.anchored_html,
        "summary_html": lambda *arguments: markup.summary_html(*arguments, clause_path),
        "dense": lambda clause: markup.dense(clause["text"].strip()),
        # A column is described as 短名：说明; its label is the short name.
        "column_label": lambda described, name: re.split("[：；]", described or name)[0],
    }


@hookimpl
def extra_template_vars(datasette, request):
    """The build, which the footer names so that a page can be cited."""

    async def variables():
        return {"kb_build": await kb.build(kb.database(datasette))}

    return variables if request else None
