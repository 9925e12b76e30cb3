"""Golden tables of laws that the certified reference does not cover, from their formulas in mpmath at 60 digits.

    python3 tools/elementary.py ../testkit/golden/dist

writes NAME.points.tsv, NAME.quantiles.tsv and NAME.moments.tsv for asymmetric_laplace, hyperbolic_secant, arcsine, power, lomax and
burr, and at extreme parameters for weibull, kumaraswamy and gev. Inputs are doubles, taken as exact; outputs have 25 digits. Moments come from moment formulas (gamma functions) with the working
precision raised until cancellation is of no account, not from the closed forms of the library.
"""
import random
import sys

import mpmath as mp

DPS = 60
PROBABILITIES = [1e-300, 1e-100, 1e-20, 1e-8, 1e-3, 0.1, 0.25, 0.3, 0.5, 0.7, 0.75, 0.9, 0.999, 0.9999999]


def text(value):
    if mp.isnan(value):
        return "nan"
    if mp.isinf(value):
        return "inf" if value > 0 else "-inf"
    return "0" if value == 0 else mp.nstr(value, 25, min_fixed=-5, max_fixed=18)


class Law:
    """log density, the two tails and the two inverses, as functions of exact parameters."""

    def __init__(self, *parameters):
        self.p = [mp.mpf(p) for p in parameters]

    def raw(self, n):
        raise NotImplementedError

    def moments(self):
        m = [self.raw(n) for n in range(5)]
        if any(mp.isinf(v) for v in m[1:3]):
            return [m[1], mp.inf if not mp.isinf(m[1]) else mp.nan, mp.nan, mp.nan]
        var = m[2] - m[1] ** 2
        third = m[3] - 3 * m[1] * m[2] + 2 * m[1] ** 3
        fourth = m[4] - 4 * m[1] * m[3] + 6 * m[1] ** 2 * m[2] - 3 * m[1] ** 4
        return [m[1], var, third / var ** mp.mpf("1.5") if not mp.isinf(m[3]) else mp.nan,
                fourth / var**2 - 3 if not mp.isinf(m[4]) else mp.nan]


class AsymmetricLaplace(Law):
    columns = ["mu", "sigma", "kappa"]
    cases = [(0.0, 1.0, 2.0), (-3.5, 0.02, 0.7), (1e6, 3.0, 1.3), (2.0, 1e-5, 0.01), (0.5, 1e5, 30.0), (-1.25, 4.0, 0.999), (0.0, 1e-10, 1e4)]

    def tails(self, x):
        m, s, k = self.p
        z = (x - m) / s
        if z < 0:
            low = k**2 / (1 + k**2) * mp.exp(z / k)
            return low, 1 - low
        high = mp.exp(-k * z) / (1 + k**2)
        return 1 - high, high

    def pdf(self, x):
        m, s, k = self.p
        z = (x - m) / s
        return mp.exp(z / k if z < 0 else -k * z) / s / (k + 1 / k)

    def inverse(self, low, high):
        m, s, k = self.p
        if low < k**2 / (1 + k**2):
            return m + s * k * mp.log(low * (1 + k**2) / k**2)
        return m - s / k * mp.log(high * (1 + k**2))

    def moments(self):
        # cumulants of the difference of exponentials of means s/k and s k
        m, s, k = self.p
        c = [mp.factorial(n - 1) * s**n * ((1 / k) ** n + (-k) ** n) for n in range(1, 5)]
        return [m + c[0], c[1], c[2] / c[1] ** mp.mpf("1.5"), c[3] / c[1] ** 2]

    def entropy(self):
        m, s, k = self.p
        return 1 + mp.log(s * (k + 1 / k))


class HyperbolicSecant(Law):
    columns = ["mu", "sigma"]
    cases = [(0.0, 1.0), (-3.5, 0.02), (1e6, 3.0), (2.0, 1e-5), (0.5, 1e5), (0.0, 1e-10)]

    def tails(self, x):
        y = mp.pi / 2 * (x - self.p[0]) / self.p[1]
        return 2 / mp.pi * mp.atan(mp.exp(y)), 2 / mp.pi * mp.atan(mp.exp(-y))

    def pdf(self, x):
        return mp.sech(mp.pi / 2 * (x - self.p[0]) / self.p[1]) / 2 / self.p[1]

    def inverse(self, low, high):
        z = 2 / mp.pi * mp.log(mp.tan(mp.pi / 2 * min(low, high)))
        return self.p[0] + self.p[1] * (z if low < high else -z)

    def moments(self):
        return [self.p[0], self.p[1] ** 2, mp.mpf(0), mp.mpf(2)]

    def entropy(self):
        return 4 * mp.catalan / mp.pi + mp.log(self.p[1])


