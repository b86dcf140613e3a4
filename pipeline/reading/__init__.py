"""Sources become documents: which files there are, their text, and what their makers say of them.

In     sources.toml and the files that it names, facts/*.jsonl
Out    rows of sources, documents and facts
May import: core, language
"""
