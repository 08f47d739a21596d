"""The Innovation case: old services beside the new one, year by year: what is paid twice, and what is released when.

A new service enters gross; an old one's cost comes off only as it is released (method § 3). Until then both are paid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sroi.model import Case, Cost
from sroi.model.currency import before, symbol
from sroi.projection import Declared, Result
from sroi.projection.costs import is_benefit
from sroi.projection.declaring import POUNDS, Declaring
from sroi.reports.grid import Cell, Formula, InYear, Live
from sroi.reports.places import HEADER_ROW
from sroi.sheet import (
    ONE,
    PURE,
    TEXT,
    ZERO,
    Line,
    Model,
    all_of,
    choose,
    choose_text,
    one,
    sentence,
    sum_over_years,
)
from sroi.sheet.layout import FIRST_YEAR, column_letters

NONE = (
    "No cost row is an old service: the case says of nothing that it is replaced, so nothing is paid twice and nothing "
    "is released."
)
BOTH, NOT_BOTH = "The old and the new are both paid.", "Not both."


@dataclass(frozen=True)
class _Rows:
    """The yearly rows of all old services and of all new ones, together."""

    full: Line
    released: Line
    still: Line
    new: Line
    paid: Line
    double: Line
    """1 in years in which both are paid."""


def declare(result: Result, model: Model) -> tuple[tuple[tuple[str, ...], tuple[tuple[Cell, ...], ...]], ...]:
    """Declares the page's sums of old and new services, and arranges them: a heading and rows for each table."""
    declared, case = result.declared, result.declared.case
    old = [cost for cost in case.costs if cost.old_service]
    if not old:
        return ((("Old services",), (("None", NONE),)),)
    model.heading("Old services and double running")
    rows = _rows(declared, model, case, old)
    sign = symbol(case.settings.currency)
    services = (f"Old services: what is released, {sign}", "How", "In full, in all", "Released and counted, in all",
                "Still paid, in all")  # fmt: skip
    by_year = (
        *(f"Double running by year, {sign}", "What is paid", "Old in full", "Released and counted", "Still paid"),
        *("New services", "Still paid and new"),
    )
    return (
        (services, (*(_service(declared.names, model, cost) for cost in old), *_said(model, case, rows))),
        (by_year, (*_years(result, rows), _in_all(model, rows))),
    )


def _rows(declared: Declared, model: Model, case: Case, old: Sequence[Cost]) -> _Rows:
    to = declared.names

    def add(name: str, label: str, lines: Sequence[Line]) -> Line:
        return model.sum(f"innovation.{name}", label, POUNDS, lines, style="money", total=True, yearly=True)

    full = [
        model.line(f"innovation.{cost.id}.full", f"{to.said(cost)}: if none of it were released", POUNDS,
                   model[f"{cost.id}.cost_each"] * model[f"{cost.id}.runs"] * model[f"costs.{cost.id}.counts"],
                   style="money", total=True, yearly=True)
        for cost in old
    ]  # fmt: skip
    gone = [
        model.line(f"innovation.{cost.id}.gone", f"{to.said(cost)}: released and counted", POUNDS,
                   -model[f"{cost.id}.cost"], style="money", total=True)
        for cost in old
    ]  # fmt: skip
    still = add("still_paid", "Old services: still paid", [model[f"{cost.id}.still_paid"] for cost in old])
    new = add("new", "New services: paid and given", [model[f"{c.id}.cost"] for c in case.costs if not c.old_service])
    nil = model["public_value.nil"]
    double = model.line(
        "innovation.double", "The old and the new are both paid", PURE,
        choose(all_of(nil < still, nil < new), one(PURE), ZERO), style="flag",
    )  # fmt: skip
    return _Rows(
        add("full", "Old services: if none of them were released", full),
        add("released", "Old services: released and counted", gone),
        still,
        new,
        add("paid", "Old services still paid, and new ones", [still, new]),
        double,
    )


def _total(model: Model, row: Line, name: str, label: str) -> Line:
    return model.line(f"innovation.{name}", label, POUNDS, sum_over_years(row), style="money")


