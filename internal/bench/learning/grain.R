# Reads a network of variables with the states yes and no, and prints how long gRain takes and how likely each yes is, as JSON.
# A line is "variable;parents;chances of yes", the chances for every combination of the parents' states, yes before no, the last
# parent changing fastest. Times are milliseconds of wall time, over as many runs as take a fifth of a second.
if (!requireNamespace("gRain", quietly = TRUE)) quit(status = 3)
suppressPackageStartupMessages(library(gRain))

fields <- strsplit(readLines(commandArgs(trailingOnly = TRUE)[1]), ";", fixed = TRUE)
tables <- lapply(fields, function(f) {
  parents <- if (nchar(f[2]) > 0) strsplit(f[2], " ", fixed = TRUE)[[1]] else character(0)
  yes <- as.numeric(strsplit(f[3], " ", fixed = TRUE)[[1]])
  cptable(c(f[1], rev(parents)), values = as.vector(rbind(yes, 1 - yes)), levels = c("yes", "no"))
})
names <- vapply(fields, function(f) f[1], "")

took <- function(f) {
  runs <- 1
  repeat {
    ms <- system.time(for (i in seq_len(runs)) f())[["elapsed"]] * 1000
    if (ms >= 200) return(ms / runs)
    runs <- runs * 2
  }
}
made <- function() compile(grain(compileCPT(tables)))
compiled <- made()
compile_ms <- took(made)
propagate_ms <- took(function() propagate(compiled))
marginals <- querygrain(propagate(compiled), nodes = names, type = "marginal")
yes <- vapply(names, function(n) marginals[[n]][["yes"]], 0)
cat(sprintf('{"Compile": %.6g, "Propagate": %.6g, "Yes": {%s}}\n', compile_ms, propagate_ms,
            paste(sprintf('"%s": %.17g', names, yes), collapse = ", ")))
