"""Which option is best, in whose view, and by how much: a sentence for each view (method § 7).

It is decided on central cases, and says so: of draws another option may be best on average.

Business as usual, which is nil in every view, is always among those compared: where every option loses, it is best.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sroi.projection import Result
from sroi.projection.options import nil_of
from sroi.projection.views import VIEWS

USUAL = "Business as usual"


@dataclass(frozen=True)
class Verdict:
    """The best option in one view: its title, its net present value, and how far the next is behind."""

    key: str
    said: str
    best: str
    net: float
    gap: float | None
    """None where nothing else is compared."""
    words: str


def verdicts(results: Mapping[str, Result], pound: str, sectors: Collection[str] | None = None) -> tuple[Verdict, ...]:
    """The best of the options, by title, in each view and to each sector for which any of them counts something.

    `pound` stands before a sum of money. Options that differ by no more than what is nil in the view are equal.
    `sectors`, where stated, are those to be told of: one list for every scenario, so that verdicts stand side by side.
    """
    some = next(iter(results.values()))
    found = [_verdict(view, said, {title: (r.views[view].npv, nil_of(r, view)) for title, r in results.items()}, pound)
             for view, said in VIEWS.items()]  # fmt: skip
    told = counted(results.values()) if sectors is None else sectors
    for sector in some.case.sectors:
        if sector.id in told:
            nets = {title: (r.sectors[sector.id].net, nil_of(r, sector.id)) for title, r in results.items()}
            found.append(_verdict(sector.id, sector.name, nets, pound))
    return tuple(found)


def counted(results: Iterable[Result]) -> frozenset[str]:
    """The sectors for which any of the results counts something."""
    return frozenset(
        sector.id
        for result in results
        for sector in result.case.sectors
        if abs(result.sectors[sector.id].net) > nil_of(result, sector.id)
    )


def _verdict(key: str, said: str, nets: Mapping[str, tuple[float, float]], pound: str) -> Verdict:
    nil = max(least for _, least in nets.values())
    usual = USUAL if USUAL not in nets else f"{USUAL} (no programme)"
    ranked = sorted([(usual, 0.0), *((title, net) for title, (net, _) in nets.items())], key=lambda item: -item[1])
    (best, net), (second, less) = ranked[0], ranked[1]
    level = [title for title, other in ranked if net - other <= nil]
    gap = max(0.0, net - less)
    if len(level) > 1:
        names = ", ".join(level[:-1]) + f" and {level[-1]}"
        words = f"{said}, central case: {names} come to the same, {_sum(net, pound)} net."
        return Verdict(key, said, " and ".join(level), net, gap, words)
    if best == usual:
        words = f"no option gains more than it costs: the least loss is {_sum(-less, pound)}, of {second}."
    elif second == usual:
        words = f"{best} gains {_sum(net, pound)} net; no other option gains."
    else:
        words = f"{best} gains {_sum(net, pound)} net, {_sum(gap, pound)} more than {second}."
    return Verdict(key, said, best, net, gap, f"{said}, central case: {words}")


def _sum(amount: float, pound: str) -> str:
    """A sum in words: millions from one million, else whole pounds.

    >>> _sum(1_234_567.0, "£"), _sum(-999.6, "£")
    ('£1.23m', '-£1,000')
    """
    sign = "-" if amount < 0 else ""
    size = abs(amount)
    if size >= 999_500:
        return f"{sign}{pound}{size / 1e6:,.2f}m"
    return f"{sign}{pound}{size:,.0f}"
