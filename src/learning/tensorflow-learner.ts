import type * as TensorFlowModule from '@tensorflow/tfjs';
import { z } from 'zod';
import { InputError } from '../contracts/input-error.ts';
import { storedJson } from '../files/stored-file.ts';
import type {
  Batch,
  Layers,
  Learner,
  Network,
  Outputs,
  SavedState,
  Shape,
  Tensor,
} from '../contracts/learner.ts';
import { on, type Backend } from '../nets/tensorflow/backend.ts';
import { QuickRandom } from '../random/quick-random.ts';
import { deriveSeed } from '../random/seed.ts';
import { concatenated } from './concatenated.ts';
import { layersOf } from './layers.ts';
import type { Loss } from './losses.ts';
import { initialWeights } from './network-weights.ts';

export interface LearnerOptions {
  readonly backend: Backend;
  readonly network: Network;
  /** Of one case. */
  readonly shape: Shape;
  /** What the network is to return for one case: [classes], or [height, width, channels]. Absent: anything. */
  readonly outputs?: readonly number[];
  /** Of the target of one case, where the loss takes something else than what the network returns. */
  readonly targets?: readonly number[];
  readonly loss: Loss;
  /** Decides the first weights and what dropout leaves out. */
  readonly seed: number;
  /** Share of a weight that is taken away per step, in units of the learning rate; 0 for none. */
  readonly weightDecay: number;
  /**
   * What is used after every step is not the weights themselves but their exponential moving average, whose share of the past this is; absent or
   * 0: the weights.
   */
  readonly averaging?: number;
  /** Refuses networks with more weights before they are allocated: what a network from elsewhere can have. Absent: any number. */
  readonly mostWeights?: number;
}

/** The constants of Kingma and Ba's paper. */
const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

const STATE = storedJson(
  'learner.json',
  z.object({
    steps: z.int().nonnegative(),
    weights: z.array(z.object({ name: z.string(), shape: z.array(z.int()) })),
  }),
);
const NUMBERS = 'learner.f32';

/**
 * Trains a network by Adam (Kingma and Ba 2015, algorithm 1) with decoupled weight decay (Loshchilov and Hutter 2019) on clipped
 * gradients, which TensorFlow.js computes. The optimiser is written out here since that of TensorFlow.js does not give away its whole state. On one
 * backend with one number of threads, the same seed gives the same weights bit for bit, interrupted or not. What is used may be their exponential
 * moving average (Polyak and Juditsky 1992 average evenly; the exponential form and its start are TensorFlow's), which evens out the last steps.
 */
export class TensorFlowLearner implements Learner {
  readonly #options: LearnerOptions;
  readonly #outputs: readonly number[];
  readonly #weights: readonly Weight[];
  readonly #state: State;
  #steps = 0;

