"""Every option in every scenario, as the engine computed them: numbers that do not recalculate, on their own sheet.

The Economic case shows those of the scenario chosen. Beside them its column *in use* is live.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.worksheet import Worksheet

from sroi.model import Case, Cost, Outcome
from sroi.model.currency import before, one, symbol
from sroi.model.settings import AS_IT_STANDS
from sroi.model.tables import split
from sroi.projection import Result, project
from sroi.projection.basis import STATUSES as SHARES
from sroi.projection.options import Incremental, incremental
from sroi.projection.values import flows
from sroi.reports import best
from sroi.reports.book import Book
from sroi.reports.in_use import names, number_cell
from sroi.reports.places import HEADER_ROW
from sroi.reports.style import FORMATS
from sroi.sheet.formulas import NOT_APPLICABLE
from sroi.sheet.layout import column_letters, quoted

SHEET = "Options computed"
FIRST = 3
"""The column of the first scenario, from 0: the measure, the option and a gap stand before it."""

Held = float | str | None


@dataclass(frozen=True)
class Measure:
    """A number by which options are set side by side: its name, the live line that shows it, and the result's own."""

    key: str
    said: str
    format: str
    line: str
    """Empty where it is words, or a share that no line shows."""
    of: Callable[[Result], Held]


@dataclass(frozen=True)
class Computed:
    """Results by option and scenario, and the row of each measure of each option."""

    case: Case
    results: Mapping[tuple[str, str], Result]
    measures: tuple[Measure, ...]
    incremental: Mapping[tuple[str, str], Incremental]
    """By option and scenario: what the option adds to the one that they are compared with."""

    @property
    def options(self) -> tuple[str, ...]:
        """The options set side by side; the tables as they stand where the case has none."""
        return names(self.case, "option")[1:] or (AS_IT_STANDS,)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios, the tables as they stand first."""
        return names(self.case, "scenario")

    @property
    def titles(self) -> Mapping[str, str]:
        """The title of every option."""
        return {AS_IT_STANDS: "As the tables stand", **self.case.option_names}

    def by_scenario(self, option: str) -> tuple[Result, ...]:
        """An option's results, scenario by scenario."""
        return tuple(self.results[option, scenario] for scenario in self.scenarios)

    def rows(self) -> Iterator[tuple[str, str, str, tuple[Held, ...], str]]:
        """Key, what it is, of which option, its number in each scenario, and its format; verdicts last."""
        for measure in self.measures:
            for option in self.options:
                values = tuple(measure.of(result) for result in self.by_scenario(option))
                yield f"{measure.key} {option}", measure.said, self.titles[option], values, measure.format
        yield from self._added()
        verdicts = [self.verdicts(scenario) for scenario in self.scenarios]
        for number, first in enumerate(verdicts[0]):
            mine = [found[number] for found in verdicts]
            yield f"best.{first.key}.name", f"Best: {first.said}", "", tuple(v.best for v in mine), "text"
            yield f"best.{first.key}.net", f"Its net: {first.said}", "", tuple(v.net for v in mine), "money"
            yield f"best.{first.key}.gap", f"More than the next: {first.said}", "", tuple(v.gap for v in mine), "money"
            yield f"best.{first.key}.words", f"In words: {first.said}", "", tuple(v.words for v in mine), "text"

    @property
    def compared(self) -> tuple[str, ...]:
        """The options that add something to the one compared with: all but that one."""
        return tuple(option for option in self.options if (option, AS_IT_STANDS) in self.incremental)

    def _added(self) -> Iterator[tuple[str, str, str, tuple[Held, ...], str]]:
        for key, view, what, said, style in added(self.case.settings.currency):
            for option in self.compared:
                found = [self.incremental[option, scenario].views[view] for scenario in self.scenarios]
                yield f"{key} {option}", said, self.titles[option], tuple(getattr(v, what) for v in found), style

    def verdicts(self, scenario: str) -> tuple[best.Verdict, ...]:
        """Which option is best in each view, in that scenario; to each sector that counts in any of them."""
        found = {self.titles[option]: self.results[option, scenario] for option in self.options}
        shown = (result for (option, _), result in self.results.items() if option in self.options)
        return best.verdicts(found, before(self.case.settings.currency), best.counted(shown))

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The row of each, from 1."""
        return {key: HEADER_ROW + 1 + n for n, key in enumerate(self.held)}

    @cached_property
    def held(self) -> Mapping[str, tuple[Held, ...]]:
        """Every row's numbers by its key."""
        return {key: values for key, _, _, values, _ in self.rows()}


