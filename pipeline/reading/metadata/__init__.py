"""Metadata read from a document's own text: title, number, issuers, dates, region, level.

In     the text of one document
Out    `metadata.read`: the metadata that it states, None for what it does not
May import: core, language
"""
