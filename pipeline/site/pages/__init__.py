"""Pages: the data that each page shows, read from kb.db.

In     kb.db
Out    the data of one page, for its template and its JSON twin
May import: site.kb, site.labels, site.parts, site.search, site.serving, site.reviews
"""
