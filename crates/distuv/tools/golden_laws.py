"""Golden tables of laws without a published table, in ball arithmetic: python golden_laws.py OUTPUT_FOLDER [LAW ...]

python-flint (Arb) raises its precision until a value is known to 2^-100 relative; quantiles are found by bisection and Newton steps on the
logarithm of the smaller tail, to 2^-95. Columns as in the other tables of the folder. Inputs are doubles, taken as exact.
"""
import random
import sys

import flint
from flint import arb, ctx, fmpq


def exact(x):
    """A double as a ball of radius 0."""
    return arb(x)


def settled(f):
    """f() at a precision that makes it accurate to 100 bits."""
    for prec in (256, 512, 1024, 2048, 4096, 8192, 16384, 40000):
        ctx.prec = prec
        value = f()
        if value.rel_accuracy_bits() >= 110 or (value.is_exact() and value.is_zero()):
            return value
        if not value.is_finite() and prec > 4096:
            break
    return value


def text(value):
    ctx.prec = max(ctx.prec, 256)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if value.rel_accuracy_bits() < 90 and not (value.is_exact() and value.is_zero()):
        return ""
    return value.str(25, radius=False)


class Law:
    name = ""
    columns = ()

    def density(self, t, x):
        raise NotImplementedError

    def lower(self, t, x):
        raise NotImplementedError

    def upper(self, t, x):
        raise NotImplementedError

    def moments(self, t):
        return None

    def start(self, t):
        """Ends of a bracket for quantiles: (low, high, logarithmic?)."""
        return 1e-320, 1e300, True


def ln(f):
    return settled(lambda: f().log())


def ln_tail(tail, other):
    def f():
        rest = other()
        return (-rest).log1p() if rest < 0.5 else tail().log()

    return settled(f)


def point_row(law, t, x):
    X = lambda: exact(x)
    lower = lambda: law.lower(t, X())
    upper = lambda: law.upper(t, X())
    cells = [
        settled(lambda: law.density(t, X())),
        ln(lambda: law.density(t, X())),
        settled(lower),
        settled(upper),
        ln_tail(lower, upper),
        ln_tail(upper, lower),
    ]
    return [*map(repr, t), repr(x), *map(text, cells)]


def invert(law, t, p, tail):
    """x with tail(x) = p, tail one of 'lower' and 'upper'."""
    f = getattr(law, tail)
    # The smaller probability decides.
    use, sign = (f, 1 if tail == "lower" else -1)
    complement = law.upper if tail == "lower" else law.lower
    if p > 0.5:
        use, sign = complement, -sign

    def excess(x):
        def g():
            target = exact(p) if p <= 0.5 else 1 - exact(p)
            return (use(t, x) / target).log() * sign

        return settled(g)

    low, high, logarithmic = law.start(t)
    ctx.prec = 256
    low, high = arb(low), arb(high)
    if excess(low) > 0:
        return None
    if excess(high) < 0:
        return None
    for _ in range(400):
        ctx.prec = 300
        if logarithmic and low > 0:
            middle = (low * high).sqrt().mid()
        else:
            middle = ((low + high) / 2).mid()
        if excess(middle) > 0:
            high = middle
        else:
            low = middle
        ctx.prec = 300
        if abs(high - low) < abs(high) * arb(2) ** -40:
            break
    x = ((low + high) / 2).mid()
    for _ in range(6):
        ctx.prec = 300
        e = excess(x).mid()
        tail_value = settled(lambda: use(t, x)).mid()
        slope = settled(lambda: law.density(t, x)).mid()
        ctx.prec = 300
        step = e * tail_value / slope
        x = (x - step).mid()
        if abs(step) < abs(x) * arb(2) ** -110:
            return x
    return None


PROBABILITIES = [1e-300, 1e-100, 1e-20, 1e-5, 0.01, 0.3, 0.5, 0.77, 0.99, 0.999999]


