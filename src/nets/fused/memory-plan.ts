import type { DenseNetwork, TrainerOptions } from '../engine.ts';
import type { KernelMemory } from './kernel-memory.ts';
import { lossCoefficients } from './loss-coefficients.ts';
import { shapeOf } from './network-shape.ts';
import type { NetworkShape } from './network-shape.ts';
import { targetWidth } from './target-width.ts';

/** What the SIMD kernel is to do: train, or predict up to `rows` voxels a call. */
export interface Job {
  readonly network: DenseNetwork;
  readonly rows: number;
  readonly training?: TrainerOptions;
}

/** Addresses of the arrays of a job, as `src/nets/assembly/plan.ts` describes them; 0 where the job has none. */
export interface Addresses {
  readonly plan: number;
  readonly layers: number;
  readonly parameters: number;
  readonly transposed: number;
  /** What each layer reads, and last the sums that the head reads. */
  readonly values: readonly number[];
  /** What the activation of each layer keeps. */
  readonly aux: readonly number[];
  readonly out: number;
  readonly low: number;
  readonly range: number;
  readonly x: number;
  readonly results: number;
  readonly gradient: number;
  readonly first: number;
  readonly second: number;
  readonly above: number;
  readonly below: number;
  readonly zeros: number;
  readonly lossCoefficients: number;
  readonly targets: number;
  readonly targetValues: number;
}

export interface MemoryPlan {
  readonly shape: NetworkShape;
  /** Columns of a block. */
  readonly stride: number;
  readonly at: Addresses;
}

/** Four-byte fields of the kernel's records. */
export const PLAN_WORDS = 32;
export const LAYER_WORDS = 12;

/**
 * Voxels computed together: few enough for the widest layer, its gradient and its weights to stay in the
 * first-level cache, and enough for a tile's set-up to be worth while.
 */
function blockOf(shape: NetworkShape): number {
  return shape.widest <= 16 ? 128 : 64;
}

/** Reserves the memory of a job. */
export function planMemory(memory: KernelMemory, { network, rows, training }: Job): MemoryPlan {
  const { inputs, outputs } = network;
  const shape = shapeOf(network);
  const { layers, size, widest } = shape;
  const stride = Math.min(blockOf(shape), (rows + 7) & ~7);
  const take = (count: number) => memory.take(count);
  const takeIf = (needed: boolean, count: number) => (needed ? memory.take(count) : 0);
  const trains = training !== undefined;
  const wanted = training ? targetWidth(network, training.loss) : 0;
  const units = [layers[0].paddedInputs, ...layers.map((layer) => layer.paddedOutputs)];
  const at: Addresses = {
    plan: take(PLAN_WORDS),
    layers: take(LAYER_WORDS * layers.length),
    parameters: take(size),
    transposed: take(size),
    values: units.map((count) => take(count * stride)),
    aux: layers.map((layer) => takeIf(network.activation === 'silu', layer.paddedOutputs * stride)),
    out: take(outputs * stride),
    low: take(4 * outputs),
    range: take(4 * outputs),
    x: take(rows * inputs),
    results: takeIf(!trains, rows * outputs),
    gradient: takeIf(trains, size),
    first: takeIf(trains, size),
    second: takeIf(trains, size),
    above: takeIf(trains, widest * stride),
    below: takeIf(trains, widest * stride),
    zeros: takeIf(trains, widest),
    lossCoefficients: training ? take(lossCoefficients(training.loss).length) : 0,
    targets: takeIf(wanted > 0, rows * wanted),
    targetValues: takeIf(wanted > 0, wanted * stride),
  };
  memory.grow();
  return { shape, stride, at };
}
