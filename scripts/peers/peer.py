"""What every peer does around its fit: read the request, write the estimates (docs/external-fitters.md)."""

import importlib
import json
import sys
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")


def require(module, install="scripts/peers/install brings it"):
    """Imports a module, or ends with one line that says what is missing."""
    try:
        return importlib.import_module(module)
    except Exception as error:  # a package may fail in many ways while it is imported
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        sys.exit(f"{module} cannot be imported: {reason} ({install})")


np = require("numpy")


def run(fit):
    """Hands `fit` the signals (n x b-values, b=0 first), the b-values and the request; keeps its n x 4 of S0, D, f, Dp.

    A fit that knows standard deviations returns a pair: the estimates and n x 3 of D, f, Dp.
    """
    folder = Path(sys.argv[-1])
    request = json.loads((folder / "request.json").read_text())
    signals = np.load(folder / request["files"]["signals"])
    answer = fit(signals, np.array(request["b_values"], float), request)
    estimates, sd = answer if isinstance(answer, tuple) else (answer, None)
    np.save(folder / request["files"]["estimates"], estimates)
    if sd is not None:
        np.save(folder / request["files"]["sd"], sd)