  /** @throws InputError where the network returns something else than `outputs`, or has too many weights */
  constructor(options: LearnerOptions) {
    this.#options = options;
    const { backend, network, shape, seed, averaging = 0, mostWeights = Infinity } = options;
    const { tf } = backend;
    const { weights, outputs } = on(backend, () => initialWeights(tf, network, shape, seed, mostWeights));
    if (options.outputs !== undefined && String(outputs) !== String(options.outputs)) {
      throw new InputError(
        `the network returns [${outputs.join(', ')}] for a case of [${shape.join(', ')}]; allowed here: [${options.outputs.join(', ')}]`,
      );
    }
    this.#outputs = outputs;
    this.#weights = weights.map(({ values, ...weight }) => ({ ...weight, count: values.length }));
    const values = concatenated(weights.map((weight) => weight.values));
    const decays = concatenated(
      weights.map((weight) => new Float32Array(weight.values.length).fill(weight.decays ? 1 : 0)),
    );
    this.#state = on(backend, () => ({
      variables: new Map(
        weights.map((weight) => [weight.name, tf.variable(tf.tensor(weight.values, [...weight.shape]))]),
      ),
      decays: tf.variable(tf.tensor1d(decays), false),
      value: tf.variable(tf.tensor1d(values), false),
      mean: tf.variable(tf.zeros([values.length]), false),
      square: tf.variable(tf.zeros([values.length]), false),
      average: averaging > 0 ? tf.variable(tf.tensor1d(values), false) : undefined,
    }));
  }

  step({ n, inputs, targets }: Batch, rate: number): Outputs {
    const { backend, loss } = this.#options;
    const { tf } = backend;
    return on(backend, () => {
      const [x, y] = [this.#tensor(inputs, n), this.#targets(targets, n)];
      const { variables } = this.#state;
      const layers = this.#layers(variables, true);
      let outputs: Tensor | undefined;
      const { value, grads } = tf.variableGrads(() => {
        outputs = tf.keep(this.#options.network(x, layers));
        return loss.loss(tf, outputs, y) as TensorFlowModule.Scalar;
      }, [...variables.values()]);
      this.#adjust(this.#clipped(grads), rate);
      const result = { loss: value.dataSync()[0], values: numbers(loss.read(tf, outputs!)) };
      outputs!.dispose();
      return result;
    });
  }

  evaluate({ n, inputs, targets }: Batch): Outputs {
    const { backend, loss, network } = this.#options;
    const { tf } = backend;
    const { average, variables } = this.#state;
    return on(backend, () => {
      const used = average ? this.#parted(average) : variables;
      const outputs = network(this.#tensor(inputs, n), this.#layers(used, false));
      const value = loss.loss(tf, outputs, this.#targets(targets, n));
      return { loss: value.dataSync()[0], values: numbers(loss.read(tf, outputs)) };
    });
  }

  save(): SavedState {
    const vectors = on(this.#options.backend, () => vectorsOf(this.#state).map(numbers));
    // Weight after weight: its value, what the optimiser knows of it, and its average.
    const parts: Float32Array[] = [];
    let at = 0;
    for (const { count } of this.#weights) {
      for (const vector of vectors) parts.push(vector.subarray(at, at + count));
      at += count;
    }
    const weights = this.#weights.map(({ name, shape }) => ({ name, shape: [...shape] }));
    return new Map([
      STATE.encode({ steps: this.#steps, weights }),
      [NUMBERS, new Uint8Array(concatenated(parts).buffer)],
    ]);
  }

  restore(state: SavedState): void {
    this.#steps = this.#assign(state);
  }

  /**
   * Takes the weights of a state alone: the optimiser starts anew, as in transfer learning.
   * @throws Error where it is the state of another network
   */
  begin(state: SavedState): void {
    this.#assign(state);
    this.#steps = 0;
    const { backend } = this.#options;
    const { tf } = backend;
    const { value, mean, square, average } = this.#state;
    on(backend, () => {
      // The weights that were used, whether they are averages or not.
      if (average) value.assign(average);
      for (const moment of [mean, square]) moment.assign(tf.zerosLike(moment));
      this.#spread();
    });
  }

  /** Takes weights and moments, and returns the number of steps they come from. */
  #assign(state: SavedState): number {
    const bytes = state.get(NUMBERS);
    const { steps, weights } = STATE.decode(state.get(STATE.name));
    const own = this.#weights.map(({ name, shape }) => ({ name, shape }));
    const vectors = vectorsOf(this.#state);
    const count = this.#weights.reduce((sum, weight) => sum + weight.count, 0);
    if (
      !bytes ||
      JSON.stringify(weights) !== JSON.stringify(own) ||
      bytes.length !== 4 * count * vectors.length
    ) {
      throw new Error('this is the state of another network');
    }
    const all = new Float32Array(bytes.slice().buffer);
    const { backend } = this.#options;
    const read = vectors.map(() => new Float32Array(count));
    let [from, to] = [0, 0];
    for (const weight of this.#weights) {
      for (const values of read) {
        values.set(all.subarray(from, from + weight.count), to);
        from += weight.count;
      }
      to += weight.count;
    }
    on(backend, () => {
      vectors.forEach((vector, i) => vector.assign(backend.tf.tensor1d(read[i])));
      this.#spread();
    });
    return steps;
  }

  dispose(): void {
    const { variables, decays } = this.#state;
    on(this.#options.backend, () => {
      for (const each of [...variables.values(), decays, ...vectorsOf(this.#state)]) each.dispose();
    });
  }

  /**
   * Divides all gradients by their common length where that exceeds 1 (Pascanu et al. 2013): a rare large step early in a training can
   * otherwise leave no rectified unit alive.
   */
  #clipped(gradients: Readonly<Record<string, Tensor>>): Tensor {
    const { tf } = this.#options.backend;
    const all = tf.concat(
      [...this.#state.variables.values()].map(({ name }) => tf.reshape(gradients[name], [-1])),
    );
    const length = tf.sqrt(tf.sum(tf.square(all)));
    return tf.div(all, tf.maximum(length, 1));
  }

  /**
   * m <- b1 m + (1 - b1) g, v <- b2 v + (1 - b2) g², w <- w - rate (m' / (sqrt v' + e) + decay w), where m' and v' are unbiased; of all
   * weights at once, as operations on a few numbers cost as much as those on many.
   */
  #adjust(gradient: Tensor, rate: number): void {
    const { tf } = this.#options.backend;
    const { value, mean, square, average, decays } = this.#state;
    const { weightDecay } = this.#options;
    this.#steps++;
    const [unbias1, unbias2] = [1 - BETA1 ** this.#steps, 1 - BETA2 ** this.#steps];
    // Over few steps, those of the past weigh less: the first weights say nothing.
    const past = Math.min(this.#options.averaging ?? 0, (1 + this.#steps) / (10 + this.#steps));
    mean.assign(tf.add(tf.mul(mean, BETA1), tf.mul(gradient, 1 - BETA1)));
    square.assign(tf.add(tf.mul(square, BETA2), tf.mul(tf.square(gradient), 1 - BETA2)));
    const change = tf.div(tf.div(mean, unbias1), tf.add(tf.sqrt(tf.div(square, unbias2)), EPSILON));
    const decay = weightDecay > 0 ? tf.mul(tf.mul(value, decays), weightDecay) : undefined;
    value.assign(tf.sub(value, tf.mul(decay ? tf.add(change, decay) : change, rate)));
    average?.assign(tf.add(tf.mul(average, past), tf.mul(value, 1 - past)));
    this.#spread();
  }

  /** Gives the weights of the network their values. */
  #spread(): void {
    const { variables, value } = this.#state;
    for (const [name, values] of this.#parted(value)) variables.get(name)!.assign(values);
  }

  /** One vector as the weights by name. */
  #parted(vector: Tensor): ReadonlyMap<string, Tensor> {
    const { tf } = this.#options.backend;
    const parts = tf.split(
      vector,
      this.#weights.map(({ count }) => count),
    );
    return new Map(this.#weights.map(({ name, shape }, i) => [name, tf.reshape(parts[i], [...shape])]));
  }

  #layers(weights: ReadonlyMap<string, Tensor>, training: boolean): Layers {
    const { backend, seed } = this.#options;
    const { tf } = backend;
    // Masks depend on the number of the step alone, so that a resumed training draws those of an unbroken one.
    const random = training ? new QuickRandom(deriveSeed(seed, 'dropout', this.#steps)) : undefined;
    return layersOf({
      tf,
      training,
      weight(name) {
        const weight = weights.get(name);
        if (!weight)
          throw new Error(`the network asks for weight ${name}, which it did not ask for at first`);
        return weight;
      },
      mask(shape, rate) {
        const kept = new Float32Array(shape.reduce((product, each) => product * each, 1));
        for (let i = 0; i < kept.length; i++) kept[i] = random!.uniform() < rate ? 0 : 1 / (1 - rate);
        return tf.tensor(kept, [...shape]);
      },
    });
  }

  #tensor(values: Float32Array, n: number): Tensor {
    return this.#options.backend.tf.tensor(values, [n, ...this.#options.shape]);
  }

  #targets(values: Float32Array, n: number): Tensor {
    return this.#options.backend.tf.tensor(values, [n, ...(this.#options.targets ?? this.#outputs)]);
  }
}

type Variable = TensorFlowModule.Variable;

interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly count: number;
}

/** Everything a training changes. All but the first are vectors of the weights one after the other. */
interface State {
  /** The weights as the network asks for them. */
  readonly variables: ReadonlyMap<string, Variable>;
  /** 1 where weight decay applies. */
  readonly decays: Variable;
  readonly value: Variable;
  /** Adam's running means of the gradient and of its square. */
  readonly mean: Variable;
  readonly square: Variable;
  /** Of the values, where it is what is used. */
  readonly average: Variable | undefined;
}

const vectorsOf = ({ value, mean, square, average }: State): Variable[] => [
  ...[value, mean, square],
  ...(average ? [average] : []),
];

/** A copy: what a backend hands out may be its own memory. */
const numbers = (tensor: Tensor): Float32Array => Float32Array.from(tensor.dataSync());
