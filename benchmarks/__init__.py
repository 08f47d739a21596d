"""Speed and memory, each against a stated peer and a stated floor in the same run.

==============  ===========================================================================
`measuring`     the clock, the memory counter, and the table that both print
`irr`           rates of return of many draws: a loop over draws, one pass of present values
`projection`    the central case: the scalar oracle, evaluating alone
==============  ===========================================================================
"""
