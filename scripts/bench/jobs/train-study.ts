import { loadFusedEngine } from '../../../src/nets/fused/load.ts';
import type { Job } from '../job.ts';
import { measureTraining } from '../measure-network.ts';

export default {
  title: 'training 7-7-7-7-3, batch 128, SIMD',
  unit: 'step',
  atLeast: 30,
  measure: async ({ quick }) => measureTraining(await loadFusedEngine(), [7, 7, 7], 128, quick ? 1 : 4),
  peer: ({ quick }) => ({
    name: 'PyTorch, eager Adam',
    script: 'torch_network.py',
    ask: { task: 'train', widths: [7, 7, 7, 7, 3], batch: 128, seconds: quick ? 1 : 4 },
    voxels: 100_000,
  }),
} satisfies Job;
