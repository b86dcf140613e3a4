"""Parts that several pages share: citations, provenance, tables, marks in a text.

In     rows of kb.db
Out    data for templates, HTML, workbooks
May import: site.kb, site.labels, site.amounts, site.reviews.review_log
"""
