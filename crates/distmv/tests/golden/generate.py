"""Reference values for ferronum-distmv: mpmath at 40 digits, from the defining formulas. Run: python3 generate.py > values.json

Every entry: law, parameters, arguments (exact decimal numbers as f64), and the expected value as a decimal string.
SciPy (scipy.stats) is asked for the same densities where it has the law, as a check of the formulas: they must agree to 1e-9.
"""
import json
import sys

import mpmath as mp
import scipy.stats as st

mp.mp.dps = 40
OUT = {}


def put(name, value, check=None, **inputs):
    if check is not None and abs(float(value) - check) > 1e-9 * max(1.0, abs(check)):
        sys.exit(f"{name}: {value} against SciPy's {check}")
    OUT.setdefault(name, []).append({"in": inputs, "out": mp.nstr(value, 30)})


def vec(x):
    return mp.matrix([mp.mpf(v) for v in x])


def mat(a):
    return mp.matrix([[mp.mpf(v) for v in row] for row in a])


def quad(a, v):
    return (v.T * mp.inverse(a) * v)[0]


def mvn(x, m, s):
    v, a = vec(x) - vec(m), mat(s)
    return -(quad(a, v) + mp.log(mp.det(a)) + len(x) * mp.log(2 * mp.pi)) / 2


def mvt(x, m, s, nu):
    v, a, d, nu = vec(x) - vec(m), mat(s), len(x), mp.mpf(nu)
    c = mp.loggamma((nu + d) / 2) - mp.loggamma(nu / 2) - d * mp.log(nu * mp.pi) / 2 - mp.log(mp.det(a)) / 2
    return c - (nu + d) / 2 * mp.log1p(quad(a, v) / nu)


def mgamma(p, a):
    return p * (p - 1) * mp.log(mp.pi) / 4 + sum(mp.loggamma(a - mp.mpf(j) / 2) for j in range(p))


S3 = [[4.0, 2.0, 1.0], [2.0, 5.0, 3.0], [1.0, 3.0, 6.0]]
T3 = [[2.0, -0.5, 0.25], [-0.5, 1.5, 0.75], [0.25, 0.75, 3.0]]
M3 = [1.0, 2.0, 3.0]
for x in ([0.5, -1.0, 4.0], [1.0, 2.0, 3.0], [30.0, -40.0, 55.0]):
    put("normal", mvn(x, M3, S3), st.multivariate_normal(M3, S3).logpdf(x), x=x, mean=M3, scatter=S3)
    for nu in (0.5, 3.0, 40.0, 1e8):
        check = st.multivariate_t(M3, S3, df=nu).logpdf(x) if nu < 1e5 else None
        put("student_t", mvt(x, M3, S3, nu), check, x=x, mean=M3, scatter=S3, dof=nu)

# Divergences of N(M3, S3) and N([0, 1, 1], T3).
a, b, dv = mat(S3), mat(T3), vec(M3) - vec([0, 1, 1])
kl = ((mp.inverse(b) * a)[0, 0] + (mp.inverse(b) * a)[1, 1] + (mp.inverse(b) * a)[2, 2] - 3 + quad(b, dv) - mp.log(mp.det(a) / mp.det(b))) / 2
h = (a + b) / 2
bh = quad(h, dv) / 8 + mp.log(mp.det(h) / mp.sqrt(mp.det(a) * mp.det(b))) / 2
root = mp.sqrtm(a)
w2 = (dv.T * dv)[0] + sum((a + b)[i, i] for i in range(3)) - 2 * sum(mp.sqrt(mp.re(e)) for e in mp.eigsy(root * b * root, eigvals_only=True))
al = mp.mpf("0.25")
mix = (1 - al) * a + al * b
ren = al / 2 * quad(mix, dv) - mp.log(mp.det(mix) / (mp.det(a) ** (1 - al) * mp.det(b) ** al)) / (2 * (al - 1))
for name, value in (("kl", kl), ("bhattacharyya", bh), ("hellinger", mp.sqrt(1 - mp.exp(-bh))), ("wasserstein", mp.sqrt(w2)), ("renyi", ren)):
    put(name, value, scatter=S3, other=T3)

for alpha in ([1.5, 2.5, 7.0], [0.001, 0.5, 3.0], [1e6, 2e6, 3e6], [1.0, 1.0, 1.0]):
    for x in ([0.125, 0.25, 0.625], [0.16666, 0.33334, 0.5]):
        al = [mp.mpf(v) for v in alpha]
        # The last coordinate as the exact remainder: the point lies on the simplex.
        xs = [mp.mpf(v) for v in x]
        f = mp.loggamma(sum(al)) - sum(mp.loggamma(v) for v in al) + sum((v - 1) * mp.log(t) for v, t in zip(al, xs))
        if sum(x) == 1.0 and (max(alpha) < 10 or x[0] == 0.125):
            put("dirichlet", f, None, alpha=alpha, x=x)
    al = [mp.mpf(v) for v in alpha]
    s = sum(al)
    ent = sum(mp.loggamma(v) for v in al) - mp.loggamma(s) + (s - 3) * mp.digamma(s) - sum((v - 1) * mp.digamma(v) for v in al)
    if max(alpha) < 10:
        put("dirichlet_entropy", ent, st.dirichlet(alpha).entropy(), alpha=alpha)

