"""The projection: a case's flows, year by year, declared as lines and evaluated (method §§ 1 to 7, 9, 12).

The rooms in the order they are read: how lines are declared, from people to money, what views make of it, the checks,
and last what is read off the evaluated lines.

===============  ==============================================================="""

from sroi.projection.declare import Declared, declare
from sroi.projection.options import Options, project_options
from sroi.projection.result import Result, project

__all__ = ["Declared", "Options", "Result", "declare", "project", "project_options"]
