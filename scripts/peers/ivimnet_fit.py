"""IVIM-NET in PyTorch (package ivimnet; Kaandorp 2021), trained anew at every call on voxels simulated here.

It needs the tissue, of which its voxels are drawn (uniform distributions alone). Settings: `voxels` to train on; `noise`, the range
of sigma / S0 per channel; `learning_rate`, where the package's own (3e-5) takes too long. The network is the paper's optimised one.
"""

import contextlib
import io

import peer

np = peer.np
torch = peer.require("torch", "Debian's package python3-torch brings it")
deep = peer.require("IVIMNET.deep")


class Hyperparameters:
    """What the package reads its choices from."""

    def __init__(self, settings):
        self.fig = False
        self.save_name = "optim"
        self.norm_data_full = False
        self.net_pars = deep.net_pars("optim")
        # The package leaves out the widening of the sigmoid's range that the paper describes.
        low, high = np.array(self.net_pars.cons_min), np.array(self.net_pars.cons_max)
        margin = 0.3 * (high - low)
        self.net_pars.cons_min, self.net_pars.cons_max = low - margin, high + margin
        self.train_pars = deep.train_pars("optim")
        self.train_pars.lr = settings.get("learning_rate", self.train_pars.lr)
        self.train_pars.use_cuda, self.train_pars.device = False, torch.device("cpu")
        self.sim, self.fit = deep.sim(), deep.lsqfit()


def simulated(b, tissue, settings, random):
    n = settings.get("voxels", 100_000)
    ranges = [tissue[name]["uniform"] for name in ("D", "f", "Dp")] + [settings.get("noise", (0, 0.1))]
    D, f, Dp, sigma = (random.uniform(low, high, (n, 1)) for low, high in ranges)
    clean = f * np.exp(-b * Dp) + (1 - f) * np.exp(-b * D)
    noise = sigma * random.standard_normal((2, n, len(b)))
    noisy = np.hypot(clean + noise[0], noise[1])
    return noisy / noisy[:, :1]


def fit(signals, b, request):
    settings, seed = request["settings"], request["seed"]
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    choices = Hyperparameters(settings)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        network = deep.learn_IVIM(simulated(b, request["tissue"], settings, np.random.default_rng(seed)), b, choices)
        D, f, Dp, S0 = deep.predict_IVIM(signals.copy(), b, network, choices)
    estimates = np.column_stack([S0, D, f, Dp])
    estimates[D == 0] = np.nan  # the package's word for a voxel it did not look at
    return estimates


peer.run(fit)
