"""Search: full text of Chinese, simplified characters, facets, suggestions.

In     what a reader types
Out    queries and counts
May import: site.kb
"""
