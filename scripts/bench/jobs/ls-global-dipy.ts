import type { Job } from '../job.ts';
import { measureFitter } from '../measure-fitter.ts';
import { benchmarkVoxels } from '../voxels.ts';

export default {
  title: 'least squares, against variable projection',
  unit: 'voxel',
  atLeast: null,
  measure: ({ quick }) => measureFitter('ls-global', benchmarkVoxels(quick ? 20_000 : 100_000), {}),
  peer: ({ quick }) => ({
    name: 'dipy VarPro',
    script: 'dipy_varpro.py',
    ask: {},
    voxels: quick ? 10 : 50,
  }),
} satisfies Job;
