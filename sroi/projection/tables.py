"""The result as tidy tables (format.md, *Python*): one row per fact, no meaning in an index."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pandas as pd

from sroi.model import Case
from sroi.model.assumptions import Assumption, assumptions, drift
from sroi.projection.values import flows
from sroi.projection.views import VIEWS
from sroi.sheet import words

if TYPE_CHECKING:
    from sroi.projection.result import Result, TableName


def table(result: Result, name: TableName) -> pd.DataFrame:
    """The table of that name, of the central case; `ValueError` naming those there are.

    `flows`        a row for each cost, value and cash released, and year: £ in base-year prices, undiscounted
    `lines`        a row for each line and year, or one where it has no years, with its unit, method section and words
    `views`        a row for each view: its measures (method § 6), `None` or NaN where one does not apply
    `sectors`      a row for each sector: its measures, its parts' flows included
    `outcomes`     a row for each outcome: quantity, present value, cost per outcome, evidence
    `assumptions`  a row for each number of the case: ref, value, range, place, source, status, grade

    >>> from sroi.projection import project
    >>> from sroi.reading import read
    >>> flows = table(project(read("meals")), "flows")
    >>> list(flows.columns)
    ['line', 'flow', 'sector', 'kind', 'outcome', 'year', 'amount']
    """
    makers = {
        "flows": _flows,
        "lines": _lines,
        "views": _views,
        "sectors": _sectors,
        "outcomes": _outcomes,
        "assumptions": _assumptions,
        "actuals": _actuals,
    }
    if name not in makers:
        raise ValueError(f'There is no table called "{name}". There are: {", ".join(makers)}.')
    return makers[name](result)


def _flows(result: Result) -> pd.DataFrame:
    """Every yearly sum by sector: costs (positive is paid), values, and cash released. £, base-year prices."""
    rows = []
    names = result.declared.names
    for cost in result.case.costs:
        rows += _by_year(result, f"{cost.id}.cost", "cost", cost.payer, cost.treatment, "")
    for flow in flows(names):
        rows += _by_year(result, f"{flow.id}.value", "value", flow.sector, flow.kind, flow.value.outcome)
        if f"{flow.id}.cash" in result.declared.model.lines:
            rows += _by_year(result, f"{flow.id}.cash", "cash", flow.sector, flow.kind, flow.value.outcome)
    return pd.DataFrame(rows, columns=["line", "flow", "sector", "kind", "outcome", "year", "amount"])


def _by_year(result: Result, line: str, flow: str, sector: str, kind: str, outcome: str) -> list[tuple[object, ...]]:
    row = result.evaluation.row(line)
    return [(line, flow, sector, kind, outcome, year, float(x)) for year, x in zip(result.years, row, strict=True)]


def _lines(result: Result) -> pd.DataFrame:
    """Every line of the calculation: a row per year, or one row where it has no years."""
    rows: list[tuple[object, ...]] = []
    for line in result.declared.model.lines.values():
        said = (line.name, line.label, line.shown_unit, line.sheet, line.method, words(line))
        value = result.evaluation.values[line.name]
        if isinstance(value, str):
            rows.append((*said, None, None, value))
        elif line.yearly:
            rows += [(*said, y, float(x), None) for y, x in zip(result.years, value[:, 0], strict=True)]
        else:
            rows.append((*said, None, float(value[0, 0]), None))
    return pd.DataFrame(rows, columns=["line", "label", "unit", "sheet", "method", "words", "year", "value", "text"])


def _views(result: Result) -> pd.DataFrame:
    rows = [
        {"view": name, "title": VIEWS[name]} | _measures(view)
        | {"benefits_beyond": view.beyond_horizon.benefits, "costs_beyond": view.beyond_horizon.costs}
        for name, view in result.views.items()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _sectors(result: Result) -> pd.DataFrame:
    named = {sector.id: sector for sector in result.case.sectors}
    return pd.DataFrame(
        [
            {"sector": key, "name": named[key].name, "ledger": named[key].ledger} | _measures(row)
            for key, row in result.sectors.items()
        ]
    )


def _outcomes(result: Result) -> pd.DataFrame:
    rows = []
    for outcome in result.case.outcomes:
        found, basis = result.outcomes[outcome.id], result.case.basis(outcome)
        rows.append(
            {"outcome": outcome.id, "name": outcome.name, "unit": outcome.unit} | _measures(found)
            | {"status": basis.status, "grade": basis.grade, "source": basis.source}
        )  # fmt: skip
    return pd.DataFrame(rows)


def _measures(row: object) -> dict[str, object]:
    return {key: value for key, value in vars(row).items() if key not in ("reasons", "beyond_horizon")}


def _actuals(result: Result) -> pd.DataFrame:
    """What came in beside its forecast, in the order of the case's table."""
    from sroi.projection.actuals import Compared

    names = [field.name for field in fields(Compared)]
    return pd.DataFrame([vars(row) for row in result.actuals], columns=names)


def _assumptions(result: Result) -> pd.DataFrame:
    """Every number of the case: ref, value, range, where it stands, what it rests on, and how its claim has changed."""
    rows = [_assumption(result.case, of) for of in assumptions(result.case)]
    return pd.DataFrame(rows, columns=ASSUMPTION)


ASSUMPTION = [
    *("ref", "value", "low", "high", "place", "stated"),
    *("source", "status", "grade", "owner", "date", "population", "note"),
    *("first_value", "first_status", "first_date", "claims", "change"),
]
"""The columns of the table of assumptions."""


def _assumption(case: Case, of: Assumption) -> dict[str, object]:
    first = of.claims[0] if of.claims else None
    return {
        "ref": of.ref,
        "value": of.value,
        "low": of.low,
        "high": of.high,
        "place": case.place(of.ref),
        "stated": of.stated,
        **vars(of.basis),
        "first_value": first and first.value,
        "first_status": first and first.status,
        "first_date": first and first.date,
        "claims": len(of.claims),
        "change": drift(case, of),
    }
