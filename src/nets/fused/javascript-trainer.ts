import type { DenseLayer, Trainer, TrainerOptions } from '../engine.ts';
import { activations, headGradient } from './activations.ts';
import { adamStep, adamUpdate } from './adam.ts';
import { normaliseBackward } from './batch-norm.ts';
import { dropOut, dropoutKey } from './dropout.ts';
import { BLOCK, JavaScriptNetwork, readRows, rowsFrom } from './javascript-network.ts';
import { lossCoefficients, lossTerms, targetWidth } from './loss-shape.ts';
import { rebuildLoss, rebuildS0Loss, squaredLoss, weightedLoss } from './losses.ts';
import { checkBatch, checkTraining } from './network-shape.ts';
import { gather, unpackWeights } from './pack-weights.ts';
import { LayerGradient, LayerProduct, wholeTiles } from './products.ts';

const LOSSES = { rebuild: rebuildLoss, squared: squaredLoss, weighted: weightedLoss } as const;

/**
 * Forward pass, backward pass and Adam in plain JavaScript over double-precision arrays: the reference for tests of the WASM
 * kernel, and its replacement without SIMD. A batch is divided into blocks of voxels, whose gradients are added in a fixed
 * order, so that the same inputs give the same weights, bit for bit. With batch normalisation the batch is a single block.
 */
export class JavaScriptTrainer implements Trainer {
  readonly #options: TrainerOptions;
  readonly #computed: JavaScriptNetwork;
  readonly #gradient: Float64Array;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  /** Gradients of the sums of the current layer and of the one before it. */
  #above: Float64Array;
  #below: Float64Array;
  readonly #targets: Float64Array;
  readonly #targetWidth: number;
  /** Of each group of each layer: the backward product, and the gradient of its parameters. */
  readonly #products: readonly (readonly LayerProduct[])[];
  readonly #layerGradients: readonly (readonly LayerGradient[])[];
  readonly #coefficients: Float64Array;
  #learningRate: number;
  #steps = 0;
  #loss = 0;

