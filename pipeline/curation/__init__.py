"""Work on a corpus folder: reading one file, adding files, writing digests, finding a fact's matter.

In     files as researchers keep them; facts; coded matters
Out    texts and entries of sources.toml; suggestions
May import: core, language, reading, structure, references, extraction, similarity, validity, matters
"""
