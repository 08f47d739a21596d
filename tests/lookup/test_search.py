"""What words find in the library, and what it is worth in the prices of the asked year."""

# ruff: noqa: E501 - sentences are tested whole, each on one line

from __future__ import annotations

import dataclasses

import pytest

import sroi
from sroi import library
from sroi.errors import CaseError
from sroi.lookup import listing
from sroi.lookup.other_words import OTHER_WORDS
from sroi.lookup.search import last_year, tokens
from sroi.model import UnitValue
from tests.projection.small import gain, projected

HELD = "The years held are 1990 to 2024 and 1990/91 to 2023/24."
SECTORS = "The sectors held are: adult-social-care, childrens-services, dwp, education, fire, health, hmrc, housing, justice, people, police, prisons-probation, society."


def ids(words: str) -> list[str]:
    return [part.held.id for entry in sroi.values(words) for part in entry.parts]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("foster", ["foster-week"]),  # a name
        ("FOSTER Care", ["foster-week"]),  # both words, in any case
        ("ambulance-callout", ["ambulance-callout"]),  # an id
        ("fire", ["fire-response"]),  # a sector
        ("ministry of justice", ["prisoner-year-2022"]),  # a source
        ("A&E admission", ["ae-attendance-admitted", "ae-attendance-not-admitted"]),
        (
            "children's homes national",
            ["childrens-home-year-2023"],
        ),  # a plural and its singular, with an apostrophe or none
        (
            "in-care year",
            [
                "child-in-care-year",
                "child-in-care-low-year",
                "child-in-care-medium-year",
                "child-in-care-high-year",
                "child-in-care-very-high-year",
            ],
        ),  # together
        ("ommunity", []),  # not from the middle of a word
    ],
)
def test_every_word_begins_a_word_of_what_is_found(words: str, found: list[str]) -> None:
    # Origin: read off the file of unit values by eye
    if not found:
        with pytest.raises(CaseError):
            sroi.values(words)
    else:
        assert ids(words) == found


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("employment", ["jsa-to-work", "esa-to-work", "neet-16-17"]),
        ("unemployment", ["jsa-to-work", "esa-to-work", "neet-16-17"]),
        ("jobseekers", ["jsa-to-work"]),
        ("domestic abuse", ["domestic-violence"]),
        ("rough sleeping", ["rough-sleeper-year"]),
        ("prison place", ["prison-year", "yoi-15-21-year", "yoi-15-17-year", "prisoner-year-2022"]),
        ("exclusion school", ["exclusion"]),
        ("school", ["truancy", "exclusion", "school-readiness"]),
        (
            "homelessness",
            ["homelessness-application", "hostel-week", "homelessness-prevented", "rough-sleeper-year"],
        ),
        ("wellbeing", ["wellby"]),
    ],
)
def test_words_in_use_find_what_the_library_calls_otherwise(words: str, names: list[str]) -> None:
    # Origin: what somebody who types these is after, by eye in the file of unit values
    assert [entry.name for entry in sroi.values(words)] == names


def test_other_words_are_of_what_is_held_and_none_is_idle() -> None:
    """Each is beside an id or an event of the library, and no part of it has the word among its own already."""
    rows = library.unit_values()
    for name, words in OTHER_WORDS.items():
        named = [row for row in rows if name in (row.id, row.event)]
        assert named, name
        for word in words:
            own = [set("-".join(tokens(f"{row.id} {row.event} {row.name} {row.sector}")).split("-")) for row in named]
            assert not all(set(word.split("-")) <= held for held in own), (name, word)