class Arcsine(Law):
    columns = ["a", "b"]
    cases = [(0.0, 1.0), (-3.5, 0.02), (1e6, 1000003.5), (2.0, 2.00001), (-1e5, 1e5), (0.0, 1e-10)]

    def tails(self, x):
        a, b = self.p
        return 2 / mp.pi * mp.asin(mp.sqrt((x - a) / (b - a))), 2 / mp.pi * mp.asin(mp.sqrt((b - x) / (b - a)))

    def pdf(self, x):
        return 1 / mp.pi / mp.sqrt((x - self.p[0]) * (self.p[1] - x))

    def inverse(self, low, high):
        a, b = self.p
        if low < high:
            return a + (b - a) * mp.sin(mp.pi / 2 * low) ** 2
        return b - (b - a) * mp.sin(mp.pi / 2 * high) ** 2

    def moments(self):
        a, b = self.p
        return [(a + b) / 2, (b - a) ** 2 / 8, mp.mpf(0), mp.mpf(-3) / 2]

    def entropy(self):
        return mp.log(mp.pi * (self.p[1] - self.p[0]) / 4)


class Power(Law):
    columns = ["alpha", "b"]
    cases = [(3.0, 2.0), (0.3, 1e-8), (0.01, 5.0), (1.5, 1.0), (2500.0, 1e6), (1e7, 3.5), (17.0, 0.1)]

    def tails(self, x):
        low = mp.exp(self.p[0] * mp.log(x / self.p[1]))
        return low, -mp.expm1(self.p[0] * mp.log(x / self.p[1]))

    def pdf(self, x):
        return self.p[0] / x * self.tails(x)[0]

    def inverse(self, low, high):
        return self.p[1] * mp.exp((mp.log(low) if low < high else mp.log1p(-high)) / self.p[0])

    def raw(self, n):
        return self.p[1] ** n * self.p[0] / (self.p[0] + n)

    def entropy(self):
        return mp.log(self.p[1] / self.p[0]) + 1 - 1 / self.p[0]


class Lomax(Law):
    columns = ["alpha", "lambda"]
    cases = [(3.0, 2.0), (0.3, 1e-8), (0.05, 5.0), (1.0, 1.0), (4.0001, 2.0), (2500.0, 1e6), (1e7, 3.5), (17.0, 0.1)]

    def log_tail(self, x):
        return -self.p[0] * mp.log1p(x / self.p[1])

    def tails(self, x):
        return -mp.expm1(self.log_tail(x)), mp.exp(self.log_tail(x))

    def pdf(self, x):
        return self.p[0] / (self.p[1] + x) * self.tails(x)[1]

    def inverse(self, low, high):
        return self.p[1] * mp.expm1(-(mp.log1p(-low) if low < high else mp.log(high)) / self.p[0])

    def raw(self, n):
        a, s = self.p
        return s**n * mp.factorial(n) * mp.gammaprod([a - n], [a]) if a > n else mp.inf

    def entropy(self):
        return mp.log(self.p[1] / self.p[0]) + 1 + 1 / self.p[0]


