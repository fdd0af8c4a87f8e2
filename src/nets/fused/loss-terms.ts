import type { TrainerOptions } from '../engine.ts';

/** How many terms the mean of the loss runs over. */
export function lossTerms({
  network,
  loss,
  batch,
}: Pick<TrainerOptions, 'network' | 'loss' | 'batch'>): number {
  switch (loss.kind) {
    case 'rebuild':
      return batch * network.inputs;
    case 'rebuild-s0':
      return batch;
    default:
      return batch * network.outputs;
  }
}
