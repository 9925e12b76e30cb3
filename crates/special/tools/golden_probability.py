"""Computes golden tables that have no outside reference, with python-flint (Arb) at 600 bits; 30 digits are written.

Run from the crate's folder: python3 tools/golden_probability.py [NAME ...]
* derivatives of the incomplete gamma and beta functions: their power series of positive terms (DLMF 8.11.4, 8.17.8),
  differentiated term by term;
* studentized range: the double integral by trapezoidal rules on both axes, halved until 22 digits agree;
* Kolmogorov's law: its lower series; finite samples by powers of Durbin's matrix and by the sum of Birnbaum & Tingey.
"""
import math
import random
import sys
from flint import arb, arb_mat, ctx

ctx.prec = 600
FOLDER = "../testkit/golden/special"


def number(value):
    """30 digits of a ball that is known to more."""
    assert value.rel_accuracy_bits() > 100 or value == 0, value
    text = value.mid().str(30, radius=False)
    return text


def write(name, header, rows):
    with open(f"{FOLDER}/{name}.tsv", "w") as out:
        out.write("\t".join(header + ["value"]) + "\n")
        for arguments, value in rows:
            out.write("\t".join([repr(x) for x in arguments] + [number(value)]) + "\n")
    print(name, len(rows))


def log_uniform(lo, hi):
    return float(f"{math.exp(random.uniform(math.log(lo), math.log(hi))):.6g}")


# Incomplete gamma.


def lower_gamma(a, x):
    """P and its derivative by a."""
    a, x = arb(a), arb(x)
    term, harmonic, total, moved = arb(1), arb(0), arb(1), arb(0)
    k = 0
    while True:
        k += 1
        term *= x / (a + k)
        harmonic += 1 / (a + k)
        total += term
        moved += term * harmonic
        if k > x and (term * harmonic).mid() * arb(2) ** 280 < moved.mid():
            break
    p = (a * x.log() - x - (a + 1).lgamma()).exp() * total
    return p, p * (x.log() - (a + 1).digamma() - moved / total)


def gamma_points():
    random.seed(1)
    points = []
    for _ in range(70):
        a = log_uniform(1e-4, 1e4)
        points.append((a, a * log_uniform(0.05, 3)))
        points.append((a, log_uniform(1e-6, 20)))
        points.append((a, max(1e-3, a + round(random.uniform(-5, 5), 3) * a**0.5)))
    return points[:180]


def gamma_tables():
    rows = [(p, *lower_gamma(*p)) for p in gamma_points()]
    rows = [row for row in rows if 1 - row[1] > 1e-40]  # the series leave out 2^-280 of P
    write("gamma_p_da", ["a", "x"], [(p, d) for p, v, d in rows])
    write("ln_gamma_p_da", ["a", "x"], [(p, d / v) for p, v, d in rows])
    write("ln_gamma_q_da", ["a", "x"], [(p, -d / (1 - v)) for p, v, d in rows])


# Incomplete beta.


def lower_beta(a, b, x):
    """I_x(a, b) and its derivatives by a and b."""
    a, b, x = arb(a), arb(b), arb(x)
    term, up, down, total, by_a, by_b = arb(1), arb(0), arb(0), arb(1), arb(0), arb(0)
    k = 0
    while True:
        term *= (a + b + k) / (a + 1 + k) * x
        up += 1 / (a + b + k)
        down += 1 / (a + 1 + k)
        total += term
        by_a += term * (up - down)
        by_b += term * up
        k += 1
        if k > 50 and term.mid() * arb(2) ** 250 < total.mid() and (a + b + k) * x < (a + k) * arb("0.99999"):
            break
    ln_front = a * x.log() + b * (1 - x).log() + (a + b).lgamma() - (a + 1).lgamma() - b.lgamma()
    value = ln_front.exp() * total
    n = (a + b).digamma()
    slope_a = value * (x.log() + n - (a + 1).digamma() + by_a / total)
    slope_b = value * ((1 - x).log() + n - b.digamma() + by_b / total)
    return value, slope_a, slope_b


def beta_points():
    random.seed(2)
    points = []
    while len(points) < 150:
        a, b = log_uniform(1e-3, 2e3), log_uniform(1e-3, 2e3)
        mean = a / (a + b)
        spread = (mean * (1 - mean) / (a + b + 1)) ** 0.5
        x = random.choice([log_uniform(1e-12, 1), round(mean + random.uniform(-5, 5) * spread, 12), random.random()])
        if 0 < x < 0.999:
            points.append((a, b, x))
    return points


