import { z } from 'zod';
import type { Fitter } from '../contracts/fitter.ts';
import { engineEnvironment } from '../nets/choose-engine.ts';
import { prepareBranched } from './branched-network/prepare.ts';
import { branchedSettings } from './branched-network/settings.ts';

const settings = z.strictObject(
  branchedSettings({
    depth: 2,
    learningRate: 3e-5,
    ranges: { S0: [0, 2], D: [0, 0.005], f: [0, 0.7], Dp: [0.005, 0.2] },
    widen: 0.3,
  }),
);
type Settings = z.infer<typeof settings>;

/**
 * IVIM-NET_optim: one network for each of S0, D, f and Dp, in parallel and with the same inputs, two hidden layers as wide as
 * there are b-values, batch normalisation, ELU, dropout after all hidden layers except the last, and a sigmoid that confines
 * each parameter to a range widened by 30 % at both ends. Trained without truth: the loss is the mean squared difference
 * between the signals, including b=0, and those reconstructed from the outputs; training stops early by the loss on held-out
 * voxels.
 *
 * Statuses: `converged`; `atBound` if f was outside 0..1 or a diffusivity below 0 and was moved there; `fellBack` if the
 * network's S0 was not positive and was replaced by the mean at b=0; `notFinite`.
 */
const ivimNetOptim: Fitter<Settings> = {
  label: 'IVIM-NET optim',
  source:
    'Kaandorp et al., Improved unsupervised physics-informed deep learning for intravoxel incoherent motion modeling and evaluation in pancreatic cancer patients, Magn Reson Med 2021;86:2250-2265',
  inexact: true,
  settings,
  settingsWithModel: ['engine'],
  trains: 'on given voxels',
  environment: engineEnvironment,
  prepare: (task, settings) =>
    prepareBranched(task, settings, {
      fitter: 'ivim-net-optim',
      droppedLayers: settings.depth - 1,
      consistency: 1,
      supervision: [],
    }),
};
export default ivimNetOptim;
