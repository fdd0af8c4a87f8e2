import { z } from 'zod';
import type { Fitter } from '../contracts/fitter.ts';
import { engineEnvironment } from '../nets/choose-engine.ts';
import { prepareBranched } from './branched-network/prepare.ts';
import { branchedSettings } from './branched-network/settings.ts';

const weight = z.number().min(0);

const settings = z.strictObject({
  ...branchedSettings({
    depth: 4,
    learningRate: 1e-4,
    ranges: { S0: [0.7, 1.3], D: [-0.0001, 0.005], f: [-0.05, 0.7], Dp: [-0.05, 0.3] },
    widen: 0,
  }),
  supervision: z
    .strictObject({
      D: weight.default(20_000).describe('weight of the error of D'),
      f: weight.default(80).describe('weight of the error of f'),
      Dp: weight.default(200).describe('weight of the error of Dp'),
    })
    .prefault({})
    .describe('weights of the mean squared errors, D and Dp in mm²/s'),
  consistency: weight
    .default(0.1)
    .describe('weight of the mean squared difference between the signals and the reconstructed signals'),
});
type Settings = z.infer<typeof settings>;

/**
 * SUPER-IVIM-DC: the network of IVIM-NET in an earlier form (four hidden layers, dropout after each), taught with the truth of
 * simulated voxels and, at the same time, to rebuild their signals. The loss is a weighted sum of the mean squared errors
 * of D, f and Dp and of the mean squared difference between signals and rebuilt ones; settings are those of the
 * authors' code.
 *
 * Statuses: `converged`; `atBound` where f lay outside 0..1 or a diffusivity below 0 and was moved there; `notFinite`.
 */
const superIvimDc: Fitter<Settings> = {
  label: 'SUPER-IVIM-DC',
  source:
    'Korngut et al., SUPER-IVIM-DC: intra-voxel incoherent motion based fetal lung maturity assessment from limited DWI data using supervised learning coupled with data-consistency, MICCAI 2022, LNCS 13432:743-752',
  inexact: true,
  settings,
  settingsWithModel: ['engine'],
  trains: 'on given voxels',
  environment: engineEnvironment,
  prepare(task, { supervision: { D, f, Dp }, consistency, ...settings }) {
    return prepareBranched(task, settings, {
      fitter: 'super-ivim-dc',
      droppedLayers: settings.depth,
      consistency,
      supervision: [Dp, D, f, 0],
    });
  },
};
export default superIvimDc;