def beta_tables():
    rows = [(p, *lower_beta(*p)) for p in beta_points()]
    rows = [row for row in rows if 1 - row[1] > 1e-40]
    names = ["a", "b", "x"]
    write("beta_inc_da", names, [(p, d) for p, v, d, e in rows])
    write("beta_inc_db", names, [(p, e) for p, v, d, e in rows])
    write("ln_beta_inc_da", names, [(p, d / v) for p, v, d, e in rows])
    write("ln_beta_inc_db", names, [(p, e / v) for p, v, d, e in rows])
    write("ln_beta_inc_c_da", names, [(p, -d / (1 - v)) for p, v, d, e in rows])
    write("ln_beta_inc_c_db", names, [(p, -e / (1 - v)) for p, v, d, e in rows])


# Studentized range.


def normal_cdf(z):
    return (-z / arb(2).sqrt()).erfc() / 2


class Grid:
    """Nodes z = i h with φ(z) and Φ(z)."""

    def __init__(self, h):
        self.h, self.phi, self.cdf = h, {}, {}
        self.front = 1 / (2 * arb.pi()).sqrt()

    def at(self, i):
        if i not in self.phi:
            z = arb(i) * self.h
            self.phi[i] = (-z * z / 2).exp() * self.front
            self.cdf[i] = normal_cdf(z)
        return self.phi[i], self.cdf[i]


def range_tail(w, k, grid, upper):
    """W(w) or 1 - W(w) by the trapezoidal rule from the middle outwards."""
    middle = int(float(w) / 2 / grid.h)
    total = arb(0)
    for direction in (1, -1):
        i = middle if direction == 1 else middle - 1
        while True:
            phi, cdf = grid.at(i)
            other = normal_cdf(arb(i) * grid.h - w)
            term = phi * ((cdf ** (k - 1) - (cdf - other) ** (k - 1)) if upper else (cdf - other) ** (k - 1))
            total += term
            z = i * grid.h
            if (z > 6 or z < -3) and abs(i - middle) * grid.h > 3 and (term.mid() == 0 or term.mid() * arb(2) ** 90 < total.mid()):
                break
            i += direction
    return total * k * grid.h


def studentized(q, k, nu, upper, h_inner, h_outer):
    ctx.prec = 420
    grid = Grid(h_inner)
    if math.isinf(nu):
        return range_tail(arb(q), k, grid, upper)
    q, nu = arb(q), arb(nu)
    front = 2 * (nu / 2) ** (nu / 2) / (nu / 2).gamma()

    def term(i):
        u = arb(i) * h_outer
        density = (nu * u - nu * (2 * u).exp() / 2).exp()
        return density * range_tail(q * u.exp(), k, grid, upper)

    drawn = -0.5 * math.log1p(float(q * q / nu) / 2) if upper else 0.5 * math.log1p((k - 1) / float(nu))
    start = int(drawn / h_outer)
    total = arb(0)
    for direction in (1, -1):
        i = start if direction == 1 else start - 1
        while True:
            t = term(i)
            total += t
            if abs(i - start) * h_outer > abs(drawn) + 4 * h_outer and t.mid() * arb(2) ** 78 < total.mid():
                break
            i += direction
    return total * front * h_outer


def tukey_tables():
    cases = [(3, 4.0), (3, 30.0), (5, 12.0), (10, 100.0), (4, math.inf), (20, 15.0), (8, 1000.0), (40, 60.0), (6, math.inf)]
    lower, upper = [], []
    for k, nu in cases:
        scale = min(1 / 64, 0.35 / math.sqrt(2 * (nu if nu < 1e9 else 1) + 2 * k))
        fine = lambda q, up: studentized(q, k, nu, up, 1 / 16, scale)
        check = studentized(3.3, k, nu, True, 1 / 24, scale * 0.7)
        assert abs(check / fine(3.3, True) - 1) < arb(10) ** -22, (k, nu, check)
        for q in ([0.02, 0.7, 2.5, 4.0] if nu > 100 or k < 10 else [0.7, 3.0]):
            lower.append(((q, float(k), nu), round22(fine(q, False))))
        for q in ([2.0, 4.5, 9.0, 25.0] if nu > 20 or math.isinf(nu) else [2.0, 6.0, 50.0]):
            upper.append(((q, float(k), nu), round22(fine(q, True))))
        print("tukey", k, nu, flush=True)
    write("tukey_cdf", ["q", "k", "nu"], lower)
    write("tukey_sf", ["q", "k", "nu"], upper)


