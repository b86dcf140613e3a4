"""Metadata read from a document's own text: title, number, issuers, date; region and level from these.

In     the text of one document
Out    `metadata.read`: title, number, issuers, date and kind that it states, None for what it does not.
       Region and level: `region_inference`, `legal_levels`, called from curation
May import: core, language
"""
