"""Writes src/discrete/gauss.rs: nodes and weights of the Gauss-Legendre rule with 20 nodes, from mpmath at 40 digits."""
from mpmath import mp, mpf, legendre, findroot, diff, cos, pi

mp.dps = 40
N = 20


def slope(x):
    return N * (x * legendre(N, x) - legendre(N - 1, x)) / (x * x - 1)


pairs = []
for i in range(1, N // 2 + 1):
    x = findroot(lambda t: legendre(N, t), cos(pi * (i - mpf(1) / 4) / (N + mpf(1) / 2)))
    pairs.append((x, 2 / ((1 - x * x) * slope(x) ** 2)))
with open("src/discrete/gauss.rs", "w") as out:
    out.write("//! Nodes and weights of the Gauss–Legendre rule, by `tools/gauss_legendre.py`.\n\n")
    out.write("/// The positive nodes on [-1, 1] of the rule with 20 nodes, each with its weight.\n")
    out.write(f"pub(super) const GAUSS_20: [(f64, f64); {N // 2}] = [\n")
    for x, w in reversed(pairs):
        out.write(f"    ({float(x)!r}, {float(w)!r}),\n")
    out.write("];\n")
