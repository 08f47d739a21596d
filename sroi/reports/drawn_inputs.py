"""The uncertain numbers of a simulation, one row each: what was drawn, and what its field could not hold."""

from __future__ import annotations

import math

import numpy as np

from sroi.model import MODELS, Case, Value, columns
from sroi.model.base import header
from sroi.model.currency import symbol
from sroi.model.tables import split
from sroi.reports.in_use import said_of
from sroi.reports.stamped import Writer
from sroi.simulation import Simulation

TITLES = ("Uncertain numbers, as drawn", "Unit", "Shape", "Central value", "Mean of range", "Standard deviation",
          "5th percentile", "95th percentile", "Cut off at the field's bounds", "Ref")  # fmt: skip
TAILS = np.array([0.05, 0.95])
RARE = 1e-6
"""What is cut off of less than one draw in a million is nil."""


def unit_of(case: Case, ref: str) -> str:
    """The unit of a number: a share, the currency, years, times a profile, or a plain number."""
    if case.profile(ref) is not None:
        return "times"
    table, _, field = split(ref)
    column = next((c for c in columns(MODELS[table]) if c.name == field), None) if table in MODELS else None
    kind = "" if column is None else column.kind
    if field in ("lag", "duration", "release_lag") or field.endswith("_years"):
        return "years"
    return {"share": "share", "money": symbol(case.settings.currency)}.get(kind, "number")


def called(case: Case, ref: str) -> str:
    """A number in words: the name of its row and its field; of a value, which has no name, its outcome and sectors.

    >>> import sroi
    >>> called(sroi.read("meals"), "values.fewer-ae-nhs-fiscal.amount")
    'Fewer falls treated in A&E, to NHS: amount'
    """
    table, key, field = split(ref)
    row = case.tables.find(table, key) if table in MODELS else None
    if not isinstance(row, Value):
        return said_of(case, ref)
    outcome = next(of.name for of in case.outcomes if of.id == row.outcome)
    to = {part.sector for part in case.parts(row)}
    return f"{outcome}, to {', '.join(s.name for s in case.sectors if s.id in to)}: {header(field).lower()}"


def number_format(unit: str, spread: float) -> str:
    """Two figures of a spread, and no more: a share in per cent.

    >>> number_format("share", 0.034), number_format("£", 1234.0), number_format("number", 0.0012)
    ('0.0%', '#,##0', '#,##0.0000')
    """
    size = spread * 100 if unit == "share" else spread
    decimals = 2 if not size > 0 else min(8, max(0, 1 - math.floor(math.log10(size))))
    decimals = max(decimals, 1) if unit == "share" else decimals
    return ("0" if unit == "share" else "#,##0") + ("." + "0" * decimals if decimals else "") + "%" * (unit == "share")


def write(writer: Writer, simulation: Simulation) -> None:
    """Writes the table."""
    case = simulation.case
    writer.heading(*TITLES, left=(0, 1, 9))
    for ref, drawn in simulation.inputs.items():
        unit = unit_of(case, ref)
        low, high = (float(value) for value in drawn.quantile(TAILS))
        writer.text(0, called(case, ref))
        writer.text(1, unit, "unit")
        writer.text(2, drawn.shape, "formula", align="right")
        shown = number_format(unit, float(drawn.sd))
        for column, value in enumerate((drawn.central, drawn.mean, drawn.sd, low, high), start=3):
            writer.book.number(writer.page, writer.row - 1, column, float(value) + 0.0, "formula", shown)
        cut = float(drawn.cut)
        writer.book.number(
            writer.page, writer.row - 1, 8, cut if cut >= RARE else 0.0, "formula", "0.0%" if cut < RARE else "0.00%"
        )
        writer.text(9, ref, "unit")
        writer.row += 1
    writer.prose("Mean, spread and percentiles are of what is drawn: within the bounds of the field, and of whole "
                 "numbers rounded. The central value is what the case holds, and need not be their mean.")  # fmt: skip
