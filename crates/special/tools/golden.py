"""Writes the golden tables of functions that the reference collection does not hold, with Arb (python-flint) and mpmath.

Run from the crate's folder: python3 tools/golden.py [NAME ...]
Arguments are drawn with a fixed seed over the whole domain, with extra points next to zeros, poles and branch points. The values have at least 40
correct digits (60-digit arithmetic; Arb where the work is a sum of large terms) and are printed with 25.
"""
import math
import random
import sys

import flint
import mpmath as m

m.mp.dps = 60
flint.ctx.prec = 2600  # R_G of arguments 400 decades apart cancels most of it
R = random.Random(20240607)
U = R.uniform


def log(a, b):
    return 10 ** U(a, b)


def ball(x):
    return flint.acb(flint.arb(m.nstr(m.mpf(x), 120)))


def real(x):
    assert x.real.rel_accuracy_bits() > 150, "more bits needed"
    return m.mpf(x.real.str(50, radius=False))


def hurwitz(s, q):
    return real(ball(s).zeta(ball(q)))


def polygamma(n, x):
    n = int(n)
    steps = max(0, int(m.ceil(-x)) + 2)
    total = m.fsum((x + j) ** (-n - 1) for j in range(steps)) + hurwitz(n + 1, x + steps)
    return (-1) ** (n + 1) * m.factorial(n) * total


def rf(x, y, z):
    return real(flint.acb.elliptic_rf(ball(x), ball(y), ball(z)))


def rj(x, y, z, p):
    """Carlson's R_J; the Cauchy principal value by DLMF 19.20.14 for p < 0."""
    if p > 0:
        return real(flint.acb.elliptic_rj(ball(x), ball(y), ball(z), ball(p)))
    q, (x, y, z) = -p, sorted([x, y, z])
    far = y + (z - y) * (y - x) / (y + q)
    first = (far - y) * rj(x, y, z, far) if far != y else 0
    last = m.sqrt(x * y * z / (x * z + far * q)) * m.elliprc(x * z + far * q, far * q)
    return (first - 3 * rf(x, y, z) + 3 * last) / (y + q)


def pi_inc(n, phi, k2):
    turns = m.nint(phi / m.pi)
    rest = phi - turns * m.pi
    s, c = m.sin(rest), m.cos(rest)
    part = s * (rf(c * c, 1 - k2 * s * s, 1) + n / 3 * s * s * rj(c * c, 1 - k2 * s * s, 1, 1 - n * s * s))
    return part + (2 * turns * pi(n, k2) if turns else 0)


def pi(n, k2):
    return rf(0, 1 - k2, 1) + n / 3 * rj(0, 1 - k2, 1, 1 - n)


def near(x, count):
    return [(float(x) * (1 + R.choice([1, -1]) * log(-15, -1)),) for _ in range(count)]


def parameter():
    return R.choice([lambda: U(0, 1), lambda: 1 - log(-14, -1), lambda: -log(-3, 6), lambda: log(-12, -1)])()


def characteristic():
    return R.choice([lambda: U(0, 1), lambda: -log(-5, 8), lambda: 1 + log(-3, 4)])()


def amplitude():
    return R.choice([lambda: U(-1.57, 1.57), lambda: log(-8, 0), lambda: math.pi / 2 - log(-12, -1), lambda: U(-15, 15)])()


def zeros(f, starts, count=8):
    return [p for start in starts for p in near(m.findroot(f, m.mpf(start)), count)]


def ln_binomial(n, k):
    return m.loggamma(n + 1) - m.loggamma(k + 1) - m.loggamma(n - k + 1)


def integers(count):
    # Below 2^53, so that a cell read as f64 is the integer itself.
    return [(n := int(log(0, 15.9)), R.choice([R.randint(0, n), min(n, R.randint(0, 40))])) for _ in range(count)]


def tables():
    scale = [(log(-300, 12),) for _ in range(20)]
    yield "zeta_minus_1", "s", [(U(-1, 3),) for _ in range(40)] + [(U(2, 1020),) for _ in range(40)] + near(1, 20), \
        lambda s: (m.zeta(s) - 1) if s < 40 else m.nsum(lambda n: (n + 2) ** -s, [0, 200])
    yield "zeta_derivative", "s", [(1 + log(-14, 0),) for _ in range(40)] + [(U(2, 60),) for _ in range(40)], \
        lambda s: m.zeta(s, derivative=1)
    yield "polygamma_negative", "n x", [(R.randint(2, 9), -log(-6, 2)) for _ in range(50)] + \
        [(R.randint(2, 120), U(-9, 0)) for _ in range(50)] + [(2 * R.randint(1, 6), -R.randint(0, 6) - U(0.45, 0.55)) for _ in range(20)], polygamma
    yield "sin_integral", "x", [(U(-40, 40),) for _ in range(70)] + scale, m.si
    yield "cos_integral", "x", [(U(0, 40),) for _ in range(60)] + scale + zeros(m.ci, ["0.6165", "3.384", "6.427", "9.529"]), m.ci
    yield "sinh_integral", "x", [(U(-700, 700),) for _ in range(30)] + [(U(-10, 10),) for _ in range(40)] + [(log(-300, 0),) for _ in range(20)], m.shi
    yield "cosh_integral", "x", [(U(0, 700),) for _ in range(30)] + [(U(0, 10),) for _ in range(40)] + [(log(-300, 0),) for _ in range(20)] + zeros(m.chi, ["0.5238"], 20), m.chi
    yield "carlson_rj", "x y z p", [tuple(log(-6, 6) for _ in range(4)) for _ in range(60)] + \
        [tuple(log(-60, 60) for _ in range(4)) for _ in range(40)] + [(0.0, log(-6, 6), log(-6, 6), log(-9, 9)) for _ in range(20)], rj
    yield "carlson_rg", "x y z", [tuple(log(-6, 6) for _ in range(3)) for _ in range(60)] + \
        [tuple(log(-200, 200) for _ in range(3)) for _ in range(40)] + [(0.0, log(-6, 6), log(-6, 6)) for _ in range(20)], \
        lambda x, y, z: real(flint.acb.elliptic_rg(ball(x), ball(y), ball(z)))
    yield "ellip_pi", "n m", [(characteristic(), parameter()) for _ in range(120)], pi
    yield "ellip_pi_inc", "n phi m", [(characteristic(), amplitude(), parameter()) for _ in range(160)], pi_inc
    yield "ln_binomial", "n k", integers(120), ln_binomial
    yield "ln_factorial", "n", [(R.randint(0, 400),) for _ in range(40)] + [(int(log(0, 15.9)),) for _ in range(40)], \
        lambda n: m.loggamma(n + 1)


def main():
    for name, columns, points, f in tables():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        with open(f"../testkit/golden/special/{name}.tsv", "w") as out:
            out.write("\t".join(columns.split() + ["value"]) + "\n")
            for point in points:
                value = m.re(f(*map(m.mpf, point)))
                out.write("\t".join([repr(x) for x in point] + [m.nstr(value, 25)]) + "\n")
        print(name, len(points))


main()
