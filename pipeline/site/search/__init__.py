"""Search: full text of Chinese, simplified characters, facets, suggestions.

In     what a reader types
Out    FTS5 queries, excerpts, facets with their counts
May import: site.kb
"""
