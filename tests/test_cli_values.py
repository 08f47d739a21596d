"""`sroi values`: the table word for word, the JSON, and what is said where nothing is found."""

# ruff: noqa: E501 - output is tested whole

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path

import pytest

from sroi import library
from sroi.lookup import listing, search
from sroi.model import UnitValue
from tests import test_cli
from tests.lookup.test_search import HELD, part
from tests.test_cli import Done, Sroi

run = test_cli.run
PAGE = Path(__file__).parent.parent / "docs" / "unit-values.md"
UNIT_COSTS = "Unit Cost Database v1.4 (2015), Greater Manchester / New Economy, England. Licence: published by a combined authority; v3 is CC BY 4.0, this edition states none that was read. Read where it is quoted."
PSSRU = "Unit Costs of Health and Social Care 2025, PSSRU, England. Licence: figure quoted with its source. Read where it is quoted."


def test_the_page_shows_what_the_command_prints(run: Sroi) -> None:
    (shown,) = re.findall(
        r"^```console\n\$ sroi values hip fracture\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    # by hand: 10,000 and 2,700, each × 97.188 / 67.2218
    assert "£14,457.81" in shown
    assert "£3,903.61" in shown
    assert run("values", "hip", "fracture") == Done(0, shown, "")


def test_python_of_the_page_runs() -> None:
    blocks = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, PAGE.name, str(PAGE), 0)
    assert test.examples
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    assert said == []


def test_transfers_alternatives_and_a_year_without_index_are_said(run: Sroi) -> None:
    """By hand: 9,234 and 566 × 97.188 / 72.3169; 169 is of 2024/25."""
    assert run("values", "talking") == Done(
        0,
        "id                              event  sector  kind    unit      amount  prices   in 2023/24  source  name\n"
        "talking-therapies-contact-2024         health  fiscal  contact  £169.00  2024/25    no index  [1]     NHS Talking Therapies contact\n"
        "\n"
        f"talking-therapies-contact-2024: There is no price index for 2024/25. {HELD}\n"
        f"[1] {PSSRU}\n"
        "\n"
        "1 unit value, 0 in prices of 2023/24 and 1 in their own prices only.\n",
        "",
    )
    assert run("values", "moves", "into", "work") == Done(
        0,
        "id                    event        sector  kind               unit            amount  prices   in 2023/24  source        name\n"
        "jsa-to-work-benefits  jsa-to-work  dwp     transfer           person-year  £9,234.00  2012/13  £12,409.74  [1] E&E1.0.1  Job seeker moves into work: benefit payments\n"
        "jsa-to-work-health    jsa-to-work  health  fiscal             person-year    £566.00  2012/13     £760.66  [1] E&E1.0.2  Job seeker moves into work: better health\n"
        "jsa-to-work           jsa-to-work          transfer + fiscal  person-year  £9,800.00  2012/13  £13,170.40                Whole of the 2 parts above\n"
        "esa-to-work-benefits  esa-to-work  dwp     transfer           person-year  £7,500.00  2012/13  £10,079.39  [1] E&E2.0.1  Person on a health-related benefit moves into work: benefit payments\n"
        "esa-to-work-health    esa-to-work  health  fiscal             person-year  £1,132.00  2012/13   £1,521.32  [1] E&E2.0.2  Person on a health-related benefit moves into work: better health\n"
        "esa-to-work           esa-to-work          transfer + fiscal  person-year  £8,632.00  2012/13  £11,600.70                Whole of the 2 parts above\n"
        "\n"
        "The parts of an event add to its whole. A case that names the event takes all of them.\n"
        "Nothing else is added: rows that share no event may price one thing in several ways, and a case takes one.\n"
        "A transfer is from one pocket to another. It is in the whole of an event, and public value leaves it out.\n"
        f"[1] {UNIT_COSTS}\n"
        "\n"
        "4 unit values, in prices of 2023/24.\n",
        "",
    )


