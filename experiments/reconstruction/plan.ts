import type { Cell } from '../../src/contracts/cell.ts';
import { planHeads, planReceiver, type ReconstructionPlan } from '../../src/reconstructed/plan.ts';
import type { ReconstructionConfig } from './config.ts';

/** The subjects; and for every receiver all methods, and comparisons of networks with the others. */
export async function planReconstruction(config: ReconstructionConfig): Promise<Cell[]> {
  const plan: ReconstructionPlan = { experiment: 'reconstruction', config };
  return [
    ...(await planHeads(plan)),
    ...config.receivers.flatMap((receiver, i) => planReceiver(plan, receiver, { isFirst: i === 0 })),
  ];
}
