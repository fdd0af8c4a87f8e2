import { z } from 'zod';
import type { Fitter } from '../contracts/fitter.ts';
import { logLinearSettings, LogLinearSteps } from '../solvers/log-linear-steps.ts';
import { firstAbove, requireMeasurements } from '../solvers/measurements.ts';

const settings = z.strictObject({
  ...logLinearSettings,
  reweightings: z
    .int()
    .min(0)
    .max(20)
    .default(1)
    .describe(
      'number of fits with weights from the fitted signals; 0 keeps the weights from the measured signals',
    ),
});
type Settings = z.infer<typeof settings>;

/**
 * The segmented fit by two straight lines in logarithms, each signal weighted by its square, since the logarithm
 * stretches the noise of low signals (Salvador 2005); then by the square of the signal fitted, which does without
 * the noise in the weights (Veraart 2013). See `LogLinearSteps`.
 */
const wls: Fitter<Settings> = {
  label: 'Segmented, weighted log-linear',
  source:
    'Salvador et al., Hum Brain Mapp 2005;24:144-155; Veraart et al., NeuroImage 2013;81:335-346 (weights); ' +
    'Le Bihan et al., Radiology 1988;168:497-505 (steps)',
  inexact: true,
  settings,
  // What perfusion is left at the threshold counts as diffusion, with or without noise.
  guarantees: ['ordered'],
  checkProtocol(bValues, { threshold }) {
    requireMeasurements('wls', bValues);
    firstAbove('wls', bValues, threshold);
  },
  prepare: async ({ bValues }, { threshold, bounds, reweightings }) =>
    new LogLinearSteps('wls', bValues, threshold, bounds, { reweightings }),
};
export default wls;
