import type { Activation, DenseNetwork, Head, Loss, TrainerOptions } from '../engine.ts';
import { shapeOf } from './network-shape.ts';
import type { NetworkShape } from './network-shape.ts';

const ACTIVATIONS: Readonly<Record<Activation, number>> = { elu: 0, relu: 1, silu: 2 };
const HEADS: Readonly<Record<Head['kind'], number>> = { linear: 0, abs: 1, sigmoid: 2 };
const LOSSES: Readonly<Record<Loss['kind'], number>> = { rebuild: 0, squared: 1 };

const PAGE = 65536;

/** What the SIMD kernel is to do: train, or predict up to `rows` voxels a call. */
export type Job =
  | { readonly task: 'train'; readonly options: TrainerOptions }
  | { readonly task: 'predict'; readonly network: DenseNetwork; readonly rows: number };

/** Where the arrays of a job lie in the kernel's memory: views to write to and read from. */
export interface PlannedMemory {
  readonly shape: NetworkShape;
  /** Address of the record the kernel is called with. */
  readonly plan: number;
  readonly parameters: Float32Array;
  readonly gradient: Float32Array;
  /** Row-major inputs, targets and predictions. */
  readonly x: Float32Array;
  readonly targets: Float32Array;
  readonly results: Float32Array;
}

/** Hands out stretches of memory one after the other, each on a multiple of 64 bytes (a cache line). */
class Layout {
  /** Address 0 stays unused: it means "none". */
  bytes = 64;

  take(count: number): number {
    const at = this.bytes;
    this.bytes += (count * 4 + 63) & ~63;
    return at;
  }
}

/**
 * Voxels computed together: few enough for the widest layer, its gradient and its weights to stay in the
 * first-level cache, and enough for a tile's set-up to be worth while.
 */
function blockOf(shape: NetworkShape): number {
  return shape.widest <= 16 ? 128 : 64;
}

/** Lays a job out in `memory`, grown to what it needs, and writes the record that `src/nets/assembly/plan.ts` reads. */
export function planMemory(memory: WebAssembly.Memory, job: Job): PlannedMemory {
  const network = job.task === 'train' ? job.options.network : job.network;
  const training = job.task === 'train' ? job.options : undefined;
  const { inputs, outputs, head } = network;
  const shape = shapeOf(network);
  const rows = job.task === 'train' ? job.options.batch : job.rows;
  const stride = Math.min(blockOf(shape), (rows + 7) & ~7);
  const { layers, size, widest } = shape;
  const layout = new Layout();
  const ifTraining = (count: number) => (training ? layout.take(count) : 0);

  const plan = layout.take(64);
  const layerRecords = layout.take(12 * layers.length);
  const parameters = layout.take(size);
  const transposed = layout.take(size);
  const values = [layers[0].paddedInputs, ...layers.map((layer) => layer.paddedOutputs)].map((units) =>
    layout.take(units * stride),
  );
  const aux = layers.map((layer) =>
    layout.take(network.activation === 'silu' ? layer.paddedOutputs * stride : 0),
  );
  const out = layout.take(outputs * stride);
  const low = layout.take(4 * outputs);
  const range = layout.take(4 * outputs);
  const x = layout.take(rows * inputs);
  const results = layout.take(training ? 0 : rows * outputs);
  const gradient = ifTraining(size);
  const first = ifTraining(size);
  const second = ifTraining(size);
  const above = ifTraining(widest * stride);
  const below = ifTraining(widest * stride);
  const zeros = ifTraining(widest);
  const supervised = training?.loss.kind === 'squared';
  const targets = supervised ? layout.take(rows * outputs) : 0;
  const targetValues = supervised ? layout.take(outputs * stride) : 0;
  const lossWeights = ifTraining(Math.max(inputs, outputs));

  const missing = layout.bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  const view = (at: number, count: number) => new Float32Array(memory.buffer, at, count);

  const words = new Int32Array(memory.buffer, plan, 27);
  words.set([
    layers.length,
    layerRecords,
    ACTIVATIONS[network.activation],
    HEADS[head.kind],
    low,
    range,
    training ? LOSSES[training.loss.kind] : 0,
    lossWeights,
    inputs,
    outputs,
    stride,
    rows,
    x,
    targets,
    results,
    out,
    targetValues,
    above,
    below,
    zeros,
    size,
    parameters,
    gradient,
    first,
    second,
  ]);
  layers.forEach((layer, l) => {
    const { paddedInputs, paddedOutputs, weightAt, biasAt } = layer;
    new Int32Array(memory.buffer, layerRecords + 48 * l, 12).set([
      layer.inputs,
      layer.outputs,
      paddedInputs,
      paddedOutputs,
      parameters + 4 * weightAt,
      parameters + 4 * biasAt,
      transposed + 4 * weightAt,
      gradient + 4 * weightAt,
      gradient + 4 * biasAt,
      values[l],
      values[l + 1],
      aux[l],
    ]);
  });
  if (head.kind === 'sigmoid') {
    const fill = (at: number, numbers: readonly number[]) =>
      view(at, 4 * outputs).set(numbers.flatMap((v) => [v, v, v, v]));
    fill(low, head.low);
    fill(
      range,
      head.high.map((high, o) => high - head.low[o]),
    );
  }
  if (training) writeTraining(training, view(plan + 100, 6), view(lossWeights, Math.max(inputs, outputs)));

  return {
    shape,
    plan,
    parameters: view(parameters, size),
    gradient: view(gradient, training ? size : 0),
    x: view(x, rows * inputs),
    targets: view(targets, supervised ? rows * outputs : 0),
    results: view(results, training ? 0 : rows * outputs),
  };
}

/** How many terms the mean of the loss runs over. */
export function lossTerms({ network, loss, batch }: TrainerOptions): number {
  return batch * (loss.kind === 'rebuild' ? network.inputs : network.outputs);
}

function writeTraining(options: TrainerOptions, numbers: Float32Array, lossWeights: Float32Array): void {
  const { beta1, beta2, epsilon } = options.adam;
  numbers.set([1 / lossTerms(options), beta1, beta2, 1 - beta1, 1 - beta2, epsilon]);
  const { loss } = options;
  lossWeights.set(loss.kind === 'rebuild' ? loss.bValues.map((b) => -b) : loss.weights);
}
