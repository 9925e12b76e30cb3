"""Prints the polynomial of src/vector/normal.rs: Φ(-t) e^(t²/2) (1 + t/5) on t in [0, 40].

With r = 1/(t + 5) the function is a polynomial of degree 21 in v = A - B r, v in [-1, 1], to 1.2e-18 relative
(Chebyshev interpolation in 50 digits; mpmath 1.3).
"""
import mpmath as mp

mp.mp.dps = 50
K, T, N = mp.mpf(5), mp.mpf(40), 21


def scaled_tail(t):
    x = t / mp.sqrt(2)
    return mp.exp(x * x) * mp.erfc(x) / 2 * (1 + t / K)


low, high = mp.mpf(-1), (T - K) / (T + K)
middle, half = (low + high) / 2, (high - low) / 2


def of_v(v):
    u = middle + half * v
    return scaled_tail(K * (1 + u) / (1 - u))


M = N + 20
nodes = [mp.cos(mp.pi * (j + mp.mpf(0.5)) / M) for j in range(M)]
values = [of_v(x) for x in nodes]
c = [2 / mp.mpf(M) * sum(values[j] * mp.cos(mp.pi * k * (j + mp.mpf(0.5)) / M) for j in range(M)) for k in range(N + 1)]
c[0] /= 2
# Chebyshev to powers of v.
a, b = [mp.mpf(1)], [mp.mpf(0), mp.mpf(1)]
power = [mp.mpf(0)] * (N + 1)
for k in range(N + 1):
    for i, x in enumerate(a):
        power[i] += c[k] * x
    following = [mp.mpf(0)] + [2 * x for x in b]
    for i, x in enumerate(a):
        following[i] -= x
    a, b = b, following
print("A =", mp.nstr((1 - middle) / half, 20), " B =", mp.nstr(2 * K / half, 20))
for x in power:
    print(f"    {float(x)!r},")
worst = max(abs(mp.polyval(power[::-1], x) / of_v(x) - 1) for x in [mp.mpf(i) / 200 - 1 for i in range(401)])
print("# worst relative error", mp.nstr(worst, 3), " sum of |a| / least value", mp.nstr(sum(abs(x) for x in power) / min(of_v(mp.mpf(i) / 50 - 1) for i in range(101)), 4))
