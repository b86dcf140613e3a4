"""Metadata read from a document's own text: title, number, issuers, dates, region, level.

In     the text of one document
Out    `metadata.read`: what is stated, with None for what is not
May import: core, language
"""
