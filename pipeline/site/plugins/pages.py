"""The pages made for readers, each with a JSON twin at the same address + .json."""

import json
import re
from urllib.parse import unquote

from datasette import NotFound, Response, hookimpl
from markupsafe import Markup

from pipeline.site import amounts, kb, labels
from pipeline.site.pages import (
    addresses,
    claims,
    compare,
    department,
    document,
    home,
    matrix,
    references,
    revision,
    search,
    topic,
)
from pipeline.site.parts import provenance
from pipeline.site.parts.markup import difference, layered, linked, quantities, quotes

KEY = r"(?P<key>[^/]+?)(?P<format>\.json)?$"


@hookimpl
def register_routes():
    """Our pages; /-/ stays Datasette's own home."""
    return [
        (r"^/(?P<format>\.json)?$", show_home),
        (r"^/-/search(?P<format>\.json)?$", show_search),
        (rf"^/-/topic/{KEY}", show_topic),
        (r"^/-/matrix/(?P<key>[^/.]+)(?P<format>\.json)?$", show_matrix),
        (rf"^/-/compare/{KEY}", show_compare),
        (rf"^/-/document/{KEY}", show_document),
        (rf"^/-/revision/{KEY}", show_revision),
        (r"^/-/claims(?P<format>\.json)?$", show_claims),
        (r"^/-/addresses(?P<format>\.json)?$", show_api),
        (r"^/-/uncollected(?P<format>\.json)?$", show_uncollected),
        (r"^/llms\.txt$", show_index),
        (r"^/-/departments(?P<format>\.json)?$", show_departments),
        (rf"^/-/department/{KEY}", show_department),
        (rf"^/-/claim/{KEY}", show_claim),
        (rf"^/-/clause/{KEY}", show_clause),
    ]


@hookimpl
def prepare_jinja2_environment(env, datasette):
    """What the templates need to say things in Chinese."""
    env.globals |= {
        "kb_name": kb.database(datasette).name,
        "describe": datasette.get_resource_metadata,
        "list_queries": datasette.list_queries,
    }

    def word(code):
        return labels.of(kb.database(datasette)).word(code)

    env.filters |= {
        "word": word,
        "amount": amounts.amount,
        "requirement": amounts.requirement,
        "reading": lambda measure: amounts.reading(measure, word),
        "state": provenance.state,
        "plain_number": amounts.number,
        "clause_html": lambda side, which, ops=None: clause_html(side, which, ops, word),
        "quoted_html": lambda line, sides, stack: quoted_html(datasette, line, sides, stack),
        "places_html": places_html,
        "dense": lambda clause: dense(clause["text"].strip()),
        "change_html": change_html,
        "column_label": lambda described, name: re.split("[：；]", described or name)[0],
    }


@hookimpl
def extra_template_vars(datasette, request):
    """The build, for the footer, and the vocabularies that templates list or explain."""

    async def variables():
        db = kb.database(datasette)
        words = labels.of(db).vocabularies
        return {
            "kb_build": await kb.build(db),
            "kinds": words["gap_kind"],
            "verdicts": words["claim_verdict"],
        }

    return variables if request else None


def clause_html(side, which, ops, word):
    """One side's text with differences, quantities and, without a difference, the quoted words."""
    changed = difference(ops, which, side["text"])
    spans = [
        *changed,
        *([] if changed else quotes(side["evidence"])),
        *quantities(side["measures"], word),
    ]
    return dense(layered(side["text"], spans))


def quoted_html(datasette, line, sides, stack):
    """A summary whose figures lead to the clauses that they are quoted from, side by side in order."""
    told = [side for side in sides if side]
    found = [
        (row["quote"], side["clause_id"], number)
        for number, side in enumerate(told) for row in [*side["measures"], *side["evidence"]]
    ]  # fmt: skip
    places = [
        (quote, datasette.urls.path(f"/-/clause/{clause}"), number)
        for quote, clause, number in found
    ]
    above = [
        (row["quote"], datasette.urls.path(f"/-/clause/{row['clause_id']}"), len(told))
        for row in stack if row["clause_id"]
    ]  # fmt: skip
    return linked(line, places + above)


def change_html(text, which, ops):
    """A text with what only one version has, or as it is."""
    return dense(layered(text, difference(ops, which, text)))


def places_html(clause):
    """A clause's text with an anchor where each of its parts begins."""
    return dense(layered(clause["text"].rstrip(), (), clause["places"]))


def dense(marked):
    """Blank lines between paragraphs say nothing on a page."""
    return Markup(re.sub(r"\n\s*\n", "\n", marked))


async def answer(datasette, request, tables, load, template, missing):
    """Check permission, load, and answer in the form that was asked for."""
    await kb.allow(datasette, request, tables)
    data = await load(kb.database(datasette))
    if data is None:
        raise NotFound(missing)
    if request.url_vars["format"]:
        return as_json(data)
    data["permalink"] = datasette.absolute_url(request, datasette.urls.path(request.path))
    return Response.html(await datasette.render_template(template, data, request=request))


