"""Golden tables of laws of counts in ball arithmetic: python golden_counts.py OUTPUT_FOLDER [LAW ...]

python-flint (Arb) sums probabilities exactly or to 2^-110 of the sum; columns as in the other tables of the folder. Inputs are doubles or
integers, taken as exact.
"""
import random
import sys

from flint import arb, ctx, fmpz

PREC = 700
POINTS = [1e-300, 1e-100, 1e-20, 1e-5, 0.01, 0.3, 0.5, 0.9, 0.999]


def text(value):
    if isinstance(value, str):
        return value
    if value is None or not value.is_finite():
        return ""
    if value.is_exact() and value.is_zero():
        return "0"
    return value.str(25, radius=False) if value.rel_accuracy_bits() > 95 else ""


class Law:
    """`pmf(t, k)` as a ball, `first(t)` the smallest count, `last(t)` the largest one or None."""

    def first(self, t):
        return 0

    def last(self, t):
        return None

    def table(self, t):
        """Probabilities up to where the rest of the sum is below 2^-110 of the last tail asked for."""
        probabilities, k = [], self.first(t)
        end = self.last(t)
        while True:
            probabilities.append(self.pmf(t, k))
            if k == end:
                return probabilities, arb(0)
            if end is None and k > self.settled(t) and probabilities[-1] < arb(10) ** -345:
                return probabilities, arb(0)
            k += 1

    def settled(self, t):
        return 0


def moments(table, first):
    total = sum(table, arb(0))
    mean = sum(((first + i) * p for i, p in enumerate(table)), arb(0)) / total
    central = lambda n: sum(((first + i - mean) ** n * p for i, p in enumerate(table)), arb(0)) / total
    variance = central(2)
    entropy = -sum((p * p.log() for p in table if p > 0), arb(0))
    if len(table) == 1:
        return [mean, arb(0), "nan", "nan", arb(0)]
    return [mean, variance, central(3) / variance ** arb(1.5), central(4) / variance**2 - 3, entropy]


def write(folder, law):
    ctx.prec = PREC
    rng = random.Random(law.name)
    names = "\t".join(law.columns)
    points = [f"{names}\tk\tpmf\tlogpmf\tcdf\tsf\tlogcdf\tlogsf"]
    quantiles = [f"{names}\tp\tquantile\tisf"]
    summary = [f"{names}\tmean\tvariance\tskewness\tex_kurtosis\tentropy"]
    for t in law.parameters:
        first = law.first(t)
        table, _ = law.table(t)
        lower, upper = [table[0]], [arb(0)] * len(table)
        for p in table[1:]:
            lower.append(lower[-1] + p)
        for i in range(len(table) - 2, -1, -1):
            upper[i] = upper[i + 1] + table[i + 1]
        finite = law.last(t) is not None
        head = "\t".join(map(repr, t))
        deep = len(table) if finite else next(i for i, p in enumerate(upper) if p < arb(10) ** -310)
        chosen = {0, min(1, deep - 1), deep - 1}
        for _ in range(12):
            chosen.add(rng.randrange(deep))
            chosen.add(int(deep ** rng.random()) % deep)
        for i in sorted(chosen):
            p, low, up = table[i], lower[i], upper[i]
            if finite and i == len(table) - 1:
                cells = [p, p.log(), arb(1), arb(0), arb(0), "-inf"]
            else:
                ln_low = low.log() if low < 0.5 else (-up).log1p()
                ln_up = up.log() if up < 0.5 else (-low).log1p()
                cells = [p, p.log(), low, up, ln_low, ln_up]
            points.append("\t".join([head, str(first + i), *map(text, cells)]))
        for p in POINTS:
            q = next(i for i, low in enumerate(lower) if low >= p or i == len(table) - 1)
            s = next(i for i, up in enumerate(upper) if up <= p)
            quantiles.append("\t".join([head, repr(p), str(first + q), str(first + s)]))
        cells = law.moments(t, table) if hasattr(law, "moments") else moments(table, first)
        summary.append("\t".join([head, *map(text, cells)]))
    for kind, rows in (("points", points), ("quantiles", quantiles), ("moments", summary)):
        with open(f"{folder}/{law.name}.{kind}.tsv", "w") as out:
            out.write("\n".join(rows) + "\n")



class NegativeHypergeometric(Law):
    name = "negative_hypergeometric"
    columns = ("N", "K", "r")
    parameters = [
        (1, 0, 1), (2, 1, 1), (52, 48, 1), (52, 4, 13), (100, 60, 40), (1000, 30, 500), (1000, 900, 3), (2500, 1200, 1300), (3000, 2999, 1),
        (1000000, 400, 1000), (9007199254740992, 700, 4503599627370496), (9007199254740992, 300, 12),
    ]

    def last(self, t):
        return t[1]

    def pmf(self, t, k):
        N, K, r = t
        big = lambda n, j: arb(product(n, j)) / arb(fmpz(1) if j == 0 else fmpz.fac_ui(j))
        # C(N - r - k, K - k) and C(N, K) have few factors: K is small.
        return big(k + r - 1, k) * big(N - r - k, K - k) / big(N, K)


def product(n, j):
    value = fmpz(1)
    for i in range(j):
        value *= n - i
    return value


class Logarithmic(Law):
    name = "logarithmic"
    columns = ("p",)
    parameters = [(1e-300,), (1e-10,), (0.001,), (0.1,), (0.3,), (0.5,), (0.77,), (0.9,), (0.99,), (0.999,)]

    def first(self, t):
        return 1

    def pmf(self, t, k):
        p = arb(t[0])
        return -(p**k) / k / (-p).log1p()


class ZeroInflatedPoisson(Law):
    name = "zero_inflated_poisson"
    columns = ("lambda", "inflation")
    parameters = [(0.01, 0.5), (0.7, 1e-10), (3.0, 0.4), (12.5, 0.999), (100.0, 0.01), (700.0, 0.3), (4.0, 0.0)]

    def settled(self, t):
        return t[0]

    def plain(self, t, k):
        mean = arb(t[0])
        return mean**k * (-mean).exp() / fmpz.fac_ui(k)

    def pmf(self, t, k):
        inflation = arb(t[1])
        return (1 - inflation) * self.plain(t, k) + (inflation if k == 0 else 0)


class HurdlePoisson(ZeroInflatedPoisson):
    name = "hurdle_poisson"
    columns = ("lambda", "zero")
    parameters = [(0.01, 0.5), (0.7, 1e-10), (3.0, 0.4), (12.5, 0.999), (100.0, 0.01), (700.0, 0.3), (4.0, 0.0), (1e-8, 0.25)]

    def pmf(self, t, k):
        zero = arb(t[1])
        if k == 0:
            return zero
        return (1 - zero) * self.plain(t, k) / -(-arb(t[0])).expm1()


LAWS = [NegativeHypergeometric(), Logarithmic(), ZeroInflatedPoisson(), HurdlePoisson()]

if __name__ == "__main__":
    wanted = sys.argv[2:]
    for law in LAWS:
        if not wanted or law.name in wanted:
            write(sys.argv[1], law)
