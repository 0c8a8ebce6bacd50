"""The simulation of package forecast in NumPy, vectorised over trials: draws, both passes, criticality with ties, sums for correlations.

Reads a network as JSON on standard input: nodes in topological order, the last of them the end; prints one line of JSON.
"""
import json
import sys
import time

import numpy as np


def simulate(net, trials, chunk, dtype, generator, seed):
    n, off, src = net["nodes"], net["off"], net["from"]
    lo, mode, hi = (np.array(net[k], dtype) for k in ("min", "mode", "max"))
    span = hi - lo
    cut = np.where(span > 0, (mode - lo) / np.where(span > 0, span, 1), 0).astype(dtype)
    up, down = span * (mode - lo), span * (hi - mode)
    rng = np.random.Generator(generator(seed))
    crit = np.zeros(n, np.int64)
    sd, sdd, sdt = np.zeros(n), np.zeros(n), np.zeros(n)
    ends = []
    d, f, mask = np.empty((n, chunk), dtype), np.empty((n, chunk), dtype), np.empty((n, chunk), bool)
    start, hit = np.empty((n, chunk), dtype), np.empty(chunk, bool)
    for _ in range(trials // chunk):
        for j in range(n):
            if span[j] > 0:
                u = rng.random(chunk, dtype)
                d[j] = np.where(u < cut[j], lo[j] + np.sqrt(u * up[j]), hi[j] - np.sqrt((1 - u) * down[j]))
            else:
                d[j] = lo[j]
            arcs = src[off[j]:off[j + 1]]
            s = start[j]
            if arcs:
                s[:] = f[arcs[0]]
                for p in arcs[1:]:
                    np.maximum(s, f[p], out=s)
            else:
                s[:] = 0
            np.add(s, d[j], out=f[j])
        end = f[n - 1]
        mask[:] = False
        mask[n - 1] = True
        for j in range(n - 1, -1, -1):
            m = mask[j]
            c = np.count_nonzero(m)
            if c == 0:
                continue
            crit[j] += c
            for p in src[off[j]:off[j + 1]]:
                np.equal(f[p], start[j], out=hit)
                hit &= m
                mask[p] |= hit
        sd += d.sum(axis=1)
        sdd += np.einsum("ij,ij->i", d, d)
        sdt += d @ end
        ends.append(end.copy())
    ends = np.concatenate(ends)
    return ends, crit


def main():
    """Measures NumPy as it is usually written, all trials at once in float64 with the default generator, and the fastest of what is tried here."""
    net = json.load(sys.stdin)
    found = []
    whole, pieces = (min(10_000, net["trials"]),), (512, 1024, 2048, 4096)
    for dtype, generator, chunks in ((np.float64, np.random.PCG64, whole), (np.float32, np.random.SFC64, pieces)):
        best = None
        for chunk in chunks:
            trials = max(chunk, net["trials"] // chunk * chunk)
            for _ in range(net["runs"]):
                begin = time.process_time()
                ends, crit = simulate(net, trials, chunk, dtype, generator, 1)
                took = time.process_time() - begin
                rate = trials * (net["nodes"] - 1) / took / 1e6
                if best is None or rate > best["rate"]:
                    best = {
                        "rate": rate, "mean": float(np.mean(ends, dtype=np.float64)), "p80": float(np.quantile(ends, 0.8)),
                        "deviation": float(np.std(ends, dtype=np.float64)), "trials": trials, "critical": [int(c) / trials for c in crit],
                        "how": "%s, %d trials at a time" % (np.dtype(dtype).name, chunk),
                    }
        found.append(best)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
