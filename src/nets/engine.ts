/** The activation function of hidden units. */
export type Activation = 'elu' | 'relu' | 'silu';

/**
 * The function that turns the last layer's sums into outputs: the identity, the absolute value (Barbieri 2020), or a sigmoid
 * stretched over a range per output (Kaandorp 2021).
 */
export type Head =
  | { readonly kind: 'linear' }
  | { readonly kind: 'abs' }
  | { readonly kind: 'sigmoid'; readonly low: readonly number[]; readonly high: readonly number[] };

/** A fully connected network, or several in parallel with the same inputs. */
export interface DenseNetwork {
  readonly inputs: number;
  /** Width of each hidden layer, in every branch; empty for a linear model. */
  readonly hidden: readonly number[];
  readonly activation: Activation;
  readonly outputs: number;
  readonly head: Head;
  /** Number of parallel networks, which share the outputs evenly and in order. Absent: one. */
  readonly branches?: number;
  /** Whether the sums of hidden layers are normalised over the batch before the activation (Ioffe and Szegedy 2015). */
  readonly batchNorm?: boolean;
  /**
   * Fraction of each hidden layer's units that are dropped in a training step, with the others scaled up accordingly
   * (Srivastava et al. 2014); one number per hidden layer. Absent: none.
   */
  readonly dropout?: readonly number[];
}

/**
 * Weights of one layer: `weight` is [out][in], row-major, as in PyTorch; `bias` [out]. `out` runs over the units of all
 * branches, `in` over the inputs of one unit: the units of its own branch.
 */
export interface DenseLayer {
  readonly weight: Float32Array;
  readonly bias: Float32Array;
  /** For hidden layers of a network with normalisation. */
  readonly norm?: BatchNorm;
}

/**
 * Normalisation of a layer's sums, all [out]: (sum - mean) / sqrt(variance + 1e-5) scale + shift. Training takes mean
 * and variance from the batch, and keeps running ones (momentum 0.1, the variance unbiased) for use; PyTorch's names are
 * weight, bias, running_mean and running_var.
 */
export interface BatchNorm {
  readonly scale: Float32Array;
  readonly shift: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}
export type DenseWeights = readonly DenseLayer[];

/** The objective of training, as the mean over the batch. */
export type Loss =
  /**
   * Unsupervised (Barbieri 2020): the mean squared difference between the input signals and
   * f exp(-b Dp) + (1 - f) exp(-b D) rebuilt from the three outputs, in the order Dp, D, f. One b-value per input.
   */
  | { readonly kind: 'rebuild'; readonly bValues: Float64Array }
  /** Supervised: the mean over batch and outputs of weight x (output - target)². */
  | { readonly kind: 'squared'; readonly weights: readonly number[] }
  /**
   * Supervised, with a weight for every voxel and output: the mean over batch and outputs of weight x penalty. A row
   * of `target` holds the targets of all outputs and then their weights: batch x 2 outputs.
   */
  | { readonly kind: 'weighted'; readonly outputs: readonly OutputLoss[] }
  /**
   * `consistency` x the mean squared difference between the input signals and S0 (f exp(-b Dp) + (1 - f) exp(-b D))
   * rebuilt from the four outputs, in the order Dp, D, f, S0 (Kaandorp 2021); and, unless `supervision` is empty,
   * for every output supervision x the mean of (output - target)² (Korngut 2022).
   */
  | {
      readonly kind: 'rebuild-s0';
      readonly bValues: Float64Array;
      readonly consistency: number;
      readonly supervision: readonly number[];
    };

/** The statistic of the targets that an output estimates; it determines the penalty. */
export type OutputLoss =
  /** The mean of the targets: (output - target)². */
  | { readonly kind: 'mean' }
  /**
   * The quantile of the targets at `level`, above 0 and below 1: with r = output - target, |r| / 2 + (1/2 - level) r
   * (Koenker and Bassett 1978). Within `smoothing` of the target |r| is r² / (2 smoothing) + smoothing / 2.
   */
  | { readonly kind: 'quantile'; readonly level: number; readonly smoothing: number };

export interface TrainerOptions {
  readonly network: DenseNetwork;
  readonly weights: DenseWeights;
  readonly loss: Loss;
  /** Voxels in every step. */
  readonly batch: number;
  /** Adam (Kingma and Ba 2015), as PyTorch has it. */
  readonly adam: {
    readonly learningRate: number;
    readonly beta1: number;
    readonly beta2: number;
    readonly epsilon: number;
    /** Added to the gradient of every parameter, times the parameter (as in PyTorch's Adam). Absent: 0. */
    readonly weightDecay?: number;
  };
  /** Seed of dropout. Absent: 0. */
  readonly seed?: number;
}

/** A network in training. Every call is synchronous; results may be read late to keep a device busy. */
export interface Trainer {
  /** One forward pass, backward pass and Adam step. `x` is batch x inputs; `target` is as required by the loss. */
  step(x: Float32Array, target?: Float32Array): void;
  /** Sum of the losses of the steps since the last call. */
  takeLoss(): number;
  /** Gradients of the last step's loss, for tests; those of running means and variances are 0. */
  gradients(): DenseWeights;
  /** Returns a copy of the current weights. */
  weights(): DenseWeights;
  setLearningRate(rate: number): void;
  dispose(): void;
}

/** A network in use. */
export interface Predictor {
  /** Writes n x outputs after the head, for any n; the result for a row depends only on that row. */
  predict(x: Float32Array, n: number, out: Float32Array): void;
  dispose(): void;
}

export type EngineName = 'fused' | 'node' | 'wasm' | 'cpu';

/** A backend for computing networks. */
export interface Engine {
  readonly name: EngineName;
  /** For people and `run.json`: `TensorFlow 2.15 through tfjs-node 4.22`, `fused WASM SIMD`, … */
  readonly description: string;
  train(options: TrainerOptions): Trainer;
  use(network: DenseNetwork, weights: DenseWeights): Predictor;
}