def permalinks(datasette, request):
    """What makes a permanent link of a path of this site."""
    return lambda path: datasette.absolute_url(request, datasette.urls.path(path))


def as_json(data, status=200):
    """JSON in UTF-8 as people read it, not in escapes."""
    body = json.dumps({"ok": status == 200} | data, ensure_ascii=False)
    return Response(body, status=status, content_type="application/json; charset=utf-8")


async def show_home(request, datasette):
    """The home page."""
    args = request.args
    return await answer(
        datasette,
        request,
        home.TABLES,
        lambda db: home.load(db, args),
        "kb_home.html",
        "没有这一组比较",
    )


async def show_search(request, datasette):
    """Full-text search; what cannot be asked is answered with 400 and one line."""
    await kb.allow(datasette, request, search.TABLES)
    data = await search.load(kb.database(datasette), request.args)
    status = 400 if data["problem"] else 200
    if request.url_vars["format"]:
        problem = {"status": 400, "error": data["problem"]}
        return as_json(problem if data["problem"] else data, status)
    page = await datasette.render_template("kb_search.html", data, request=request)
    return Response.html(page, status=status)


async def show_topic(request, datasette):
    """One topic."""
    key, args = request.url_vars["key"], request.args
    return await answer(
        datasette, request, topic.TABLES, lambda db: topic.load(db, key, args), "kb_topic.html",
        f"没有编号为“{key}”的主题"
    )  # fmt: skip


async def show_matrix(request, datasette):
    """One topic as a table of attributes and regions; downloads.py has its files."""
    key, args = request.url_vars["key"], request.args
    return await answer(
        datasette, request, matrix.TABLES, lambda db: matrix.load(db, key, args), "kb_matrix.html",
        f"没有编号为“{key}”的主题"
    )  # fmt: skip


async def show_compare(request, datasette):
    """One gap or alignment."""
    key, address = request.url_vars["key"], permalinks(datasette, request)
    return await answer(
        datasette, request, compare.TABLES, lambda db: compare.load(db, key, address), "kb_compare.html",
        f"没有编号为“{key}”的差异或对照；重建后编号可能已变"
    )  # fmt: skip


async def show_document(request, datasette):
    """One document."""
    key, args, address = request.url_vars["key"], request.args, permalinks(datasette, request)
    return await answer(
        datasette, request, document.TABLES, lambda db: document.load(db, key, args, address), "kb_document.html",
        f"没有编号为“{key}”的文件"
    )  # fmt: skip


async def show_revision(request, datasette):
    """Two versions of one document, article by article."""
    key = request.url_vars["key"]
    return await answer(
        datasette, request, revision.TABLES, lambda db: revision.load(db, key), "kb_revision.html",
        f"没有编号为“{key}”的新旧条文对照"
    )  # fmt: skip


async def show_clause(request, datasette):
    """A clause is shown in its document."""
    await kb.allow(datasette, request, document.TABLES)
    found = await document.clause(kb.database(datasette), request.url_vars["key"])
    if found is None:
        raise NotFound(f"没有编号为“{request.url_vars['key']}”的条款")
    if request.url_vars["format"]:
        return as_json(found)
    page = datasette.urls.path(f"/-/document/{found['document_id']}#{found['clause_id']}")
    return Response.redirect(page)


async def show_claims(request, datasette):
    """All that the paper claims."""
    return await answer(
        datasette, request, claims.TABLES, claims.load_all, "kb_claims.html", "没有论文的论断"
    )


async def show_api(request, datasette):
    """What addresses there are."""
    return await answer(
        datasette, request, addresses.TABLES, addresses.load, "kb_api.html", "没有说明"
    )


async def show_uncollected(request, datasette):
    """What is cited and not in the corpus."""
    return await answer(
        datasette, request, (*references.TABLES, "uncollected"), references.uncollected, "kb_uncollected.html",
        "没有说明"
    )  # fmt: skip


async def show_index(request, datasette):
    """A plain index for programs."""
    await kb.allow(datasette, request, addresses.TABLES)
    return Response.text(await addresses.index(kb.database(datasette)))


async def show_departments(request, datasette):
    """All departments."""
    return await answer(
        datasette,
        request,
        department.TABLES,
        department.load_all,
        "kb_departments.html",
        "没有归口部门",
    )


async def show_department(request, datasette):
    """One department's work list."""
    key = unquote(request.url_vars["key"])
    return await answer(
        datasette, request, department.TABLES, lambda db: department.load(db, key), "kb_department.html",
        f"没有编号为“{key}”的归口部门"
    )  # fmt: skip


async def show_claim(request, datasette):
    """One claim of the paper."""
    key = request.url_vars["key"]
    return await answer(
        datasette, request, claims.TABLES, lambda db: claims.load(db, key), "kb_claim.html",
        f"没有编号为“{key}”的论断"
    )  # fmt: skip
