"""The page on the cases that ship, `docs/cases.md`: what each says, between which limits, and what that rests on.

Written by `python -m sroi.reports.cases docs/cases.md`. Every number on it is read off the engine's results and every
other word off the case, so a case that changes changes its page; a test holds the page to what is written here.
"""

from __future__ import annotations

import math
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sroi.library import shipped_cases
from sroi.model import Case, Cost, Outcome, Value
from sroi.model.currency import before, one
from sroi.model.percent import whole_percent as percent
from sroi.model.resolve import unit_values_of
from sroi.projection import Result, project
from sroi.reading import read
from sroi.reports.about import standing
from sroi.reports.sure import chance
from sroi.simulation import Simulation, simulate

WIDTH = 120
AS_IT_STANDS = "as it stands"
VIEWS = {"public_value": "to everyone", "budget": "to public budgets", "cashable": "to public budgets, in cash"}
OPENING = """\
Every case that ships, in the order of its file's name: what it says one pound (or dollar) of cost returns, and what
that answer rests on. The page is written by the engine from the cases, with
`python -m sroi.reports.cases docs/cases.md`, so its numbers are those of `sroi run`.

None of the cases is a forecast for a real place, and they are not to be ranked by what £1 returns: they differ in what
they count, for whom, over how long and how well it is known. *To everyone* counts public budgets, people and society,
and every cost, in cash or in kind. *To public budgets* sets the cash they pay against the spending they avoid, whether
or not it can be released; *in cash* counts of that only what is judged to come out of a budget. A return under £1 is
less than was spent; one under nil is a loss on top of the spending.

A *range* is of draws: every number that the case gives a range drawn together, 10,000 times and more. It says how far
the answer is unsure as the author judged the ranges, most of which are judgements, and no more: what is left out, and
whether the case is the right one, is in no range. *Lowest* and *highest* are of the case's own options and scenarios,
what-ifs that its author chose. They are no limits, and no two of them need be equally likely.

A benefit is *observed* where change was seen or claimed without a comparison group, so that it may have other causes;
*attributed* where it was measured against one; *forecast* where it is an estimate, not what came in; *judged* where
nobody measured it. It is the change or effect that is marked so. How many it reaches, for how long, and what would have
come anyway may still be judged, so a benefit that is 99% observed is not 99% known, nor is it all the programme's.
Money is observed only where it was spent or saved: an award, a pledge and an estimate are forecasts. Shares are of
present value, by size.

Where a number comes from is said in its source: *read* in the text named, *claimed* by the press, by the programme or
council itself, or in a report that could not be identified, *derived* by arithmetic from those, *recalled* from memory
and not verified, or *judged*, set to make the case run. A row counts under the first of these that its source names,
and a value priced from the library under that: what it rests on is said
[in the library](../assumptions/unit-values.csv)."""

STANDINGS = {"Read": "read", "Claim": "claimed", "Derived": "derived", "Recalled": "recalled", "Judgement": "judged"}
LIBRARY, NAMED = "priced from the library", "named without such a word"
FOUND = re.compile(rf"^({'|'.join(STANDINGS)})\b|\b({'|'.join(STANDINGS)}):")
MISSING = re.compile(r"(?:^|(?<=\. ))(?:Missing|Not in the case)\b.*?\.(?= [A-Z]|$)")
"""The sentence in which a case's summary says what is not in it."""
SAYS = re.compile(r"(?:^|(?<=\. ))Found: (.*?\.)(?= [A-Z]|$)")
"""The sentences in which a case's summary says what it comes to: what £1 returns, to whom, and what it would take."""


@dataclass(frozen=True)
class Survey:
    """A case as it stands, and every option of it in every scenario, by what the two are called."""

    case: Case
    central: Result
    seen: Mapping[str, Result]
    drawn: Simulation | None
    """The case as it stands, simulated, where some number has a range."""

    @property
    def results(self) -> tuple[Result, ...]:
        """Every result, the case as it stands first."""
        return (self.central, *self.seen.values())


def survey(case: Case) -> Survey:
    """Projects the case as it stands and in every option and scenario, with or without each other; draws the first."""
    seen: dict[str, Result] = {}
    for option, option_title in [(None, ""), *case.option_names.items()]:
        for scenario, scenario_title in [(None, ""), *case.scenario_names.items()]:
            if option or scenario:
                titles = " and ".join(f"*{title}*" for title in (option_title, scenario_title) if title)
                seen[titles] = project(case, option, scenario)
    return Survey(case, project(case), seen, simulate(case) if case.ranges else None)


