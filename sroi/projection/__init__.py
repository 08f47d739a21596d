"""The projection: a case's flows, year by year, declared as lines and evaluated (method §§ 1 to 6).

==============  ======================================================================
`declaring`     input cells, units and labels, in one manner for all rooms
`timeline`      § 1: calendar, prices, discount factors
`people`        § 2: referred, engaged, served
`costs`         § 3: what is paid, what old services still cost
`grades`        § 4: optimism, stated or from the case's table of grades
`outcomes`      § 4: from people to outcomes, every adjuster a row
`values`        § 5: what outcomes are worth, and to whom
`release`       § 5: the cash released: lags, blocks, pools
`streams`       § 1: yearly flows with their timing, and discounted
`sectors`       § 6: every flow under its sector
`views`         § 6: which flows count from where; the tax charge
`measures`      § 6: a view's present values and ratio
`payback`       § 6: when it pays back
`irr`           § 6: rates of return of dated flows, solved outside the lines
`returns`       § 6: a view's flows on their dates, and its rates
`checks`        § 6: the arithmetic, found two ways
`input_checks`  § 6: live inputs are ones the engine would accept
`warnings`      § 6: what asks for judgement
`declare`       all of the above, in order
`options`       § 7: options side by side, and what each adds
`result`        the measures read off, and the JSON's `central`
`tables`        the result as tidy tables
==============  ======================================================================
"""

from sroi.projection.declare import Declared, declare
from sroi.projection.options import Options, project_options
from sroi.projection.result import Result, project

__all__ = ["Declared", "Options", "Result", "declare", "project", "project_options"]