def write(folder, law, seed=1):
    rng = random.Random(seed)
    head = list(law.columns)
    with open(f"{folder}/{law.name}.points.tsv", "w") as out:
        print(*head, "x", "pdf", "logpdf", "cdf", "sf", "logcdf", "logsf", sep="\t", file=out)
        for t in law.parameters:
            for x in law.arguments(t, rng):
                print(*point_row(law, t, x), sep="\t", file=out)
    if law.quantiles:
        with open(f"{folder}/{law.name}.quantiles.tsv", "w") as out:
            print(*head, "p", "quantile", "isf", sep="\t", file=out)
            for t in law.parameters:
                for p in PROBABILITIES:
                    cells = [invert(law, t, p, "lower"), invert(law, t, p, "upper")]
                    print(*map(repr, t), repr(p), *map(text, cells), sep="\t", file=out)
    with open(f"{folder}/{law.name}.moments.tsv", "w") as out:
        print(*head, "mean", "variance", "skewness", "ex_kurtosis", "entropy", sep="\t", file=out)
        for t in law.parameters:
            cells = law.moments(t)
            if cells:
                print(*map(repr, t), *map(text, cells), sep="\t", file=out)


def raw_to_central(m1, m2, m3, m4):
    variance = m2 - m1 * m1
    third = m3 - 3 * m1 * m2 + 2 * m1**3
    fourth = m4 - 4 * m1 * m3 + 6 * m1 * m1 * m2 - 3 * m1**4
    return m1, variance, third / variance.sqrt() ** 3, fourth / variance**2 - 3


def series(first, top, bottom, x):
    """first · Σ Π_j (top + j)/(bottom + j) x, a sum of positive terms with a geometric bound on its rest; top None for no numerator."""
    total, term, j = arb(1), arb(1), 0
    bits = ctx.prec + 20
    while True:
        ratio = x / (bottom + j) if top is None else x * (top + j) / (bottom + j)
        term *= ratio
        total += term
        j += 1
        if j % 16 == 0 and ratio < 0.999 and term < total * arb(2) ** -bits:
            # Later ratios are below max(ratio, x).
            worst = max(ratio.upper(), x.upper()) if top is not None else ratio.upper()
            rest = term * worst / (1 - worst)
            return first * (total + arb(0, rest.upper()))


def gamma_tails(a, y, lower):
    p = series((a * y.log() - y - (a + 1).lgamma()).exp(), None, a + 1, y)
    return p if lower else 1 - p


def beta_tails(a, b, x, y, lower):
    """x + y = 1."""
    front = lambda s: (a * x.log() + b * y.log() + (a + b).lgamma() - a.lgamma() - b.lgamma() - s.log()).exp()
    if x * (a + b + 2) < a + 1:
        p = series(front(a), a + b, a + 1, x)
        return p if lower else 1 - p
    q = series(front(b), a + b, b + 1, y)
    return 1 - q if lower else q


class PowerGamma(Law):
    """X = s G^(1/c), G gamma of shape a: subclasses give (a, c, s) as balls."""

    quantiles = True

    def parts(self, t):
        raise NotImplementedError

    def unit(self, t, x):
        a, c, s = self.parts(t)
        return a, (x / s) ** c

    def start(self, t):
        a, c, s = self.parts(t)
        high = a + 900 + 50 * a.sqrt()
        low = (-720 / a - 5 - abs(a.log())).exp() if a > 0.02 else arb(10) ** -100000
        return s * low ** (1 / c), s * high ** (1 / c), True

    def density(self, t, x):
        a, c, s = self.parts(t)
        y = (x / s) ** c
        return c * (a * y.log() - y - a.lgamma()).exp() / x

    def lower(self, t, x):
        a, y = self.unit(t, x)
        return gamma_tails(a, y, True)

    def upper(self, t, x):
        a, y = self.unit(t, x)
        return gamma_tails(a, y, False)

    def moments(self, t):
        def raw(r):
            a, c, s = self.parts(t)
            return s**r * ((a + r / c).lgamma() - a.lgamma()).exp()

        def entropy():
            a, c, s = self.parts(t)
            psi = a.digamma()
            return a + a.lgamma() + (1 - a) * psi + (s / c).log() + (1 / c - 1) * psi

        cells = [settled(lambda i=i: raw_to_central(*map(raw, (1, 2, 3, 4)))[i]) for i in range(4)]
        return [*cells, settled(entropy)]

    def arguments(self, t, rng):
        ctx.prec = 256
        a, c, s = (float(v) for v in self.parts(t))
        out = []
        for z in (-6.0, -2.0, -0.3, 0.0, 0.7, 3.0, 12.0, 37.0):
            y = a + z * a**0.5 + (z * z / 2 if z > 0 else 0) + rng.uniform(0, 0.1) * a**0.5
            if y > 0:
                out.append(y)
        out += [a * 10 ** rng.uniform(-12, -1), a * 10 ** rng.uniform(-40, -12), a * 2 ** rng.uniform(-3, 1)]
        out += [a + rng.uniform(500, 740)]
        xs = []
        for y in out:
            try:
                x = s * y ** (1 / c)
            except OverflowError:
                continue
            if 1e-300 < x < 1e300:
                xs.append(x)
        return xs


