"""Work on a corpus folder: reading one file, adding files, writing digests.

In     files as researchers keep them; facts
Out    texts and entries of sources.toml
May import: core, language, reading, structure, references, validity
"""
