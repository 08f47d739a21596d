"""Social return on investment, with its working shown.

>>> import sroi
>>> case = sroi.read("meals")
>>> result = sroi.project(case)
>>> round(result.views["public_value"].npv, 2)
39366.93

`read` takes a path, the id of a shipped case, or a dict; `project` gives the central case; `write_workbook` writes the
business case with live formulas. What is wrong with a case comes as one `CaseError` that holds every problem.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sroi.errors import CaseError, KernelError, Problem, SroiError, WriteError

if TYPE_CHECKING:
    from sroi.lookup import values
    from sroi.model import Case
    from sroi.projection import Result, project
    from sroi.reading import read
    from sroi.reports import write_workbook
    from sroi.simulation import Simulation, simulate

__version__ = "0.1.0"

__all__ = [
    "Case",
    "CaseError",
    "KernelError",
    "Options",
    "Problem",
    "Result",
    "Simulation",
    "SroiError",
    "WriteError",
    "__version__",
    "project",
    "project_options",
    "read",
    "simulate",
    "values",
    "write_workbook",
]

_HOMES = {
    "Case": "sroi.model",
    "Options": "sroi.projection",
    "Result": "sroi.projection",
    "Simulation": "sroi.simulation",
    "project": "sroi.projection",
    "project_options": "sroi.projection",
    "read": "sroi.reading",
    "simulate": "sroi.simulation",
    "values": "sroi.lookup",
    "write_workbook": "sroi.reports",
}
"""Where each name lives: imported when first used, so that `import sroi` and `sroi --help` are quick."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sroi' has no attribute {name!r}")
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Every public name, those too that have not been used yet."""
    return sorted({*globals(), *__all__})