class Nakagami(PowerGamma):
    name = "nakagami"
    columns = ("shape", "spread")
    parameters = [
        (0.5, 1.0), (1.0, 2.0), (3.7, 0.02), (0.013, 5.5), (2.5e-8, 1.0), (55.3, 1e6), (1234.5, 3.0), (2.5e4, 0.7),
        (31.9, 1.3e-5), (32.1, 12.0), (0.77, 1e-180), (4.25, 1e210),
    ]

    def parts(self, t):
        m, spread = map(exact, t)
        return m, arb(2), (spread / m).sqrt()


class GeneralizedGamma(PowerGamma):
    name = "generalized_gamma"
    columns = ("shape", "power", "scale")
    parameters = [
        (1.0, 1.0, 1.0), (2.5, 0.5, 3.0), (0.3, 4.0, 1e-5), (0.02, 2.2, 7.0), (50.0, 3.3, 1e8), (1.7, 0.05, 2.0),
        (2.1e4, 0.8, 1.0), (12.0, 30.0, 5.0), (0.6, 0.9, 1e-150), (3.0, 12.5, 1e190), (39.5, 1.1, 0.3), (40.5, 7.0, 0.3),
    ]

    def parts(self, t):
        return tuple(map(exact, t))


class BetaPrime(Law):
    name = "beta_prime"
    columns = ("alpha", "beta")
    quantiles = True
    parameters = [
        (1.0, 1.0), (2.5, 5.5), (0.3, 0.7), (0.004, 11.0), (150.0, 0.02), (1e3, 2.5e3), (3.0, 3.5), (55.5, 4.75), (1e-7, 1e-6),
        (300.0, 8.0), (0.8, 1e3), (2.25, 1.5),
    ]

    def ball(self, t, x, lower):
        a, b = map(exact, t)
        return beta_tails(a, b, x / (1 + x), 1 / (1 + x), lower)

    def lower(self, t, x):
        return self.ball(t, x, True)

    def upper(self, t, x):
        return self.ball(t, x, False)

    def density(self, t, x):
        a, b = map(exact, t)
        ln = (a - 1) * x.log() - (a + b) * (1 + x).log() + (a + b).lgamma() - a.lgamma() - b.lgamma()
        return ln.exp()

    def moments(self, t):
        a, b = t

        def raw(r):
            A, B = map(exact, t)
            return ((A + r).lgamma() + (B - r).lgamma() - A.lgamma() - B.lgamma()).exp()

        def entropy():
            A, B = map(exact, t)
            lnb = A.lgamma() + B.lgamma() - (A + B).lgamma()
            mean_ln_x = A.digamma() - B.digamma()
            mean_ln_1p = (A + B).digamma() - B.digamma()
            return lnb - (A - 1) * mean_ln_x + (A + B) * mean_ln_1p

        cells = []
        for i, need in enumerate((1, 2, 3, 4)):
            if b <= need:
                cells.append("inf" if i == 0 or b > min(need - 1, 2) else "nan")
            else:
                order = [raw] * 4

                def value(i=i, need=need):
                    m = [raw(r) if r <= need else arb(0) for r in (1, 2, 3, 4)]
                    return raw_to_central(*m)[i]

                cells.append(settled(value))
        return [*cells, settled(entropy)]

    def arguments(self, t, rng):
        a, b = t
        out = []
        for z in (-30.0, -8.0, -2.0, -0.2, 0.5, 2.5, 9.0, 33.0):
            spread = (1 / a + 1 / b) ** 0.5
            e = z * spread + rng.uniform(0, 0.1)
            if abs(e) < 600:
                out.append(a / b * 2.718281828 ** e)
        return [*out, 10 ** rng.uniform(-200, -20), 10 ** rng.uniform(20, 200)]