  constructor(options: TrainerOptions) {
    checkTraining(options);
    this.#options = options;
    const { network, batch } = options;
    const stride = network.batchNorm ? wholeTiles(batch) : BLOCK;
    this.#computed = new JavaScriptNetwork(network, options.weights, stride);
    const { layers, size, widest } = this.#computed.shape;
    this.#gradient = new Float64Array(size);
    this.#first = new Float64Array(size);
    this.#second = new Float64Array(size);
    this.#above = new Float64Array(widest * stride);
    this.#below = new Float64Array(widest * stride);
    this.#targetWidth = targetWidth(network, options.loss);
    this.#targets = new Float64Array(this.#targetWidth * stride);
    this.#coefficients = Float64Array.from(lossCoefficients(options.loss));
    this.#learningRate = options.adam.learningRate;
    const zeros = new Float64Array(widest);
    this.#products = layers.map((layer) => {
      const { groups, outputs, paddedInputs, paddedOutputs, weightAt } = layer;
      return Array.from({ length: groups }, (_, g) => {
        return new LayerProduct({
          rows: paddedInputs,
          depth: outputs,
          factors: this.#computed.parameters,
          factorsAt: weightAt + g * paddedOutputs * paddedInputs,
          rowStep: 1,
          depthStep: paddedInputs,
          start: zeros,
          startAt: 0,
          stride,
        });
      });
    });
    this.#layerGradients = layers.map((layer) => {
      const { groups, inputs, paddedInputs, paddedOutputs, weightAt, biasAt, normAt } = layer;
      return Array.from({ length: groups }, (_, g) => {
        return new LayerGradient({
          rows: paddedOutputs,
          inputs,
          gradient: this.#gradient,
          weightAt: weightAt + g * paddedOutputs * paddedInputs,
          width: paddedInputs,
          // The biases of a normalised layer have no effect: their gradient stays 0.
          biasAt: normAt === undefined ? biasAt + g * paddedOutputs : -1,
          stride,
        });
      });
    });
  }

  step(x: Float32Array, target?: Float32Array): void {
    const { batch, adam } = this.#options;
    checkBatch(this.#options, x, target);
    this.#gradient.fill(0);
    const { parameters, stride } = this.#computed;
    const key = dropoutKey(this.#options.seed ?? 0, ++this.#steps);
    for (let from = 0; from < batch; from += stride) {
      const columns = Math.min(stride, batch - from);
      this.#computed.read(x, from, columns);
      if (target) readRows(target, this.#targetWidth, from, this.#targets, stride, columns);
      this.#computed.forward(columns, key, from);
      this.#lossOf(columns);
      this.#backward(columns, key, from);
    }
    const corrections = adamStep(adam, this.#learningRate, this.#steps);
    adamUpdate(parameters, this.#gradient, this.#first, this.#second, adam, corrections);
  }

  /** Adds the block's share of the mean loss, and writes the gradient of the last layer's sums. */
  #lossOf(columns: number): void {
    const { network, loss } = this.#options;
    const { out, values, sums, stride } = this.#computed;
    const terms = lossTerms(this.#options);
    const above = this.#above;
    const coefficients = this.#coefficients;
    if (loss.kind === 'rebuild-s0') {
      const targets = this.#targetWidth > 0 ? this.#targets : undefined;
      const sum = rebuildS0Loss(coefficients, values[0], targets, out, above, stride, columns, 1 / terms);
      this.#loss += sum / terms;
    } else {
      const wanted = loss.kind === 'rebuild' ? values[0] : this.#targets;
      const sum = LOSSES[loss.kind](coefficients, wanted, out, above, stride, columns, 1 / terms);
      this.#loss += sum / terms;
    }
    headGradient(network.head, sums[sums.length - 1], above, network.outputs, stride, columns);
  }

  #backward(columns: number, key: number, first: number): void {
    const { shape, sums, aux, norms, network, parameters, stride } = this.#computed;
    const whole = wholeTiles(columns);
    for (let o = 0; o < network.outputs; o++) this.#above.fill(0, o * stride + columns, o * stride + whole);
    for (let l = shape.layers.length - 1; l >= 0; l--) {
      this.#layerGradient(l, whole);
      if (l === 0) break;
      this.#takeBack(l, whole);
      const below = this.#below;
      const { rows, used, normAt } = shape.layers[l - 1];
      const share = network.dropout?.[l - 1];
      if (share) dropOut(below, below, share, key, l - 1, rows, stride, first, columns);
      activations[network.activation].backward(below, sums[l - 1], aux[l - 1], used * stride);
      if (normAt !== undefined)
        normaliseBackward(norms[l - 1], parameters, normAt, this.#gradient, below, rows, stride, columns);
      this.#below = this.#above;
      this.#above = below;
    }
  }

  /** Adds the gradient of a layer's weights and biases. */
  #layerGradient(l: number, columns: number): void {
    const { shape, values, stride } = this.#computed;
    const { inputStep, outputStep } = shape.layers[l];
    const gradients = this.#layerGradients[l];
    for (let g = 0; g < gradients.length; g++) {
      const above = rowsFrom(this.#above, g * outputStep, stride);
      gradients[g].add(above, rowsFrom(values[l], g * inputStep, stride), columns);
    }
  }

  /** Computes the gradient of a layer's inputs from that of its sums. */
  #takeBack(l: number, columns: number): void {
    const { shape, stride } = this.#computed;
    const { inputStep, outputStep } = shape.layers[l];
    const products = this.#products[l];
    for (let g = 0; g < products.length; g++) {
      const below = rowsFrom(this.#below, g * inputStep, stride);
      products[g].multiply(below, rowsFrom(this.#above, g * outputStep, stride), columns);
    }
  }

  takeLoss(): number {
    const loss = this.#loss;
    this.#loss = 0;
    return loss;
  }

  gradients(): DenseLayer[] {
    return unpackWeights(this.#computed.shape, this.#gradient);
  }

  weights(): DenseLayer[] {
    const { shape, parameters, norms } = this.#computed;
    const layers = unpackWeights(shape, parameters);
    layers.forEach(({ norm }, l) => {
      if (!norm) return;
      gather(shape.layers[l], norms[l].mean, norm.mean);
      gather(shape.layers[l], norms[l].variance, norm.variance);
    });
    return layers;
  }

  setLearningRate(rate: number): void {
    this.#learningRate = rate;
  }

  dispose(): void {}
}
