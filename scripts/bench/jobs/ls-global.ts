import type { Job } from '../job.ts';
import { measureFitter } from '../measure-fitter.ts';
import { sumOfSquares } from '../objective.ts';
import { benchmarkVoxels } from '../voxels.ts';

export default {
  title: 'least squares, global minimum',
  unit: 'voxel',
  atLeast: 1000,
  measure: ({ quick }) =>
    measureFitter('ls-global', benchmarkVoxels(quick ? 20_000 : 100_000), {}, sumOfSquares),
  peer: ({ quick }) => ({
    name: 'SciPy curve_fit',
    script: 'scipy_least_squares.py',
    ask: {},
    voxels: quick ? 200 : 1000,
  }),
} satisfies Job;
