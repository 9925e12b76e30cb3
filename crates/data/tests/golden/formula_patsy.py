"""Writes formula_patsy.json: column names and matrices of patsy, for the formulas on which its coding and R's agree.

Run: python3 formula_patsy.py > formula_patsy.json   (numpy, pandas, patsy; reads formula_r.json for the data)
"""
import json
import sys

import numpy
import pandas
import patsy

data = json.load(open("formula_r.json"))["data"]
frame = pandas.DataFrame({k: [float(v) for v in values] if k in "yxzw" else values for k, values in data.items()})
frame["w"] = frame["w"].astype(int)

FORMULAS = [
    "x + g", "g", "0 + g", "g*h", "g + g:h", "x:g", "x*g", "C(w)", "C(w)*x", "g + h - 1", "C(g, Treatment('c'))", "C(k, Treatment)", "C(g, Sum)",
    "C(k, Sum)*h", "C(k, Helmert)", "C(k, Poly)", "C(w, Poly)", "g*h*k", "log(z) + I(x + z)", "C(g, Helmert):x + x",
]

cases = []
for formula in FORMULAS:
    matrix = patsy.dmatrix(formula.replace("log(", "np.log("), frame, eval_env=patsy.EvalEnvironment([{"np": numpy}]))
    # patsy 1.0 prints NumPy scalars of integer levels; names of plain numbers are meant.
    names = [n.replace("np.log(", "log(").replace("np.int64(", "").replace(")]", "]") if "np." in n else n for n in matrix.design_info.column_names]
    keep = [i for i, n in enumerate(names) if n != "Intercept"]
    columns = numpy.asarray(matrix)[:, keep]
    cases.append({
        "formula": "~ " + formula,
        "names": [names[i] for i in keep],
        "x": [["%.17g" % v for v in column] for column in columns.T],
    })

json.dump(
    {
        "tool": "patsy",
        "version": f"{patsy.__version__} (numpy {numpy.__version__}, pandas {pandas.__version__})",
        "script": "formula_patsy.py",
        "note": "x by columns without the intercept; numbers printed with %.17g",
        "cases": cases,
    },
    sys.stdout,
    indent=1,
)
print()
