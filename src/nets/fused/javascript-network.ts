import type { DenseNetwork, DenseWeights, Predictor } from '../engine.ts';
import { activations } from './activations.ts';
import { applyHead } from './heads.ts';
import { checkPrediction, packWeights, shapeOf } from './network-shape.ts';
import type { LayerShape, NetworkShape } from './network-shape.ts';
import { product } from './products.ts';

/** Voxels computed together: few enough for a layer of 64 units to stay in the first-level cache. */
export const BLOCK = 64;

/**
 * A dense network over flat double-precision arrays, forward only: the parameters, and room for one block of
 * voxels, everything laid out [unit][column].
 */
export class JavaScriptNetwork {
  readonly shape: NetworkShape;
  readonly parameters: Float64Array;
  /** The weights once more as [in][out], where `parameters` has [out][in]. */
  readonly transposed: Float64Array;
  /** The inputs, then what each layer gives; the last are the sums before the head. */
  readonly values: readonly Float64Array[];
  /** What an activation keeps for its slope. */
  readonly aux: readonly Float64Array[];
  readonly out: Float64Array;
  readonly network: DenseNetwork;

  constructor(network: DenseNetwork, weights: DenseWeights) {
    this.network = network;
    this.shape = shapeOf(network);
    this.parameters = new Float64Array(this.shape.size);
    this.transposed = new Float64Array(this.shape.size);
    packWeights(this.shape, weights, this.parameters);
    this.transposeWeights();
    const { layers } = this.shape;
    const units = [layers[0].paddedInputs, ...layers.map((layer) => layer.paddedOutputs)];
    this.values = units.map((n) => new Float64Array(n * BLOCK));
    const keeps = network.activation === 'silu';
    this.aux = units.map((n) => new Float64Array(keeps ? n * BLOCK : 0));
    this.out = new Float64Array(units[units.length - 1] * BLOCK);
  }

  /** To be called whenever the parameters have changed. */
  transposeWeights(): void {
    for (const layer of this.shape.layers) transposeLayer(layer, this.parameters, this.transposed);
  }

  /** Takes `columns` voxels from row `from` of a row-major array of inputs. */
  read(x: Float32Array, from: number, columns: number): void {
    readRows(x, this.network.inputs, from, this.values[0], columns);
  }

  /** Computes the outputs of the voxels last read. */
  forward(columns: number): void {
    const { network, shape, parameters, transposed, values } = this;
    const activation = activations[network.activation];
    const last = shape.layers.length - 1;
    for (let l = 0; l <= last; l++) {
      const layer = shape.layers[l];
      const rows = layer.paddedOutputs;
      product(
        values[l + 1],
        rows,
        parameters,
        layer.biasAt,
        transposed,
        layer.weightAt,
        rows,
        layer.inputs,
        values[l],
        BLOCK,
        columns,
      );
      if (l < last) activation.forward(values[l + 1], this.aux[l + 1], rows * BLOCK);
    }
    applyHead(network.head, values[last + 1], this.out, network.outputs, BLOCK, columns);
  }
}

/** Copies rows of `width` numbers into [unit][column]. */
export function readRows(
  x: Float32Array,
  width: number,
  from: number,
  to: Float64Array,
  columns: number,
): void {
  let at = from * width;
  for (let n = 0; n < columns; n++) for (let i = 0; i < width; i++) to[i * BLOCK + n] = x[at++];
}

function transposeLayer(layer: LayerShape, weights: Float64Array, transposed: Float64Array): void {
  const { weightAt, inputs, outputs, paddedInputs, paddedOutputs } = layer;
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < inputs; i++)
      transposed[weightAt + i * paddedOutputs + o] = weights[weightAt + o * paddedInputs + i];
}

/** A network being used, in plain JavaScript. */
export function predictInJavaScript(network: DenseNetwork, weights: DenseWeights): Predictor {
  const computed = new JavaScriptNetwork(network, weights);
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