INF = float("inf")


class TruncatedNormal(Law):
    name = "truncated_normal"
    columns = ("mu", "sigma", "lower", "upper")
    quantiles = True
    parameters = [
        (0.0, 1.0, -1.0, 2.5), (0.0, 1.0, 40.0, INF), (0.0, 1.0, -INF, -12.5), (3.0, 0.5, 3.25, 3.26), (1.0, 2.0, -INF, 1e3),
        (-5.0, 3.0, 10.0, 12.0), (0.0, 1.0, -0.001, 0.002), (2.0, 1e-3, 2.05, 2.5), (0.0, 1.0, 1e4, INF), (100.0, 7.0, 0.0, 55.0),
        (0.25, 1.5, -4.0, INF),
    ]

    def between(self, t, a, b):
        """Φ(b) - Φ(a), by the tail on the side of the interval."""
        tail = lambda z: (z / arb(2).sqrt()).erfc() / 2
        if a > 0:
            return tail(a) - tail(b)
        return tail(-b) - tail(-a)

    def z(self, t, x):
        if x in (INF, -INF):
            return arb(1e9) if x > 0 else arb(-1e9)
        return (exact(x) - exact(t[0])) / exact(t[1]) if isinstance(x, float) else (x - exact(t[0])) / exact(t[1])

    def density(self, t, x):
        z = self.z(t, x)
        whole = self.between(t, self.z(t, t[2]), self.z(t, t[3]))
        return (-z * z / 2).exp() / (2 * arb.pi()).sqrt() / exact(t[1]) / whole

    def lower(self, t, x):
        a, b = self.z(t, t[2]), self.z(t, t[3])
        return self.between(t, a, self.z(t, x)) / self.between(t, a, b)

    def upper(self, t, x):
        a, b = self.z(t, t[2]), self.z(t, t[3])
        return self.between(t, self.z(t, x), b) / self.between(t, a, b)

    def window(self, t):
        mu, sigma, low, high = t
        peak = min(max(mu, low), high)
        height = abs(peak - mu) / sigma
        reach = sigma * min(39.0, 1400.0 / (height + (height * height + 1400.0) ** 0.5))
        return max(low, peak - reach), min(high, peak + reach)

    def arguments(self, t, rng):
        low, high = self.window(t)
        xs = [low + (high - low) * rng.random() ** power for power in (1, 1, 1, 3, 8, 20)]
        xs += [high - (high - low) * rng.random() ** power for power in (3, 8, 20)]
        return [x for x in xs if t[2] < x < t[3]]

    def start(self, t):
        return (*map(arb, self.window(t)), False)

    def moments(self, t):
        def raw():
            a, b = self.z(t, t[2]), self.z(t, t[3])
            whole = self.between(t, a, b)
            phi = lambda z: (-z * z / 2).exp() / (2 * arb.pi()).sqrt()
            m = [arb(1), (phi(a) - phi(b)) / whole]
            for k in (2, 3, 4):
                m.append((k - 1) * m[k - 2] + (a ** (k - 1) * phi(a) - b ** (k - 1) * phi(b)) / whole)
            return m, whole

        def cell(i):
            m, whole = raw()
            mu, sigma = exact(t[0]), exact(t[1])
            if i == 4:
                return ((2 * arb.pi()).sqrt() * sigma * whole).log() + m[2] / 2
            mean, variance, skewness, excess = raw_to_central(*m[1:])
            return (mu + sigma * mean, sigma * sigma * variance, skewness, excess)[i]

        return [settled(lambda i=i: cell(i)) for i in range(5)]


LAWS = [TruncatedNormal(), Nakagami(), GeneralizedGamma(), BetaPrime()]

if __name__ == "__main__":
    wanted = sys.argv[2:]
    for law in LAWS:
        if not wanted or law.name in wanted:
            write(sys.argv[1], law)
