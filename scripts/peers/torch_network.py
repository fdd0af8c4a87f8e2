"""PyTorch training and using the study's network, or one with other widths, on one thread."""

import time

import numpy as np
import torch
from torch import nn

import stopwatch

torch.set_num_threads(1)
signals, b, request = stopwatch.voxels()
x = torch.from_numpy(np.ascontiguousarray(signals, dtype=np.float32))
b = torch.from_numpy(b.astype(np.float32))


class Network(nn.Module):
    def __init__(self, widths):
        super().__init__()
        layers = []
        for fan_in, fan_out in zip(widths[:-2], widths[1:-1]):
            layers += [nn.Linear(fan_in, fan_out), nn.ELU()]
        self.encoder = nn.Sequential(*layers, nn.Linear(widths[-2], widths[-1]))

    def parameters_of(self, x):
        return torch.abs(self.encoder(x))

    def forward(self, x):
        p = self.parameters_of(x)
        Dp, D, f = p[:, 0:1], p[:, 1:2], p[:, 2:3]
        return f * torch.exp(-b * Dp) + (1 - f) * torch.exp(-b * D)


def train(batch, seconds, **adam):
    torch.manual_seed(1)
    network = Network(request["widths"])
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-3, **adam)
    criterion = nn.MSELoss()
    steps, began, sunk = 0, None, 0.0
    warm_until = time.perf_counter() + 0.5
    while True:
        at = (steps * batch) % (len(x) - batch)
        rows = x[at : at + batch]
        optimiser.zero_grad()
        loss = criterion(network(rows), rows)
        loss.backward()
        optimiser.step()
        sunk += loss.item()
        now = time.perf_counter()
        if began is None and now > warm_until:
            steps, began = 0, now
        elif began is not None:
            steps += 1
            if now - began > seconds:
                return steps, now - began, sunk


def use(batch, seconds):
    torch.manual_seed(1)
    network = Network(request["widths"])
    voxels, sunk = 0, 0.0
    with torch.no_grad():
        network.parameters_of(x[:batch])
        began = time.perf_counter()
        while time.perf_counter() - began < seconds:
            for at in range(0, len(x) - batch + 1, batch):
                sunk += float(network.parameters_of(x[at : at + batch])[0, 0])
                voxels += batch
        return voxels, time.perf_counter() - began, sunk


task = request["task"]
if task == "use":
    rates = {}
    for batch in (256, 1024, 4096, 16384, len(x)):
        done, elapsed, _ = use(batch, request["seconds"])
        rates[batch] = done / elapsed
    best = max(rates, key=rates.get)
    stopwatch.answer(seconds=1.0, units=rates[best], version=f"PyTorch {torch.__version__}, {stopwatch.blas()}, batches of {best}", rates=rates)
else:
    adam = {}
    name = "eager Adam"
    if task == "train-fused":
        try:
            torch.optim.Adam([torch.zeros(1)], fused=True)
            adam, name = {"fused": True}, "fused Adam"
        except (RuntimeError, TypeError):
            adam, name = {"foreach": True}, "foreach Adam (this PyTorch has no fused Adam on the CPU)"
    steps, elapsed, _ = train(request["batch"], request["seconds"], **adam)
    stopwatch.answer(seconds=elapsed, units=steps, version=f"PyTorch {torch.__version__}, {stopwatch.blas()}, {name}")
