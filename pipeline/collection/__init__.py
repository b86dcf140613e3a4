"""Texts and pages from the network: official texts fetched into the user's folder, sources of facts checked.

In     corpus/fetch.toml, lists of files, the network; facts with the address of their source
Out    a corpus folder of official texts; the history of what changed; what was found at the addresses of facts
May import: core, language, reading, curation
"""
