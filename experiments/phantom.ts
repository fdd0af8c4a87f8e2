import type { Experiment } from '../src/contracts/experiment.ts';
import { simulatedStudy } from '../src/simulated/study.ts';
import { byProtocol, phantomSchema, sectionKeys, type PhantomConfig } from './phantom/config.ts';
import { planPhantom } from './phantom/plan.ts';

/** Simulated voxels at several noise levels with known truth: error and time of every fitter (Barbieri 2020). */
const phantom: Experiment<PhantomConfig> = {
  label: 'Phantom: error against SNR',
  question:
    'How far from the truth are D, f and Dp of each fitter at each noise level, and how long does it take?',
  schema: phantomSchema,
  section: { order: 10, keys: sectionKeys, required: true },
  plan: planPhantom,
  ...simulatedStudy(byProtocol),
};
export default phantom;
