import { batchesHere, type Batches, type BatchShape, type DrawModule } from '../../../nets/ahead/batches.ts';

/** Draws the batches in the worker that trains. */
export const batchesAhead = async (module: DrawModule, shape: BatchShape): Promise<Batches> =>
  batchesHere(module.here(), shape);
