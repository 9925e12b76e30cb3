"""Reference of crates/model/tests/it: coefficients on the flights, exact fractions of whole numbers, 25 digits written.

Usage: python flights_exact.py flights.parquet > flights_exact.json
"""
import json
import sys
from fractions import Fraction

import mpmath
import numpy as np
import pandas as pd

mpmath.mp.dps = 40
flights = pd.read_parquet(sys.argv[1]).dropna(subset=["arr_delay", "dep_delay", "distance", "origin"])
one, delay, distance, arrival = (np.asarray(c, dtype=np.int64) for c in [
    np.ones(len(flights)), flights.dep_delay, flights.distance, flights.arr_delay])
origin = [np.asarray(flights.origin == o, dtype=np.int64) for o in ["JFK", "LGA"]]


def solve(columns, y):
    x = np.column_stack(columns)
    m = [[Fraction(int(a)) for a in row] + [Fraction(int(b))] for row, b in zip(x.T @ x, x.T @ y)]
    for i in range(len(m)):
        m[i] = [a / m[i][i] for a in m[i]]
        for r in range(len(m)):
            if r != i:
                m[r] = [a - m[r][i] * b for a, b in zip(m[r], m[i])]
    return [row[-1] for row in m]


def digits(fractions):
    return [mpmath.nstr(mpmath.mpf(f.numerator) / f.denominator, 25) for f in fractions]


with_offset = [b / 100 for b in solve([one, delay], 100 * arrival - distance)]
rows = [0, 19_999, 327_345]
fitted = [with_offset[0] + with_offset[1] * int(delay[i]) + Fraction(int(distance[i]), 100) for i in rows]
print(json.dumps(dict(
    provenance=dict(tool="Python fractions", precision="exact", script="flights_exact.py", data="crates/data/datasets/flights.parquet"),
    origin=dict(formula="arr_delay ~ dep_delay + distance + C(origin)", estimate=digits(solve([one, delay, distance, *origin], arrival))),
    offset=dict(formula="arr_delay ~ dep_delay + offset(0.01 * distance)", rows=rows, fitted=digits(fitted),
                residuals=digits([int(arrival[i]) - f for i, f in zip(rows, fitted)])),
), indent=1))
