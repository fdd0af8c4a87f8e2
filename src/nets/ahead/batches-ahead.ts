import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { batchesHere, type Batches, type BatchShape, type Draw, type DrawModule } from './batches.ts';

/**
 * Batches that may wait for the training, and how many bytes they may take. Some steps take fifty times as long to draw as
 * others, since now and then exact answers are computed: with few batches waiting, the training would wait for each of them.
 */
const MOST_SLOTS = 64;
const MOST_BYTES = 2 ** 25;

/** What the drawing thread is given. */
export interface AheadSetup extends DrawModule {
  /** Shared with the thread that trains. */
  readonly slots: readonly Slot[];
}

export interface Slot {
  readonly x: Float32Array;
  readonly target: Float32Array;
}

/** One batch to be drawn. */
export interface AheadTask {
  readonly step: number;
  readonly slot: number;
}

/**
 * The same batches as `batchesHere`, drawn by a second thread while this one trains; by this one where there is only one
 * core.
 */
export async function batchesAhead(module: DrawModule, shape: BatchShape): Promise<Batches> {
  if (availableParallelism() === 1) {
    const { default: prepare } = (await import(module.url)) as { default: (setup: unknown) => Draw };
    return batchesHere(prepare(module.setup), shape);
  }
  const { steps, inputs, targets } = shape;
  const shared = (n: number) => new Float32Array(new SharedArrayBuffer(4 * n));
  const count = Math.max(2, Math.min(MOST_SLOTS, Math.floor(MOST_BYTES / (4 * (inputs + targets)))));
  const slots = Array.from({ length: count }, (): Slot => ({ x: shared(inputs), target: shared(targets) }));
  const typeScript = import.meta.url.endsWith('.ts');
  const setup: AheadSetup = { ...module, slots };
  const pool = new Piscina<AheadTask, void>({
    // A worker can't be started from TypeScript: a plain module registers the loader and goes on from there.
    filename: new URL(typeScript ? './worker-boot.mjs' : './worker.js', import.meta.url).href,
    // One alone: batches are drawn in the order of their steps.
    minThreads: 1,
    maxThreads: 1,
    concurrentTasksPerWorker: count,
    workerData: setup,
  });
  // Batches tell of what fails; an error without one would end the process.
  pool.on('error', () => {});
  const order = (step: number) => {
    const drawn = pool.run({ step, slot: step % count });
    // Told when its turn comes.
    drawn.catch(() => {});
    return drawn;
  };
  const waiting = Array.from({ length: Math.min(count, steps) }, (_, step) => order(step));
  // Copied, so that the slot is free at once, and engines that know no shared memory are served too.
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
