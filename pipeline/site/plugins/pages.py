"""The pages of the site: PAGES, and three routes of another form, search, a clause and llms.txt.

To add a page: a module in pipeline/site/pages with TABLES and load, a template, an entry in PAGES, a line
in ROUTES of pages/addresses.py, and the page's phrases in english/english.toml. downloads.py serves the
matrix as Excel and CSV.
"""

from datasette import NotFound, Response, hookimpl

from pipeline.site import kb
from pipeline.site.changes import recent_changes
from pipeline.site.pages import (
    addresses,
    claims,
    compare,
    department,
    document,
    guide,
    home,
    matrix,
    matter,
    pair,
    references,
    revision,
    search,
    selection,
    to_collect,
    topic,
)
from pipeline.site.reviews import review_pages
from pipeline.site.serving import page_response
from pipeline.site.serving.page_response import Page

KEY = "(?P<key>[^/]+?)"
KEY_WITHOUT_DOT = "(?P<key>[^/.]+)"  # where other formats than .json follow

PAGES = (
    Page(
        path="/",
        tables=home.TABLES,
        load=lambda request: home.load(request.db, request.args),
        template="kb_home.html",
        missing="没有这一组比较",
    ),
    Page(
        path=f"/-/topic/{KEY}",
        tables=topic.TABLES,
        load=lambda request: topic.load(request.db, request.key, request.args),
        template="kb_topic.html",
        missing="没有编号为“{key}”的主题",
    ),
    Page(
        path=f"/-/matrix/{KEY_WITHOUT_DOT}",
        tables=matrix.TABLES,
        load=lambda request: matrix.load(request.db, request.key, request.args),
        template="kb_matrix.html",
        missing="没有编号为“{key}”的主题",
    ),
    Page(
        path=f"/-/matter/{KEY}",
        tables=matter.TABLES,
        load=lambda request: matter.load(request.db, request.key, request.args, request.address),
        template="kb_matter.html",
        missing="没有编号为“{key}”的事项，或没有这一组比较",
    ),
    Page(
        path=f"/-/compare/{KEY}",
        tables=compare.TABLES,
        load=lambda request: compare.load(request.db, request.key, request.address),
        template="kb_compare.html",
        missing="没有编号为“{key}”的差异或对照；重建后编号可能已变",
    ),
    Page(
        path="/-/pairs",
        tables=pair.TABLES,
        load=lambda request: pair.load_all(request.db),
        template="kb_pairs.html",
        missing="没有说明",
    ),
    Page(
        path=f"/-/pair/{KEY}",
        tables=pair.TABLES,
        load=lambda request: pair.load(request.db, request.key),
        template="kb_pair.html",
        missing="没有编号为“{key}”的逐条对照",
    ),
    Page(
        path=f"/-/document/{KEY}",
        tables=document.TABLES,
        load=lambda request: document.load(request.db, request.key, request.args, request.address),
        template="kb_document.html",
        missing="没有编号为“{key}”的文件",
    ),
    Page(
        path=f"/-/revision/{KEY}",
        tables=revision.TABLES,
        load=lambda request: revision.load(request.db, request.key),
        template="kb_revision.html",
        missing="没有编号为“{key}”的新旧条文对照",
    ),
    Page(
        path="/-/claims",
        tables=claims.TABLES,
        load=lambda request: claims.load_all(request.db),
        template="kb_claims.html",
        missing="没有论文的论断",
    ),
    Page(
        path=f"/-/claim/{KEY}",
        tables=claims.TABLES,
        load=lambda request: claims.load(request.db, request.key),
        template="kb_claim.html",
        missing="没有编号为“{key}”的论断",
    ),
    Page(
        path="/-/departments",
        tables=department.TABLES,
        load=lambda request: department.load_all(request.db),
        template="kb_departments.html",
        missing="没有归口部门",
    ),
    Page(
        path=f"/-/department/{KEY}",
        tables=department.TABLES,
        load=lambda request: department.load(request.db, request.key),
        template="kb_department.html",
        missing="没有编号为“{key}”的归口部门",
        key_is_name=True,
    ),
    Page(
        path="/-/uncollected",
        tables=references.TABLES,
        load=lambda request: references.uncollected(request.db),
        template="kb_uncollected.html",
        missing="没有说明",
    ),
    Page(
        path="/-/to-collect",
        tables=to_collect.TABLES,
        load=lambda request: to_collect.load(request.db, request.args),
        template="kb_to_collect.html",
        missing="没有这一组比较",
    ),
    Page(
        path="/-/changes",
        tables=recent_changes.TABLES,
        load=lambda request: recent_changes.load(request.db, request.args, request.history),
        template="kb_changes.html",
        missing="没有这个主题、这一组比较或这个部门",
    ),
    Page(
        path="/-/reliability",
        tables=guide.TABLES,
        load=lambda request: guide.reliability(request.db),
        template="kb_reliability.html",
        missing="没有说明",
    ),
    Page(
        path="/-/terms",
        tables=guide.TABLES,
        load=lambda request: guide.terms(request.db),
        template="kb_terms.html",
        missing="没有说明",
    ),
    Page(
        path="/-/reviews",
        tables=review_pages.TABLES,
        load=lambda request: review_pages.load(request.db),
        template="kb_reviews.html",
        missing="没有说明",
    ),
    Page(
        path=selection.PATH,
        tables=selection.TABLES,
        load=lambda request: selection.load(request.db, request.args),
        template="kb_selection.html",
        missing="没有这一组比较，或没有这一日期",
    ),
    Page(
        path="/-/addresses",
        tables=addresses.TABLES,
        load=lambda request: addresses.load(request.db),
        template="kb_addresses.html",
        missing="没有说明",
    ),
)


@hookimpl
def register_routes():
    """The pages and their JSON twins; /-/ remains Datasette's own home."""
    return [
        *(page_response.route(page) for page in PAGES),
        (page_response.with_twin("/-/search"), search_page),
        (page_response.with_twin(f"/-/clause/{KEY}"), clause_redirect),
        (r"^/llms\.txt$", index),
    ]


async def search_page(request, datasette):
    """Full-text search; a query that cannot be answered gets status 400 and one line."""
    await kb.allow(datasette, request, search.TABLES)
    data = await search.load(kb.database(datasette), request.args)
    status = 400 if data["problem"] else 200
    if request.url_vars["format"]:
        problem = {"status": 400, "error": data["problem"]}
        return page_response.as_json(problem if data["problem"] else data, status)
    page = await datasette.render_template("kb_search.html", data, request=request)
    return Response.html(page, status=status)


async def clause_redirect(request, datasette):
    """A redirect to the clause in its document; the JSON twin is the clause itself."""
    await kb.allow(datasette, request, document.TABLES)
    key = request.url_vars["key"]
    clause = await document.clause(kb.database(datasette), key)
    if clause is None:
        raise NotFound(f"没有编号为“{key}”的条款")
    if request.url_vars["format"]:
        return page_response.as_json(clause)
    path = f"/-/document/{clause['document_id']}#{clause['clause_id']}"
    return Response.redirect(datasette.urls.path(path))


async def index(request, datasette):
    """/llms.txt: the index for language models."""
    await kb.allow(datasette, request, addresses.TABLES)
    return Response.text(await addresses.index(kb.database(datasette)))
