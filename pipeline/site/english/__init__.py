"""The interface in English; the data stay Chinese.

In     a page's HTML
Out    the same page with its interface translated
May import: nothing of ours
"""
