"""The case: frozen models, one table per module; no files, no NumPy.

types, parsing     the kinds of value a field can hold, and what people may type for them
base               the frozen row; `columns(model)` describes a table's fields
about, settings, sectors, groups, costs, outcomes, values, ranges, profiles, grades
                   the tables of a case; schedules, deflators, unit_values have the library's shape
tables             all tables side by side; refs; near misses
changes            options and scenarios;  altered: the case as they make it
resolve            defaults that come from other tables; the parts of a value
rules/             what one row alone cannot tell
not_built          what this version refuses to compute
sentences          every error in plain words
canonical          one text, and one hash, per case
case               `Case`: the whole, valid
"""

from __future__ import annotations

from sroi.model.about import About
from sroi.model.base import Column, Row, columns, header
from sroi.model.canonical import used_library
from sroi.model.case import Case
from sroi.model.changes import Change, Option, Scenario
from sroi.model.costs import Cost
from sroi.model.deflators import Deflator
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
    "Case",
    "Change",
    "Column",
    "Cost",
    "Deflator",
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
