"""SciPy's curve_fit as the study calls it: b=0 left out, bounds 0..1, start Dp .01, D .001, f .1."""

import peer

np = peer.np
curve_fit = peer.require("scipy.optimize").curve_fit


def decay(b, Dp, D, f):
    return f * np.exp(-b * Dp) + (1 - f) * np.exp(-b * D)


def fit(signals, b, request):
    estimates = np.full((len(signals), 4), np.nan)
    sd = np.full((len(signals), 3), np.nan)
    for i, row in enumerate(signals):
        try:
            (Dp, D, f), covariance = curve_fit(decay, b[1:], row[1:], p0=[0.01, 0.001, 0.1], bounds=(0, 1))
        except (RuntimeError, ValueError):  # no convergence; signals that are not finite
            continue
        sd_Dp, sd_D, sd_f = np.sqrt(np.diag(covariance))
        estimates[i] = 1, D, f, Dp
        sd[i] = (sd_D, sd_f, sd_Dp) if Dp >= D else (sd_Dp, sd_f, sd_D)
    return ordered(estimates), sd


def ordered(estimates):
    """The same curves with Dp >= D: where a fit ends the other way round, the two change names."""
    S0, D, f, Dp = estimates.T
    swap = Dp < D
    return np.column_stack([S0, np.where(swap, Dp, D), np.where(swap, 1 - f, f), np.where(swap, D, Dp)])


peer.run(fit)
