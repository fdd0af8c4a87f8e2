import type { TrainerOptions } from '../engine.ts';

/** How many terms the mean of the loss runs over. */
export function lossTerms({
  network,
  loss,
  batch,
}: Pick<TrainerOptions, 'network' | 'loss' | 'batch'>): number {
  return batch * (loss.kind === 'rebuild' ? network.inputs : network.outputs);
}
