import { loadFusedEngine } from '../../../src/nets/fused/load.ts';
import type { Job } from '../job.ts';
import { measureOptimisedUse } from '../measure-network.ts';

export default {
  title: 'inference of the optimised network (IVIM-NET), SIMD',
  unit: 'voxel',
  atLeast: null,
  measure: async ({ quick }) => measureOptimisedUse(await loadFusedEngine(), quick ? 1 : 3),
  peer: ({ quick }) => ({
    name: 'ivimnet in PyTorch',
    script: 'ivimnet_network.py',
    ask: { task: 'use', batch: 4096, seconds: quick ? 1 : 3 },
    voxels: 100_000,
  }),
} satisfies Job;
