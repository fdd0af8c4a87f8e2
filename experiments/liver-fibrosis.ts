import type { Experiment } from '../src/contracts/experiment.ts';
import { liverFibrosisSchema, type LiverFibrosisConfig } from './liver-fibrosis/config.ts';
import { planLiverFibrosis } from './liver-fibrosis/plan.ts';

/** Significant fibrosis by a 3D network, as in Fan 2022, on cases whose ideal observer is known. */
const liverFibrosis: Experiment<LiverFibrosisConfig> = {
  label: 'Liver fibrosis by a 3D CNN',
  question:
    'How well does a 3D network tell significant liver fibrosis from T1-weighted, T2-weighted and ADC volumes, and what can a small test set show?',
  schema: liverFibrosisSchema,
  plan: planLiverFibrosis,
};
export default liverFibrosis;
