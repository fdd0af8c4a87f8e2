import fc from 'fast-check';
import type { Activation, DenseNetwork, Loss, TrainerOptions } from '../../src/nets/engine.ts';
import { initialWeights } from '../../src/nets/initialise.ts';
import { noise, someNumbers } from './fused-cases.ts';

/** A network of several branches, normalised over the batch, with dropout. */
export interface RegularisedCase {
  readonly seed: number;
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly activation: Activation;
  readonly branches: number;
  readonly outputsEach: number;
  readonly batchNorm: boolean;
  readonly dropout: number;
  readonly batch: number;
}

export const anyRegularisedCase: fc.Arbitrary<RegularisedCase> = fc.record({
  seed: fc.integer({ min: 1, max: 1e9 }),
  inputs: fc.integer({ min: 1, max: 12 }),
  hidden: fc.array(fc.integer({ min: 1, max: 13 }), { maxLength: 3 }),
  activation: fc.constantFrom<Activation>('elu', 'relu', 'silu'),
  branches: fc.integer({ min: 1, max: 4 }),
  outputsEach: fc.integer({ min: 1, max: 5 }),
  batchNorm: fc.boolean(),
  dropout: fc.constantFrom(0, 0.1, 0.5),
  batch: fc.integer({ min: 2, max: 150 }),
});

export interface RegularisedRun {
  readonly options: TrainerOptions;
  readonly x: Float32Array;
  readonly target: Float32Array;
}

/** Weights whose normalisation is not the one it starts as, and a batch. */
export function regularisedCase(c: RegularisedCase): RegularisedRun {
  const next = noise(c.seed);
  const outputs = c.branches * c.outputsEach;
  const network: DenseNetwork = {
    inputs: c.inputs,
    hidden: c.hidden,
    activation: c.activation,
    outputs,
    head: {
      kind: 'sigmoid',
      low: new Array<number>(outputs).fill(-1),
      high: new Array<number>(outputs).fill(2),
    },
    branches: c.branches,
    batchNorm: c.batchNorm,
    dropout: c.hidden.map(() => c.dropout),
  };
  const weights = initialWeights(network, c.seed).map((layer) => {
    const { norm } = layer;
    if (!norm) return layer;
    const around = (middle: number) => norm.scale.map(() => middle + 0.5 * next());
    return { ...layer, norm: { scale: around(1), shift: around(0), mean: around(0), variance: around(1) } };
  });
  const loss: Loss = { kind: 'squared', weights: Array.from({ length: outputs }, (_, o) => 1 + 0.5 * o) };
  const adam = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-3, weightDecay: 0.01 };
  return {
    options: { network, weights, loss, batch: c.batch, adam, seed: c.seed },
    x: someNumbers(c.batch * c.inputs, next),
    target: someNumbers(c.batch * outputs, next),
  };
}
