"""Coefficients of src/continuous/root_gamma.rs, as exact rationals.

With W(a) = Γ(a + ½)² / (a Γ(a)²) and w = 1/a:
  LN_RATIO: ln(Γ(a + ½)/(Γ(a) √a)) = Σ c_k w^(2k-1), from DLMF 5.11.8 (Bernoulli polynomials at ½ and 0);
  VARIANCE: 2a (1 - W);  SKEW: a (1 - 2σ²);  KURTOSIS: a² γ₂, with σ² = 2a (1 - W) and
  γ₂ = 2 (1 - σ² - 2a W (1 - 2σ²)/σ²) / σ²; each as a power series in w.
"""
from fractions import Fraction as F
from math import comb

N = 18


def bernoulli(n):
    b = [F(0)] * (n + 1)
    b[0] = F(1)
    for m in range(1, n + 1):
        b[m] = -sum(comb(m + 1, k) * b[k] for k in range(m)) / (m + 1)
    return b


B = bernoulli(40)


def ln_ratio(terms):
    # B_n(1/2) = (2^(1-n) - 1) B_n.
    out = []
    for k in range(1, 2 * terms, 2):
        n = k + 1
        out.append(((F(2) ** (1 - n) - 1) * B[n] - B[n]) / (k * (k + 1)))
    return out


def mul(a, b):
    out = [F(0)] * N
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            if i + j < N:
                out[i + j] += x * y
    return out


def exp(a):  # a[0] = 0
    out = [F(1)] + [F(0)] * (N - 1)
    for n in range(1, N):
        out[n] = sum(k * a[k] * out[n - k] for k in range(1, n + 1)) / n
    return out


def div(a, b):
    out = []
    for n in range(N):
        out.append((a[n] - sum(b[k] * out[n - k] for k in range(1, n + 1))) / b[0])
    return out


coefficients = ln_ratio(16)
series = [F(0)] * N
for i, c in enumerate(coefficients):
    if 2 * i + 1 < N:
        series[2 * i + 1] = 2 * c
W = exp(series)
variance = [-2 * W[k + 1] for k in range(N - 1)] + [F(0)]  # 2a(1 - W)
one_minus = [(F(1) if k == 0 else F(0)) - 2 * variance[k] for k in range(N)]
skew = [one_minus[k + 1] for k in range(N - 1)] + [F(0)]  # a(1 - 2σ²)
inner = div([2 * c for c in mul(W, skew)], variance)
bracket = [(F(1) if k == 0 else F(0)) - variance[k] - inner[k] for k in range(N)]
kurtosis = div([2 * c for c in bracket], variance)
assert kurtosis[0] == 0 and kurtosis[1] == 0
M = 13


def show(name, values):
    print(f"const {name}: [f64; {len(values)}] = [")
    for v in values:
        print(f"    {float(v)!r},")
    print("];")


print("const LN_RATIO: [(f64, f64); 12] = [")
for c in coefficients[:12]:
    hi = float(c)
    print(f"    ({hi!r}, {float(c - F(hi))!r}),")
print("];")
show("VARIANCE", variance[:M])
show("SKEW", skew[:M])
show("KURTOSIS", kurtosis[2 : M + 2])
