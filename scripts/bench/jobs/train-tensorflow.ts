import { loadFusedEngine } from '../../../src/nets/fused/load.ts';
import { chooseEngine } from '../../../src/nets/choose-engine.ts';
import type { Job } from '../job.ts';
import { measureTraining } from '../measure-network.ts';

export default {
  title: 'training 7-7-7-7-3, batch 128, fused against TensorFlow.js',
  unit: 'step',
  atLeast: null,
  measure: async ({ quick }) => measureTraining(await loadFusedEngine(), [7, 7, 7], 128, quick ? 1 : 4),
  peer: ({ quick }) => ({
    name: 'TensorFlow.js on WASM',
    measure: async () => measureTraining((await chooseEngine('wasm')).engine, [7, 7, 7], 128, quick ? 1 : 4),
  }),
} satisfies Job;
