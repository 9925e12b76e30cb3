"""Values of skew and non-central laws for tests/it/laws_noncentral.rs: mpmath by numerical integration, 40 digits."""
from mpmath import mp, mpf, quad, exp, sqrt, pi, erfc, besseli, ncdf, npdf, log, inf, linspace
mp.dps = 40

def show(name, args, *values):
    print(f"        ({', '.join(args)}, " + ", ".join('"' + mp.nstr(v, 20) + '"' for v in values) + "),")

def skew(z, a):
    z, a = mpf(z), mpf(a)
    density = lambda t: 2 * npdf(t) * ncdf(a * t)
    # quad stops at an absolute error: the density at z is made 1.
    unit = density(z)
    f = lambda t: density(t) / unit
    w = 1 / (1 + abs(z) * (1 + a * a)) + 0
    lower = quad(f, [z - 60 * 1, z - 20, z - 5, z - 2, z - 1, z - 20 * w, z - 5 * w, z - w, z])
    upper = quad(f, [z, z + w, z + 5 * w, z + 20 * w, z + 1, z + 2, z + 5, z + 20, z + 60])
    return unit, lower * unit, upper * unit

def rice(x, nu):
    x, nu = mpf(x), mpf(nu)
    density = lambda t: t * exp(-(t * t + nu * nu) / 2) * besseli(0, t * nu)
    unit = density(x)
    f = lambda t: density(t) / unit
    return unit, unit * quad(f, linspace(0, x, 12)), unit * quad(f, linspace(x, x + 4, 12) + [x + 8, x + 30])

for z, a in [("-0.5", "3"), ("-6", "2"), ("-30", "0.5"), ("-3", "-4"), ("0.25", "5"), ("0.25", "0.75"), ("8", "-1.5"), ("12", "7"), ("2", "-0.5")]:
    show("skew", (z, a), *skew(z, a))
print()
for x, nu in [("0.5", "1"), ("0.001", "3"), ("4", "3"), ("25", "5"), ("30", "31")]:
    show("rice", (x, nu), *rice(x, nu))
print()
def moments(f, a, b):
    pts = linspace(a, b, 24)
    m = quad(lambda t: t * f(t), pts)
    c = [quad(lambda t: (t - m) ** k * f(t), pts) for k in (2, 3, 4)]
    h = -quad(lambda t: f(t) * log(f(t)) if f(t) > 0 else mpf(0), pts)
    return m, c[0], c[1] / c[0] ** mpf("1.5"), c[2] / c[0] ** 2 - 3, h
for a in ["3", "-0.7"]:
    show("skew moments", (a,), *moments(lambda t: 2 * npdf(t) * ncdf(mpf(a) * t), -14, 14))
for nu in ["0.5", "3"]:
    show("rice moments", (nu,), *moments(lambda t: t * exp(-(t * t + mpf(nu) ** 2) / 2) * besseli(0, t * mpf(nu)), 0, mpf(nu) + 16))
