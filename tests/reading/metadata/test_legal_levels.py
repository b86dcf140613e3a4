"""The legal level of a document by title, number and issuer."""

from pipeline.reading.metadata import legal_levels
from support import cases


@cases.table("metadata.level", "title", "issuers", "level", number=None, national=False)
def test_levels(title, issuers, level, number, national):
    assert legal_levels.level(title, number, issuers, national) == level
