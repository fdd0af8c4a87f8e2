"""SciPy's curve_fit as the study calls it: bounds 0..1, start Dp .01, D .001, f .1."""

import numpy as np
import scipy
from scipy.optimize import curve_fit

import stopwatch


def decay(b, Dp, D, f):
    return f * np.exp(-b * Dp) + (1 - f) * np.exp(-b * D)


def fit(signals, b):
    estimates = np.full((len(signals), 3), np.nan)
    for i, row in enumerate(signals):
        try:
            estimates[i], _ = curve_fit(decay, b, row, p0=[0.01, 0.001, 0.1], bounds=(0, 1))
        except RuntimeError:
            pass
    return estimates


signals, b, _ = stopwatch.voxels()
fit(signals[:5], b)
seconds, estimates = stopwatch.timed(lambda: fit(signals, b))
residuals = signals - np.array([decay(b, *row) for row in estimates])
stopwatch.answer(
    seconds=seconds, units=len(signals), version="SciPy " + scipy.__version__, objective=(residuals**2).sum(axis=1).tolist()
)
