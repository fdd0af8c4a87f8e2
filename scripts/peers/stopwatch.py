"""Reads the voxels to be timed on and prints one JSON object, for scripts/bench."""

import json
import sys
import time

import numpy as np


def voxels():
    """The request on standard input: {"signals": PATH.npy (n x n_b, b=0 dropped), "b": [...], ...}."""
    request = json.load(sys.stdin)
    return np.load(request["signals"]), np.asarray(request["b"], float), request


def timed(job):
    began = time.perf_counter()
    answer = job()
    return time.perf_counter() - began, answer


def answer(**facts):
    json.dump(facts, sys.stdout)
