"""What one unit of an outcome is worth, looked up in the library by words and put in the prices of a year.

===============  ================================================================================
`other_words`    other words for what the library holds, by which it is found too
`search`         words to the unit values and events found, each with its worth in the asked prices
`listing`        what was found as a plain table, and as plain data
===============  ================================================================================
"""

from sroi.lookup.search import Entry, Priced, values

__all__ = ["Entry", "Priced", "values"]
