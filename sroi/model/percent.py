"""A share in whole per cent, in words that claim neither all nor none where there is some left."""

from __future__ import annotations


def whole_percent(share: float) -> str:
    """A share, or a chance, in whole per cent; all or none only where it is just that.

    >>> whole_percent(1.0), whole_percent(0.9987), whole_percent(0.974), whole_percent(0.003), whole_percent(0.0)
    ('100%', 'over 99%', '97%', 'under 1%', '0%')
    """
    if 0.995 <= share < 1:
        return "over 99%"
    if 0 < share < 0.005:
        return "under 1%"
    return f"{share:.0%}"
