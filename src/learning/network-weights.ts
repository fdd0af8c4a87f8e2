import { InputError } from '../contracts/input-error.ts';
import type { Initial, Layers, Network, Shape, Tensor, TensorFlow } from '../contracts/learner.ts';
import { QuickRandom } from '../random/quick-random.ts';
import { deriveSeed } from '../random/seed.ts';
import { layersOf } from './layers.ts';

/** A weight as it begins. */
export interface InitialWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /** Whether weight decay applies: to factors, not to what is added. */
  readonly decays: boolean;
}

/**
 * Finds the weights of a network by running it once on a case of zeros. Every weight begins from a seed of its own, so that a layer
 * more or less changes no other.
 *
 * @param most the largest number of weights
 * @throws InputError where there are more, before those are allocated
 * @throws Error where the network asks twice for one name with different shapes
 */
export function initialWeights(
  tf: TensorFlow,
  network: Network,
  shape: Shape,
  seed: number,
  most = Infinity,
): { weights: InitialWeight[]; outputs: readonly number[] } {
  const found = new Map<string, InitialWeight>();
  let count = 0;
  const weight: Layers['weight'] = (name, size, initial) => {
    const known = found.get(name);
    if (!known) count += size.reduce((product, each) => product * each, 1);
    if (count > most)
      throw new InputError(`the network has ${count} weights or more; allowed: up to ${most}`);
    if (known && String(known.shape) !== String(size)) {
      throw new Error(
        `the network asks for weight ${name} as [${String(known.shape)}] and as [${String(size)}]`,
      );
    }
    const made = known ?? begin(name, size, initial, deriveSeed(seed, 'weight', name));
    found.set(name, made);
    return tf.tensor(made.values, [...size]);
  };
  const outputs = tf.tidy(() => {
    const x: Tensor = tf.zeros([1, ...shape]);
    return network(x, layersOf({ tf, training: false, weight, mask: () => x })).shape.slice(1);
  });
  return { weights: [...found.values()], outputs };
}

function begin(name: string, shape: readonly number[], initial: Initial, seed: number): InitialWeight {
  const size = shape.reduce((product, each) => product * each, 1);
  const values = new Float32Array(size);
  const [inputs, outputs] = fans(shape);
  const random = new QuickRandom(seed);
  if (initial === 'he') {
    const sd = Math.sqrt(2 / inputs);
    for (let i = 0; i < size; i++) values[i] = sd * random.gaussian();
  } else if (initial === 'glorot') {
    const limit = Math.sqrt(6 / (inputs + outputs));
    for (let i = 0; i < size; i++) values[i] = limit * (2 * random.uniform() - 1);
  } else if (typeof initial === 'number') {
    values.fill(initial);
  } else {
    throw new Error(`weight ${name} begins as ${String(initial)}; allowed: 'he', 'glorot' or a number`);
  }
  return { name, shape, values, decays: typeof initial === 'string' };
}

/** Numbers that are added up for one output, and outputs that one number enters: of a filter, times its spatial size. */
function fans(shape: readonly number[]): [number, number] {
  if (shape.length < 2) return [shape[0] ?? 1, shape[0] ?? 1];
  const spatial = shape.slice(0, -2).reduce((product, each) => product * each, 1);
  return [spatial * shape.at(-2)!, spatial * shape.at(-1)!];
}
