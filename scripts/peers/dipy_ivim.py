"""dipy's IVIM fits, S0 fitted too: `trr` (trust region, Branch 1999) or `VarPro` (Fadnavis 2019), given as an argument.

The request's settings are options of IvimModel: `split_b_D`, `split_b_S0`, `bounds` ([[lower S0, f, Dp, D], [upper …]]), …
"""

import sys

import peer

np = peer.np
ivim = peer.require("dipy.reconst.ivim")
gradient_table = peer.require("dipy.core.gradients").gradient_table


def fit(signals, b, request):
    directions = np.tile([1.0, 0.0, 0.0], (len(b), 1))
    directions[b == 0] = 0
    method = "VarPro" if "VarPro" in sys.argv else "trr"
    gradients = gradient_table(b, bvecs=directions, b0_threshold=0)
    model = ivim.IvimModel(gradients, fit_method=method, **request["settings"])
    fitted = model.fit(signals)
    return np.column_stack([fitted.S0_predicted, fitted.D, fitted.perfusion_fraction, fitted.D_star])


peer.run(fit)