class Burr(Law):
    columns = ["c", "k", "lambda"]
    cases = [(2.0, 3.0, 1.0), (0.3, 0.2, 1e-8), (0.05, 300.0, 5.0), (1.0, 1.0, 1.0), (4.5, 1.0, 2.0), (700.0, 0.01, 3.0), (900.0, 2.5, 1e6),
             (5000.0, 1e7, 3.5), (17.0, 1e4, 0.1), (3.0, 1e8, 2.0), (1e6, 0.5, 1.5), (20000.0, 1.0, 1.0)]

    def log_tail(self, x):
        c, k, s = self.p
        return -k * mp.log1p(mp.exp(c * mp.log(x / s)))

    def tails(self, x):
        return -mp.expm1(self.log_tail(x)), mp.exp(self.log_tail(x))

    def pdf(self, x):
        c, k, s = self.p
        t = mp.exp(c * mp.log(x / s))
        return c * k / x * t / (1 + t) * self.tails(x)[1]

    def inverse(self, low, high):
        c, k, s = self.p
        t = mp.expm1(-(mp.log1p(-low) if low < high else mp.log(high)) / k)
        return s * mp.exp(mp.log(t) / c)

    def raw(self, n):
        c, k, s = self.p
        return s**n * mp.gammaprod([k - n / c, 1 + n / c], [k]) if c * k > n else mp.inf

    def entropy(self):
        c, k, s = self.p
        # -ln c - ln k + E ln x - E y + (k + 1)/k with E y = psi(1) - psi(k)
        y = -mp.euler - mp.psi(0, k)
        return -mp.log(c * k) + mp.log(s) + y / c - y + 1 + 1 / k


class Weibull(Law):
    columns = ["shape", "scale"]
    cases = [(1e10, 2.0), (1e5, 1e-8), (70.0, 1.0), (63.9, 1.0), (64.1, 1.0), (3.6, 1.0), (1.0, 3.0), (0.05, 1e-5), (1e-10, 1.0)]

    def log_h(self, x):
        return self.p[0] * mp.log(x / self.p[1])

    def tails(self, x):
        h = mp.exp(self.log_h(x))
        return -mp.expm1(-h), mp.exp(-h)

    def pdf(self, x):
        h = mp.exp(self.log_h(x))
        return self.p[0] / x * h * mp.exp(-h)

    def inverse(self, low, high):
        return self.p[1] * mp.exp(mp.log(-mp.log1p(-low) if low < high else -mp.log(high)) / self.p[0])

    def raw(self, n):
        return self.p[1] ** n * mp.gamma(1 + n / self.p[0])

    def entropy(self):
        k, s = self.p
        return mp.euler * (1 - 1 / k) + mp.log(s / k) + 1


class Kumaraswamy(Law):
    columns = ["a", "b"]
    cases = [(1e10, 1e10), (1e10, 1e-10), (2000.0, 0.01), (1500.0, 1e6), (900.0, 1e8), (0.02, 50.0), (3.0, 1e-9), (7.0, 1e9), (5000.0, 0.5)]

    def log_tail(self, x):
        return self.p[1] * mp.log1p(-mp.exp(self.p[0] * mp.log(x)))

    def tails(self, x):
        return -mp.expm1(self.log_tail(x)), mp.exp(self.log_tail(x))

    def pdf(self, x):
        a, b = self.p
        t = mp.exp(a * mp.log(x))
        return a * b / x * t / (1 - t) * self.tails(x)[1]

    def inverse(self, low, high):
        a, b = self.p
        return mp.exp(mp.log(-mp.expm1((mp.log1p(-low) if low < high else mp.log(high)) / b)) / a)

    def raw(self, n):
        a, b = self.p
        return mp.gammaprod([1 + n / a, 1 + b], [1 + b + n / a])

    def entropy(self):
        a, b = self.p
        return 1 - 1 / b + (1 - 1 / a) * (mp.psi(0, b + 1) + mp.euler) - mp.log(a * b)


class Gev(Law):
    columns = ["mu", "sigma", "xi"]
    cases = [(0.0, 1.0, 1e-10), (0.0, 2.0, -1e-10), (1.0, 1.0, 0.01), (1.0, 1.0, 0.0157), (1.0, 1.0, -0.0155), (1.0, 1.0, 0.2499), (3.0, 1e-6, -1e-3),
             (0.0, 1.0, -8.0)]

    def log_h(self, x):
        m, s, xi = self.p
        return -mp.log1p(xi * (x - m) / s) / xi

    def tails(self, x):
        h = mp.exp(self.log_h(x))
        return mp.exp(-h), -mp.expm1(-h)

    def pdf(self, x):
        m, s, xi = self.p
        h = mp.exp(self.log_h(x))
        return h * mp.exp(-h) / (s + xi * (x - m))

    def inverse(self, low, high):
        m, s, xi = self.p
        y = mp.log(-mp.log(low) if low < high else -mp.log1p(-high))
        return m + s * mp.expm1(-xi * y) / xi

    def moments(self):
        m, s, xi = self.p
        g = [mp.gamma(1 - n * xi) for n in range(5)]
        var = g[2] - g[1] ** 2
        third = g[3] - 3 * g[1] * g[2] + 2 * g[1] ** 3
        fourth = g[4] - 4 * g[1] * g[3] + 6 * g[1] ** 2 * g[2] - 3 * g[1] ** 4
        return [m + s * (g[1] - 1) / xi, s**2 * var / xi**2, mp.sign(xi) * third / var ** mp.mpf("1.5"), fourth / var**2 - 3]

    def entropy(self):
        return mp.log(self.p[1]) + mp.euler * (1 + self.p[2]) + 1


