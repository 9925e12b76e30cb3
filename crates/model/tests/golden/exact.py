"""Reference of crates/model/tests/it/streamed.rs: ill-conditioned regressions on whole numbers, from exact normal equations.

The data come from a linear congruential generator, the same here and in the test. Coefficients are exact fractions,
covariances are computed from them at 60 digits with mpmath; 25 digits are written. Conventions: HC0 to HC3; clusters CR1,
G/(G-1) * (n-1)/(n-k), two ways V1 + V2 - V12 each with its own G; Newey-West with 1 - l/(L+1), no small-sample factor.

Usage: python exact.py > exact.json
"""
import json
from collections import defaultdict
from fractions import Fraction

import mpmath
from mpmath import mpf

mpmath.mp.dps = 60
ROWS = 20_000


def draws(seed):
    state = seed
    while True:
        state = (state * 1103515245 + 12345) % 2**31
        yield state >> 8


def data():
    """Columns u, v, near, far, t, e, w, g, h of the test's CSV."""
    u, v, e, w = draws(1), draws(2), draws(3), draws(4)
    rows = []
    for i in range(ROWS):
        a, b, t = next(u) % 10_000, next(v) % 1_000, i % 1_000
        noise = (next(e) % 1_001 - 500) * (1 + a % 3)
        rows.append(dict(u=a, near=1_000 * a + b, far=100_000 * a + b, t=t, w=1 + next(w) % 4, g=i % 37, h=i // 977,
                         y=5 * a + 2 * b + noise, z=20_000 + 3 * t - t * t // 100 + noise))
    return rows


def solve(matrix):
    """The inverse of a matrix of whole numbers, in fractions."""
    k = len(matrix)
    m = [[Fraction(x) for x in row] + [Fraction(int(i == j)) for j in range(k)] for i, row in enumerate(matrix)]
    for i in range(k):
        p = next(r for r in range(i, k) if m[r][i] != 0)
        m[i], m[p] = m[p], m[i]
        m[i] = [x / m[i][i] for x in m[i]]
        for r in range(k):
            if r != i:
                m[r] = [x - m[r][i] * y for x, y in zip(m[r], m[i])]
    return [row[k:] for row in m]


def big(fraction):
    return mpf(fraction.numerator) / mpf(fraction.denominator)


class Fit:
    def __init__(self, x, y, w, kind):
        k = len(x[0])
        self.x, self.w, self.kind = x, w, kind
        xx = [[sum(c * r[i] * r[j] for r, c in zip(x, w)) for j in range(k)] for i in range(k)]
        xy = [sum(c * r[i] * t for r, t, c in zip(x, y, w)) for i in range(k)]
        inverse = solve(xx)
        self.beta = [sum(a * b for a, b in zip(row, xy)) for row in inverse]
        self.bread = [[big(a) for a in row] for row in inverse]
        beta = [big(b) for b in self.beta]
        self.e = [t - sum(a * b for a, b in zip(r, beta)) for r, t in zip(x, y)]
        self.n = sum(w) if kind == "Frequency" else len(y)
        self.k = k

    def std_errors(self, meat):
        b, k = self.bread, self.k
        v = [sum(b[i][p] * meat[p][q] * b[q][i] for p in range(k) for q in range(k)) for i in range(k)]
        return [mpmath.sqrt(x) for x in v]

    def nonrobust(self):
        s2 = sum(c * e * e for c, e in zip(self.w, self.e)) / (self.n - self.k)
        return [mpmath.sqrt(s2 * self.bread[i][i]) for i in range(self.k)]

    def leverage(self, row, weight):
        h = sum(row[i] * row[j] * self.bread[i][j] for i in range(self.k) for j in range(self.k))
        return h if self.kind == "Frequency" else h * weight

    def hc(self, which):
        meat = [[mpf(0)] * self.k for _ in range(self.k)]
        for r, e, c in zip(self.x, self.e, self.w):
            f = e * e * (c if self.kind == "Frequency" else c * c)
            if which in (2, 3):
                f /= (1 - self.leverage(r, c)) ** (which - 1)
            for i in range(self.k):
                for j in range(self.k):
                    meat[i][j] += f * r[i] * r[j]
        f = mpf(self.n) / (self.n - self.k) if which == 1 else 1
        return self.std_errors([[f * a for a in row] for row in meat])

    def scores(self):
        return [[c * e * a for a in r] for r, e, c in zip(self.x, self.e, self.w)]

    def cluster(self, *ways):
        keys = [(1, w) for w in ways] + ([(-1, list(zip(*ways)))] if len(ways) == 2 else [])
        meat = [[mpf(0)] * self.k for _ in range(self.k)]
        for sign, codes in keys:
            sums = defaultdict(lambda: [mpf(0)] * self.k)
            for code, s in zip(codes, self.scores()):
                sums[code] = [a + b for a, b in zip(sums[code], s)]
            g = mpf(len(sums))
            f = sign * g / (g - 1) * mpf(self.n - 1) / (self.n - self.k)
            for s in sums.values():
                for i in range(self.k):
                    for j in range(self.k):
                        meat[i][j] += f * s[i] * s[j]
        return self.std_errors(meat)

    def newey_west(self, lags):
        s = self.scores()
        meat = [[mpf(0)] * self.k for _ in range(self.k)]
        for lag in range(lags + 1):
            f = (1 - mpf(lag) / (lags + 1)) * (mpf(1) / 2 if lag == 0 else 1)
            part = [[sum(s[r][i] * s[r - lag][j] for r in range(lag, len(s))) for j in range(self.k)] for i in range(self.k)]
            for i in range(self.k):
                for j in range(self.k):
                    meat[i][j] += f * (part[i][j] + part[j][i])
        return self.std_errors(meat)


def main():
    rows = data()
    column = lambda name: [r[name] for r in rows]
    designs = {
        "y ~ u + near": ([[1, r["u"], r["near"]] for r in rows], column("y")),
        "y ~ u + far": ([[1, r["u"], r["far"]] for r in rows], column("y")),
        "y ~ 0 + u + near": ([[r["u"], r["near"]] for r in rows], column("y")),
        "z ~ t + I(t^2) + I(t^3) + I(t^4) + I(t^5)": ([[r["t"] ** p for p in range(6)] for r in rows], column("z")),
    }
    cases = []
    for formula, (x, y) in designs.items():
        kinds = ["", "Frequency", "Analytic", "Probability"] if formula == "y ~ u + near" else [""]
        for kind in kinds:
            fit = Fit(x, y, column("w") if kind else [1] * ROWS, kind)
            found = {"nonrobust": fit.hc(1) if kind == "Probability" else fit.nonrobust()}
            if kind != "Probability":
                found |= {f"HC{i}": fit.hc(i) for i in range(4)}
                found["cluster(g)"] = fit.cluster(column("g"))
                found["cluster(g, h)"] = fit.cluster(column("g"), column("h"))
            if kind in ("", "Analytic"):
                found["newey-west(4)"] = fit.newey_west(4)
            digits = lambda values: [mpmath.nstr(v, 25) for v in values]
            for covariance, errors in found.items():
                cases.append(dict(formula=formula, covariance=covariance, weights="w" if kind else "", kind=kind, nobs=fit.n,
                                  estimate=digits([big(b) for b in fit.beta]), std_error=digits(errors)))
    provenance = dict(tool="Python fractions and mpmath", version=mpmath.__version__, precision="exact, then 60 digits",
                      script="exact.py", data="a linear congruential generator, in the script")
    print(json.dumps(dict(provenance=provenance, cases=cases), indent=1))


main()
