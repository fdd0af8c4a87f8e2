import { z } from 'zod';
import type { Fitter } from '../contracts/fitter.ts';
import { logLinearSettings, LogLinearSteps } from '../solvers/log-linear-steps.ts';
import { firstAbove, requireMeasurements } from '../solvers/measurements.ts';

const settings = z.strictObject(logLinearSettings);
type Settings = z.infer<typeof settings>;

/** The segmented fit by two straight lines in logarithms, every signal counting alike: see `LogLinearSteps`. */
const logLinear: Fitter<Settings> = {
  label: 'Segmented, log-linear',
  source:
    'Le Bihan et al., Radiology 1988;168:497-505; Pekar, Moonen and van Zijl, Magn Reson Med 1992;23:122-129',
  inexact: true,
  settings,
  // What perfusion is left at the threshold counts as diffusion, with or without noise.
  guarantees: ['ordered'],
  checkProtocol(bValues, { threshold }) {
    requireMeasurements('log-linear', bValues);
    firstAbove('log-linear', bValues, threshold);
  },
  prepare: async ({ bValues }, { threshold, bounds }) =>
    new LogLinearSteps('log-linear', bValues, threshold, bounds, 'none'),
};
export default logLinear;
