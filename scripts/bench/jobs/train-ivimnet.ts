import { loadFusedEngine } from '../../../src/nets/fused/load.ts';
import type { Job } from '../job.ts';
import { measureOptimisedTraining } from '../measure-network.ts';

export default {
  title: 'training the optimised network (IVIM-NET), batch 128, SIMD',
  unit: 'step',
  atLeast: null,
  measure: async ({ quick }) => measureOptimisedTraining(await loadFusedEngine(), 128, quick ? 1 : 4),
  peer: ({ quick }) => ({
    name: 'ivimnet in PyTorch',
    script: 'ivimnet_network.py',
    ask: { task: 'train', batch: 128, seconds: quick ? 1 : 4 },
    voxels: 100_000,
  }),
} satisfies Job;
