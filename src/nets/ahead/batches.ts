/**
 * Fills the batch of a step, counted from 0: `x`, batch x inputs, and `target` as required by the loss (empty if it needs
 * none). Steps are requested in order. For the same plan to give the same weights, draw from a seed that depends on the step:
 * `deriveSeed(seed, 'batch', step)`.
 */
export type Draw = (step: number, x: Float32Array, target: Float32Array) => void;

/** A description of a `Draw` that another thread can create. */
export interface DrawModule<Setup = unknown> {
  /** Address of a module whose default export creates a `Draw` from the setup. */
  readonly url: string;
  /** Plain data. */
  readonly setup: Setup;
  /** Creates the `Draw` in this thread. */
  readonly here: () => Draw;
}

export interface BatchShape {
  readonly steps: number;
  /** Numbers in `x` and in `target`. */
  readonly inputs: number;
  readonly targets: number;
}

/** The batches of a training, step by step. */
export interface Batches {
  /** Returns the batch of the next step, always in the same arrays. */
  next(): Promise<{ readonly x: Float32Array; readonly target: Float32Array }>;
  close(): Promise<void>;
}

/** Draws batches in this thread, on request. */
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