def precise(f):
    """The value of f with the working precision raised until two precisions agree to 30 digits."""
    dps = DPS
    while dps < 4000:
        with mp.workdps(dps):
            a = f()
        with mp.workdps(2 * dps):
            b = f()
        if all(x == y or mp.isnan(x) or abs(x - y) <= mp.mpf(10) ** -30 * abs(y) for x, y in zip(a, b)):
            return b
        dps *= 2
    raise ArithmeticError("no precision is enough")


def write(folder, name, law):
    rng = random.Random(name)
    points, quantiles, moments = [], [], []
    for case in law.cases:
        make = lambda: law(*case)
        inputs = [repr(v) for v in case]
        for p in PROBABILITIES + [rng.random() for _ in range(6)]:
            p = float(p)
            low = precise(lambda: [make().inverse(mp.mpf(p), 1 - mp.mpf(p))])[0]
            high = precise(lambda: [make().inverse(1 - mp.mpf(p), mp.mpf(p))])[0]
            out = lambda v: text(v if abs(v) > mp.mpf("5e-324") else mp.mpf(0)) if abs(v) < mp.mpf("1.8e308") else text(mp.inf * mp.sign(v))
            quantiles.append(inputs + [repr(p), out(low), out(high)])
            for q in (low, high):
                x = float(q)
                if not (abs(x) < 1e300 and (x == 0 or abs(x) > 1e-300)) or (x == 0 and law not in (AsymmetricLaplace, HyperbolicSecant, Gev)):
                    continue
                if law is Gev and not 1 + mp.mpf(case[2]) * (mp.mpf(x) - case[0]) / case[1] > 0:
                    continue
                if law is Arcsine and not case[0] < x < case[1] or law is Power and not x < case[1] or law is Kumaraswamy and not x < 1:
                    continue

                def values():
                    d = make()
                    x_ = mp.mpf(x)
                    f, (c, s) = d.pdf(x_), d.tails(x_)
                    return [f, mp.log(f), c, s, mp.log1p(-s) if s < c else mp.log(c), mp.log1p(-c) if c < s else mp.log(s)]

                points.append(inputs + [repr(x)] + [text(v) for v in precise(values)])
        m = precise(lambda: make().moments())
        moments.append(inputs + [text(v) for v in m] + [text(precise(lambda: [make().entropy()])[0])])
    unique = list(dict.fromkeys(tuple(row) for row in points))
    tables = {
        "points": (["x", "pdf", "logpdf", "cdf", "sf", "logcdf", "logsf"], unique),
        "quantiles": (["p", "quantile", "isf"], quantiles),
        "moments": (["mean", "variance", "skewness", "ex_kurtosis", "entropy"], moments),
    }
    for kind, (columns, rows) in tables.items():
        with open(f"{folder}/{name}.{kind}.tsv", "w") as file:
            file.write("\t".join(law.columns + columns) + "\n")
            file.writelines("\t".join(row) + "\n" for row in rows)


if __name__ == "__main__":
    for name, law in [("asymmetric_laplace", AsymmetricLaplace), ("hyperbolic_secant", HyperbolicSecant), ("arcsine", Arcsine),
                      ("power", Power), ("lomax", Lomax), ("burr", Burr), ("weibull_extreme", Weibull),
                      ("kumaraswamy_extreme", Kumaraswamy), ("gev_extreme", Gev)]:
        write(sys.argv[1], name, law)
