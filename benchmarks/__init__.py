"""Speed and memory, each against a stated peer and a stated floor in the same run.

==============  ==================================================================================================
`measuring`     the clock, the memory counter, and the table that both print
`uncertain`     the case that draws are measured on: 20 outcomes, 30 years, 120 or 160 uncertain numbers
`simulation`    draws: that case by `sroi.simulate`, by the peer and by libraries; prints what is promised
`peer`          the case written out in NumPy
`libraries`     the case by OpenTURNS, SALib and monaco
`memory`        the high-water mark of a process of its own
`irr`           rates of return of many draws: a loop over draws, one pass of present values
`projection`    the central case: the scalar oracle, evaluating alone
==============  ==================================================================================================
"""
