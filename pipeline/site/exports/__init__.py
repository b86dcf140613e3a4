"""Exports: what a reader takes away: Excel workbooks and Word briefs.

In     rows of tables and queries, data of pages
Out    bytes of .xlsx, .docx and .csv files
May import: site.kb, site.amounts, site.parts
"""
