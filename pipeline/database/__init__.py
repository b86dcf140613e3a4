"""kb.db: schema, views, checks; the only writer of it.

In     all files of rows
Out    kb.db, what changed since the last build
May import: everything above but evaluation and curation
"""
