"""CSV of tables and queries: what a spreadsheet would run as a formula stays text (OWASP, CSV injection).

An apostrophe precedes such a text, as in the CSV of a matrix. Numbers stay as they are; JSON holds all values unchanged.
"""

import csv
from types import SimpleNamespace

from datasette.views import base

from pipeline.site.exports.sheets import FORMULA_STARTS


class Writer:
    """A writer of CSV whose texts are no formulas."""

    def __init__(self, out):
        self._rows = csv.writer(out)

    def writerow(self, row):
        """Write a row; what Datasette's own writer returns is awaited by Datasette."""
        return self._rows.writerow([plain(value) for value in row])


def plain(value):
    """A value of a cell; a sign alone, as of an operator, is no formula.

    >>> plain("=1+1"), plain("="), plain(-5), plain("甲")
    ("'=1+1", '=', -5, '甲')
    """
    is_formula = isinstance(value, str) and len(value) > 1 and value.startswith(FORMULA_STARTS)
    return f"'{value}" if is_formula else value


base.csv = SimpleNamespace(writer=Writer)  # Datasette has no hook for its CSV
