import { readFileSync } from 'node:fs';
import type { DenseLayer, DenseNetwork, TrainerOptions } from '../../src/nets/engine.ts';

interface Parity {
  readonly weights: Readonly<Record<string, number[] | number[][]>>;
  readonly first_batch: {
    readonly params_first3: number[][];
    readonly loss: number;
    readonly gradients: Readonly<Record<string, number[] | number[][]>>;
  };
  readonly adam_losses: number[];
  readonly weights_after_10_steps: Readonly<Record<string, number[] | number[][]>>;
}

const fixtures = new URL('../fixtures/', import.meta.url);

/** The study's network in float64, by PyTorch: weights, first batch, gradients, ten Adam losses. */
export const parity = JSON.parse(readFileSync(new URL('ivim-net-parity.json', fixtures), 'utf8')) as Parity;

const bytes = readFileSync(new URL('ivim-net-parity-inputs.f32', fixtures));

/** The ten batches of 128: rows 0..1279 of the study's test set of sigma 75 (seeds 133 and 466), float32. */
export const parityInputs = new Float32Array(new Uint8Array(bytes).buffer);

export const parityBatch = 128;

/** The study's network: three hidden layers of seven ELU units, linear to three, absolute value. */
export const parityNetwork: DenseNetwork = {
  inputs: 7,
  hidden: [7, 7, 7],
  activation: 'elu',
  outputs: 3,
  head: { kind: 'abs' },
};

export function parityLayers(stored: Readonly<Record<string, number[] | number[][]>>): DenseLayer[] {
  return [0, 2, 4, 6].map((l) => ({
    weight: Float32Array.from(stored[`e.${l}.weight`].flat()),
    bias: Float32Array.from(stored[`e.${l}.bias`].flat()),
  }));
}

export const parityOptions: TrainerOptions = {
  network: parityNetwork,
  weights: parityLayers(parity.weights),
  loss: { kind: 'rebuild', bValues: Float64Array.of(10, 20, 60, 150, 300, 500, 1000) },
  batch: parityBatch,
  adam: { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
};
