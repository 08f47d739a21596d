"""Where what ships comes from: every number names a source, may be bundled, converts or is listed, and keeps its name."""

# ruff: noqa: E501 - words of sources are compared whole

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

import sroi
from sroi import library
from sroi.model import Case, Cost, Outcome, Range, Value
from sroi.model.price_index import PriceIndex
from sroi.model.resolve import unit_values_of
from tests.cases.test_shipped import SHIPPED

NAMES = Path(__file__).parent / "library_names.txt"
NUMBERS = Path(__file__).parent / "library_numbers.txt"
README = library.folder() / "README.md"

SOURCES: Mapping[str, str] = {
    "Unit Cost Database v1.4 (2015), Greater Manchester / New Economy": "Unit Cost Database v1.4",
    "Economic and social costs of crime 2019 to 2020, Home Office (2026)": "Home Office",
    "Wellbeing guidance for appraisal, HM Treasury (2021); low 10000, high 16000": "HM Treasury 2021",
    "HM Treasury, answer HL5283": "HM Treasury",
    "Ministry of Justice prison unit costs 2022-23": "Ministry of Justice",
    "Managing children's residential care, National Audit Office": "National Audit Office",
    "Unit Costs of Health and Social Care 2025, PSSRU": "PSSRU",
    "Centre for the Study of Missing Persons (2012)": "Centre for the Study of Missing Persons",
}
"""Every source of unit values, and what a row of a case calls it."""
LICENCES: Mapping[str, str] = {
    "OGL v3": "the Open Government Licence lets anyone copy and publish, with the source named",
    "figure quoted with its source": "single figures, quoted as research quotes them; not the tables they stand in",
    "published by a combined authority; v3 is CC BY 4.0, this edition states none that was read":
        "no licence was read: bundled as figures quoted with source and reference each, and the row says so",
}  # fmt: skip
"""Every licence that a unit value may ship on, and why it may be bundled."""
FORBIDDEN = re.compile(r"\bHACT\b|\bTOMs\b|Social Value Bank", re.IGNORECASE)
"""Whose licence forbids bundling (the README of what ships)."""
OTHERS: Mapping[str, tuple[str, ...]] = {
    "schedules": ("Department for Transport, TAG unit A1.1: forthcoming change, Green Book updates, April 2026",),
    "deflators": (
        "HM Treasury GDP deflators, December 2025 quarterly national accounts (2024 = 100), read from the greenbook package",
        "derived",
    ),
    "rate_cards": ("GO Lab INDIGO data, April 2024 snapshot",),
}
"""Every source of the other tables of the library."""
UNREAD: Mapping[str, tuple[int, str]] = {
    "Unit Cost Database v1.4": (71, "what a later edition grants is not taken to cover this one"),
    "Discount schedules": (18, "the table was read, which is the one held here"),
    "GDP deflators": (69, "Pages of the series on gov.uk were read for other editions"),
    "Rate cards": (67, "under which licence was not read"),
}
"""What ships though nobody read its licence: how many rows, and how far the README says that one looked. A closed list:
nothing is added to it, and what is read leaves it."""
LATER = (
    "ae-attendance-2024",
    "admission-emergency-long-2024",
    "admission-emergency-short-2024",
    "admission-elective-2024",
    "talking-therapies-contact-2024",
)
"""Unit values in prices after the index: a case that names one states `later_inflation`. Listed for readers too."""
MIXED: Mapping[str, str] = {
    f"my-care-my-way care-home-{tier}": "seven tenths of a residential week and three tenths of a nursing week, less one of home care"
    for tier in (2, 3)
}
"""Outcomes that take several library values of one sector and unit, and why these are no alternatives: each was read."""
MARKS = re.compile(r"(?:^|[.;] )(?:Read|Claim|Derived|Recalled|Judgement)\b")
"""How a row of a case says how its number was come by, at the start of a sentence."""


@pytest.mark.parametrize("row", library.unit_values(), ids=lambda row: row.id)
def test_a_unit_value_says_where_it_comes_from_and_on_what_terms(row: sroi.model.UnitValue) -> None:
    assert row.source is not None
    assert row.source in SOURCES
    assert row.licence in LICENCES
    assert row.read_from in ("primary", "secondary")
    assert row.geography in ("England", "England and Wales", "UK")
    assert not FORBIDDEN.search(f"{row.source} {row.name} {row.licence}")
    if "Unit Cost Database" in row.source:
        assert row.source_ref, "of a table of hundreds, the line is named"


def test_every_row_of_the_other_tables_has_a_known_source() -> None:
    stated = {
        "schedules": [band.source for band in library.schedules()],
        "deflators": [point.source for point in library.deflators()],
        "rate_cards": [line.source for line in library.rate_cards()],
    }
    assert {table: tuple(dict.fromkeys(sources)) for table, sources in stated.items()} == OTHERS
    assert {band.edition for band in library.schedules()} == {"Green Book, February 2026"}


