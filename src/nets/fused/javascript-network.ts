import type { DenseNetwork, DenseWeights, Predictor } from '../engine.ts';
import { activations, applyHead } from './activations.ts';
import { foldNorm, normalise } from './batch-norm.ts';
import type { NormState } from './batch-norm.ts';
import { dropOut } from './dropout.ts';
import { checkPrediction, shapeOf } from './network-shape.ts';
import type { NetworkShape } from './network-shape.ts';
import { packWeights, spread } from './pack-weights.ts';
import { LayerProduct } from './products.ts';

/** Voxels computed together: few enough for a layer of 64 units to stay in the first-level cache. */
export const BLOCK = 64;

/**
 * The forward pass of a dense network over flat double-precision arrays: the parameters, and space for one block of voxels, all
 * laid out [unit][column]. Normalisation and dropout are computed as in training; a network for prediction has neither
 * (`foldNorm`).
 */
export class JavaScriptNetwork {
  readonly shape: NetworkShape;
  /** Columns of a block, a multiple of 8. */
  readonly stride: number;
  readonly parameters: Float64Array;
  /** The inputs of each layer. */
  readonly values: readonly Float64Array[];
  /** The outputs of each layer, before dropout; the last are the sums before the head. */
  readonly sums: readonly Float64Array[];
  /** Values that an activation stores for its slope. */
  readonly aux: readonly Float64Array[];
  /** One for each normalised layer. */
  readonly norms: readonly NormState[];
  readonly out: Float64Array;
  readonly network: DenseNetwork;
  /** The forward product of each group of each layer. */
  readonly #products: readonly (readonly LayerProduct[])[];

  constructor(network: DenseNetwork, weights: DenseWeights, stride = BLOCK) {
    this.network = network;
    this.stride = stride;
    this.shape = shapeOf(network);
    const { layers, size } = this.shape;
    this.parameters = new Float64Array(size);
    packWeights(this.shape, weights, this.parameters);
    const room = (rows: number) => new Float64Array(rows * stride);
    this.sums = layers.map(({ rows }) => room(rows));
    const read = this.sums
      .slice(0, -1)
      .map((sums, l) => (network.dropout?.[l] ? room(layers[l].rows) : sums));
    this.values = [room(layers[0].paddedInputs), ...read];
    const keeps = network.activation === 'silu';
    this.aux = layers.map(({ rows }) => room(keeps ? rows : 0));
    this.norms = layers.flatMap((layer, l) => {
      const norm = weights[l].norm;
      if (!norm) return [];
      const [mean, variance, inverse] = [0, 0, 0].map(() => new Float64Array(layer.rows));
      spread(layer, norm.mean, mean);
      spread(layer, norm.variance, variance);
      return [{ mean, variance, inverse, normalised: room(layer.rows) }];
    });
    this.out = room(layers[layers.length - 1].rows);
    this.#products = layers.map((layer) => {
      const { groups, inputs, paddedInputs, paddedOutputs, weightAt, biasAt } = layer;
      return Array.from({ length: groups }, (_, g) => {
        return new LayerProduct({
          rows: paddedOutputs,
          depth: inputs,
          factors: this.parameters,
          factorsAt: weightAt + g * paddedOutputs * paddedInputs,
          rowStep: paddedInputs,
          depthStep: 1,
          start: this.parameters,
          startAt: biasAt + g * paddedOutputs,
          stride,
        });
      });
    });
  }

  /** Reads `columns` voxels from row `from` of a row-major array of inputs. */
  read(x: Float32Array, from: number, columns: number): void {
    readRows(x, this.network.inputs, from, this.values[0], this.stride, columns);
  }

  /**
   * Computes the outputs of the voxels last read.
   *
   * @param key of dropout
   * @param first place of the block in the batch
   */
  forward(columns: number, key = 0, first = 0): void {
    const { network, shape, values, sums, stride } = this;
    const last = shape.layers.length - 1;
    for (let l = 0; l <= last; l++) {
      this.#sumUp(l, columns);
      if (l === last) break;
      const { rows, used, normAt } = shape.layers[l];
      if (normAt !== undefined)
        normalise(this.norms[l], this.parameters, normAt, sums[l], rows, stride, columns);
      activations[network.activation].forward(sums[l], this.aux[l], used * stride);
      const share = network.dropout?.[l];
      if (share) dropOut(sums[l], values[l + 1], share, key, l, rows, stride, first, columns);
    }
    applyHead(network.head, sums[last], this.out, network.outputs, stride, columns);
  }

  #sumUp(l: number, columns: number): void {
    const { stride } = this;
    const { inputStep, outputStep } = this.shape.layers[l];
    const products = this.#products[l];
    for (let g = 0; g < products.length; g++) {
      const sums = rowsFrom(this.sums[l], g * outputStep, stride);
      products[g].multiply(sums, rowsFrom(this.values[l], g * inputStep, stride), columns);
    }
  }
}

/** Returns the rows of an array from this one on. */
export function rowsFrom(array: Float64Array, row: number, stride: number): Float64Array {
  return row === 0 ? array : array.subarray(row * stride);
}

/** Copies rows of `width` numbers into [unit][column]. */
export function readRows(
  x: Float32Array,
  width: number,
  from: number,
  to: Float64Array,
  stride: number,
  columns: number,
): void {
  for (let i = 0; i < width; i++) {
    const row = i * stride;
    for (let n = 0, at = from * width + i; n < columns; n++, at += width) to[row + n] = x[at];
  }
}

/** A network for prediction, in plain JavaScript. */
export function predictInJavaScript(network: DenseNetwork, weights: DenseWeights): Predictor {
  shapeOf(network);
  const folded = foldNorm(network, weights);
  const computed = new JavaScriptNetwork(folded.network, folded.weights);
  return {
    predict(x, n, out) {
      checkPrediction(network, x, n, out);
      for (let from = 0; from < n; from += BLOCK) {
        const columns = Math.min(BLOCK, n - from);
        computed.read(x, from, columns);
        computed.forward(columns);
        writeRows(computed.out, network.outputs, columns, out, from);
      }
    },
    dispose() {},
  };
}

function writeRows(
  values: Float64Array,
  width: number,
  columns: number,
  out: Float32Array,
  from: number,
): void {
  let at = from * width;
  for (let n = 0; n < columns; n++) for (let o = 0; o < width; o++) out[at++] = values[o * BLOCK + n];
}
