import type { Job } from '../job.ts';
import { measureFitter } from '../measure-fitter.ts';
import { sumOfSquares } from '../objective.ts';
import { benchmarkVoxels } from '../voxels.ts';

export default {
  title: 'least squares, trust-region reflective as SciPy',
  unit: 'voxel',
  atLeast: 50,
  measure: ({ quick }) => measureFitter('ls', benchmarkVoxels(quick ? 5000 : 20_000), {}, sumOfSquares),
  peer: ({ quick }) => ({
    name: 'SciPy curve_fit',
    script: 'scipy_least_squares.py',
    ask: {},
    voxels: quick ? 200 : 1000,
  }),
} satisfies Job;
