"""Computation: how the stages of a build compute: in processes, only what changed, with few rows in memory.

In     rows and a function of rows
Out    the rows that it gives, those of unchanged documents taken over from the last run
May import: core
"""