def test_care_finds_events_alternatives_and_sources(run: Sroi) -> None:
    done = run("values", "care")
    assert (done.code, done.err) == (0, "")
    table, notes, count = done.out.split("\n\n")
    assert len({len(line) - len(line.lstrip()) for line in table.splitlines()}) == 1
    columns = [table.splitlines()[0].index(f" {word}") for word in ("sector", "kind", "unit", "source", "name")]
    for line in table.splitlines()[1:]:
        assert all(line[at - 1 : at + 1].strip() == "" for at in columns), "every row is aligned"
    # 23 by hand: 21 with the word, and the health parts of a hip fracture and of dementia
    assert len(table.splitlines()) == 1 + 23 + 3
    assert notes.splitlines()[-3:] == [
        f"[1] {UNIT_COSTS}",
        "[2] Managing children's residential care, National Audit Office, England. Licence: OGL v3. Read in the source's own text.",
        f"[3] {PSSRU}",
    ]
    assert count == "23 unit values, 18 in prices of 2023/24 and 5 in their own prices only.\n"


def test_json_holds_every_column_and_both_worths(run: Sroi) -> None:
    found = json.loads(run("values", "hip", "--json", "--price-base", "2008/09").out)
    assert (found["words"], found["price_base"]) == (["hip"], "2008/09")
    (entry,) = found["values"]
    assert {name: entry[name] for name in ("name", "event", "amount", "in_base", "reasons")} == {
        "name": "hip-fracture", "event": True, "amount": 12700, "in_base": 12700, "reasons": {},
    }  # fmt: skip
    for held in entry["parts"]:
        assert set(held) == set(UnitValue.model_fields) | {"in_base", "reasons"}
        assert held["source"].startswith("Unit Cost Database")
    (entry,) = json.loads(run("values", "talking", "--json").out)["values"]
    reason = {"in_base": f"There is no price index for 2024/25. {HELD}"}
    assert (entry["in_base"], entry["reasons"]) == (None, reason)
    assert (entry["parts"][0]["in_base"], entry["parts"][0]["reasons"]) == (None, reason)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("helth",), 'No unit value is found by "helth". Did you mean "health"?\n1 problem.\n'),
        (("care", "--price-base", "2030"), f"There is no price index for 2030. {HELD}\n1 problem.\n"),
    ],
)
def test_nothing_found_is_1(run: Sroi, words: tuple[str, ...], said: str) -> None:
    assert run("values", *words) == Done(1, "", said)
    assert run("values", *words, "--json") == Done(1, "", said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Missing argument 'WORDS'."),
        (("",), "Invalid value for WORDS: Give a word to look for, such as care."),
        (("care", "--price-base", "soon"),
         'Invalid value for --price-base: Price base must be a year; found "soon". Type 2015 for the calendar year, or 2015/16 for the financial one.'),
        (("care", "--year", "2015"), "No such option: --year"),
    ],
)  # fmt: skip
def test_wrong_usage_is_2(run: Sroi, words: tuple[str, ...], said: str) -> None:
    done = run("values", *words)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Usage: ")
    assert done.err.endswith(f"Error: {said}\n")


def test_an_event_that_cannot_be_added_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    """100 of 2015/16 is 100 × 97.188 / 75.4791 = 128.76 in 2023/24 prices; the table's own words where a row has no
    source, licence or mark."""
    rows = (part("a"), part("b", price_year="2023/24", amount=-100, unit="street"))
    monkeypatch.setattr(library, "unit_values", lambda: rows)
    assert listing.table(search.values("burst")) == (
        "id            event       sector   kind    unit      amount  prices   in 2023/24  source  name\n"
        "burst-pipe-a  burst-pipe  council  fiscal  pipe     £100.00  2015/16     £128.76  [1]     Burst pipe: a\n"
        "burst-pipe-b  burst-pipe  council  fiscal  street  -£100.00  2023/24    -£100.00  [1]     Burst pipe: b\n"
        "burst-pipe    burst-pipe           fiscal            no sum               no sum          Whole of the 2 parts above\n"
        "\n"
        "The parts of an event add to its whole. A case that names the event takes all of them.\n"
        "burst-pipe: Its parts are not of one currency, unit and price year.\n"
        "burst-pipe: Its parts are not of one currency and unit.\n"
        "[1] No source is stated. No licence is stated. How it was read is not stated.\n"
        "\n"
        "2 unit values, in prices of 2023/24."
    )
