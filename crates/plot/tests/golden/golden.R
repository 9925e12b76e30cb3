# Makes the golden files of this folder: Rscript golden.R > figures.json
# lowess, ppoints, qqnorm and the diagnostics of a linear fit, as decimal strings of 17 significant digits.
num <- function(v) paste0("[", paste0('"', sprintf("%.17g", v), '"', collapse = ","), "]")
entry <- function(name, ...) {
  parts <- list(...)
  fields <- paste0('"', names(parts), '":', unlist(parts), collapse = ",\n   ")
  paste0('"', name, '": {', fields, "}")
}
smooth <- function(name, x, y, f = 2/3, iter = 3, delta = 0.01 * diff(range(x))) {
  o <- order(x)
  entry(name, f = num(f), iter = num(iter), delta = num(delta), x = num(x[o]), y = num(y[o]),
        fitted = num(lowess(x[o], y[o], f = f, iter = iter, delta = delta)$y))
}
quantiles <- function(name, y) {
  q <- qqnorm(y, plot.it = FALSE)
  entry(name, y = num(sort(y)), ppoints = num(ppoints(length(y))), theoretical = num(sort(q$x)),
        quartiles = num(quantile(y, c(0.25, 0.75))))
}
fit <- lm(mpg ~ wt + hp, mtcars)
set.seed(20130101)
long <- data.frame(x = round(runif(400, 0, 50), 1))
long$y <- sin(long$x / 8) + rt(400, 2) / 4
out <- c(
  entry("header", tool = '"R"', version = paste0('"', getRversion(), '"'), precision = '"17 significant digits"',
        script = '"golden.R"'),
  smooth("lowess_cars", cars$speed, cars$dist),
  smooth("lowess_cars_f0.2", cars$speed, cars$dist, f = 0.2),
  smooth("lowess_exact", cars$speed, cars$dist, delta = 0, iter = 0),
  smooth("lowess_heavy_tails", long$x, long$y),
  smooth("lowess_heavy_tails_delta0", long$x, long$y, f = 0.1, delta = 0),
  smooth("lowess_mtcars", fitted(fit), residuals(fit)),
  smooth("lowess_three", c(1, 2, 4), c(3, 1, 2)),
  quantiles("qq_ten", mtcars$mpg[1:10]),
  quantiles("qq_mtcars", rstandard(fit)),
  entry("mtcars", fitted = num(fitted(fit)), residuals = num(residuals(fit)), standardized = num(rstandard(fit)),
        leverage = num(hatvalues(fit)), cooks = num(cooks.distance(fit)), wt = num(mtcars$wt), mpg = num(mtcars$mpg),
        cyl = num(mtcars$cyl)))
cat("{\n", paste0(out, collapse = ",\n"), "\n}\n", sep = "")
