"""Review form: what a reviewer sent, checked, as a row of the review log."""

from collections.abc import Mapping
from datetime import UTC, datetime

from datasette.database import Database

from pipeline.site.reviews import review_log, review_targets
from pipeline.site.reviews.review_log import Row
from pipeline.site.reviews.review_targets import Target


class RefusedReview(Exception):
    """A form that cannot be recorded: a line for the reader, and the status of the response."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message, self.status = message, status


async def read(db: Database, form: Mapping[str, str], reviewer: str) -> tuple[Target, Row]:
    """The target of a form, and the row that records it.

    Args:
        db: the knowledge base, which the reviewer read.
        form: kind, id, point, verdict, partner, other_partner, note, text_hash.
        reviewer: the name of the account.

    Raises:
        RefusedReview: it names what is not there, or says nothing that can be recorded, or the texts
            are no longer those that the reviewer saw.
    """
    kind, verdict = form.get("kind", ""), form.get("verdict", "")
    target = await review_targets.find(db, kind, form.get("id", ""), form.get("point", ""))
    if target is None:
        raise RefusedReview("没有这一项，没有记下：可能已经重建，请从页面重新打开", 404)
    if form.get("text_hash") != review_log.text_hash(target.texts):
        raise RefusedReview("条款的文字已经变了，没有记下：请重新打开页面，读过再审", 409)
    if verdict not in review_log.VERDICTS or (verdict == "repair" and kind != "alignment"):
        raise RefusedReview("没有选一个结论，没有记下")
    note = form.get("note", "").replace("\r\n", "\n").replace("\0", "").strip()
    if len(note) > review_log.MAX_NOTE:
        raise RefusedReview(f"附注超过 {review_log.MAX_NOTE} 字，没有记下")
    if verdict == "note" and not note:
        raise RefusedReview("附注是空的，没有记下")
    partner = await _partner(db, form, target) if verdict == "repair" else None
    row = {
        "reviewed_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "reviewer": reviewer,
        "kind": kind,
        "target_id": target.target_id,
        "clause_a": target.clause_ids[0],
        "clause_b": target.clause_ids[1] if len(target.clause_ids) > 1 else None,
        "verdict": verdict,
        "partner": partner[0] if partner else None,
        "text_hash": review_log.text_hash([*target.texts, *(partner[1:] if partner else [])]),
        "note": note,
    }
    return target, review_log.with_id(row)


async def _partner(db: Database, form: Mapping[str, str], target: Target) -> tuple[str, str]:
    """The clause that answers in place of the second, and its text."""
    name = form.get("other_partner", "").strip() or form.get("partner", "")
    text = await review_targets.partner_text(db, name, target.clause_ids[1])
    if text is None or name in target.clause_ids:
        raise RefusedReview("改配的条款要写同一地区另一条款的编号，没有记下")
    return name, text