def compute(case: Case, result: Result) -> Computed | None:
    """Projects every option in every scenario; nothing for a case that has neither. `result` is one of them."""
    if not case.options and not case.scenarios:
        return None
    found = {}
    for option in dict.fromkeys((*names(case, "option")[1:], AS_IT_STANDS)):
        for scenario in names(case, "scenario"):
            asked = (None if option == AS_IT_STANDS else option, None if scenario == AS_IT_STANDS else scenario)
            own = asked == (result.case.option, result.case.scenario)
            found[option, scenario] = result if own else project(case, *asked, beyond=False)
    more: dict[tuple[str, str], Incremental] = {}
    for scenario in names(case, "scenario"):
        results = {option: found[option, scenario] for option in case.option_names}
        more |= {(option, scenario): held for option, held in incremental(case, results).items()}
    return Computed(case, found, measures(case, [result.case for result in found.values()]), more)


def added(code: str) -> Iterator[tuple[str, str, str, str, str]]:
    """What an option may add: key, view, which number of it, in words, format. `code` is the currency's."""
    for view, whose in (("public_value", "Everyone"), ("budget", "Public budgets")):
        for what, said, style in (
            ("pv_costs", f"more costs, {symbol(code)}", "money"),
            ("pv_benefits", f"more benefits, {symbol(code)}", "money"),
            ("npv", f"more net value, {symbol(code)}", "money"),
            ("bcr", f"benefits added per {one(code)} added", "ratio"),
        ):
            yield f"added.{view}.{what}", view, what, f"{whose}: {said}", style


def measures(case: Case, seen: Iterable[Case]) -> tuple[Measure, ...]:
    """What options are compared by: value to everyone, to public budgets, in cash; each sector; each outcome that
    counts in some case as `seen`."""
    code = case.settings.currency
    pound, sign = one(code), symbol(code)
    found = [
        _of_view("public_value", "pv_costs", f"Costs to everyone, present value, {sign}", "money"),
        _of_view("public_value", "pv_benefits", f"Benefits to everyone, present value, {sign}", "money"),
        _of_view("public_value", "npv", f"Net public value (NPSV), {sign}", "money"),
        _of_view("public_value", "bcr", f"Public value per {pound} of cost (SROI ratio)", "ratio"),
        _of_view("public_value", "payback", "Pays back everyone, years from the first cost", "years"),
        Measure("public_value.irr", "Internal rate of return, public value", "share", "rates.public_value.irr",
                lambda result: result.views["public_value"].irr),
        _of_view("public_value", "mvpf", f"Marginal value of public funds, per {pound}", "ratio"),
        _of_view("budget", "pv_costs", f"Cash paid by public budgets, present value, {sign}", "money"),
        _of_view("budget", "npv", f"Net to public budgets, {sign}", "money"),
        _of_view("budget", "bcr", f"Back to public budgets per {pound} they pay", "ratio"),
        _of_view("budget", "payback", "Pays back public budgets, years from the first cost", "years"),
        _of_view("cashable", "npv", f"Net cash released to public budgets, {sign}", "money"),
    ]  # fmt: skip
    if case.settings.reference_income is not None:
        found += [
            _weighted("npv", f"Net public value, weighted by income (§ 9), {sign}", "money"),
            _weighted("bcr", f"Public value per {pound} of cost, weighted by income (§ 9)", "ratio"),
        ]
    found += [_of_sector(sector.id, f"{sector.name}: net, {sign}") for sector in case.sectors]
    counting = counted(seen)
    found += [_of_outcome(o.id, f"{o.name}: {o.unit}, in all") for o in case.outcomes if o.id in counting]
    rests = [
        Measure(
            "rests.set",
            "Effects and amounts that the option sets itself: judged",
            "text",
            "",
            lambda result: _set(case, result),
        ),
        Measure("rests.largest", "Outcome that gains most, and its share of all gains", "text", "", _largest),
    ]
    rests += [
        Measure(
            f"rests.{status}", f"Share of the benefits, by size, that is {said}", "share", "", _share_of(case, status)
        )
        for status, said in STATUSES.items()
        if status != "not_stated" or any(case.basis(outcome).status is None for outcome in case.outcomes)
    ]  # fmt: skip
    rests.append(Measure("rests.costs", "Share of the costs, by size, that is judged", "share", "",
                         lambda result: result.evidence.costs["judged"]))  # fmt: skip
    return (*found, *rests)


STATUSES: Mapping[str, str] = {
    "attributed": "measured against others (attributed)",
    "observed": "change seen, not effect (observed)",
    "forecast": "forecast",
    "judged": "judged",
    "not_stated": "of outcomes that state no status",
}
"""What a benefit may rest on, strongest first."""
NAMES = {status: name for name, status in SHARES.items()}
"""The name of the share of each status."""


