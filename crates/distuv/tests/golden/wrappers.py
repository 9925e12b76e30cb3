"""Golden values for tests/it/laws_wrappers.rs: mpmath at 40 digits, SciPy where named."""
import mpmath as mp, numpy as np, scipy
from scipy import stats
mp.mp.dps = 40
m = mp.mpf
s = lambda v: mp.nstr(v, 17)
print("scipy", scipy.__version__, "mpmath", mp.__version__)
def law(name, f, pts, xs, moments=4):
    total = mp.quad(f, pts)
    print(name, "ln mass", s(mp.log(total)))
    cut = lambda a, b: [a] + [p for p in pts if a < p < b] + [b]
    for x in xs:
        x = m(x)
        lo, hi = mp.quad(f, cut(pts[0], x)) / total, mp.quad(f, cut(x, pts[-1])) / total
        print(" ", s(x), s(mp.log(f(x) / total)), s(lo), s(hi))
    if moments:
        mu = mp.quad(lambda x: x * f(x), pts) / total
        c = [mp.quad(lambda x: (x - mu) ** k * f(x), pts) / total if k <= moments else mp.nan for k in (2, 3, 4)]
        ent = -mp.quad(lambda x: f(x) * mp.log(f(x) / total), pts) / total
        print("  moments", s(mu), s(c[0]), s(c[1] / c[0] ** m(1.5)), s(c[2] / c[0] ** 2 - 3), "entropy", s(ent))
inf = mp.inf
phi = lambda x: mp.npdf(x)
law("normal [40, inf)", phi, [m(40), m('40.02'), m('40.05'), m('40.2'), m('40.5'), m(41), m(42)], ['40.001', '40.1', '40.5'])
law("normal [-1, 3]", phi, [m(-1), m(0), m(1), m(3)], ['-0.999', '0.5', '2.999'])
law("exponential [1, 1.5]", lambda x: mp.exp(-x), [m(1), m('1.5')], ['1.0009765625', '1.25', '1.499'])
law("gamma(0.3) (-inf, 2]", lambda x: x ** m(-0.7 if False else '-0.7') * mp.exp(-x) / mp.gamma(m('0.3')), [m(0), m('1e-30'), m('1e-10'), m('1e-4'), m('.1'), m(2)], ['1e-20', '0.5', '1.999'])
t3 = lambda x: (1 + x * x / 3) ** -2 * 2 / (mp.pi * mp.sqrt(3))
law("t(3) [5, inf)", t3, [m(5), m(8), m(20), m(100), m(1000), m(10) ** 5, m(10) ** 9, inf], ['5.001', '10', '1e6'], moments=2)
nrm = lambda mu, sd: lambda x: mp.npdf(x, mu, sd)
mix = lambda x: m('0.7') * mp.npdf(x, 0, 1) + m('0.2') * mp.npdf(x, 4, m('0.5')) + m('0.1') * mp.npdf(x, -3, 2)
law("mixture", mix, [m(-40), m(-20), m(-10), m(-3), m(0), m(2), m(3), m(4), m(5), m(8), m(15), m(40)], ['-12', '-1', '3', '9'])
print("mixture quantiles", [s(mp.findroot(lambda x: m('0.7') * mp.ncdf(x) + m('0.2') * mp.ncdf(x, 4, m('0.5')) + m('0.1') * mp.ncdf(x, -3, 2) - q, g)) for q, g in ((m('0.01'), -5), (m('0.5'), 0), (m('0.95'), 4))])
def order(f, F, S, k, n):
    return lambda x: F(x) ** (k - 1) * S(x) ** (n - k) * f(x) / mp.beta(k, n - k + 1)
