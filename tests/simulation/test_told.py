"""What a simulation tells beside its numbers, and what it refuses, word for word (method §§ 7 and 8)."""

from __future__ import annotations

from typing import Any

import pytest

import sroi
from sroi.simulation.draws import design
from tests.projection import small

CASE = sroi.read("ips-employment")
AMOUNT = "values.gain-council-fiscal.amount"


def ranged(**more: Any) -> sroi.Case:
    """£100 against an effect worth £120, both uncertain."""
    ranges = [
        {"ref": AMOUNT, "low": 110, "high": 130},
        {"ref": "costs.outlay.amount", "low": 90, "high": 105},
    ]
    plain = small.case(costs=[small.outlay()], outcomes=[small.gain()], values=[small.saving(amount=120)])
    return sroi.read(plain | {"ranges": ranges} | more)


@pytest.mark.parametrize(
    ("words", "kind", "said"),
    [
        ({"draws": 10.5}, TypeError, "Draws must be a whole number; found 10.5."),
        ({"draws": "1000"}, TypeError, "Draws must be a whole number; found '1000'."),
        ({"draws": True}, TypeError, "Draws must be a whole number; found True."),
        ({"draws": 1}, ValueError, "Draws must be 2 or more; found 1."),
        ({"seed": None}, TypeError, "The seed must be a whole number; found None."),
        ({"seed": -1}, ValueError, "The seed must be 0 or more; found -1."),
    ],
)
def test_draws_and_seeds_that_cannot_be(words: dict[str, Any], kind: type[Exception], said: str) -> None:
    with pytest.raises(kind) as told:
        sroi.simulate(CASE, **words)
    assert str(told.value) == said


def test_a_design_tells_its_own_least() -> None:
    with pytest.raises(ValueError, match=r"^Draws must be 1 or more; found 0\.$"):
        design(CASE, 0)


def test_a_name_is_no_case() -> None:
    with pytest.raises(TypeError, match=r"^Give a case, as sroi\.read returns; found str\.$"):
        sroi.simulate("no-wrong-door")  # type: ignore[arg-type]


def test_a_range_too_wide_is_told_at_its_cell() -> None:
    case = ranged(ranges=[{"ref": "outcomes.gain.effect", "low": -1e300, "high": 1e300}])
    with pytest.raises(sroi.CaseError) as told:
        sroi.simulate(case, draws=8)
    assert str(told.value.problems[0]) == "ranges[0].low: The range is too wide to compute with. Make it narrower."


def test_draws_that_all_agree_are_not_certain() -> None:
    """All 8 draws gain: p = 9/10, and √(0.9 × 0.1 ÷ 8) = 10.6%; 0.09 ÷ 0.005² = 3,600 draws would do."""
    found = sroi.simulate(ranged(), draws=8)
    assert found.views["public_value"].chance_positive == 1
    assert (
        "8 draws are too few to quote the chance of net benefit to one in a hundred: its standard error may be 10.6%. "
        "About 3,600 draws would do."
    ) in found.warnings
    assert not any("chance" in text for text in sroi.simulate(ranged(), draws=1000).warnings)


def test_what_a_scenario_makes_certain_is_told() -> None:
    def poor(*rows: dict[str, Any]) -> tuple[str, ...]:
        return sroi.simulate(ranged(scenarios=[{"name": "poor", **row} for row in rows]), None, "poor", 2000).warnings

    value, cost = {"ref": AMOUNT, "value": 115}, {"ref": "costs.outlay.amount", "value": 95}
    one = (
        f"The scenario sets 1 number that has a range; it is taken as certain in it: {AMOUNT}. "
        "Give its row low and high to keep it uncertain."
    )
    assert poor(value)[0] == one
    assert not any("certain in it" in text for text in poor(value | {"low": 100, "high": 125}))
    case = ranged(scenarios=[{"name": "poor", **row} for row in (value, cost)])
    with pytest.raises(sroi.CaseError) as told:
        sroi.simulate(case, None, "poor")
    assert str(told.value.problems[0]) == (
        "ranges: No number has a range: there is nothing to draw. The scenario sets 2 numbers that have ranges; they "
        f"are taken as certain in it: costs.outlay.amount, {AMOUNT}. Give its rows low and high to keep them uncertain."
    )


def test_an_option_is_told_before_a_scenario() -> None:
    options = [{"name": "dear", "ref": "costs.outlay.amount", "value": 101}]
    found = sroi.simulate(ranged(options=options), "dear", draws=2000).warnings[0]
    assert found.startswith("The option sets 1 number that has a range; it is taken as certain in it: costs.outlay.")


def test_names_are_listed_before_they_are_used() -> None:
    assert {"read", "simulate", "project"} <= set(dir(sroi))


def test_what_is_held_says_itself_in_a_line() -> None:
    case = ranged()
    result, simulation = sroi.project(case), sroi.simulate(case, draws=1000)
    said = '<Case small: "A sum done by hand", 3 sectors, 1 group, 1 cost, 1 outcome, 1 value, 2 ranges.>'
    assert (repr(case), str(case)) == (said, said)
    # £120 less £100
    assert str(result) == f"<Result of {said}: public value 20>"
    ratio = f"{simulation.views['public_value'].ratio_of_means:.2f}"
    drawn = (
        f"1,024 draws (sobol, 1,000 asked for), seed 1; mean benefits over mean costs {ratio}, "
        "chance of net benefit 100%"
    )
    assert str(simulation) == f"<Simulation of {said}: {drawn}>"
    html = simulation._repr_html_()
    assert f"<p>A sum done by hand: {drawn}</p>" in html
    assert "NaN" not in html
    warned = sroi.simulate(case, draws=8)._repr_html_()
    assert "<li>8 draws are too few to quote the chance of net benefit" in warned
