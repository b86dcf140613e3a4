"""Pages: what each shows, read from kb.db.

In     kb.db
Out    the data of one page, as its template and its JSON twin show it
May import: site.kb, site.labels, site.parts, site.search
"""
