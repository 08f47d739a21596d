"""The case: frozen models, one table per module; no files, no NumPy.

==============  ======================================================================
`currency`      how a currency is said
`percent`       a share in whole per cent, never all or none where it is not
`parsing`       what people type, as values
`ends`          what is typed in Ranges, as numbers
`types`         the kinds of value a field can hold, with bounds and how they are shown
`base`          the frozen row; `columns(model)` describes a table's fields
`about`         the table `about`: what the case is
`settings`      the table `settings`: time, prices, and where engines differ
`sectors`       the table `sectors`: whose money, or whose life
`groups`        the table `groups`: who is referred
`costs`         the table `costs`: what is paid, and by whom
`outcomes`      the table `outcomes`: what changes
`values`        the table `values`: what an outcome is worth, and to whom
`ranges`        the table `ranges`: how uncertain a number is
`correlations`  the table `correlations`: which uncertain numbers move together
`profiles`      the table `profiles`: numbers by calendar year
`grades`        the table `grades`: what a grade of evidence means in optimism
`evidence`      the tables `evidence` and `history`: what a number rests on, and its claims
`basis`         what a number rests on, its own evidence first
`changes`       the tables `options` and `scenarios`
`actuals`       the table `actuals`: what came in, by ref and year
`schedules`     discount schedules, in the library's shape
`deflators`     the index of prices, in the library's shape
`unit_values`   what one unit is worth, in the library's shape
`rate_cards`    prices per outcome, in the library's shape; used by no case yet
`tables`        all tables side by side; refs; near misses
`resolve`       defaults that come from other tables; the parts of a value
`price_index`   which years the index of prices reaches, and what each rests on
`sentences`     every error in plain words
`stated`        the numbers that evidence and history may be of
`altered`       the case as an option and a scenario make it
`as_it_was`     what came in, in the place of what was forecast
`not_built`     what this version refuses to compute
`canonical`     one text, and one hash, per case
`assumptions`   every number with what it rests on and its drift
`case`          `Case`: the whole, valid
==============  ======================================================================

`rules/` holds what one row alone cannot tell.
"""

from __future__ import annotations

from sroi.model.about import About
from sroi.model.actuals import Actual
from sroi.model.base import Column, Row, columns, header
from sroi.model.basis import Basis
from sroi.model.canonical import used_library
from sroi.model.case import Case
from sroi.model.changes import Change, Option, Scenario
from sroi.model.correlations import Correlation
from sroi.model.costs import Cost
from sroi.model.deflators import Deflator
from sroi.model.evidence import Claim, Evidence
from sroi.model.grades import Grade
from sroi.model.groups import Group
from sroi.model.outcomes import Outcome
from sroi.model.profiles import Profile
from sroi.model.ranges import Range
from sroi.model.resolve import Part
from sroi.model.schedules import Schedule
from sroi.model.sectors import Sector
from sroi.model.settings import Settings
from sroi.model.tables import MODELS, SINGLE, Tables, split
from sroi.model.unit_values import UnitValue
from sroi.model.values import Value

__all__ = [
    "MODELS",
    "SINGLE",
    "About",
    "Actual",
    "Basis",
    "Case",
    "Change",
    "Claim",
    "Column",
    "Correlation",
    "Cost",
    "Deflator",
    "Evidence",
    "Grade",
    "Group",
    "Option",
    "Outcome",
    "Part",
    "Profile",
    "Range",
    "Row",
    "Scenario",
    "Schedule",
    "Sector",
    "Settings",
    "Tables",
    "UnitValue",
    "Value",
    "columns",
    "header",
    "split",
    "used_library",
]
