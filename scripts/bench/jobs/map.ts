import type { Job } from '../job.ts';
import { measureFitter } from '../measure-fitter.ts';
import { benchmarkVoxels } from '../voxels.ts';

/** The densities the study's own voxels give (shared by both sides). */
const prior = {
  Dp: { median: 0.04253754581633273, sigma: 1.0072357422074274 },
  D: { median: 0.0010282528600798425, sigma: 0.5505177485674959 },
  f: { a: 2.359864887898755, b: 5.8660537921807885 },
};

export default {
  title: 'Bayesian MAP, its least squares included',
  unit: 'voxel',
  atLeast: 5000,
  measure: ({ quick }) => measureFitter('map', benchmarkVoxels(quick ? 20_000 : 100_000), { prior }),
  peer: ({ quick }) => ({
    name: 'the study’s objective under SciPy L-BFGS-B',
    script: 'scipy_map.py',
    ask: { prior },
    voxels: quick ? 30 : 200,
  }),
} satisfies Job;