for n, p, k in ((10, [0.25, 0.5, 0.25], [2, 5, 3]), (10, [0.25, 0.5, 0.25], [0, 10, 0]), (10**12, [0.125, 0.375, 0.5], [125000300000, 374999800000, 499999900000])):
    f = mp.loggamma(n + 1) - sum(mp.loggamma(i + 1) for i in k) + sum(i * mp.log(mp.mpf(q)) for i, q in zip(k, p))
    put("multinomial", f, None, n=n, p=p, k=k)
for n, alpha, k in ((10, [0.5, 2.0, 3.5], [2, 5, 3]), (10, [0.001, 100.0, 3.5], [0, 10, 0]), (1000, [3.0, 4.0, 5.0], [300, 300, 400])):
    al = [mp.mpf(v) for v in alpha]
    f = mp.loggamma(n + 1) + mp.loggamma(sum(al)) - mp.loggamma(n + sum(al)) + sum(mp.loggamma(i + v) - mp.loggamma(v) - mp.loggamma(i + 1) for i, v in zip(k, al))
    put("dirichlet_multinomial", f, None, n=n, alpha=alpha, k=k)
for sizes, k in (([5, 8, 12], [2, 3, 4]), ([5, 8, 12], [5, 0, 0]), ([10**9, 2 * 10**9, 10**6], [400100000, 799899000, 401000])):
    lb = lambda n, r: mp.loggamma(n + 1) - mp.loggamma(r + 1) - mp.loggamma(n - r + 1)
    put("multivariate_hypergeometric", sum(lb(n, r) for n, r in zip(sizes, k)) - lb(sum(sizes), sum(k)), None, sizes=sizes, k=k)

for nu in (2.5, 7.0, 100.0):
    x, v, p = mat(T3), mat(S3), 3
    nu_ = mp.mpf(nu)
    tr = lambda m: sum(m[i, i] for i in range(p))
    w = (nu_ - p - 1) / 2 * mp.log(mp.det(x)) - tr(mp.inverse(v) * x) / 2 - nu_ * p / 2 * mp.log(2) - nu_ / 2 * mp.log(mp.det(v)) - mgamma(p, nu_ / 2)
    put("wishart", w, st.wishart(nu, S3).logpdf(T3) if nu >= 3 else None, x=T3, scale=S3, dof=nu)
    iw = nu_ / 2 * mp.log(mp.det(v)) - (nu_ + p + 1) / 2 * mp.log(mp.det(x)) - tr(v * mp.inverse(x)) / 2 - nu_ * p / 2 * mp.log(2) - mgamma(p, nu_ / 2)
    put("inverse_wishart", iw, st.invwishart(nu, S3).logpdf(T3) if nu >= 3 else None, x=T3, scale=S3, dof=nu)

for kappa, x in ((0.5, [0.6, 0.0, 0.8]), (40.0, [0.0, 1.0, 0.0]), (1e5, [0.6, 0.8, 0.0])):
    k, nu = mp.mpf(kappa), mp.mpf(1) / 2
    f = nu * mp.log(k) - mp.mpf(3) / 2 * mp.log(2 * mp.pi) - (mp.log(mp.besseli(nu, k)) if k < 1000 else k + mp.log((1 - mp.exp(-2 * k)) / mp.sqrt(2 * mp.pi * k))) + k * mp.mpf(x[1])
    put("von_mises_fisher", f, None, x=x, direction=[0.0, 1.0, 0.0], kappa=kappa)
for d in (2, 5, 10):
    for eta in (0.5, 1.0, 4.0):
        e = mp.mpf(eta)
        c = sum((d - k) * ((2 * (e + mp.mpf(d - k - 1) / 2) - 1) * mp.log(2) + mp.log(mp.beta(e + mp.mpf(d - k - 1) / 2, e + mp.mpf(d - k - 1) / 2))) for k in range(1, d))
        put("lkj", c, None, dim=d, eta=eta)


def scaled_quad(f, pts):
    """mp.quad stops at an absolute error: the integrand is scaled to 1 at its largest panel end first."""
    top = max(f(p) for p in pts)
    return top * mp.quad(lambda x: f(x) / top, pts) if top else mp.mpf(0)


