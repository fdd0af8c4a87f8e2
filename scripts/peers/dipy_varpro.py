"""dipy's VarPro fit of the IVIM model, b=0 included as it demands."""

import warnings

import dipy
import numpy as np
from dipy.core.gradients import gradient_table
from dipy.reconst.ivim import IvimModel

import stopwatch

warnings.filterwarnings("ignore")
signals, b, _ = stopwatch.voxels()
with_b0 = np.hstack([np.ones((len(signals), 1)), signals])
b = np.concatenate([[0.0], b])
directions = np.tile([1.0, 0.0, 0.0], (len(b), 1))
directions[b == 0] = 0
model = IvimModel(gradient_table(b, bvecs=directions, b0_threshold=0), fit_method="VarPro")
model.fit(with_b0[:2])
seconds, fitted = stopwatch.timed(lambda: model.fit(with_b0))
stopwatch.answer(seconds=seconds, units=len(signals), version="dipy " + dipy.__version__)
