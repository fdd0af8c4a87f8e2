import type { DenseNetwork, TrainerOptions } from '../engine.ts';
import { lossCoefficients, targetWidth } from './loss-shape.ts';
import { padded, shapeOf } from './network-shape.ts';
import type { LayerShape, NetworkShape } from './network-shape.ts';
import { LAYER_FIELDS, PLAN_FIELDS } from './record-fields.ts';

const PAGE = 65536;

/** The fields of a kernel record, in their order, with their types. */
type RecordFields = Readonly<Record<string, 'i32' | 'f32'>>;

/** Allocates the kernel's memory one array after the other, each at a multiple of 64 bytes (a cache line). */
export class KernelMemory {
  readonly #memory: WebAssembly.Memory;
  /** Address 0 is never allocated: it means "none". */
  #end = 64;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  /** Allocates `count` numbers of four bytes and returns their address. */
  take(count: number): number {
    const at = this.#end;
    this.#end += (count * 4 + 63) & ~63;
    return at;
  }

  /** Grows the memory to the allocated size. Earlier views are detached. */
  grow(): void {
    const missing = this.#end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE));
  }

  numbers(at: number, count: number): Float32Array {
    return new Float32Array(this.#memory.buffer, at, count);
  }

  /** Writes a record field by field, four bytes each. */
  write<Fields extends RecordFields>(
    at: number,
    fields: Fields,
    values: Readonly<Record<keyof Fields, number>>,
  ): void {
    const view = new DataView(this.#memory.buffer, at);
    Object.entries(fields).forEach(([field, type], k) => {
      if (type === 'f32') view.setFloat32(4 * k, values[field], true);
      else view.setInt32(4 * k, values[field], true);
    });
  }
}

/** A job of the SIMD kernel: training, or prediction of up to `rows` voxels per call. */
export interface Job {
  readonly network: DenseNetwork;
  readonly rows: number;
  readonly training?: TrainerOptions;
}

/** Addresses of the arrays of a job, see `src/nets/assembly/plan.ts`; 0 for arrays it does not have. */
interface Addresses {
  readonly plan: number;
  readonly layers: number;
  readonly parameters: number;
  readonly transposed: number;
  /** The inputs of each layer. */
  readonly values: readonly number[];
  /** Values stored by the activation of each layer. */
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
  /** The sums of each layer. */
  readonly sums: readonly number[];
  /** Values stored by the normalisation of each layer; 0 without one. */
  readonly norms: readonly NormAddresses[];
}

interface NormAddresses {
  readonly mean: number;
  readonly variance: number;
  readonly inverse: number;
  readonly normalised: number;
}

export interface MemoryPlan {
  readonly shape: NetworkShape;
  /** Columns of a block. */
  readonly stride: number;
  readonly at: Addresses;
}

/**
 * Voxels computed together: few enough for the widest layer, its gradient and its weights to stay in the
 * first-level cache, and enough for the set-up of a tile to be small in comparison.
 */
function blockOf(shape: NetworkShape): number {
  return shape.widest <= 16 ? 128 : 64;
}

/** One number per row of a layer's sums. */
const unitsOf = ({ groups, paddedOutputs }: LayerShape) => groups * paddedOutputs;

/** Reserves the memory of a job. */
export function planMemory(memory: KernelMemory, { network, rows, training }: Job): MemoryPlan {
  const { inputs, outputs } = network;
  const shape = shapeOf(network);
  const { layers, size, widest } = shape;
  // With batch normalisation the batch is a single block.
  const stride = Math.min(network.batchNorm ? Infinity : blockOf(shape), (rows + 7) & ~7);
  const take = (count: number) => memory.take(count);
  const takeIf = (needed: boolean, count: number) => (needed ? memory.take(count) : 0);
  const trains = training !== undefined;
  const wanted = training ? targetWidth(network, training.loss) : 0;
  const sums = layers.map((layer) => take(layer.rows * stride));
  const read = sums.slice(0, -1).map((at, l) => (network.dropout?.[l] ? take(layers[l].rows * stride) : at));
  const at: Addresses = {
    plan: take(Object.keys(PLAN_FIELDS).length),
    layers: take(Object.keys(LAYER_FIELDS).length * layers.length),
    parameters: take(size),
    transposed: take(size),
    sums,
    values: [take(layers[0].paddedInputs * stride), ...read],
    aux: layers.map((layer) => takeIf(network.activation === 'silu', layer.rows * stride)),
    // The kernel copies rows in whole vectors: up to three numbers, or units, beyond the last.
    out: take(padded(outputs) * stride),
    low: take(4 * outputs),
    range: take(4 * outputs),
    x: take(rows * inputs + 3),
    results: takeIf(!trains, rows * outputs + 3),
    gradient: takeIf(trains, size),
    first: takeIf(trains, size),
    second: takeIf(trains, size),
    above: takeIf(trains, widest * stride),
    below: takeIf(trains, widest * stride),
    zeros: takeIf(trains, widest),
    lossCoefficients: training ? take(lossCoefficients(training.loss).length) : 0,
    targets: takeIf(wanted > 0, rows * wanted + 3),
    targetValues: takeIf(wanted > 0, padded(wanted) * stride),
    norms: layers.map((layer) => {
      const takeNorm = (count: number) => takeIf(layer.normAt !== undefined, count);
      const [mean, variance, inverse] = [0, 0, 0].map(() => takeNorm(unitsOf(layer)));
      return { mean, variance, inverse, normalised: takeNorm(layer.rows * stride) };
    }),
  };
  memory.grow();
  return { shape, stride, at };
}
