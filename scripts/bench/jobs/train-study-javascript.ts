import { javaScriptEngine } from '../../../src/nets/fused/engines.ts';
import type { Job } from '../job.ts';
import { measureTraining } from '../measure-network.ts';

export default {
  title: 'training 7-7-7-7-3, batch 128, plain JavaScript',
  unit: 'step',
  atLeast: 10,
  measure: async ({ quick }) => measureTraining(javaScriptEngine('asked for'), [7, 7, 7], 128, quick ? 1 : 4),
  peer: ({ quick }) => ({
    name: 'PyTorch, eager Adam',
    script: 'torch_network.py',
    ask: { task: 'train', widths: [7, 7, 7, 7, 3], batch: 128, seconds: quick ? 1 : 4 },
    voxels: 100_000,
  }),
} satisfies Job;
