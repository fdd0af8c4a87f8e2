import { loadFusedEngine } from '../../../src/nets/fused/load.ts';
import type { Job } from '../job.ts';
import { measureUse } from '../measure-network.ts';

export default {
  title: 'inference 7-7-7-7-3, SIMD',
  unit: 'voxel',
  atLeast: 2,
  measure: async ({ quick }) => measureUse(await loadFusedEngine(), [7, 7, 7], quick ? 1 : 3),
  peer: ({ quick }) => ({
    name: 'PyTorch at its best batch size',
    script: 'torch_network.py',
    ask: { task: 'use', widths: [7, 7, 7, 7, 3], seconds: quick ? 0.5 : 1.5 },
    voxels: 100_000,
  }),
} satisfies Job;