S = lambda x: mp.erfc(x / mp.sqrt(2)) / 2
law("third of 10 normal", order(phi, mp.ncdf, S, 3, 10), [m(-15), m(-5), m(-2), m(-1), m(0), m(1), m(3), m(8)], ['-6', '-0.7', '2'])
law("largest of 1000 normal", order(phi, mp.ncdf, S, 1000, 1000), [m(-3), m(0), m(1), m(2), m(3), m(4), m(5), m(8), m(15)], ['1', '3.2', '9'])
data = [54, 62, 74, 79, 85]
kde = stats.gaussian_kde(data, bw_method='silverman')
h = float(np.sqrt(kde.covariance[0, 0]))
print("scipy silverman h", repr(h), "pdf", [repr(float(kde(x)[0])) for x in (50., 70., 100.)], "cdf", [repr(float(kde.integrate_box_1d(-np.inf, x))) for x in (50., 70., 100.)])
kde = stats.gaussian_kde(data, bw_method='scott', weights=[1, 2, 3, 4, 5])
print("scipy weighted scott h", repr(float(np.sqrt(kde.covariance[0, 0]))), "pdf", [repr(float(kde(x)[0])) for x in (50., 70., 100.)])
sample = ['3.1', '0.4', '2.2', '2.2', '5.9', '4.0', '1.3']
kernels = {"Epanechnikov": (lambda u: m(3) / 4 * (1 - u * u), mp.sqrt(5)), "Rectangular": (lambda u: m(1) / 2, mp.sqrt(3)),
           "Triangular": (lambda u: 1 - abs(u), mp.sqrt(6)), "Biweight": (lambda u: m(15) / 16 * (1 - u * u) ** 2, mp.sqrt(7)),
           "Triweight": (lambda u: m(35) / 32 * (1 - u * u) ** 3, m(3))}
for name, (K, r) in kernels.items():
    h = r / 2
    pdf = lambda x: sum(K((x - m(v)) / h) for v in sample if abs(x - m(v)) < h) / h / len(sample)
    cut = sorted([m(v) + e * h for v in sample for e in (-1, 0, 1)])
    F = lambda x: mp.quad(pdf, [p for p in cut if p < x] + [x])
    ent = -mp.quad(lambda x: pdf(x) * mp.log(pdf(x)) if pdf(x) > 0 else m(0), cut)
    print(name, s(pdf(m(2))), s(F(m('0.1'))), s(F(m(2))), s(ent))
n = len(sample)
def sj(x):
    x = [m(v) for v in x]; n = len(x)
    d = [abs(a - b) for i, a in enumerate(x) for b in x[:i]]
    q = lambda p: (lambda h: sorted(x)[int(h)] + (h - int(h)) * (sorted(x)[min(int(h) + 1, n - 1)] - sorted(x)[int(h)]))(m(p) * (n - 1))
    mean = sum(x) / n; sd = mp.sqrt(sum((v - mean) ** 2 for v in x) / (n - 1))
    scale = min(sd, (q('0.75') - q('0.25')) / m('1.349'))
    SD = lambda h: (2 * sum(mp.exp(-(v / h) ** 2 / 2) * ((v / h) ** 4 - 6 * (v / h) ** 2 + 3) for v in d) + 3 * n) / (n * (n - 1) * h ** 5 * mp.sqrt(2 * mp.pi))
    TD = lambda h: -(2 * sum(mp.exp(-(v / h) ** 2 / 2) * ((v / h) ** 6 - 15 * (v / h) ** 4 + 45 * (v / h) ** 2 - 15) for v in d) - 15 * n) / (n * (n - 1) * h ** 7 * mp.sqrt(2 * mp.pi))
    alpha = m('1.357') * (SD(m('1.24') * scale * m(n) ** (-m(1) / 7)) / TD(m('1.23') * scale * m(n) ** (-m(1) / 9))) ** (m(1) / 7)
    c = 1 / (2 * mp.sqrt(mp.pi) * n)
    g = lambda h: (c / SD(alpha * h ** (m(5) / 7))) ** (m(1) / 5) - h
    top = m('1.144') * scale * m(n) ** (-m(1) / 5)
    return mp.findroot(g, (top / 10, top), solver='anderson', tol=1e-25)
print("SJ", s(sj([54,62,74,79,85,55,88,51,85,54,84,78,47,83,52,62,84,79,51,47,78,69,74,83,55,76,78,79,73,77,66,80,74,52,48,80,59,90,80,58,84,58,73,83,64,53,82,59,75,90])))
