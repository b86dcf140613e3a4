"""Reading: the files of the corpus folders as documents, and the facts that digests are written from.

In     sources.toml and the files that it names, facts/*.jsonl
Out    rows of sources, documents and facts
May import: core, language
"""
