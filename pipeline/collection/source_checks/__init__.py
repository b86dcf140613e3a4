"""Source checks: whether the page that a fact names still states its figure.

In     an address, a figure and its unit, words of the fact; corpus/patterns/verify.toml
Out    the page as text, or why there is none; where the figure stands, and the words beside it
May import: core, language, reading, collection
"""
