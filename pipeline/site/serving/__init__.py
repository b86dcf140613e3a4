"""Serving: cached responses, and a new build put in place of the old one.

In     requests, kb.db
Out    responses of one build each
May import: site.kb
"""
