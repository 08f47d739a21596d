"""The method again, in plain scalar Python: an independent answer for the engine to agree with.

Written from ``method.md`` and ``format.md`` alone, with explicit loops and no array library, so that a reader
can hold each function against its section. Nothing here imports the engine. Where the text leaves a choice,
the reading taken is marked ``CHOICE:``.

    library.py     the shipped tables, read with the csv module
    records.py     a case as plain records, one class per table
    reading.py     a case's tables with format.md's defaults filled in
    money.py       section 1: price years, discount factors, timing
    flows.py       sections 2 to 5: people, costs, outcomes, values, cash
    measures.py    section 6: payback, internal rate of return, modified internal rate of return
    views.py       sections 6 and 12: which flows count where, sectors, side payments
    fairness.py    section 9: values weighted by the incomes of groups
    budgets.py     section 6: who pays and saves, what a payer must fund; section 1: the reduced schedule
    oracle.py      project(case, library): the whole, as a plain dict
    strategies.py  Hypothesis strategies for small valid cases
    worth_strategies.py  their rows of values
    hand.py        small cases for the tests of the oracle itself
"""