def _service(to: Declaring, model: Model, cost: Cost) -> tuple[Cell, ...]:
    """One old service: when it is released, how far, to whom, and what that comes to."""
    said, ref = to.said(cost), f"costs.{cost.id}"
    share, over = model[f"{ref}.release_share"], model[f"{ref}.release_years"]
    where = "a benefit" if is_benefit(to, cost) else "a lower cost"
    years = model.line(f"innovation.{cost.id}.over", f"{said}: years the release takes, in words", TEXT,
                       choose_text(ZERO < over, sentence("over ", (over, "0.0"), " years"), "at once"),
                       style="text")  # fmt: skip
    stays = model.line(f"innovation.{cost.id}.stays", f"{said}: share that is never released", PURE, ONE - share,
                       style="share")  # fmt: skip
    begins = model.line(
        f"innovation.{cost.id}.begins", f"{said}: when its release begins, in words", TEXT,
        sentence((share, "0%"), " is released from ", (model[f"{ref}.from"], "0"), ", "), style="text",
    )  # fmt: skip
    words = model.line(
        f"innovation.{cost.id}.how", f"{said}: how it is released, in words", TEXT,
        sentence((begins, "@"), (years, "@"), "; ", (stays, "0%"), f" stays. What is released is {where}."),
        style="text",
    )  # fmt: skip
    sums = (
        _total(model, model[f"innovation.{cost.id}.full"], f"{cost.id}.full_total", f"{said}: in full, in all"),
        _total(model, model[f"innovation.{cost.id}.gone"], f"{cost.id}.gone_total", f"{said}: released, in all"),
        _total(model, model[f"{cost.id}.still_paid"], f"{cost.id}.still_total", f"{said}: still paid, in all"),
    )
    return (
        f"{said}, paid by {to.said(to.sector(cost.payer))}",
        Live(words, "text", in_place=True),
        *(Live(line, "money") for line in sums),
    )


def _said(model: Model, case: Case, rows: _Rows) -> tuple[tuple[Cell, ...], ...]:
    """Double running and what is left, in sentences."""
    sign, nil = before(case.settings.currency), model["public_value.nil"]

    def text(name: str, label: str, formula: object) -> Line:
        return model.line(f"innovation.{name}", label, TEXT, formula, style="text")  # type: ignore[arg-type]

    count = model.line("innovation.double_years", "Years in which both are paid", PURE, sum_over_years(rows.double),
                       style="whole")  # fmt: skip
    twice = model.line("innovation.double_paid", "Old services: still paid while the new ones are", POUNDS,
                       rows.still * rows.double, style="money", total=True)  # fmt: skip
    spent = _total(model, twice, "double_total", "Old services: still paid while the new ones are, in all")
    years = text("double_said", "Years in which both are paid, in words",
                 choose_text(one(PURE) < count, sentence((count, "0"), " years"), "one year"))  # fmt: skip
    twice_said = text("double_some", "Double running where there is some, in words",
                      sentence("Both are paid in ", (years, "@"), f": in them {sign}", (spent, "#,##0"),
                               " of the old, which is in no total."))  # fmt: skip
    double = text("double_words", "Double running, in words",
                  choose_text(ZERO < count, sentence((twice_said, "@")),
                              "In no year are the old and the new both paid."))  # fmt: skip
    parts = [_total(model, row, f"{name}_total", label) for row, name, label in (
        (rows.full, "full", "Old services: in full, in all"),
        (rows.released, "released", "Old services: released and counted, in all"),
        (rows.still, "still", "Old services: still paid, in all"),
    )]  # fmt: skip
    doubted = model.line("innovation.doubted", "Old services: release that is not counted, for optimism", POUNDS,
                         parts[0] - parts[1] - parts[2], style="money")  # fmt: skip
    some = text("doubted_some", "Release that is not counted where there is some, in words",
                sentence(sign, (doubted, "#,##0"), " more would be released, but is not counted, for optimism."),
                )  # fmt: skip
    unsure = text("doubted_words", "Release that is not counted, in words",
                  choose_text(nil < doubted, sentence((some, "@")), "Every release is counted in full."))  # fmt: skip
    titles = ("Double running", "Optimism")
    return tuple(
        (title, Live(line, "text", in_place=True)) for title, line in zip(titles, (double, unsure), strict=True)
    )


def _years(result: Result, rows: _Rows) -> list[tuple[Cell, ...]]:
    """A row for each year."""
    found: list[tuple[Cell, ...]] = []
    for year, label in enumerate(result.years):
        place = f"Timeline!${column_letters(FIRST_YEAR + year)}${HEADER_ROW}"
        sums = (InYear(row, year) for row in (rows.full, rows.released, rows.still, rows.new, rows.paid))
        found.append((Formula(f"={place}", label), InYear(rows.double, year, (BOTH, NOT_BOTH)), *sums))
    return found


def _in_all(model: Model, rows: _Rows) -> tuple[Cell, ...]:
    """The sums over the years: not discounted."""
    new = _total(model, rows.new, "new_total", "New services: in all")
    paid = _total(model, rows.paid, "paid_total", "Old services still paid, and new ones: in all")
    sums = [model[f"innovation.{name}_total"] for name in ("full", "released", "still")]
    return ("In all", "Not discounted, in prices of the base year.",
            *(Live(line, "money", "result") for line in (*sums, new, paid)))  # fmt: skip


__all__ = ["NONE", "declare"]
