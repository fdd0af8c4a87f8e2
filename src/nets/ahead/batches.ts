/**
 * Fills the batch of a step, counted from 0: `x`, batch x inputs, and `target` as the loss wants it (empty where it wants
 * none). Steps are asked for in turn. Draw from a seed that the step is an axis of, and the same plan gives the same weights:
 * `deriveSeed(seed, 'batch', step)`.
 */
export type Draw = (step: number, x: Float32Array, target: Float32Array) => void;

/** A `Draw` that another thread can make for itself. */
export interface DrawModule<Setup = unknown> {
  /** Address of a module whose default export makes a `Draw` of the setup. */
  readonly url: string;
  /** Plain data. */
  readonly setup: Setup;
}

export interface BatchShape {
  readonly steps: number;
  /** Numbers in `x` and in `target`. */
  readonly inputs: number;
  readonly targets: number;
}

/** The batches of a training, step by step. */
export interface Batches {
  /** The batch of the next step. The arrays are the same every time. */
  next(): Promise<{ readonly x: Float32Array; readonly target: Float32Array }>;
  close(): Promise<void>;
}

/** Batches drawn in this thread, when they are asked for. */
export function batchesHere(draw: Draw, { inputs, targets }: BatchShape): Batches {
  const x = new Float32Array(inputs);
  const target = new Float32Array(targets);
  let step = 0;
  return {
    async next() {
      draw(step++, x, target);
      return { x, target };
    },
    async close() {},
  };
}