def test_what_only_a_source_s_name_has_comes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three burst pipes the first is found by the title of its source, and so is the last; an event by any part."""
    rows = (
        part("a", event=None, source="The price of plumbing"),
        part("b", event=None, name="Plumbing of a pipe"),
        part("c", source="The price of plumbing"),
        part("d", name="Plumbing after it"),
        part("e", event=None, source="The price of plumbing"),
    )
    monkeypatch.setattr(library, "unit_values", lambda: rows)
    assert [(entry.name, entry.by_source) for entry in sroi.values("plumbing")] == [
        ("burst-pipe-b", False),
        ("burst-pipe", False),
        ("burst-pipe-a", True),
        ("burst-pipe-e", True),
    ]
    assert "Listed last, found by nothing but the name of the source: burst-pipe-a, burst-pipe-e.\n" in listing.table(
        sroi.values("plumbing")
    )
    assert "Listed last" not in listing.table(sroi.values("burst"))


def test_an_event_is_found_whole_where_one_part_is() -> None:
    """A domestic violence incident, a permanent exclusion and a hip fracture, each by a word of one of its parts; the
    wholes are those published (unit_cost_families), or 10,000 + 2,700."""
    for words, name, parts, whole in (
        ("courts", "domestic-violence", 5, 2470),
        ("alternative provision", "exclusion", 4, 9218.63),  # published as 9,219
        ("hip social", "hip-fracture", 2, 12700),
    ):
        (entry,) = sroi.values(words)
        assert (entry.name, entry.event, len(entry.parts)) == (name, True, parts)
        assert entry.amount == pytest.approx(whole, rel=1e-12)


def test_alternatives_are_never_summed() -> None:
    """Five averages of a child in care, and two estimates of a missing episode, stand each alone."""
    care = sroi.values("child-in-care")
    assert [(entry.name, entry.amount) for entry in care] == [
        ("child-in-care-year", 51080),
        ("child-in-care-low-year", 29580),
        ("child-in-care-medium-year", 27850),
        ("child-in-care-high-year", 196024),
        ("child-in-care-very-high-year", 317127),
    ]
    missing = sroi.values("missing-person")
    assert [(entry.name, len(entry.parts)) for entry in missing] == [
        ("missing-episode-low", 1),
        ("missing-episode-high", 1),
    ]


def test_only_parts_of_an_event_share_an_entry() -> None:
    every = {
        entry.name: entry
        for sector in sorted({u.sector for u in library.unit_values()})
        for entry in sroi.values(sector)
    }
    assert sum(len(entry.parts) for entry in every.values()) == 104
    for name, entry in every.items():
        assert entry.event == (len(entry.parts) > 1)
        assert {part.held.event for part in entry.parts} == {name if entry.event else None}


@pytest.mark.parametrize(
    ("words", "base", "worth"),
    [
        ("hip fracture", None, 18361.42),  # 12,700 × 97.188 / 67.2218
        ("hip fracture", "2015/16", 14260.025),  # 12,700 × 75.4791 / 67.2218
        ("hip fracture", "2008/2009", 12700),  # its own year, spelt otherwise
        ("foster-week", "2024", 948.86),  # 700 × 100 / 73.7727: a calendar year is a point of its own
        ("missing-episode-low", "2023/24", 1790.28),  # 1,325 × 97.188 / 71.9294
        ("talking therapies", "2024/25", 169),  # in its own prices, of which no index is held
    ],
)
def test_prices_by_hand(words: str, base: str | None, worth: float) -> None:
    (entry,) = sroi.values(words, base)
    assert entry.in_base == pytest.approx(worth, abs=0.005)
    assert entry.reasons == {}


@pytest.mark.parametrize("base", ["2023/24", "2012", "2019/20"])
def test_prices_are_the_engine_s(base: str) -> None:
    """Every unit value whose year has an index, in a case of that base that names it: one unit in the first year, with no
    growth, is worth what is said here."""
    held = [u for u in library.unit_values() if u.price_year != "2024/25"]
    assert len(held) == 99  # 104 less the five of 2024/25
    found = {part.held.id: part.in_base for u in held for entry in sroi.values(u.id, base) for part in entry.parts}
    people = ("people", "society")
    result = projected(
        settings={"price_base": base, "years": 1},
        sectors=[{"id": s, "ledger": "people" if s in people else "public"} for s in sorted({u.sector for u in held} | {"people"})],
        outcomes=[gain(id=f"of-{u.id}", unit=u.unit) for u in held],
        values=[
            {"id": u.id, "outcome": f"of-{u.id}", "unit_value": u.id, "sector": u.sector}
            | ({"balance": "people"} if u.kind == "transfer" else {})
            for u in held
        ],
    )  # fmt: skip
    for u in held:
        assert found[u.id] == pytest.approx(result.evaluation.row(f"{u.id}.value_each")[0], rel=1e-12), u.id


def test_a_year_without_an_index_has_a_reason() -> None:
    (entry,) = sroi.values("talking therapies")
    reason = f"There is no price index for 2024/25. {HELD}"
    assert (entry.amount, entry.in_base, entry.reasons) == (169, None, {"in_base": reason})
    assert (entry.parts[0].in_base, entry.parts[0].reason) == (None, reason)


def test_the_last_financial_year_is_the_base() -> None:
    assert last_year() == "2023/24"
    assert {entry.price_base for entry in sroi.values("care")} == {"2023/24"}


@pytest.mark.parametrize(
    ("words", "base", "said"),
    [
        ("helth", None, 'No unit value is found by "helth". Did you mean "health"?\n1 problem.'),
        ("fostr wek", None,
         'No unit value is found by "fostr". Did you mean "foster"?\n'
         'No unit value is found by "wek". Did you mean "week"?\n2 problems.'),
        ("arest-detained", None, 'No unit value is found by "arest-detained". Did you mean "arrest-detained"?\n1 problem.'),
        ("zzz", None, f'No unit value is found by "zzz". {SECTORS}\n1 problem.'),
        ("ambulance fire", None,
         'No unit value is found by "ambulance" and "fire" together. Alone, "ambulance" finds 1, "fire" finds 1.\n1 problem.'),
        (" - ", None, "Give a word to look for, such as care.\n1 problem."),
        ("care", "1985/86", f"There is no price index for 1985/86. {HELD}\n1 problem."),
        ("care", "2024/25", f"There is no price index for 2024/25. {HELD}\n1 problem."),
        ("care", "soon", 'Price base must be a year; found "soon". Type 2015 for the calendar year, or 2015/16 for the financial one.\n1 problem.'),
        ("care", "2015/17", 'Price base must be one financial year; found "2015/17". Type 2015/16.\n1 problem.'),
        ("care", "nominal", 'Price base must be a year; found "nominal". Type 2015 for the calendar year, or 2015/16 for the financial one.\n1 problem.'),
    ],
)  # fmt: skip
def test_what_cannot_be_found_is_said(words: str, base: str | None, said: str) -> None:
    with pytest.raises(CaseError) as error:
        sroi.values(words, base)
    assert str(error.value) == said


def test_rows_are_frozen() -> None:
    (entry,) = sroi.values(["hip", "fracture"])
    with pytest.raises(dataclasses.FrozenInstanceError):
        entry.amount = 1.0  # type: ignore[misc]
    with pytest.raises(TypeError):
        entry.reasons["amount"] = "none"  # type: ignore[index]


def test_words_are_compared_without_case_or_apostrophes() -> None:
    assert tokens("Children’s HOME, A&E (all)") == ("childrens", "home", "a&e", "all")
    assert tokens(" - ") == ()
    assert tokens("hip-fracture") == ("hip-fracture",)


def part(id_: str, **fields: object) -> UnitValue:
    """A part of a burst pipe, which no shipped event is: £100 of 2015/16 to the council."""
    plain = {
        "event": "burst-pipe",
        "name": f"Burst pipe: {id_}",
        "sector": "council",
        "kind": "fiscal",
        "unit": "pipe",
        "amount": 100,
        "price_year": "2015/16",
    }
    return UnitValue.model_validate({"id": f"burst-pipe-{id_}", **plain, **fields})  # fmt: skip


def test_parts_of_several_years_add_in_the_asked_prices_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "unit_values", lambda: (part("a"), part("b", price_year="2023/24")))
    (entry,) = sroi.values("burst pipe")
    assert (entry.amount, entry.reasons) == (
        None,
        {"amount": "Its parts are not of one currency, unit and price year."},
    )
    assert entry.in_base == pytest.approx(228.761, abs=5e-4)  # 100 × 97.188 / 75.4791 + 100


def test_parts_of_several_units_or_currencies_have_no_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    for other in ({"unit": "street"}, {"currency": "EUR"}):
        rows = (part("a"), part("b", **other))
        monkeypatch.setattr(library, "unit_values", lambda rows=rows: rows)
        (entry,) = sroi.values("burst pipe")
        assert (entry.amount, entry.in_base) == (None, None)
        assert entry.reasons["in_base"] == "Its parts are not of one currency and unit."
    assert entry.parts[1].reason == "No price index is held for EUR."


def test_an_event_with_a_part_that_no_index_reaches_has_no_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library, "unit_values", lambda: (part("a"), part("b", price_year="1985/86")))
    (entry,) = sroi.values("burst pipe")
    assert (entry.in_base, entry.reasons["in_base"]) == (None, f"There is no price index for 1985/86. {HELD}")
    assert entry.parts[0].in_base == pytest.approx(128.761, abs=5e-4)  # 100 × 97.188 / 75.4791
