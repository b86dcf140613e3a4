"""Short official texts and the events of validity that follow from them."""

from pipeline.core import regions
from pipeline.core.paths import DATA
from pipeline.core.records import document_of
from pipeline.language import document_titles
from pipeline.references import citations
from pipeline.references.catalogue import Catalogue
from pipeline.references.pinpoint_resolver import ProvisionIndex
from pipeline.structure import clauses
from pipeline.validity import presumed_terms, validity
from support.records import document

REGIONS = regions.load(DATA / "regions.toml")


def official(body, name="d", title="上海市水价办法", issued=None, effective=None, expires=None, head="",
         level="行政规范性文件", kind="official", number=None, region="310000"):  # fmt: skip
    """An official text of Shanghai."""
    return document(name, body, title=title, region_id=region, level=level, number=number, issued_date=issued,
                    effective_date=effective, expires_date=expires, text_kind=kind, head=head)  # fmt: skip


def said(body, **about):
    """Kind and date of every event that one text gives."""
    return [(kind, date) for _, kind, date, _ in events(official(body, **about))]


def events(*known, noted=()):
    """Kind, date and document of every event of some documents, derived ones included."""
    found = validity.from_texts(list(known), *_rows(known))
    kept = [*validity.merge(list(validity.from_entries(known, [])), found, list(noted)), *noted]
    kept += presumed_terms.presume(known, kept, DATA / "validity_rules.toml", REGIONS)
    return [(e.document_id, e.kind, e.date, e.basis) for e in kept]


def _rows(known):
    split = {each.document_id: ProvisionIndex(clauses.split(each)) for each in known}
    catalogue, rules = Catalogue(known, REGIONS), document_titles.load(document_titles.PATH)
    cited = [row for each in known for row in citations.cite(each, split, catalogue, rules)]
    by_document = {each.document_id: [] for each in known}
    for row in cited:
        by_document[document_of(row.clause_id)].append(row)
    return split, by_document.__getitem__