def phi2(h, k, r):
    """The conditional form with 40 digits; the integrand is smooth and the panels follow it."""
    h, k, r = mp.mpf(h), mp.mpf(k), mp.mpf(r)
    s = mp.sqrt(1 - r * r)
    f = lambda x: mp.npdf(x) * mp.ncdf((k - r * x) / s)
    c = k / r
    pts = sorted({p for p in [h - 30, h - 15, h - 8, h - 4, h - 2, h - 1, h - mp.mpf("0.3"), h - mp.mpf("0.1"), c - 12 * s, c - 3 * s, c, c + 3 * s, c + 12 * s] if h - 30 <= p < h} | {h})
    return scaled_quad(f, sorted(pts))


mp.mp.dps = 30
for h, k, r in ((0.5, -0.25, 0.5), (1.0, 2.0, -0.75), (-3.0, -2.0, 0.25), (-3.0, -2.0, -0.75), (-6.0, -8.0, 0.5), (-1.0, -1.0, 0.984375), (-2.0, 2.5, -0.984375), (2.0, 3.0, 0.25), (-20.0, -20.0, 0.5), (-5.0, 0.0, -0.5)):
    put("bivariate", phi2(h, k, r), None, h=h, k=k, rho=r)
mp.mp.dps = 18
for h, r in (([0.5, -0.25, 1.0], [0.5, 0.25, -0.25]), ([-1.0, -2.0, -1.5], [0.25, 0.5, 0.75]), ([-4.0, -3.0, -2.0], [0.5, 0.25, 0.125])):
    r12, r13, r23 = map(mp.mpf, r)
    s2, s3 = mp.sqrt(1 - r12**2), mp.sqrt(1 - r13**2)
    rho = (r23 - r12 * r13) / (s2 * s3)
    s = mp.sqrt(1 - rho * rho)

    def inner(x):
        hh, kk = (h[1] - r12 * x) / s2, (h[2] - r13 * x) / s3
        return scaled_quad(lambda y: mp.npdf(y) * mp.ncdf((kk - rho * y) / s), [hh - 14, hh - 7, hh - 3, hh - 1, hh])

    top = mp.mpf(h[0])
    put("trivariate", scaled_quad(lambda x: mp.npdf(x) * inner(x), [top - 12, top - 6, top - 3, top - 1, top]), None, h=h, rho=r)
mp.mp.dps = 40

U = [0.25, 0.625, 0.875]
u = [mp.mpf(v) for v in U]
V = [1e-5, 0.5, 0.99]


def mixed(c, at, d):
    """d-fold mixed derivative of a copula by nested differentiation with 60 digits."""
    mp.mp.dps = 60
    at = [mp.mpf(v) for v in at]
    if d == 2:
        value = mp.diff(lambda x, y: c([x, y]), tuple(at[:2]), (1, 1))
    else:
        value = mp.diff(lambda x, y, z: c([x, y, z]), tuple(at[:3]), (1, 1, 1))
    mp.mp.dps = 40
    return value


def clayton(t):
    return lambda w: (sum(x**-t for x in w) - len(w) + 1) ** (-1 / t)


def gumbel(t):
    return lambda w: mp.exp(-(sum((-mp.log(x)) ** t for x in w) ** (1 / t)))


def frank(t):
    def c(w):
        prod = mp.mpf(1)
        for x in w:
            prod *= mp.expm1(-t * x)
        return -mp.log1p(prod / mp.expm1(-t) ** (len(w) - 1)) / t
    return c


for name, family, thetas in (("clayton", clayton, (0.125, 2.0, 9.0)), ("gumbel", gumbel, (1.25, 2.0, 6.0)), ("frank", frank, (0.5, 5.0, 20.0))):
    for t in thetas:
        for d in (2, 3):
            c = family(mp.mpf(t))
            put(name + "_cdf", c(u[:d]), None, u=U[:d], theta=t)
            put(name + "_ln_pdf", mp.log(mixed(c, u, d)), None, u=U[:d], theta=t)
put("frank_cdf", frank(mp.mpf(-3))(u[:2]), None, u=U[:2], theta=-3.0)
put("frank_ln_pdf", mp.log(mixed(frank(mp.mpf(-3)), u, 2)), None, u=U[:2], theta=-3.0)
for t in (-3.0, 0.001, 1.0, 1.9, 2.1, 20.0):
    d1 = mp.quad(lambda x: x / mp.expm1(x) if x else mp.mpf(1), [0, mp.mpf(t)]) / t
    put("frank_tau", 1 - 4 * (1 - d1) / t, None, theta=t)

print(json.dumps({"source": f"mpmath {mp.__version__}, 40 digits (trivariate 18); densities also checked against SciPy", "script": "generate.py", "values": OUT}, indent=1))
