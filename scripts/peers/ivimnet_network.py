"""Training and using the network of the package ivimnet (Kaandorp 2021, its optimised settings), on one thread."""

import sys
import time

import numpy as np
import torch

import stopwatch

try:
    import IVIMNET.deep as deep
except Exception as error:  # a package may fail in many ways while it is imported
    sys.exit(f"ivimnet cannot be imported: {error}")

torch.set_num_threads(1)
torch.manual_seed(1)
signals, b, request = stopwatch.voxels()
b = np.append(0.0, b)
x = torch.from_numpy(np.column_stack([np.ones(len(signals)), signals]).astype(np.float32))
network = deep.Net(torch.from_numpy(b.astype(np.float32)), deep.net_pars("optim"))
batch, seconds = request["batch"], request["seconds"]


def train(steps):
    """The package's own loop over batches, without its progress bar."""
    for _ in range(steps):
        at = np.random.randint(len(x) - batch)
        rows = x[at : at + batch]
        optimiser.zero_grad()
        predicted = network(rows)[0]
        predicted[torch.isnan(predicted)] = 0
        predicted[predicted < 0] = 0
        predicted[predicted > 3] = 3
        loss = criterion(predicted, rows)
        loss.backward()
        optimiser.step()
        loss.item()


def use(steps):
    with torch.no_grad():
        for _ in range(steps):
            at = np.random.randint(len(x) - batch)
            network(x[at : at + batch])


optimiser = torch.optim.Adam(network.parameters(), lr=1e-4)
criterion = torch.nn.MSELoss()
network.train(request["task"] == "train")
work = train if request["task"] == "train" else use
work(20)
steps, began = 0, time.perf_counter()
while time.perf_counter() - began < seconds:
    work(10)
    steps += 10
elapsed = time.perf_counter() - began
units = steps if request["task"] == "train" else steps * batch
stopwatch.answer(seconds=elapsed, units=units, version=f"ivimnet in PyTorch {torch.__version__}, {stopwatch.blas()}")
