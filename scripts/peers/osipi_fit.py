"""A fitter of OSIPI's code collection (package osipi-ivim) by its name there, given as an argument: PV_MUMC_biexp, …"""

import contextlib
import io
import sys
import types
from pathlib import Path

import peer

np = peer.np
# The package's modules import each other as parts of `src`, the folder they lie in in its repository.
src = types.ModuleType("src")
src.__path__ = [str(Path(peer.require("wrappers.OsipiBase").__file__).parent.parent)]
sys.modules["src"] = src
name = sys.argv[1]
method = getattr(peer.require(f"src.standardized.{name}"), name)


def fit(signals, b, request):
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        # The b-values come with the signals: some of these fitters fail when told of them before.
        found = method(thresholds=[200]).osipi_fit(signals.copy(), b)
    S0 = np.broadcast_to(found.get("S0", 1.0), len(signals))
    return np.column_stack([S0, found["D"], found["f"], found["Dp"]])


peer.run(fit)
