import type {
  Activation,
  DenseLayer,
  DenseNetwork,
  Head,
  Loss,
  OutputLoss,
  TrainerOptions,
} from '../../src/nets/engine.ts';

/** Numbers that are the same in every run: Marsaglia's xorshift, uniform in -1..1. */
export function noise(seed: number): () => number {
  let state = seed | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31;
  };
}

export function someNumbers(count: number, next: () => number, scale = 1): Float32Array {
  return Float32Array.from({ length: count }, () => scale * next());
}

export interface Case {
  readonly seed: number;
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly activation: Activation;
  readonly head: Head['kind'];
  readonly loss: Loss['kind'];
  readonly batch: number;
}

/** A network, weights of PyTorch's size and a batch for it. Rebuilt signals have three outputs, others four. */
export function caseOf(c: Case): {
  options: TrainerOptions;
  x: Float32Array;
  target: Float32Array | undefined;
} {
  const next = noise(c.seed);
  const outputs = c.loss === 'rebuild' ? 3 : 4;
  const network: DenseNetwork = {
    inputs: c.inputs,
    hidden: c.hidden,
    activation: c.activation,
    outputs,
    head: headOf(c.head, outputs),
  };
  const widths = [c.inputs, ...c.hidden, outputs];
  const weights: DenseLayer[] = c.hidden.concat(outputs).map((units, l) => ({
    weight: someNumbers(units * widths[l], next, 1 / Math.sqrt(widths[l])),
    bias: someNumbers(units, next, 1 / Math.sqrt(widths[l])),
  }));
  // A rebuilt signal below 0 moves nothing.
  if (c.loss === 'rebuild-s0') weights[c.hidden.length].bias[3] += 1;
  const loss = lossOf(c);
  const adam = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  return {
    options: { network, weights, loss, batch: c.batch, adam },
    x: someNumbers(c.batch * c.inputs, next),
    target: targetOf(loss, c.batch * outputs, outputs, next),
  };
}

/** Rebuilt with S0 from signals alone where the seed is even, beside targets where it is odd. */
function lossOf(c: Case): Loss {
  const bValues = Float64Array.from({ length: c.inputs }, (_, i) => 0.5 * i + 0.25);
  switch (c.loss) {
    case 'rebuild':
      return { kind: 'rebuild', bValues };
    case 'squared':
      return { kind: 'squared', weights: [1, 0.5, 2, 0] };
    case 'weighted':
      return { kind: 'weighted', outputs: PENALTIES };
    case 'rebuild-s0': {
      const supervision = c.seed % 2 === 0 ? [] : [1, 0.5, 2, 0];
      return { kind: 'rebuild-s0', bValues, consistency: 0.7, supervision };
    }
  }
}

/** Smoothed over about as far as outputs are from targets, so that both sides of the bend are met. */
const PENALTIES: readonly OutputLoss[] = [
  { kind: 'mean' },
  { kind: 'quantile', level: 0.025, smoothing: 0.5 },
  { kind: 'quantile', level: 0.5, smoothing: 0.25 },
  { kind: 'quantile', level: 0.9, smoothing: 1 },
];

function targetOf(loss: Loss, count: number, outputs: number, next: () => number): Float32Array | undefined {
  switch (loss.kind) {
    case 'rebuild':
      return undefined;
    case 'rebuild-s0':
      return loss.supervision.length > 0 ? someNumbers(count, next) : undefined;
    case 'squared':
      return someNumbers(count, next);
    case 'weighted':
      return Float32Array.from({ length: 2 * count }, (_, i) =>
        i % (2 * outputs) < outputs ? next() : 2 * Math.abs(next()),
      );
  }
}

function headOf(kind: Head['kind'], outputs: number): Head {
  if (kind !== 'sigmoid') return { kind };
  const low = Array.from({ length: outputs }, (_, o) => -0.1 * o);
  return { kind, low, high: low.map((v, o) => v + 1 + 0.5 * o) };
}

export const flat = (layers: readonly DenseLayer[]): number[] =>
  layers.flatMap(({ weight, bias }) => [...weight, ...bias]);

/** The largest difference between two lists. */
export const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, v, i) => Math.max(most, Math.abs(v - b[i])), 0);

export const largest = (a: ArrayLike<number>): number =>
  Array.from(a).reduce((m, v) => Math.max(m, Math.abs(v)), 0);
