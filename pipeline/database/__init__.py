"""kb.db: schema, views, checks; the only writer of it.

In     all files of rows
Out    kb.db, what changed since the last build
May import: core, language, structure, extraction, similarity, validity, alignment, matters, gaps, reviews, site.search.fulltext. The last,
since kb.db is indexed by the rules the site searches by.
"""