def test_a_derived_index_point_is_the_one_that_its_basis_says() -> None:
    """A financial year is 0.75 of its first calendar year and 0.25 of its second, to the four places that are written."""
    index = {point.year: point.index for point in library.deflators()}
    for point in library.deflators():
        if "/" in point.year:
            first = int(point.year[:4])
            assert point.index == pytest.approx(0.75 * index[str(first)] + 0.25 * index[str(first + 1)], abs=1e-4), (
                point.year
            )
            assert (point.source, point.basis) == (
                "derived",
                "approximation: 0.75 x first calendar year + 0.25 x second",
            )
        else:
            assert point.basis == "published calendar year"


def test_what_readers_are_told_of_terms_is_what_is_here() -> None:
    """The README of what ships names every source, and every value that waits for an index."""
    text = " ".join(README.read_text("utf-8").split())
    for name in (*SOURCES.values(), "Department for Transport", "HM Treasury GDP deflators", "GO Lab INDIGO"):
        assert name.removesuffix(" 2021") in text, name
    for id_ in LATER:
        assert f"`{id_}`" in text, id_


def test_what_ships_without_a_licence_that_was_read_is_a_closed_list() -> None:
    # Origin: lines of the files less their heading; of the unit values, those whose licence says that none was read.
    rows = {
        "Unit Cost Database v1.4": [u for u in library.unit_values() if "none that was read" in (u.licence or "")],
        "Discount schedules": library.schedules(),
        "GDP deflators": library.deflators(),
        "Rate cards": library.rate_cards(),
    }
    assert {name: len(held) for name, held in rows.items()} == {name: count for name, (count, _) in UNREAD.items()}
    looked = README.read_text("utf-8").partition("What was looked for and not found")[2].partition("\n\nFive")[0]
    said = {part.partition(".*")[0]: " ".join(part.split()) for part in looked.split("\n- *")[1:]}
    assert set(said) == set(UNREAD)
    for name, (_, reason) in UNREAD.items():
        assert reason in said[name], name


def test_price_years_convert_or_are_listed() -> None:
    held = PriceIndex(frozenset(point.year for point in library.deflators()), extended=False)
    assert tuple(u.id for u in library.unit_values() if not held.reaches(u.price_year)) == LATER
    assert [line.year for line in library.rate_cards() if not held.reaches(line.year)] == []
    assert {u.currency for u in library.unit_values()} == {"GBP"}, "the index is that of the pound"


@pytest.mark.parametrize("case_id", SHIPPED)
def test_price_years_of_a_case_convert(case_id: str) -> None:
    """Of a case in pounds every price year has an index or is the base; in another currency every one is the base."""
    case = sroi.read(case_id)
    base = case.settings.price_base
    index = PriceIndex.of(case.tables)
    rows: list[Cost | Value] = [*case.costs, *case.values]
    stated = {row.at(): row.price_year for row in rows if row.price_year}
    for value in case.values:
        for part in unit_values_of(value.unit_value or "", case.unit_values):
            stated[f"{value.at()} {part.id}"] = part.price_year
    odd = {
        at: year
        for at, year in stated.items()
        if year != base and not (case.settings.currency == "GBP" and index.reaches(year))
    }
    assert odd == {}


def without_origin(case: Case) -> Iterator[str]:
    """The rows of a case whose numbers say nothing of how they were come by."""
    rows: list[Cost | Outcome | Value] = [*case.costs, *case.outcomes, *case.values]
    said = {row.at(): row.source or "" for row in rows}
    for row in rows:
        named = [SOURCES[u.source or ""] for u in _shipped(row)]
        if not (all(name in said[row.at()] for name in named) if named else MARKS.search(said[row.at()])):
            yield row.at()
        if isinstance(row, Value) and row.cashable and "cash" not in said[row.at()]:
            yield row.at("cashable")
    yield from (r.at() for r in case.ranges if not (MARKS.search(r.note) if r.note else _rests(r, said)))


def _shipped(row: Cost | Outcome | Value) -> Iterable[sroi.model.UnitValue]:
    """The library's rows that a value takes."""
    name = row.unit_value if isinstance(row, Value) else None
    return unit_values_of(name, library.unit_values()) if name else ()


def _rests(range_: Range, said: Mapping[str, str]) -> bool:
    """Whether a range without a note has its reason in the source of its row."""
    return bool(said.get(range_.ref.rpartition(".")[0]))


@pytest.mark.parametrize("case_id", SHIPPED)
def test_every_row_and_range_of_a_case_says_how_it_was_come_by(case_id: str) -> None:
    """Each cost, outcome and value begins a sentence of its source with how it was come by, or names the library's source
    whose unit value it takes; the share of it that is cash is spoken of; each range has a note that does, or such a row."""
    assert list(without_origin(sroi.read(case_id))) == []


@pytest.mark.parametrize("case_id", SHIPPED)
def test_a_judgement_is_not_called_evidence(case_id: str) -> None:
    """What rests on nothing but judgement has that status; and what has it says so, and why."""
    case = sroi.read(case_id)
    rows: list[Cost | Outcome] = [*case.costs, *case.outcomes]
    for row in rows:
        marks = {mark.strip(".; ") for mark in MARKS.findall(row.source or "")}
        assert marks != {"Judgement"} or row.status == "judgement", row.at()
        assert row.status != "judgement" or "Judgement" in marks, row.at()


