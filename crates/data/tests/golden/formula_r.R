# Writes formula_r.json: design matrices, column names and term labels of R.
# Run: Rscript formula_r.R > formula_r.json
options(digits = 17, warn = 2)

n <- 24
i <- seq_len(n)
data <- data.frame(
  y = round(10 + sin(i) * 7 + i / 5, 3),
  x = round(i + cos(3 * i) * 4, 2),
  z = round(100 + exp(sin(i * 1.7)), 3),
  w = c(1990, 2003, 1990, 2011, 2003, 1990)[(i %% 6) + 1],
  g = c("b", "a", "c", "b", "b", "a", "c")[(i %% 7) + 1],
  h = c("no", "yes", "yes", "no", "no")[(i %% 5) + 1],
  k = c("d1", "d3", "d2", "d4")[(i * i + i %/% 5) %% 4 + 1]
)

quote_json <- function(s) paste0('"', gsub('"', '\\\\"', gsub("\\\\", "\\\\\\\\", s)), '"')
list_json <- function(v) paste0("[", paste(v, collapse = ", "), "]")
numbers <- function(v) list_json(sprintf('"%.17g"', v))
strings <- function(v) list_json(vapply(v, quote_json, ""))

# Levels in code-point order, whatever the locale.
frame <- data
for (name in c("g", "h", "k")) frame[[name]] <- factor(frame[[name]], levels = sort(unique(frame[[name]]), method = "radix"))

# The same formula with R's words for contrasts.
to_r <- function(text) {
  text <- gsub("\\bC\\((\\w+)\\)", "factor(\\1)", text)
  text <- gsub("Treatment\\(([^)]*)\\)", "contr.treatment(levels(FACTOR), base = match(\\1, levels(FACTOR)))", text)
  text <- gsub("C\\((\\w+), ", "C(factor(\\1), ", text)
  text <- gsub("\\bSum\\b", "contr.sum", text)
  text <- gsub("\\bHelmert\\b", "contr.helmert", text)
  text <- gsub("\\bPoly\\b", "contr.poly", text)
  while (grepl("FACTOR", text)) text <- sub("factor\\((\\w+)\\)(.*?)FACTOR", "factor(\\1)\\2factor(\\1)", text, perl = TRUE)
  # center(x) is scale(x, scale = FALSE)
  gsub("center\\(([^()]*)\\)", "scale(\\1, scale = FALSE)", text)
}

matrices <- c(
  "y ~ x + z", "y ~ x - 1", "y ~ 0 + x", "y ~ 1", "y ~ g", "y ~ 0 + g", "y ~ x + g - 1", "y ~ g + h - 1", "y ~ g * h", "y ~ g:h",
  "y ~ 0 + g:h", "y ~ g + g:h", "y ~ g / h", "y ~ x:g", "y ~ x + x:g", "y ~ g + x:g", "y ~ x * g", "y ~ 0 + x:g", "y ~ g / x - 1",
  "y ~ 0 + x + x:g", "y ~ (g + h + x)^2", "y ~ g * h * x", "y ~ g:x:h", "y ~ h + g:k + x",
  "y ~ C(w)", "y ~ 0 + C(w)", "y ~ C(w) * x",
  "y ~ C(g, Sum)", "y ~ C(k, Sum)", "y ~ C(k, Helmert)", "y ~ C(k, Poly)", "y ~ C(w, Poly)", "y ~ C(g, Sum) * C(h, Helmert)",
  "y ~ C(k, Sum):x + x", "y ~ 0 + C(k, Sum)", "y ~ 0 + C(k, Helmert):g", "y ~ C(k, Poly) * h",
  "y ~ C(g, Treatment(\"b\"))", "y ~ C(w, Treatment(2003))", "y ~ C(k, Treatment(\"d4\")) * h",
  "log(y) ~ I(x^2) + log(z)", "y ~ I((x + 1) * 2 / z - x^3)", "y ~ exp(x / 10) + sqrt(z) + abs(x - 12) + I(-x^2)",
  "y ~ log2(z) + log10(z) + log1p(z) + expm1(x / 50) + sin(x) + cos(x) + tan(x / 30)", "sqrt(y) ~ I(2^-x) + I(x / z / y)",
  "y ~ poly(x, 1)", "y ~ poly(x, 3)", "y ~ poly(x, 3, raw = TRUE)", "y ~ poly(z, 2) * h", "y ~ poly(x, 2):poly(z, 2)", "y ~ poly(log(z), 3)",
  "y ~ poly(w, 2)", "y ~ scale(x)", "y ~ center(x)", "y ~ scale(z) * g", "y ~ scale(log(z)) + center(x):h", "y ~ center(x * z)",
  "scale(y) ~ I(scale(x)^2)", "y ~ poly(scale(x), 2)", "y ~ scale(scale(x) + z)", "y ~ x + offset(log(z))", "y ~ g + offset(x) + offset(z / 2)",
  "~ x + g", "y ~ .", "log(y) ~ . - k", "y ~ .:h", "y ~ x + . - g - h"
)

