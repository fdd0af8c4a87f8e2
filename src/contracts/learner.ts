import type * as TensorFlowModule from '@tensorflow/tfjs';
import type { ZodType } from 'zod';

/** The TensorFlow.js module, whichever package it came from. */
export type TensorFlow = typeof TensorFlowModule;
export type Tensor = TensorFlowModule.Tensor;

/** Sizes of one case, the channels last: `[depth, height, width, channels]`, `[height, width, channels]` or `[features]`. */
export type Shape = readonly number[];

/**
 * A network on images. One file in `src/models/`, its default export, named after the file; a config names it, or gives the path of
 * one of your own.
 */
export interface Model<S = unknown> {
  readonly label: string;
  /** Where the architecture comes from. */
  readonly source: string;
  /** What YAML may set, with defaults: a strict object. */
  readonly settings: ZodType<S>;
  /**
   * Returns the network under these settings.
   * @param outputs numbers per case, or channels of an output image
   * @throws InputError where it can't take cases of this shape
   */
  build(settings: S, shape: Shape, outputs: number): Network;
}

/**
 * Computes the outputs of a batch, before the softmax or whatever the loss applies: [batch, …shape] to [batch, outputs], or to
 * [batch, …spatial, outputs] for images. It is written of TensorFlow.js operations that have a gradient, and takes all that is
 * learnt from `layers`; it must ask for the same weights every time.
 */
export type Network = (x: Tensor, layers: Layers) => Tensor;

/** Layers and weights a network is made of. Weights are made when the network first asks for them, by their names. */
export interface Layers {
  readonly tf: TensorFlow;
  /** False when the network is used: dropout does nothing then. */
  readonly training: boolean;
  /**
   * Convolution of stride 1 that keeps the size, over two or three spatial axes as `x` has them. Without `bias` where `maxPool`
   * follows: a bias after it costs an eighth, and gives the same.
   */
  convolution(x: Tensor, name: string, options: ConvolutionOptions): Tensor;
  /** Adds a bias per channel. */
  bias(x: Tensor, name: string): Tensor;
  /** Halves every spatial axis; what does not fill a pair is left out. */
  maxPool(x: Tensor): Tensor;
  /** Doubles every spatial axis: each value becomes 2 x 2, or 2 x 2 x 2, equal ones. */
  upsample(x: Tensor): Tensor;
  /** Mean over all spatial axes: [batch, channels]. */
  globalMean(x: Tensor): Tensor;
  /** [batch, n] */
  flatten(x: Tensor): Tensor;
  /** x W + b: [batch, n] to [batch, units]. */
  dense(x: Tensor, name: string, units: number): Tensor;
  activate(x: Tensor, activation: Activation): Tensor;
  /** Sets a share of the numbers to 0 and scales the others up by as much, in training alone (Srivastava et al. 2014). */
  dropout(x: Tensor, rate: number): Tensor;
  /** A weight of the network's own. */
  weight(name: string, shape: readonly number[], initial: Initial): Tensor;
}

/** `leaky-relu`: max(x, 0.1 x), which lets a little through below 0, so that no unit stops learning (Maas et al. 2013). */
export type Activation = 'leaky-relu' | 'relu' | 'sigmoid' | 'tanh';

export interface ConvolutionOptions {
  readonly filters: number;
  /** Length of the filter along every spatial axis, odd; by default 3. */
  readonly size?: number;
  /** By default true. */
  readonly bias?: boolean;
}

/**
 * How a weight begins. `he`: normal, variance 2 / inputs (He et al. 2015), for rectified units; `glorot`: uniform with variance
 * 2 / (inputs + outputs) (Glorot and Bengio 2010); or a constant.
 */
export type Initial = 'he' | 'glorot' | number;

/** Some cases, one after the other. */
export interface Batch {
  readonly n: number;
  /** n x the product of the shape. */
  readonly inputs: Float32Array;
  /** n x the product of the shape of the outputs. */
  readonly targets: Float32Array;
}

export interface Outputs {
  /** Mean over the batch, without the penalty on weights. */
  readonly loss: number;
  /** What the network says of every case: probabilities of the classes, or an image. */
  readonly values: Float32Array;
}

/** Files by their names. */
export type SavedState = ReadonlyMap<string, Uint8Array>;

/** A network that is being trained. */
export interface Learner {
  /** Adjusts the weights to a batch, and returns what the network said of it before. */
  step(batch: Batch, rate: number): Outputs;
  /** What the network says, with nothing learnt from it. */
  evaluate(batch: Batch): Outputs;
  /** The weights and the whole state of the optimiser, and with it the place of every random stream. */
  save(): SavedState;
  /**
   * Goes on exactly where `save` was called.
   * @throws Error where it is the state of another network
   */
  restore(state: SavedState): void;
  /** Frees the tensors. */
  dispose(): void;
}
