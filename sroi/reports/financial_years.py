"""The tables of the Financial case that have years across: who pays and who saves, the parts of the costs, outturn.

Years that do not fit beside each other go on in another table below, with the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from sroi.model import Sector
from sroi.model.currency import symbol
from sroi.projection.budgets import OUTTURN_LINE
from sroi.projection.declaring import POUNDS
from sroi.projection.financial import no_index
from sroi.reports.partners import Partners
from sroi.reports.phrases import amount, names, text
from sroi.reports.placed import Cell, Label, Year, words
from sroi.sheet import (
    PURE,
    ZERO,
    Line,
    absolute,
    all_of,
    choose,
    choose_text,
    largest,
    sentence,
    sum_over_years,
)

Row = tuple[str | Sector, Line, bool]
"""A name, or a sector, its line, and whether it is a sum."""
Rows = Sequence[tuple[str, Sequence[Row]]]
"""Rows under a heading each."""
OUTTURN = "_outturn"


def matrix(at: Partners) -> None:
    """Who puts in and who gains, by public budget and year."""
    page, model = at.page, at.model
    page.title("Who puts in, and who gains")
    least = model["budget.nil"]
    gain = [at.listed(own.sector, least < model[f"{own.key}.budget_net"]) for own in at.public]
    lose = [at.listed(own.sector, ZERO < model[f"{own.key}.budget_loses"]) for own in at.public]
    for key, listed, lead, none in (
        ("gainers", gain, "In present value these save more than they pay",
         "In present value no public budget saves more than it pays."),
        ("losers", lose, "In present value these pay more than they save",
         "In present value no public budget pays more than it saves."),
    ):  # fmt: skip
        label = f"Which public budgets are {key}"
        page.sentences(names(model, f"financial.{key}", label, listed, [lead], [none], "public budgets"))
    _by_year(at, f"{symbol(at.code)} real", _matrix_rows(at, ""))
    _adds(at, "years-add", "Check that in every year the rows add to the sums: ")


def parts(at: Partners) -> None:
    """Revenue and capital, one-off and recurring."""
    page = at.page
    page.title("Revenue and capital, one-off and recurring")
    page.sentence(_parts_said(at))
    _by_year(at, f"{symbol(at.code)} real", _part_rows(at, ""))
    _adds(at, "parts-add", "Check that in every year the parts add to what is paid: ")


def _adds(at: Partners, check: str, said: str) -> None:
    """The verdict of a check, in words."""
    shown = sentence(said, (at.model[f"checks.{check}.verdict"], "@"), ".")
    at.page.sentence(text(at.model, f"financial.{check}", f"{at.model[f'checks.{check}.verdict'].label}, said", shown),
                     "label")  # fmt: skip


def outturn(at: Partners) -> None:
    """The same in the prices of each year, as budgets will show it."""
    page, model = at.page, at.model
    page.title("In the prices of each year (outturn), as budgets will show it")
    if OUTTURN_LINE not in model.lines:
        page.prose(f"There are no outturn prices: {no_index(at.case)}.", "result")
        return

    def total(line: str, label: str) -> Line:
        row = model[line]
        sum_ = model.line(f"financial.{line}_total", f"{label}, all years", row.unit or PURE, sum_over_years(row),
                          style="money")  # fmt: skip
        return amount(model, f"financial.{line}_amount", f"{label}, all years, in words", sum_, at.money)

    costs, saved = (total(f"budget.{side}", f"Public budgets: {side}") for side in ("costs", "benefits"))
    more, also = (
        total(f"budget.{side}{OUTTURN}", f"Public budgets: {side}, outturn prices") for side in ("costs", "benefits")
    )
    page.sentence(text(model, "financial.outturn", "Outturn prices, in words", sentence(
        "In outturn prices public budgets pay ", (more, "@"), " (real: ", (costs, "@"), ") and save ", (also, "@"),
        " (real: ", (saved, "@"), ") in all years together.",
    )))  # fmt: skip
    _by_year(at, f"{symbol(at.code)} outturn", [*_matrix_rows(at, OUTTURN), *_part_rows(at, OUTTURN)])


def _matrix_rows(at: Partners, prices: str) -> Rows:
    model = at.model

    def rows(which: Callable[[int], str], together: str) -> list[Row]:
        own: list[Row] = [(own.sector, model[which(n) + prices], False) for n, own in enumerate(at.public)]
        return [*own, ("All public budgets", model[together + prices], True)]

    budgets = [own.lines for own in at.public]
    off = ", net" if "budget.old_released" in model.lines else ""
    found: list[tuple[str, list[Row]]] = [
        ("Pay in cash" + off, rows(lambda n: budgets[n].pays.name, "budget.costs")),
        ("Save, cash or not", rows(lambda n: budgets[n].saves.name, "budget.benefits")),
        ("Of that, cash", rows(lambda n: budgets[n].released.name, "cashable.benefits")),
        ("Save less pay", rows(lambda n: budgets[n].net.name, "budget.yearly_net")),
        ("Cash, less paid", [("All public budgets", model["cashable.yearly_net" + prices], True)]),
    ]
    others: list[Row] = [
        (payer.sector.sector, model[payer.sector.cash_costs.flow.name + prices], False)
        for payer in at.result.declared.payers
        if payer.sector.sector.ledger != "public"
    ]
    if others:
        found.append(("Paid by others", others))
    return found


def _part_rows(at: Partners, prices: str) -> Rows:
    model = at.model

    def rows(*parts: tuple[str, str]) -> list[Row]:
        held: list[Row] = [(said, model[f"budget.{part}{prices}"], False) for part, said in parts]
        if "budget.harm_costs" in model.lines:
            held.append(("Harms, counted as costs", model[f"budget.harm_costs{prices}"], False))
        return [*held, ("All public budgets", model[f"budget.costs{prices}"], True)]

    found: list[tuple[str, list[Row]]] = [
        ("Pay, by kind", rows(("capital", "Capital"), ("revenue", "Revenue"))),
        ("Pay, by how often", rows(("one_off", "One-off"), ("recurring", "Recurring"))),
    ]
    if "budget.old_released" in model.lines:
        off: Row = ("Old services", model[f"budget.old_released{prices}"], False)
        found.append(("No longer paid", [off]))
    return found


def _parts_said(at: Partners) -> Line:
    """How much of the cash costs is capital and how much one-off, where each is a part of them."""
    model, label = at.model, "Capital and one-off costs"
    costs = _total(at, "budget.costs", "All cash costs of public budgets")
    capital, one_off = (_total(at, f"budget.{part}", f"{label}: {part}") for part in ("capital", "one_off"))
    least = model["budget.nil"]
    whole, of_capital, of_one_off = (
        amount(model, f"financial.parts.{key}", f"{label}: {key}, in words", line, at.money)
        for key, line in (("all", costs), ("capital", capital), ("one_off", one_off))
    )
    share = [
        model.line(f"financial.parts.{key}_share", f"{label}: {key}, share", PURE,
                   choose(least < costs, part / costs, ZERO), style="share")
        for key, part in (("capital", capital), ("one_off", one_off))
    ]  # fmt: skip
    usual = text(model, "financial.parts.usual", f"{label}, where they are parts", sentence(
        "Of ", (whole, "@"), " that public budgets pay in all years, ", (of_capital, "@"), " (", (share[0], "0%"),
        ") is capital and ", (of_one_off, "@"), " (", (share[1], "0%"), ") is one-off.",
    ))  # fmt: skip
    less = text(model, "financial.parts.less", f"{label}, where they are more than all of them", sentence(
        "Less what old services release, public budgets pay ", (whole, "@"), " in all years: ", (of_capital, "@"),
        " in capital, ", (of_one_off, "@"), " one-off.",
    ))  # fmt: skip
    most = model.line("financial.parts.most", f"{label}: the largest", POUNDS,
                      largest(absolute(costs), absolute(capital), absolute(one_off)), style="money")  # fmt: skip
    odd = text(model, "financial.parts.odd", f"{label}, where they are not parts",
               choose_text(most <= least, "Public budgets pay nothing in cash.", sentence((less, "@"))))  # fmt: skip
    beyond = model.line("financial.parts.beyond", f"{label}: by how much they are no part of all costs", POUNDS,
                        largest(-capital, -one_off, capital - costs, one_off - costs), style="money")  # fmt: skip
    fits = all_of(least < costs, beyond <= least)
    shown = choose_text(fits, sentence((usual, "@")), sentence((odd, "@")))
    return text(model, "financial.parts.said", f"{label}, in words", shown)


def _total(at: Partners, line: str, label: str) -> Line:
    row = at.model[line]
    return at.model.line(f"financial.parts.{line}", f"{label}, all years", row.unit or PURE, sum_over_years(row),
                         style="money")  # fmt: skip


def _by_year(at: Partners, unit: str, groups: Rows) -> None:
    """A table for each heading, and more below for years that do not fit beside each other; totals are in the first."""
    page, labels = at.page, at.result.years
    parts = ceil(len(labels) / page.beside)
    size = ceil(len(labels) / parts)
    for start in range(0, len(labels), size):
        years = range(start, min(start + size, len(labels)))
        more = "" if not start else ", continued"
        for heading, rows in groups:
            header = f"{heading}, {unit}{more}"
            if start or heading != groups[0][0]:
                page.apart()  # the first table stays with what is said of it
            page.header((header, "" if start else "Total", *(Label(year, labels[year]) for year in years)))
            for label, line, whole in rows:
                cell = "result" if whole else "formula"
                total = None if start else Cell(Year(line), cell, more={"align": "right"})
                across = [Cell(Year(line, year), cell, more={"align": "right"}) for year in years]
                first = words(label, "strong" if whole else "label") if isinstance(label, str) else at.row(label)
                page.put([first, total, *across])