matrix_json <- function(text) {
  f <- as.formula(to_r(text))
  mf <- model.frame(f, frame)
  tt <- attr(mf, "terms")
  mm <- model.matrix(tt, mf)
  intercept <- attr(tt, "intercept")
  keep <- colnames(mm) != "(Intercept)"
  columns <- vapply(which(keep), function(j) numbers(mm[, j]), "")
  response <- model.response(mf)
  offset <- model.offset(mf)
  parts <- c(
    paste0('"formula": ', quote_json(text)),
    paste0('"intercept": ', intercept),
    paste0('"labels": ', strings(attr(tt, "term.labels"))),
    paste0('"assign": ', list_json(attr(mm, "assign")[keep])),
    paste0('"names": ', strings(colnames(mm)[keep])),
    if (!is.null(response)) paste0('"y": ', numbers(response)),
    if (!is.null(offset)) paste0('"offset": ', numbers(offset)),
    paste0('"x": [', paste(columns, collapse = ",\n      "), "]")
  )
  paste0("    {", paste(parts, collapse = ", "), "}")
}

# Random formulas: which terms, and which columns R writes for them.
set.seed(20130101)
pick <- function(v) v[sample.int(length(v), 1)]
atom <- function() pick(c("g", "h", "k", "x", "z", "C(w)", "I(x^2)"))
expression_of <- function(depth) {
  if (depth == 0) return(atom())
  a <- expression_of(depth - 1)
  b <- if (runif(1) < 0.5) atom() else expression_of(depth - 1)
  switch(pick(1:9),
    paste(a, "+", b), paste(a, "+", b), paste0("(", a, "):", b), paste0("(", a, "):(", b, ")"), paste0("(", a, ") * ", b), paste0("(", a, ") * (", b, ")"),
    paste0("(", a, ") / ", b), paste0("(", a, " + ", b, ")^2"), paste0(a, " + ", b, " - ", atom()))
}
random <- character()
while (length(random) < 400) {
  text <- paste0(pick(c("~ ", "~ ", "~ 0 + ")), expression_of(pick(1:3)))
  if (runif(1) < 0.15) text <- paste(text, "- 1")
  mm <- model.matrix(as.formula(to_r(text)), frame)
  if (ncol(mm) > 0 && ncol(mm) <= 120) random <- unique(c(random, text))
}
names_json <- function(text) {
  tt <- terms(as.formula(to_r(text)))
  mm <- model.matrix(tt, frame)
  names <- setdiff(colnames(mm), "(Intercept)")
  paste0('    {"formula": ', quote_json(text), ', "intercept": ', attr(tt, "intercept"), ', "labels": ', strings(attr(tt, "term.labels")),
    ', "names": ', strings(names), "}")
}

contrast_json <- function(kind, n) {
  m <- get(paste0("contr.", kind))(n)
  paste0('    {"kind": "', kind, '", "levels": ', n, ', "columns": [',
    paste(apply(m, 2, numbers), collapse = ", "), "]}")
}

cat("{\n")
cat('  "tool": "R", "version": ', quote_json(R.version.string), ', "script": "formula_r.R",\n', sep = "")
cat('  "note": "x by columns without the intercept; numbers printed with %.17g",\n')
column <- function(name) {
  v <- data[[name]]
  paste0("    ", quote_json(name), ": ", if (is.character(v)) strings(v) else numbers(v))
}
cat('  "data": {\n', paste(vapply(names(data), column, ""), collapse = ",\n"), "\n  },\n", sep = "")
cat('  "matrices": [\n', paste(vapply(matrices, matrix_json, ""), collapse = ",\n"), "\n  ],\n", sep = "")
contrasts <- unlist(lapply(c("treatment", "sum", "helmert", "poly"), function(kind) vapply(c(2, 3, 5, 8), function(n) contrast_json(kind, n), "")))
cat('  "contrasts": [\n', paste(contrasts, collapse = ",\n"), "\n  ],\n", sep = "")
cat('  "expansions": [\n', paste(vapply(random, names_json, ""), collapse = ",\n"), "\n  ]\n", sep = "")
cat("}\n")