def round22(value):
    """The midpoint: the error of the rule is not part of the ball."""
    return value.mid()


# Kolmogorov and Smirnov.


def limit_cdf(x):
    x = arb(x)
    total = arb(0)
    for k in range(1, 2000, 2):
        term = (-(arb(k) * arb.pi() / x) ** 2 / 8).exp()
        total += term
        if term.mid() * arb(2) ** 1000 < total.mid():
            break
    return (2 * arb.pi()).sqrt() / x * total


def two_sided(n, d):
    """P(D < d) by powers of Durbin's matrix (Marsaglia, Tsang & Wang 2003)."""
    nd = arb(n) * arb(d)
    k = int(float(nd)) + 1
    while k - 1 >= nd:
        k -= 1
    while k < nd:
        k += 1
    h = k - nd
    m = 2 * k - 1
    factorial = [arb(1)]
    for i in range(1, m + 1):
        factorial.append(factorial[-1] * i)
    rows = [[(1 / factorial[i - j + 1] if i - j + 1 >= 0 else arb(0)) for j in range(m)] for i in range(m)]
    for i in range(m):
        rows[i][0] -= h ** (i + 1) / factorial[i + 1]
        rows[m - 1][i] -= h ** (m - i) / factorial[m - i]
    if 2 * h > 1:
        rows[m - 1][0] += (2 * h - 1) ** m / factorial[m]
    power = arb_mat(rows) ** n
    value = power[k - 1, k - 1]
    return value * arb(n + 1).gamma() / arb(n) ** n


def one_sided(n, d):
    """P(D+ >= d), the sum of Birnbaum & Tingey (1951)."""
    d = arb(d)
    total, binomial = arb(0), arb(1)
    for j in range(n):
        q = 1 - d - arb(j) / n
        if not q > 0:
            break
        total += binomial * d * (d + arb(j) / n) ** (j - 1) * q ** (n - j)
        binomial = binomial * (n - j) / (j + 1)
    return total


def kolmogorov_tables():
    random.seed(3)
    xs = sorted({round(random.uniform(0.05, 3), 4) for _ in range(50)} | {0.02, 0.036, 0.81, 0.82, 0.83, 5.0, 10.0, 18.5})
    ctx.prec = 4000
    rows = [((x,), limit_cdf(x)) for x in xs]
    write("kolmogorov_cdf", ["x"], [r for r in rows if r[1] > 1e-307])
    write("ln_kolmogorov_cdf", ["x"], [(p, v.log()) for p, v in rows if p[0] <= 10])
    # The lower series leaves out 2^-1000.
    write("kolmogorov_sf", ["x"], [(p, 1 - v) for p, v in rows if p[0] < 10])
    ctx.prec = 600
    exact, upper, side = [], [], []
    for n in (1, 2, 3, 5, 10, 24, 60, 141, 400, 1000):
        for z in (0.2, 0.45, 0.8, 1.2, 1.9, 2.7, 5.0):
            d = round(z / n**0.5, 6)
            if 0.5 < n * d < min(n, 90):
                value = two_sided(n, d)
                exact.append(((n, d), value))
                upper.append(((n, d), 1 - value))
            if 0 < d < 1:
                side.append(((n, d), one_sided(n, d)))
    for n, d in ((20001, 0.003), (60000, 0.02), (200000, 0.003)):
        side.append(((n, d), one_sided(n, d)))
    write("kolmogorov_n_cdf", ["n", "d"], exact)
    write("kolmogorov_n_sf", ["n", "d"], upper)
    write("smirnov_sf", ["n", "d"], side)


TABLES = {"kolmogorov": kolmogorov_tables, "gamma": gamma_tables, "beta": beta_tables, "tukey": tukey_tables}

if __name__ == "__main__":
    for name in sys.argv[1:] or TABLES:
        TABLES[name]()
        ctx.prec = 600
