import { loadFusedEngine } from '../../../src/nets/fused/load.ts';
import type { Job } from '../job.ts';
import { measureTraining } from '../measure-network.ts';

export default {
  title: 'training 7-64-64-64-3, batch 1,024, SIMD',
  unit: 'step',
  atLeast: 1.2,
  measure: async ({ quick }) => measureTraining(await loadFusedEngine(), [64, 64, 64], 1024, quick ? 1 : 4),
  peer: ({ quick }) => ({
    name: 'PyTorch, fused Adam',
    script: 'torch_network.py',
    ask: { task: 'train-fused', widths: [7, 64, 64, 64, 3], batch: 1024, seconds: quick ? 1 : 4 },
    voxels: 100_000,
  }),
} satisfies Job;
