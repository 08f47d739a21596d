"""How sure the answer is: draws of every uncertain number, and what they make of the result (method § 8).

===============  ======================================================================
`families`       the distributions: probabilities, inverses, moments
`inverse`        quantile functions that are quick
`fitting`        from central, low and high to a distribution
`distributions`  each range as a distribution within its field's bounds
`streams`        plain and Latin hypercube draws, a stream per number
`sobol`          scrambled Sobol points
`copula`         rank correlations
`draws`          the draws, the same bits however they are cut
===============  ======================================================================
"""
