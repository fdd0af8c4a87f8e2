import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { batchesHere, type Batches, type BatchShape, type DrawModule } from './batches.ts';

/**
 * Maximum number of batches that wait for the training, and of their bytes. Some steps take fifty times as long to draw as
 * others, since exact answers are computed now and then: with few batches in the queue, the training would wait for each of
 * them.
 */
const MOST_SLOTS = 64;
const MOST_BYTES = 2 ** 25;

/** The setup of the drawing thread. */
export interface AheadSetup extends Pick<DrawModule, 'url' | 'setup'> {
  /** Shared with the thread that trains. */
  readonly slots: readonly Slot[];
}

export interface Slot {
  readonly x: Float32Array;
  readonly target: Float32Array;
}

/** One batch to draw. */
export interface AheadTask {
  readonly step: number;
  readonly slot: number;
}

/**
 * Returns the same batches as `batchesHere`, drawn by a second thread during training; by this one if there is only one core.
 */
export async function batchesAhead(module: DrawModule, shape: BatchShape): Promise<Batches> {
  if (availableParallelism() === 1) return batchesHere(module.here(), shape);
  const { steps, inputs, targets } = shape;
  const shared = (n: number) => new Float32Array(new SharedArrayBuffer(4 * n));
  const count = Math.max(2, Math.min(MOST_SLOTS, Math.floor(MOST_BYTES / (4 * (inputs + targets)))));
  const slots = Array.from({ length: count }, (): Slot => ({ x: shared(inputs), target: shared(targets) }));
  const typeScript = import.meta.url.endsWith('.ts');
  const setup: AheadSetup = { url: module.url, setup: module.setup, slots };
  const pool = new Piscina<AheadTask, void>({
    // A worker can't be started from TypeScript: a JavaScript module registers the loader and imports the worker.
    filename: new URL(typeScript ? './worker-boot.mjs' : './worker.js', import.meta.url).href,
    // A single thread, so that batches are drawn in the order of their steps.
    minThreads: 1,
    maxThreads: 1,
    concurrentTasksPerWorker: count,
    workerData: setup,
  });
  // Errors are reported by the batches; an error without a batch would end the process.
  pool.on('error', () => {});
  const order = (step: number) => {
    const drawn = pool.run({ step, slot: step % count });
    // Reported when it is its turn.
    drawn.catch(() => {});
    return drawn;
  };
  const waiting = Array.from({ length: Math.min(count, steps) }, (_, step) => order(step));
  // Copied, so that the slot is free at once, and for engines without support for shared memory.
  const x = new Float32Array(inputs);
  const target = new Float32Array(targets);
  let step = 0;
  return {
    async next() {
      const slot = slots[step % count];
      await waiting.shift();
      x.set(slot.x);
      target.set(slot.target);
      if (step + count < steps) waiting.push(order(step + count));
      step++;
      return { x, target };
    },
    close: () => pool.destroy(),
  };
}
