import type { Job } from '../job.ts';
import { measureFitter } from '../measure-fitter.ts';
import { studyPrior } from '../study-prior.ts';
import { benchmarkVoxels } from '../voxels.ts';

export default {
  title: 'Bayesian MAP, its least squares included',
  unit: 'voxel',
  atLeast: 5000,
  measure: ({ quick }) =>
    measureFitter('map', benchmarkVoxels(quick ? 20_000 : 100_000), { prior: studyPrior }),
  peer: ({ quick }) => ({
    name: 'the study’s objective under SciPy L-BFGS-B',
    script: 'scipy_map.py',
    ask: { prior: studyPrior },
    voxels: quick ? 30 : 200,
  }),
} satisfies Job;
