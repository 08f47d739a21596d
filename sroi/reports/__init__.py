"""What people open: results workbooks, and the assumptions as a workbook.

==============  ======================================================================
`style`         the palette, number formats and cell formats, in one place
`book`          the one writer of cells: formulas with their values, text as text
`places`        where every input cell, line and table stands
`inputs`        the case itself as sheets, editable and readable back
`workings`      the lines as sheets of live formulas
`grid`          lines arranged as a table on an output sheet
`about`         title, status, how to read, the list of sheets
`summary`       one page: the answer, who pays and who saves, what it rests on
`charts`        the waterfall and the yearly chart, and the lines they are drawn from
`checks`        the checks, found against expected
`stamp`         whose result a file is, and whether it may be replaced
`workbook`      all of the above, written to a temporary file and renamed
==============  ======================================================================
"""

from sroi.reports.workbook import write_case, write_workbook

__all__ = ["write_case", "write_workbook"]
