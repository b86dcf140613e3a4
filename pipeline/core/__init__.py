"""Ground that everything stands on: records, files of rows, settings, regions, hand-edited files.

In     corpus/*.toml, corpus/patterns/, facts/*.jsonl, files of rows
Out    checked records; one line that says where, what and how to fix where a person erred
May import: nothing of ours
"""