@pytest.mark.parametrize("case_id", SHIPPED)
def test_money_is_observed_only_where_it_was_spent(case_id: str) -> None:
    """An award, a pledge, a grant announced and an estimate are forecasts. One cost that ships is an account of what was
    spent: Perry Preschool's, on children of the 1960s."""
    seen = [cost.at() for cost in sroi.read(case_id).costs if cost.status in ("observed", "attributed")]
    assert seen == (["costs.preschool"] if case_id == "perry-preschool" else [])


def test_a_saving_that_was_estimated_is_no_change_observed() -> None:
    """Family Safeguarding's outcomes count a year of the savings that its own page estimates."""
    outcomes = sroi.read("family-safeguarding").outcomes
    assert {outcome.status for outcome in outcomes} == {"forecast", "judgement"}


def summed(case: Case) -> Iterator[str]:
    """Outcomes that take more than one library value of one sector and unit, which as a rule price one thing twice."""
    taken = Counter(
        (value.outcome, part.sector, part.unit)
        for value in case.values
        if value.counts and value.unit_value
        for part in unit_values_of(value.unit_value, case.unit_values)
    )
    yield from dict.fromkeys(f"{case.about.id} {outcome}" for (outcome, _, _), times in taken.items() if times > 1)


def test_no_case_sums_alternatives() -> None:
    assert [outcome for case_id in SHIPPED for outcome in summed(sroi.read(case_id))] == list(MIXED)


def test_an_alternative_summed_is_found() -> None:
    case = sroi.read("no-wrong-door")
    again = case.values[0].model_copy(update={"id": "again", "unit_value": "child-in-care-low-year"})
    with_both = case.model_copy(update={"values": (*case.values, again), "unit_values": library.unit_values()})
    assert list(summed(with_both)) == ["no-wrong-door care"]


def altered(table: str, **fields: object) -> Case:
    """`no-wrong-door` with the first row of a table altered."""
    case = sroi.read("no-wrong-door")
    rows = getattr(case, table)
    return case.model_copy(update={table: (rows[0].model_copy(update=fields), *rows[1:])})


@pytest.mark.parametrize(
    ("table", "fields", "found"),
    [
        ("costs", {"source": None}, ["costs.set-up", "ranges.costs.set-up.amount"]),
        ("outcomes", {"source": "Everybody knows. Thus read on"}, ["outcomes.care"]),
        ("values", {"source": "Derived: 60% cashable"}, ["values.care-childrens-services-fiscal"]),
        ("values", {"source": "Unit Cost Database v1.4. Read: 60%"}, ["values.care-childrens-services-fiscal.cashable"]),
        ("ranges", {"note": "as everybody knows"}, ["ranges.costs.set-up.amount"]),
    ],
)  # fmt: skip
def test_a_row_without_origin_is_found(table: str, fields: dict[str, object], found: list[str]) -> None:
    assert list(without_origin(altered(table, **fields))) == found


def names() -> Iterator[str]:
    """Every name of the library and what it stands for, as the committed list has them."""
    for u in library.unit_values():
        what = "health" if u.health_effect else "money"
        yield f"unit value {u.id}: {u.event or 'no event'}, {u.sector}, {u.kind}, {u.unit}, {what}"
    yield from dict.fromkeys(f"schedule {band.schedule}" for band in library.schedules())
    yield from (f"index {point.year}" for point in library.deflators())
    yield from dict.fromkeys(f"rate card {line.contract}" for line in library.rate_cards())
    yield from (f"case {name}" for name in library.shipped_cases())


def numbers() -> Iterator[str]:
    """Every number of the library, in what money, and the line of its source, as the committed list has them."""
    for u in library.unit_values():
        yield f"unit value {u.id}: {u.amount!r} {u.currency} of {u.price_year}, {u.source_ref or 'no line named'}"
    for band in library.schedules():
        yield f"schedule {band.schedule} from {band.from_year} to {band.to_year}: {band.rate_percent!r} %"
    yield from (f"index {point.year}: {point.index!r}" for point in library.deflators())
    for line in library.rate_cards():
        cap = f"at most {line.cap_per_person_gbp!r} a person" if line.cap_per_person_gbp is not None else "no cap"
        yield f"rate card {line.contract}, {line.outcome}: {line.price_gbp!r} of {line.year}, {line.payable}, {cap}"


def listed(path: Path = NAMES) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]


def test_no_number_moves_unseen() -> None:
    """A later edition's number is added under a name of its own; a slip that is put right is put right in the list too,
    and the changelog says which results move."""
    assert list(numbers()) == listed(NUMBERS)


def test_no_name_is_taken_out_or_given_another_meaning() -> None:
    gone = sorted(set(listed()) - set(names()))
    assert gone == [], "cases elsewhere name these: put them back, or add what is new beside them"


def test_every_name_is_listed() -> None:
    new = [name for name in names() if name not in set(listed())]
    assert new == [], f"add these to {NAMES.name}, after which they stay"
    assert len(set(listed())) == len(listed())
