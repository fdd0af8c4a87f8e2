import type { ErrorSample } from '../../contracts/metric.ts';
import { QUANTILE_LEVELS } from '../../contracts/voxels.ts';
import { normalCdf } from '../../statistics/normal.ts';
import { oncePer } from '../weighted/once-per.ts';

/** Standard normal quantiles of the levels at which fitters report quantiles. */
const SCORES = [
  -1.959963984540054, -1.2815515655446004, -0.6744897501960817, 0, 0.6744897501960817, 1.2815515655446004,
  1.959963984540054,
];
/** Beyond it the normal distribution function is 0 or 1 to rounding. */
const END = 8.3;

interface AgainstTruth {
  /** Standard normal score of the truth in the fitter's distribution, NaN where the voxel has none. */
  readonly score: Float64Array;
  /** Continuous ranked probability score, NaN where the voxel has no distribution. */
  readonly crps: Float64Array;
}

/**
 * The distributions that a fitter reports, compared with the truth: normal with its standard deviation or, if it reports quantiles,
 * the one whose quantile function is linear in the normal score between them, and beyond the outermost as between the
 * outermost two. So both agree where quantiles are those of a normal distribution.
 */
export const againstTruth = oncePer((sample: ErrorSample): AgainstTruth =>
  sample.quantiles ? ofQuantiles(sample, sample.quantiles) : ofDeviations(sample),
);

function ofDeviations({ estimate, truth, sd }: ErrorSample): AgainstTruth {
  const score = new Float64Array(truth.length).fill(NaN);
  const crps = new Float64Array(truth.length).fill(NaN);
  for (let i = 0; i < truth.length; i++) {
    const error = truth[i] - estimate[i];
    const deviation = sd ? sd[i] : NaN;
    if (!Number.isFinite(error + deviation)) continue;
    const z = deviation > 0 ? error / deviation : error === 0 ? 0 : Math.sign(error) * Infinity;
    score[i] = z;
    crps[i] = deviation > 0 ? deviation * ofNormal(z) : Math.abs(error);
  }
  return { score, crps };
}

/** Sums the pieces between quantiles: with x = a + slope z on a piece, the integral over x is the slope times that over z. */
function ofQuantiles({ truth, estimate }: ErrorSample, quantiles: Float64Array): AgainstTruth {
  const width = QUANTILE_LEVELS.length;
  const last = width - 2;
  const rising = SCORES.map(belowTruth);
  const falling = SCORES.map((z) => belowTruth(-z));
  const score = new Float64Array(truth.length).fill(NaN);
  const crps = new Float64Array(truth.length).fill(NaN);
  for (let i = 0; i < truth.length; i++) {
    const at = i * width;
    if (!Number.isFinite(estimate[i] + quantiles[at] + quantiles[at + width - 1])) continue;
    let sum = 0;
    for (let piece = 0; piece <= last; piece++) {
      const low = quantiles[at + piece];
      const high = quantiles[at + piece + 1];
      const slope = (high - low) / (SCORES[piece + 1] - SCORES[piece]);
      const opens = piece === 0;
      const closes = piece === last;
      // Integrals over the whole piece of F² and of (1 - F)², F's tail included.
      const before = rising[piece + 1] - (opens ? 0 : rising[piece]);
      const after = falling[piece] - (closes ? 0 : falling[piece + 1]);
      if (!closes && truth[i] >= high) sum += slope * before;
      else if (!opens && truth[i] < low) sum += slope * after;
      else {
        const z =
          slope > 0 ? SCORES[piece] + (truth[i] - low) / slope : truth[i] < low ? -Infinity : Infinity;
        score[i] = z;
        if (slope > 0) {
          sum += slope * (belowTruth(z) - (opens ? 0 : rising[piece]));
          sum += slope * (belowTruth(-z) - (closes ? 0 : falling[piece + 1]));
        } else sum += truth[i] < low ? low - truth[i] : truth[i] - high;
      }
    }
    crps[i] = sum;
  }
  return { score, crps };
}

/** The score of the standard normal distribution: z (2 Phi - 1) + 2 phi - 1 / √π (Gneiting and Raftery 2007, eq. 21). */
function ofNormal(z: number): number {
  const inside = Math.abs(z) > END ? Math.sign(z) : 2 * normalCdf(z) - 1;
  return z * inside + Math.sqrt(2 / Math.PI) * Math.exp(-0.5 * z * z) - 1 / Math.sqrt(Math.PI);
}

/**
 * The integral of the square of the normal distribution function from minus infinity to z: z Phi² + 2 Phi phi - Phi(√2 z) / √π, as
 * its derivative shows. At z and -z it adds up to the score of the normal distribution (Gneiting and Raftery 2007, eq. 21).
 */
function belowTruth(z: number): number {
  if (z < -END) return 0;
  const below = z > END ? 1 : normalCdf(z);
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  const wider = z > END / Math.SQRT2 ? 1 : z < -END / Math.SQRT2 ? 0 : normalCdf(Math.SQRT2 * z);
  return below * (z * below + 2 * density) - wider / Math.sqrt(Math.PI);
}
