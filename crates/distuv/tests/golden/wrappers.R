# Bandwidths for tests/it/laws_wrappers.rs, by R. The data are whole numbers plus 1/200, so that with nb bins of width 1/100
# R's binned differences are exact.
x <- c(54,62,74,79,85,55,88,51,85,54,84,78,47,83,52,62,84,79,51,47,78,69,74,83,55,76,78,79,73,77,66,80,74,52,48,80,59,90,80,58,84,58,73,83,64,53,82,59,75,90)
y <- x + 0.005
nb <- round((max(y) - min(y)) * 1.01 * 100)
cat(R.version.string, "\n")
options(digits = 17)
print(c(nrd0 = bw.nrd0(x), nrd = bw.nrd(x)))
print((max(y) - min(y)) * 1.01 / nb)
print(bw.SJ(y, nb = nb, method = "ste", tol = 1e-12))
s <- c(3.1, 0.4, 2.2, 2.2, 5.9, 4.0, 1.3)
p <- c(0, 0.1, 0.25, 0.5, 0.6, 0.9, 1)
print(quantile(s, p, type = 1)); print(quantile(s, p, type = 7))
d <- density(s, bw = 0.5, kernel = "epanechnikov", n = 2^15, from = 2, to = 3)
print(c(d$x[1], d$y[1]))
