"""How a currency is said: by its symbol where everybody knows it, else by its ISO 4217 code.

of one       `£1`, `SEK 1`               `one("GBP")`, `one("SEK")`
of a sum     `£1,200`, `SEK 1,200`       `before("GBP")` and the number
as a unit    `£`, `SEK`                  `symbol("GBP")`
"""

from __future__ import annotations

from collections.abc import Mapping

STERLING = "GBP"
"""The currency of the price index that is held, and of the library's unit values."""
SYMBOLS: Mapping[str, str] = {STERLING: "£", "EUR": "€", "USD": "$"}
NAMES: Mapping[str, str] = {STERLING: "pound", "EUR": "euro", "USD": "dollar"}


def symbol(code: str) -> str:
    """The currency as a unit: its symbol, or its code.

    >>> symbol("GBP"), symbol("SEK")
    ('£', 'SEK')
    """
    return SYMBOLS.get(code, code)


def before(code: str) -> str:
    """What stands before a number: the symbol, or the code and a space.

    >>> f"{before('EUR')}{1200:,}", f"{before('SEK')}{1200:,}"
    ('€1,200', 'SEK 1,200')
    """
    return SYMBOLS.get(code, f"{code} ")


def one(code: str) -> str:
    """One of it: the 1 of *£1 of cost returns*.

    >>> one("GBP"), one("SEK")
    ('£1', 'SEK 1')
    """
    return f"{before(code)}1"


def name(code: str) -> str:
    """The currency's own word, where everybody knows it; else its code.

    >>> name("EUR"), name("SEK")
    ('euro', 'SEK')
    """
    return NAMES.get(code, code)