def page(surveys: list[Survey]) -> str:
    """The whole page."""
    links = [f"- [{s.case.about.title}](#{anchor(s.case.about.title)})" for s in surveys]
    parts = ["# The cases that ship", OPENING, "\n".join(links), *(section(s) for s in surveys)]
    return "\n\n".join(parts) + "\n"


def anchor(title: str) -> str:
    """How a heading is linked to.

    >>> anchor("Family Safeguarding, Hertfordshire (one year)")
    'family-safeguarding-hertfordshire-one-year'
    """
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def section(survey: Survey) -> str:
    """One case: its standing, what it returns, what that rests on, and what is not known."""
    about = survey.case.about
    files = ", ".join(
        f"[{kind}](../assumptions/cases/{about.id}.{ending})"
        for kind, ending in (("workbook", "xlsx"), ("text", "yaml"))
    )
    bullets = [said for said in _bullets(survey) if said]
    return "\n\n".join(
        [
            f"## {about.title}",
            _prose(f"{standing(survey.case)} Its files: {files}; `sroi run {about.id}`."),
            "\n".join(_table(survey)),
            "\n".join(_prose(f"- {said}", "  ") for said in bullets),
        ]
    )


def _prose(text: str, indent: str = "") -> str:
    """Reflowed; what stands between backquotes stays on one line."""
    held = re.sub(r"`[^`]*`", lambda code: code[0].replace(" ", "\0"), text)
    lines = textwrap.fill(held, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return lines.replace("\0", " ")


def money(case: Case, amount: float, places: int) -> str:
    """A sum as it is said; what rounds to nil has no sign."""
    size = f"{before(case.settings.currency)}{abs(amount):,.{places}f}"
    return f"-{size}" if round(amount, places) < 0 else size


# ---------------------------------------------------------------- What it returns, and between which limits


def _table(survey: Survey) -> Iterator[str]:
    returns = f"{one(survey.case.settings.currency)} of cost returns"
    if not survey.seen:
        yield f"| {returns} | {AS_IT_STANDS} |"
        yield "|---|---:|"
    else:
        yield f"| {returns} | {AS_IT_STANDS} | lowest | highest |"
        yield "|---|---:|---|---|"
    for view, said in VIEWS.items():
        cells = [_counting(survey.central, view, said), _returned(survey, view)]
        if survey.seen:
            cells += _ends(survey, view)
        yield f"| {' | '.join(cells)} |"


def _counting(result: Result, view: str, said: str) -> str:
    """The view's name, and that it counts nothing where no saving is called cash."""
    nothing = view == "cashable" and result.views[view].pv_benefits == 0
    return f"{said} (no saving is called cash)" if nothing else said


def _ends(survey: Survey, view: str) -> list[str]:
    """The lowest and the highest ratio, each with what it is seen in. Digits that are noise name nothing."""
    ratios = {name: round(ratio, 6) for name, ratio in _ratios(survey, view).items()}
    if len(set(ratios.values())) < 2:
        return ["the same", "the same"] if ratios else ["none", "none"]
    ends = (end(ratios, key=lambda name: ratios[name]) for end in (min, max))
    return [f"{money(survey.case, ratios[end], 2)}: {end}" for end in ends]


def _returned(survey: Survey, view: str) -> str:
    found = survey.central.views[view]
    return f"no ratio: {found.reasons['bcr']}" if found.bcr is None else money(survey.case, found.bcr, 2)


def _ratios(survey: Survey, view: str) -> dict[str, float]:
    """Every ratio of a view by what it is seen in; of those that are one, the first stands for all."""
    held = {AS_IT_STANDS: survey.central, **survey.seen}
    ratios = {name: result.views[view].bcr for name, result in held.items()}
    return {name: ratio for name, ratio in ratios.items() if ratio is not None}


def _bullets(survey: Survey) -> Iterator[str]:
    yield _said(survey.case)
    yield _sums(survey)
    yield _range(survey)
    yield _rests_on(survey.central)
    yield _largest(survey.central)
    yield _out_of_pocket(survey.central)
    yield _sources(survey.case)
    yield _missing(survey.case)


def _sums(survey: Survey) -> str:
    case, found = survey.case, survey.central.views["public_value"]
    costs, benefits, net = (money(case, amount, 0) for amount in (found.pv_costs, found.pv_benefits, found.npv))
    first, years = case.settings.first_year, case.settings.years
    over = f"one year ({first})" if years == 1 else f"{years} years from {first}"
    return (
        f"**Present values**: {costs} of costs, {benefits} of benefits, net {net} to everyone; {over}, price base "
        f"{case.settings.price_base}."
    )


def _range(survey: Survey) -> str:
    """The range in words, and what stands in the table beside it."""
    case = survey.case
    if not survey.seen:
        alone = "The case has no options or scenarios"
        return f"**Range**: {_drawn(survey)}. {alone}{'.' if survey.drawn else ': one number, of unknown spread.'}"
    same = [title for title in case.option_names.values() if _alike(survey.seen[f"*{title}*"], survey.central)]
    if not _ratios(survey, "public_value"):
        return _net_ends(survey)
    parts = [f"**Range**: {_drawn(survey)}.", f"The table has the extremes of {_counted(case)}."]
    if same:
        parts.append(f"As it stands the case is its option *{same[0]}*.")
    if without := [name for name, result in survey.seen.items() if result.views["public_value"].bcr is None]:
        reason = survey.seen[without[0]].views["public_value"].reasons["bcr"]
        parts.append(f"There is no ratio in {_whole(case, without)}: {reason}.")
    return " ".join(parts)


def _drawn(survey: Survey) -> str:
    """What the draws say of the return to everyone, or of net value where some draw has no ratio."""
    if survey.drawn is None:
        return "none, as no number of the case has one"
    view, case = survey.drawn.views["public_value"], survey.case
    ratio = view.bcr if not view.bcr.absent and view.ratio_of_means is not None else None
    held, places = (ratio, 2) if ratio is not None else (view.npv, 0)
    mean = view.ratio_of_means if ratio is not None else held.mean
    low, middle, high = (money(case, x or 0.0, places) for x in (held.p5, mean, held.p95))
    what = "return" if ratio is not None else "have a net value of"
    count = len(survey.drawn.inputs)
    numbers = "one uncertain number" if count == 1 else f"{count} uncertain numbers"
    costs = survey.central.views["public_value"].pv_costs
    benefit = f"; {chance(view.chance_positive)} have a net benefit" if costs > 0 else ", before any cost"
    return (
        f"of {survey.drawn.draws:,} draws of {numbers}, the rest taken as certain, nine in ten {what} {low} to {high} "
        f"to everyone, {middle} on average{benefit}"
    )


def _net_ends(survey: Survey) -> str:
    """Where no result has a ratio, the extremes of the net value to everyone stand in their place."""
    case, reason = survey.case, survey.central.views["public_value"].reasons["bcr"]
    net = {AS_IT_STANDS: survey.central.views["public_value"].npv}
    net |= {name: round(result.views["public_value"].npv, 6) for name, result in survey.seen.items()}
    low, high = (end(net, key=lambda name: net[name]) for end in (min, max))
    return (
        f"**Range**: {_drawn(survey)}. No ratio: {reason}. Of the case as it stands and {_counted(case)} the "
        f"lowest net value is {money(case, net[low], 0)} ({low}) and the highest {money(case, net[high], 0)} ({high})."
    )


def _alike(one_: Result, other: Result) -> bool:
    """Whether two results come to the same, in every view."""
    return all(
        math.isclose(getattr(view, name), getattr(other.views[key], name), rel_tol=1e-9, abs_tol=1e-6)
        for key, view in one_.views.items()
        for name in ("pv_costs", "pv_benefits")
    )


def _counted(case: Case) -> str:
    counts = ((len(case.option_names), "option"), (len(case.scenario_names), "scenario"))
    return " and ".join(f"{n} {word}{'s' if n > 1 else ''}" for n, word in counts if n)


def _whole(case: Case, names: list[str]) -> str:
    """What some results are seen in: a scenario alone where it is the same in every option."""
    for title in case.scenario_names.values():
        every = [f"*{title}*", *(f"*{option}* and *{title}*" for option in case.option_names.values())]
        if set(every) <= set(names):
            names = [f"*{title}*", *(name for name in names if name not in every)]
    return ", ".join(names)


# ---------------------------------------------------------------- What it rests on


def _rests_on(result: Result) -> str:
    sides = {side: getattr(result.evidence, side) for side in ("benefits", "costs")}
    said = [f"{side} {_shares(shares)}" for side, shares in sides.items() if None not in shares.values()]
    said += list(result.evidence.reasons.values())
    return f"**Rests on**: {'; '.join(said)}."


def _shares(shares: Mapping[str, float]) -> str:
    held = sorted(((share, name) for name, share in shares.items() if share > 0), key=lambda each: -each[0])
    words = [f"{percent(share)} {name.replace('_', ' ')}" for share, name in held]
    return ", ".join(words)


def _largest(result: Result) -> str:
    """The outcomes that bring more than half of what is gained, largest first; one that loses more than any gains."""
    called = {outcome.id: outcome.name for outcome in result.case.outcomes}
    worth = {key: result.outcomes[key].pv for key in called}
    gains = {key: result.evaluation.number(f"{key}.gain") for key in called}
    whole = sum(gains.values())
    if whole <= 0:
        return "**Largest outcome**: nothing is gained."
    if sum(pv != 0 for pv in worth.values()) == 1:
        return (
            f"**Largest outcome**: {called[max(gains, key=gains.__getitem__)]}, the only one with a value that counts."
        )
    named: list[str] = []
    reached = 0.0
    for key in sorted(gains, key=lambda each: -round(gains[each] / whole, 9)):
        if reached <= 0.5:
            reached += gains[key] / whole
            named.append(f"{called[key]}, {percent(gains[key] / whole)}")
    lost = [f"{called[key]}, {percent(-pv / whole)}" for key, pv in worth.items() if pv < 0]
    lost_said = f" Against them go: {'; '.join(lost)}." if lost else ""
    title = "Largest outcome" if len(named) == 1 else "Largest outcomes"
    return f"**{title}**, of all that is gained: {'; '.join(named)}.{lost_said}"


def _out_of_pocket(result: Result) -> str:
    losers = [next(s.name for s in result.case.sectors if s.id == key) for key in result.side_payments["budget"].losers]
    who = "; ".join(losers) if losers else "none"
    return f"**Public budgets that pay more than they save**: {who}."


def _sources(case: Case) -> str:
    """How the rows that count were come by: by the first word of each source that says so."""
    counting = {outcome.id for outcome in case.outcomes if outcome.counts}
    rows: list[Cost | Outcome | Value] = [cost for cost in case.costs if cost.counts]
    rows += [outcome for outcome in case.outcomes if outcome.counts]
    rows += [value for value in case.values if value.counts and value.outcome in counting]
    found = Counter(_standing(row) for row in rows)
    order = (*STANDINGS.values(), LIBRARY, NAMED)
    said = ", ".join(f"{found[name]} {name}" for name in order if found[name])
    parts = [f"**Sources** of the {len(rows)} rows of costs, outcomes and values that count: {said}."]
    beside = [row for row in rows if _standing(row) != "judged" and "Judgement:" in (row.source or "")]
    if beside:
        parts.append(f"{_of_them(len(beside))} a judgement beside that.")
    if priced := [row for row in rows if isinstance(row, Value) and row.unit_value]:
        shipped = {u.id: u for row in priced for u in unit_values_of(row.unit_value or "", case.unit_values)}
        parts.append(_read_there(len(shipped), sum(of.read_from == "primary" for of in shipped.values())))
    return " ".join(parts)


def _read_there(held: int, own: int) -> str:
    """How many of the library's values were read where they were first published."""
    if held == 1:
        return f"The one library value behind them was {'' if own else 'not '}read in the source's own text."
    read_there = f"{own} {'was' if own == 1 else 'were'}" if own else "none was"
    return f"Of the {held} library values behind them {read_there} read in the source's own text."


def _of_them(count: int) -> str:
    return "One of them holds" if count == 1 else f"{count} of them hold"


def _standing(row: Cost | Outcome | Value) -> str:
    if isinstance(row, Value) and row.unit_value:
        return LIBRARY
    word = FOUND.search(row.source or "")
    return STANDINGS[word[1] or word[2]] if word else NAMED


def found(case: Case) -> list[str]:
    """What the case says that it comes to, in its own words: each sentence that its summary marks *Found*."""
    return [said[0].upper() + said[1:] for said in SAYS.findall(case.about.summary or "")]


def _said(case: Case) -> str:
    """What the case says that it comes to."""
    sentences = found(case)
    return f"**What it says, in its own words**: {' '.join(sentences)}" if sentences else ""


def _missing(case: Case) -> str:
    """What the case says is not in it, in its own words."""
    found = MISSING.search(case.about.summary or "")
    return f"**Not known, in the case's words**: {found[0]}" if found else ""


def write(path: Path) -> None:
    """Writes the page on every case that ships."""
    text = page([survey(read(name)) for name in shipped_cases()])
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
