import type { Experiment } from '../src/contracts/experiment.ts';
import { remarksOfCases, writeVirtualCases } from '../src/classified/cases-of-study.ts';
import { liverFibrosisSchema, type LiverFibrosisConfig } from './liver-fibrosis/config.ts';
import { planLiverFibrosis } from './liver-fibrosis/plan.ts';

/** Significant fibrosis by a 3D network, as in Fan 2022, on cases whose ideal observer is known. */
const liverFibrosis: Experiment<LiverFibrosisConfig> = {
  label: 'Liver fibrosis by a 3D CNN',
  question:
    'How well does a 3D network tell significant liver fibrosis from T1-weighted, T2-weighted and ADC volumes, and what can a small test set show?',
  method:
    'Cases are divided by subject, stratified by class, into training, validation and test sets, several times; networks are trained on each ' +
    'division from several seeds. Early stopping and the choice of the epoch see validation cases alone. Virtual cases depend on the stage of ' +
    'fibrosis through a few latent variables, so the AUC of the ideal observer is known; a population of further cases, which no training ' +
    'sees, shows what a classifier is worth beyond one small test set.',
  schema: liverFibrosisSchema,
  plan: planLiverFibrosis,
  remarks: remarksOfCases,
  simulate: writeVirtualCases,
};
export default liverFibrosis;
