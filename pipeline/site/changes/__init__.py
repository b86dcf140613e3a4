"""Recent changes: what is told of history.jsonl and of documents that run out, as a page and as an Atom feed.

In     kb.db, history.jsonl beside it
Out    data of the page of changes, feeds
May import: site.kb
"""
