import type { DenseNetwork, Loss } from '../engine.ts';

/** Numbers in a row of targets; 0 where the loss needs none. */
export function targetWidth({ outputs }: DenseNetwork, loss: Loss): number {
  switch (loss.kind) {
    case 'rebuild':
      return 0;
    case 'squared':
      return outputs;
    case 'weighted':
      return 2 * outputs;
    case 'rebuild-s0':
      return loss.supervision.length;
  }
}
