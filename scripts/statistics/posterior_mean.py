"""Posterior means by an independent quadrature, as a fixture for test/fitters/mmse-quadrature.test.ts.

    python scripts/statistics/posterior_mean.py > test/fixtures/posterior-mean.json

The likelihood is that of every single magnitude under Rician noise (SciPy's i0e), also where the program is given means of
repeated measurements. S0 has a flat prior, D, f and Dp uniform ones; all four are integrated by Gauss-Legendre rules over a box
that is shrunk around the posterior three times. Needs NumPy and SciPy.
"""

import json
import sys

import numpy as np
from scipy.special import i0e

PRIOR = {"Dp": (0.01, 0.1), "D": (0.0005, 0.002), "f": (0.1, 0.4)}
PROTOCOLS = {
    "barbieri-2020": [0, 10, 20, 60, 150, 300, 500, 1000],
    "liver-lesions-2021": [0, 10, 25, 50, 200, 500, 800],
    "osipi-generic": [0, 1, 2, 5, 10, 20, 30, 50, 75, 100, 150, 250, 350, 400, 550, 700, 850, 1000],
}
NODES, NODES_S0 = 36, 12
VOXELS = 1


def repeats_of(pattern, b):
    """How often each b-value is measured."""
    if pattern == "two b=0":
        return [2] + [1] * (len(b) - 1)
    return [4] + [1 + 3 * (k % 3 == 2) + (k == len(b) - 1) for k in range(1, len(b))]


def rule(low, high, n):
    x, w = np.polynomial.legendre.leggauss(n)
    return (high + low) / 2 + (high - low) / 2 * x, w * (high - low) / 2


def log_likelihood(y, b, Dp, D, f, sigma):
    """Per (Dp, D, f): best S0 and, on its nodes, the logarithm of the likelihood of all magnitudes y at the b-values b."""
    values, places, counts = np.unique(b, return_inverse=True, return_counts=True)
    mean = np.array([y[places == k].mean() for k in range(len(values))])
    shape = (len(Dp), len(D), len(f))
    fast = np.exp(-np.multiply.outer(Dp, values))[:, None, None, :]
    slow = np.exp(-np.multiply.outer(D, values))[None, :, None, :]
    decay = f[None, None, :, None] * fast + (1 - f[None, None, :, None]) * slow
    norm = (counts * decay**2).sum(-1)
    best = (counts * mean * decay).sum(-1) / norm
    x, w = rule(-6.5, 6.5, NODES_S0)
    reach = sigma / np.sqrt(norm)
    logs, S0s = np.empty(shape + (NODES_S0,)), np.empty(shape + (NODES_S0,))
    for h in range(NODES_S0):
        S0 = best + x[h] * reach
        total = np.zeros(shape)
        for yi, k in zip(y, places):
            A = np.maximum(S0, 0) * decay[..., k]
            z = yi * A / sigma**2
            total += np.log(i0e(z)) + z - A**2 / (2 * sigma**2)
        logs[..., h] = np.where(S0 > 0, total, -np.inf)
        S0s[..., h] = S0
    return logs + np.log(w * reach[..., None]), S0s


def posterior_mean(y, b, sigma):
    box = {name: PRIOR[name] for name in PRIOR}
    for level, nodes in enumerate([22, 26, 30, NODES]):
        grid = {name: rule(*box[name], nodes) for name in box}
        logs, S0s = log_likelihood(y, b, grid["Dp"][0], grid["D"][0], grid["f"][0], sigma)
        p = np.exp(logs - logs.max())
        # Mass per node without the weights of the rule, for shrinking; with them, for the means.
        density = p.sum(-1)
        weights = density * grid["Dp"][1][:, None, None] * grid["D"][1][None, :, None] * grid["f"][1][None, None, :]
        if level == 3:
            total = weights.sum()
            axes = {"Dp": (1, 2), "D": (0, 2), "f": (0, 1)}
            return {name: float((weights.sum(axes[name]) * grid[name][0]).sum() / total) for name in box}
        kept = density > 1e-8 * density.max()
        for axis, name in enumerate(["Dp", "D", "f"]):
            on = np.nonzero(kept.any(tuple(k for k in range(3) if k != axis)))[0]
            x = grid[name][0]
            low = box[name][0] if on[0] < 2 else x[on[0] - 2]
            high = box[name][1] if on[-1] > nodes - 3 else x[on[-1] + 2]
            box[name] = (low, high)
    raise AssertionError


def main():
    random = np.random.default_rng(17)
    cases = []
    for protocol, bs in PROTOCOLS.items():
        for pattern in ["two b=0", "uneven"]:
            b = np.repeat(np.array(bs, float), repeats_of(pattern, bs))
            for snr in [10, 20, 50, 100]:
                for _ in range(VOXELS):
                    truth = {name: random.uniform(*PRIOR[name]) for name in PRIOR}
                    A = truth["f"] * np.exp(-b * truth["Dp"]) + (1 - truth["f"]) * np.exp(-b * truth["D"])
                    y = np.hypot(A + random.normal(size=len(b)) / snr, random.normal(size=len(b)) / snr)
                    mean = posterior_mean(y, b, 1 / snr)
                    cases.append(
                        {"protocol": protocol, "repeats": pattern, "snr": snr, "b": b.tolist(),
                         "y": [round(v, 9) for v in y], "mean": mean}
                    )
                    print(protocol, pattern, snr, truth, mean, file=sys.stderr)
    json.dump({"source": "scripts/statistics/posterior_mean.py, SciPy", "prior": PRIOR, "cases": cases}, sys.stdout, indent=1)
    print()


main()
