"""What every package uses: records, files of rows, settings, regions, hand-edited files.

In     corpus/*.toml, facts/*.jsonl, files of rows; corpus/patterns/ for callers, through pattern_files
Out    checked records; for a user's mistake, one line that says where, what and how to fix it
May import: nothing of ours
"""
