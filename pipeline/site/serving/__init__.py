"""Serving: the response to a request, cached responses, and a rebuilt kb.db taken up while running.

In     requests, kb.db
Out    responses, each from a single build
May import: site.kb
"""
