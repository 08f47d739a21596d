"""The projection: a case's flows, year by year, declared as lines and evaluated (method §§ 1 to 7, 9, 12).

The rooms in the order they are read: how lines are declared, from people to money, what views make of it, the checks,
and last what is read off the evaluated lines.

=================  ======================================================================
`declaring`        input cells, units and labels, in one manner for all rooms
`price_index`      § 1: the index of prices as lines, a line for each year
`timeline`         § 1: calendar, prices, discount factors by schedule and timing
`actuals`          § 7: what came in, beside its forecast or in its place
`cohorts`          §§ 2, 4: people who come in year by year, and leave until their time is over
`people`           § 2: referred, engaged, served
`grades`           § 4: optimism, stated or from the case's table of grades
`pricing`          §§ 1, 3, 5: what one unit comes to each year: amount, prices, growth
`costs`            § 3: what is paid, what old services still cost
`outcomes`         § 4: from people to outcomes, every adjuster a row
`streams`          § 1: yearly flows with their timing, and discounted
`release`          § 5: the cash released: lags, blocks, pools
`values`           § 5: what outcomes are worth, and to whom
`sectors`          § 6: every flow under its sector
`dates`            § 6: a view's flows on their dates, and what they come to by each
`payback`          § 6: when it pays back
`measures`         § 6: a view's present values and ratio
`views`            § 6: which flows count from where; the tax charge (§ 12); cost per outcome
`budgets`          § 6: who pays and who saves by year; capital and revenue; outturn prices
`side_payments`    § 6: whether those who save could make good those who lose
`capacity`         § 5: how much of what public budgets save is cash, and how much capacity freed
`payers`           § 6: what each payer must fund, when it has that back, and the year after
`failure`          § 4: what failure costs today
`reduced`          § 1: public value on the reduced schedule, beyond 50 years
`fairness`         § 9: public value with economic values to people weighted by income
`value_map`        §§ 4 to 6: the value map of the SROI Guide, from quantity to impact
`basis`            § 4: what the answer rests on, by the status of evidence
`beyond`           § 4: what people already started would still bring after the horizon
`checklist`        § 6: every check as data: what is tested, how grave it is, what to do
`counted_once`     §§ 4, 5: overlaps and tax on earnings count once, whatever a workbook's Counts say
`required`         § 6: numbers that the calculation cannot do without
`input_checks`     § 6: live inputs are ones the engine would accept
`judgement`        § 6: what asks for judgement and can be told from numbers, as lines
`checks`           § 6: the arithmetic, found two ways
`declare`          all of the above, in order
`irr`              § 6: rates of return of dated flows, solved outside the lines
`returns`          § 6: a view's flows on their dates, and its rates
`unused`           § 6: rows that change nothing
`claims`           § 4: what History says against the case
`actual_warnings`  § 7: what came in that asks for judgement
`warnings`         § 6: what asks for judgement, in sentences
`checked`          § 6: the whole checklist, passed or fired
`financial`        § 6: the financial case, read off the lines
`result`           the measures read off, and the JSON's `central`
`options`          § 7: options side by side, and what each adds
`tables`           the result as tidy tables
=================  ======================================================================
"""

from sroi.projection.declare import Declared, Flows, declare, declare_flows
from sroi.projection.options import Options, project_options, since_forecast
from sroi.projection.result import Result, project

__all__ = [
    "Declared",
    "Flows",
    "Options",
    "Result",
    "declare",
    "declare_flows",
    "project",
    "project_options",
    "since_forecast",
]
