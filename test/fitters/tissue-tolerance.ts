import { cramerRao } from '../../src/signal/cramer-rao.ts';
import { invertSymmetric } from '../../src/signal/invert-symmetric.ts';

/**
 * How far an estimate of a tissue may be off. One rule for all fitters, with no number that was chosen to fit:
 *
 *     |estimate - truth| <= 5 sd + bias
 *
 * `sd` is the least standard deviation that any unbiased estimate from the signals the method looks at can have
 * (Cramér-Rao): it grows with the noise, and as f shrinks. `bias` is 0 for methods that fit the whole model. Those that
 * take the signals from some b-value T on for diffusion alone err by the perfusion that is left there. With eps(b) = f / (1 - f)
 * exp(-b (Dp - D)), log S = log(1 - f) - b D + log(1 + eps): a line through a convex, falling log(1 + eps) has a
 * slope between 0 and the steepest, so D is off by at most eps(T) (Dp - D), and log(1 - f) by at most
 * eps(T) (1 + T (Dp - D)).
 */
export interface Tolerance {
  readonly D: number;
  readonly f: number;
  readonly Dp: number;
}

type Truth = Tolerance;

/** Chance of one estimate in a million and a half falling outside where sd is reached. */
const DEVIATIONS = 5;

/** For methods that fit the whole model, S0 too (`unknown`) or not. */
export function wholeModel(
  bValues: Float64Array,
  truth: Truth,
  noise: number,
  S0: 'known' | 'unknown',
): Tolerance {
  const { D, f, Dp } = cramerRao(bValues, { S0: 1, ...truth }, noise, { S0 });
  // Dividing by a noisy signal at b=0 moves everything by its noise, which a fit with S0 = 1 takes for f.
  const shift = S0 === 'known' ? Math.abs(fMovedBy(bValues, truth) * noise) : 0;
  return { D: DEVIATIONS * D, f: DEVIATIONS * (f + shift), Dp: DEVIATIONS * Dp };
}

/** For methods that take D, and f, from the b-values `used`, as if they showed diffusion alone. */
export function diffusionAlone(
  bValues: Float64Array,
  used: readonly number[],
  truth: Truth,
  noise: number,
): Tolerance {
  const { D, f, Dp } = truth;
  // Information on (log(1 - f), D) of one decay.
  const information = new Float64Array(4);
  for (const b of used) {
    const S = (1 - f) * Math.exp(-b * D);
    information[0] += (S * S) / noise ** 2;
    information[1] += (-b * S * S) / noise ** 2;
    information[3] += (b * b * S * S) / noise ** 2;
  }
  information[2] = information[1];
  const variances = invertSymmetric(information, 2)!;
  const from = used[0];
  const left = (f / (1 - f)) * Math.exp(-from * (Dp - D));
  const biasD = left * (Dp - D);
  const biasF = (1 - f) * Math.expm1(left * (1 + from * (Dp - D)));
  const offD = DEVIATIONS * Math.sqrt(variances[3]) + biasD;
  const offF = DEVIATIONS * (1 - f) * Math.hypot(Math.sqrt(variances[0]), noise) + biasF;
  return { D: offD, f: offF, Dp: followed(bValues, truth, offD, offF, noise) };
}

/** By how much Dp gives way, to first order, where D and f are off and Dp alone is fitted to all signals. */
function followed(bValues: Float64Array, truth: Truth, offD: number, offF: number, noise: number): number {
  let own = 0;
  let withD = 0;
  let withF = 0;
  for (const b of bValues) {
    const [byD, byF, byDp] = slopes(b, truth);
    own += byDp * byDp;
    withD += byDp * byD;
    withF += byDp * byF;
  }
  return (Math.abs(withD) * offD + Math.abs(withF) * offF) / own + (DEVIATIONS * noise) / Math.sqrt(own);
}

/** By how much f moves where all signals are raised by a small share of themselves. */
function fMovedBy(bValues: Float64Array, truth: Truth): number {
  const normal = new Float64Array(9);
  const right = new Float64Array(3);
  for (const b of bValues.slice(1)) {
    const J = slopes(b, truth);
    const S = truth.f * Math.exp(-b * truth.Dp) + (1 - truth.f) * Math.exp(-b * truth.D);
    for (let i = 0; i < 3; i++) {
      right[i] += J[i] * S;
      for (let j = 0; j < 3; j++) normal[3 * i + j] += J[i] * J[j];
    }
  }
  const inverse = invertSymmetric(normal, 3)!;
  return inverse[3] * right[0] + inverse[4] * right[1] + inverse[5] * right[2];
}

function slopes(b: number, { D, f, Dp }: Truth): [number, number, number] {
  const slow = Math.exp(-b * D);
  const fast = Math.exp(-b * Dp);
  return [-b * (1 - f) * slow, fast - slow, -b * f * fast];
}