def counted(seen: Iterable[Case]) -> frozenset[str]:
    """The outcomes that count in some option or scenario, or as the tables stand."""
    return frozenset(row.id for made in seen for row in made.outcomes if row.counts)


def _gains(result: Result) -> dict[str, float]:
    """The discounted gains of every outcome, by name."""
    return {outcome.name: result.evaluation.number(f"{outcome.id}.gain") for outcome in result.case.outcomes}


def _largest(result: Result) -> str:
    gains = _gains(result)
    whole = sum(gains.values())
    if not whole > 0:
        return "nothing gains"
    name = max(gains, key=lambda key: gains[key])
    return f"{name}, {gains[name] / whole:.0%}"


def _sets(case: Case, option: str | None) -> set[str]:
    """The rows whose deciding number, an effect or an amount, the option sets: what it rests on is the option's own."""
    held = set()
    for change in case.options:
        table, key, field = split(change.ref)
        if table == "profiles":
            table, key, field = split(key)
        if change.name == option and (table, field) in (("outcomes", "effect"), ("costs", "amount")):
            held.add(f"{table}.{key}")
    return held


def _set(case: Case, result: Result) -> str:
    """Those rows by name."""
    held = _sets(case, result.case.option)
    rows: list[Cost | Outcome] = [*result.case.costs, *result.case.outcomes]
    return ", ".join(row.name for row in rows if row.at() in held) or "none"


def _share_of(case: Case, status: str) -> Callable[[Result], float | None]:
    """The share of the benefits, by size, that rests on that status; what an option sets itself is judged."""

    def of(result: Result) -> float | None:
        if result.evidence.benefits[status] is None:
            return None
        held = _sets(case, result.case.option)
        sizes: dict[str, float] = defaultdict(float)
        for part in flows(result.declared.names):
            if part.kind == "transfer":
                continue
            outcome = result.declared.names.outcome(part.value.outcome)
            own = NAMES[result.case.basis(outcome).status]
            sizes["judged" if outcome.at() in held else own] += result.evaluation.number(f"{part.id}.worth_size")
        return sizes[status] / sum(sizes.values())

    return of


def _of_view(view: str, what: str, said: str, style: str) -> Measure:
    attribute = "payback_years" if what == "payback" else what

    def of(result: Result) -> float | None:
        found: float | None = getattr(result.views[view], attribute)
        return found

    return Measure(f"{view}.{what}", said, style, f"{view}.{what}", of)


def _weighted(what: str, said: str, style: str) -> Measure:
    """Of public value weighted by income: beside the unweighted, never instead."""

    def of(result: Result) -> float | None:
        found: float | None = None if result.weighted is None else getattr(result.weighted, what)
        return found

    return Measure(f"weighted.{what}", said, style, f"public_value.weighted_{what}", of)


def _of_sector(key: str, said: str) -> Measure:
    return Measure(f"sector.{key}", said, "money", f"{key}.npv", lambda result: result.sectors[key].net)


def _of_outcome(key: str, said: str) -> Measure:
    return Measure(f"outcome.{key}", said, "number", f"{key}.count", lambda result: result.outcomes[key].quantity)


def write(book: Book, computed: Computed) -> None:
    """Writes the sheet."""
    page = book.sheet(SHEET, SHEET, "As the engine computed them: plain numbers, which do not recalculate. The "
                      "Economic case shows those of the scenario chosen there.", tab="#7F7F7F")  # fmt: skip
    book.widths(page, {0: 52, 1: 30, 2: 3} | dict.fromkeys(range(FIRST, FIRST + len(computed.scenarios)), 30))
    for position, title in enumerate(("Measure", "Option", "", *computed.scenarios)):
        align = "left" if position < FIRST else "right"
        book.text(page, HEADER_ROW - 1, position, title, "heading", align=align)
    places = computed.places
    for key, said, option, values, style in computed.rows():
        row = places[key] - 1
        book.text(page, row, 0, said, "label")
        book.text(page, row, 1, option, "label")
        for position, value in enumerate(values, start=FIRST):
            _cell(book, page, row, position, value, style)
    page.fit_to_pages(1, 0)


def _cell(book: Book, page: Worksheet, row: int, column: int, value: Held, style: str) -> None:
    if isinstance(value, float):
        book.number(page, row, column, value, "formula", FORMATS[style])
    else:
        book.text(page, row, column, NOT_APPLICABLE if value is None else value, "label",
                  align="left" if style == "text" else "right")  # fmt: skip


def pick(computed: Computed, row: int) -> str:
    """The formula for the number in a row of the scenario chosen."""
    last = column_letters(FIRST + len(computed.scenarios) - 1)
    return f"=INDEX({quoted(SHEET)}!${column_letters(FIRST)}${row}:${last}${row},1,{number_cell('scenario')})"
