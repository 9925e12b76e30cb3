"""Writes formula_exact.json: orthogonal polynomials in exact arithmetic, and means and standard deviations.

Run: python3 formula_exact.py > formula_exact.json   (Python 3.11, standard library only)
"""
import json
import platform
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 60


def decimal(q):
    return Decimal(q.numerator) / Decimal(q.denominator)


def text(d):
    return f"{+d:.34e}"


def orthonormal(values, degree):
    """Orthogonal polynomials on the values by Gram-Schmidt over the rationals, normed in 60 digits."""
    x = [Fraction(v) for v in values]
    basis = [[Fraction(1)] * len(x)]
    for _ in range(degree):
        column = [a * b for a, b in zip(basis[-1], x)]
        for q in basis:
            ratio = sum(a * b for a, b in zip(q, column)) / sum(a * a for a in q)
            column = [c - ratio * a for c, a in zip(column, q)]
        basis.append(column)
    out = []
    for column in basis[1:]:
        norm = decimal(sum(a * a for a in column)).sqrt()
        out.append([text(decimal(a) / norm) for a in column])
    return out


def moments(values):
    x = [Fraction(v) for v in values]
    mean = sum(x) / len(x)
    variance = sum((v - mean) ** 2 for v in x) / (len(x) - 1)
    sd = decimal(variance).sqrt()
    return {"mean": text(decimal(mean)), "sd": text(sd), "scaled": [text(decimal(v - mean) / sd) for v in x]}


years = [float(1990 + (7 * i * i + i) % 33) for i in range(40)]
uneven = [round(0.5 + (i * i % 17) * 1.3 + i / 9, 3) for i in range(30)]
shifted = [1e8 + (i * 37 % 11) / 7 for i in range(25)]
tiny = [2.0**-500 * (1 + i * i % 7) for i in range(12)]
samples = {"years": years, "uneven": uneven, "shifted": shifted, "tiny": tiny}
json.dump(
    {
        "tool": "Python fractions",
        "version": platform.python_version(),
        "script": "formula_exact.py",
        "note": "exact rationals of the doubles given by repr; results rounded to 35 digits",
        "polynomials": [
            {"name": name, "values": [repr(v) for v in samples[name]], "degree": degree, "columns": orthonormal(samples[name], degree)}
            for name, degree in [("years", 5), ("uneven", 8), ("shifted", 4)]
        ],
        "moments": [{"name": name, "values": [repr(v) for v in values], **moments(values)} for name, values in samples.items()],
        "contrasts": [{"levels": n, "columns": orthonormal([float(i) for i in range(1, n + 1)], n - 1)} for n in (4, 8, 12, 20)],
    },
    fp=__import__("sys").stdout,
    indent=1,
)
print()
