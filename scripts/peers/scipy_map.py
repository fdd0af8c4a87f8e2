"""The study's Bayesian fit: its negative log posterior under L-BFGS-B with SciPy's densities and numerical gradients."""

import numpy as np
import scipy
from scipy.optimize import curve_fit, minimize
from scipy.stats import beta, lognorm

import stopwatch


def decay(b, Dp, D, f):
    return f * np.exp(-b * Dp) + (1 - f) * np.exp(-b * D)


def negative_log_posterior(p, b, row, densities):
    Dp, D, f = p
    if Dp < D:
        return 1e8
    sse = np.sum((row - decay(b, Dp, D, f)) ** 2)
    prior = sum(np.log(density.pdf(value) + 1e-8) for density, value in zip(densities, (Dp, D, f)))
    return 0.5 * (len(b) + 1) * np.log(sse) - prior


def fit(signals, b, densities):
    objective = np.full(len(signals), np.nan)
    for i, row in enumerate(signals):
        try:
            start, _ = curve_fit(decay, b, row, p0=[0.01, 0.001, 0.1], bounds=(0, 1))
        except RuntimeError:
            continue
        if start[0] < start[1]:
            start = np.array([start[1], start[0], 1 - start[2]])
        found = minimize(
            negative_log_posterior, x0=start, args=(b, row, densities), bounds=[(0, 1)] * 3, method="L-BFGS-B"
        )
        objective[i] = found.fun
    return objective


signals, b, request = stopwatch.voxels()
prior = request["prior"]
densities = (
    lognorm(prior["Dp"]["sigma"], 0, prior["Dp"]["median"]),
    lognorm(prior["D"]["sigma"], 0, prior["D"]["median"]),
    beta(prior["f"]["a"], prior["f"]["b"], 0, 1),
)
np.seterr(all="ignore")
fit(signals[:2], b, densities)
seconds, objective = stopwatch.timed(lambda: fit(signals, b, densities))
stopwatch.answer(seconds=seconds, units=len(signals), version="SciPy " + scipy.__version__, objective=objective.tolist())
