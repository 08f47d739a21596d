"""What people open: results workbooks, and the assumptions as a workbook.

==================  ======================================================================
`style`             the palette, number formats and cell formats, in one place
`book`              the one writer of cells: formulas with their values, text as text
`listed`            the method's own numbers for rates of return
`places`            where every input cell, line and table stands
`grid`              lines arranged as a table on an output sheet
`sure`              how sure the answer is, in words: what other pages say of the draws
`price_index`       the index of prices by year, live
`inputs`            the case itself as sheets, editable and readable back
`in_use`            which option and scenario are shown, and every input they change
`as_run`            every input as it was when the engine ran, beside what it is now
`stamped`           a page of stamped numbers, written from row to row
`workings`          the lines as sheets of live formulas
`about`             title, status, how to read, the list of sheets
`output`            the top of every output sheet: title, what the status means, and what the sheet is
`actuals`           what came in beside what was forecast, live
`best`              which option is best, in whose view, and by how much
`computed`          every option in every scenario, as the engine computed them
`economic`          the Economic case: options side by side
`spread`            bins and curves that the charts of a simulation are drawn from
`drawn_inputs`      the uncertain numbers of a simulation, one row each
`simulated_charts`  histogram, fan and acceptability curve
`simulated`         the sheet Simulation: what the draws come to
`sensitive`         the sheet Sensitivity: what matters most, and what would turn the answer
`standing`          what to know before a number is quoted: checks, judgement, who loses
`dated`             net flows on their dates, from which rates of return follow
`rates`             rates of return: live where that can be trusted, else the engine's own
`phrases`           live words that sentences are made of: sums, lists of names, years, paybacks
`placed`            a page written cell by cell: sentences, and lines year by year
`summary`           one page: the answer, who pays and who saves, what it rests on
`partners`          what every block of the Financial case is made from
`financial_years`   its tables by year: who pays and who saves, parts of the costs, outturn prices
`financial_after`   its last block: what happens when a payer stops
`financial`         the Financial case: the page that a place's partners sit round
`charts`            the waterfall and the yearly chart, and the lines they are drawn from
`references`        every source once, numbered, with what rests on it; and the numbers without one
`value_map`         the case in the columns of the SROI Guide, row by row
`evidence`          what costs and benefits rest on: read, observed or judged
`failing`           the Innovation case: what failure costs today, and on whose budget it lands
`standards`         the Innovation case: its stage of evidence, forecast against attributed, what grades do
`optimism`          the Innovation case: what optimism adds to costs and takes off outcomes
`old_services`      the Innovation case: double running and the release of old services, by year
`checks`            the checks, found against expected
`log`               every assumption: value, range, what it rests on, how its claim changed
`unknowns`          the Innovation case: how claims changed, what is still to learn, how it would spread
`innovation`        the Innovation case, whole
`sources`           the sheet of these
`history`           the sheet Changes: how what is claimed of numbers has changed
`files`             folders made for a run's files
`stamp`             whose result a file is, and whether it may be replaced
`workbook`          all of the above, written to a temporary file and renamed
`csv`               the tables of a run as CSV files, one each, and whose they are
`outputs`           where a run writes, looked at before anything is computed
`said`              what a run prints: the one JSON object, the last line
`cases`             the page on the cases that ship, `docs/cases.md`
==================  ======================================================================
"""

from sroi.reports.workbook import write_case, write_workbook

__all__ = ["write_case", "write_workbook"]
