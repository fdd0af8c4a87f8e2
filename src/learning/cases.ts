import type { Batch, Shape } from '../contracts/learner.ts';
import { concatenated } from './concatenated.ts';

/** Cases in memory, and whose they are. */
export interface Cases {
  readonly n: number;
  readonly shape: Shape;
  /** n x the product of the shape. */
  readonly inputs: Float32Array;
  /** n rows, of what the network is to say. */
  readonly targets: Float32Array;
}

/** Numbers per case. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, each) => product * each, 1);

/** Copies cases into a batch, in the order given. */
export function gather({ n, shape, inputs, targets }: Cases, which: ArrayLike<number>): Batch {
  const [width, outputs] = [sizeOf(shape), targets.length / n];
  const batch = {
    n: which.length,
    inputs: new Float32Array(which.length * width),
    targets: new Float32Array(which.length * outputs),
  };
  for (let i = 0; i < which.length; i++) {
    const from = which[i];
    batch.inputs.set(inputs.subarray(from * width, (from + 1) * width), i * width);
    batch.targets.set(targets.subarray(from * outputs, (from + 1) * outputs), i * outputs);
  }
  return batch;
}

/** Classes as rows of one 1 and otherwise 0. */
export function oneHot(labels: ArrayLike<number>, classes: number): Float32Array {
  const targets = new Float32Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) targets[i * classes + labels[i]] = 1;
  return targets;
}

/** The places of all of n cases: 0, 1, … */
export const everyPlace = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Cases of one shape one after the other, copied. */
export const joinCases = (parts: readonly Cases[]): Cases => ({
  n: parts.reduce((sum, { n }) => sum + n, 0),
  shape: parts[0].shape,
  inputs: concatenated(parts.map(({ inputs }) => inputs)),
  targets: concatenated(parts.map(({ targets }) => targets)),
});

/** The places of n cases of which the first ones are for training and the others for validation. */
export function trainingFirst(n: number, trained: number): { training: number[]; validation: number[] } {
  const places = everyPlace(n);
  return { training: places.slice(0, trained), validation: places.slice(trained) };
}
