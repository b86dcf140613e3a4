"""The interface in English; the data stay Chinese.

In     a page's HTML; the English names of the data, from kb.db
Out    the same page with its interface translated
May import: site
"""
