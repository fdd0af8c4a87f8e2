import type { DenseLayer, Trainer, TrainerOptions } from '../engine.ts';
import { activations } from './activations.ts';
import { adamStep, adamUpdate } from './adam.ts';
import { headGradient } from './heads.ts';
import { BLOCK, JavaScriptNetwork, readRows } from './javascript-network.ts';
import { lossCoefficients } from './loss-coefficients.ts';
import { lossTerms } from './loss-terms.ts';
import { rebuildLoss, squaredLoss, weightedLoss } from './losses.ts';
import { checkBatch, checkTraining, unpackWeights } from './network-shape.ts';
import { addBiasGradient, addWeightGradient, product } from './products.ts';
import { targetWidth } from './target-width.ts';

const LOSSES = { rebuild: rebuildLoss, squared: squaredLoss, weighted: weightedLoss } as const;

/**
 * Forward pass, backward pass and Adam in plain JavaScript over double-precision arrays: the reference that the
 * WASM kernel is held against, and its stand-in where there is no SIMD. A batch is worked off in blocks of
 * voxels whose gradients add up, always in the same order: the same inputs give the same weights, bit for bit.
 */
export class JavaScriptTrainer implements Trainer {
  readonly #options: TrainerOptions;
  readonly #computed: JavaScriptNetwork;
  readonly #gradient: Float64Array;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  /** Gradients of a layer's sums, for the layer at hand and the one before it. */
  #above: Float64Array;
  #below: Float64Array;
  readonly #targets: Float64Array;
  readonly #targetWidth: number;
  readonly #nothing: Float64Array;
  readonly #coefficients: Float64Array;
  #learningRate: number;
  #steps = 0;
  #loss = 0;

  constructor(options: TrainerOptions) {
    checkTraining(options);
    this.#options = options;
    this.#computed = new JavaScriptNetwork(options.network, options.weights);
    const { size, widest } = this.#computed.shape;
    this.#gradient = new Float64Array(size);
    this.#first = new Float64Array(size);
    this.#second = new Float64Array(size);
    this.#above = new Float64Array(widest * BLOCK);
    this.#below = new Float64Array(widest * BLOCK);
    this.#targetWidth = targetWidth(options.network, options.loss);
    this.#targets = new Float64Array(this.#targetWidth * BLOCK);
    this.#nothing = new Float64Array(widest);
    this.#coefficients = Float64Array.from(lossCoefficients(options.loss));
    this.#learningRate = options.adam.learningRate;
  }

  step(x: Float32Array, target?: Float32Array): void {
    const { batch, adam } = this.#options;
    checkBatch(this.#options, x, target);
    this.#gradient.fill(0);
    for (let from = 0; from < batch; from += BLOCK) {
      const columns = Math.min(BLOCK, batch - from);
      this.#computed.read(x, from, columns);
      if (target) readRows(target, this.#targetWidth, from, this.#targets, columns);
      this.#computed.forward(columns);
      this.#lossOf(columns);
      this.#backward(columns);
    }
    const { parameters } = this.#computed;
    const corrections = adamStep(adam, this.#learningRate, ++this.#steps);
    adamUpdate(parameters, this.#gradient, this.#first, this.#second, adam, corrections);
    this.#computed.transposeWeights();
  }

  /** Adds the block's share of the mean loss, and leaves the gradient of the last layer's sums. */
  #lossOf(columns: number): void {
    const { network, loss } = this.#options;
    const { out, values } = this.#computed;
    const terms = lossTerms(this.#options);
    const above = this.#above;
    const kernel = LOSSES[loss.kind];
    const wanted = loss.kind === 'rebuild' ? values[0] : this.#targets;
    this.#loss += kernel(this.#coefficients, wanted, out, above, BLOCK, columns, 1 / terms) / terms;
    headGradient(network.head, values[values.length - 1], above, network.outputs, BLOCK, columns);
  }

  #backward(columns: number): void {
    const { shape, parameters, values, aux, network } = this.#computed;
    const activation = activations[network.activation];
    for (let l = shape.layers.length - 1; l >= 0; l--) {
      const { weightAt, biasAt, paddedInputs, paddedOutputs, outputs } = shape.layers[l];
      const above = this.#above;
      const below = this.#below;
      addWeightGradient(
        this.#gradient,
        weightAt,
        paddedOutputs,
        paddedInputs,
        above,
        values[l],
        BLOCK,
        columns,
      );
      addBiasGradient(this.#gradient, biasAt, paddedOutputs, above, BLOCK, columns);
      if (l === 0) break;
      product(
        below,
        paddedInputs,
        this.#nothing,
        0,
        parameters,
        weightAt,
        paddedInputs,
        outputs,
        above,
        BLOCK,
        columns,
      );
      activation.backward(below, values[l], aux[l], paddedInputs * BLOCK);
      this.#above = below;
      this.#below = above;
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
    return unpackWeights(this.#computed.shape, this.#computed.parameters);
  }

  setLearningRate(rate: number): void {
    this.#learningRate = rate;
  }

  dispose(): void {}
}
