import { expectedErrors } from './expected-errors.ts';
import { LinearEstimator } from './linear-estimator.ts';
import { rootShares, type MeasuredAt } from './measured-at.ts';
import { FUNCTIONS, PosteriorMode } from './posterior-mode.ts';
import type { PriorGrid } from './posterior-mode.ts';

/** Noise levels, evenly spaced in their logarithm, at which what depends on noise alone is tabulated. */
const FIRST = 2e-4;
const LAST = 1;
const LEVELS = 24;
const PER_STEP = (LEVELS - 1) / Math.log(LAST / FIRST);

/** Decay rates whose sums over the protocol tell the network which protocol it is, in mm²/s. */
const RATES = [0.0003, 0.0007, 0.0015, 0.003, 0.006, 0.012, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8];

/** Estimates further from the prior's mean, in its standard deviations, are those of no tissue. */
const FARTHEST = 8;

/** Logarithms of errors: of the nine linear estimates, then of what is expected of D, f and Dp. */
const ERRORS = FUNCTIONS + 3;

/** Of the mode: where it is, how sure, correlations, room to either bound. */
const OF_MODE = 3 + 3 + 3 + 6;
/** Room to either bound in the unit of the answer. */
const ROOM = 6;
/** The unit of an answer is no smaller than this part of the expected error: a mode far from the truth may seem sure. */
const LEAST_SCALE = 0.3;
/** Bounds that are further away, in standard deviations, don't matter. */
const AMPLE = 4;

/** Numbers that a network is given of a voxel. */
export const INPUTS = FUNCTIONS + ERRORS + 2 + RATES.length + OF_MODE + ROOM;

/**
 * What the network is given of a voxel, the same numbers whatever the protocol:
 * - nine linear estimates (`LinearEstimator`), of D, f and Dp and of their squares and products;
 * - the logarithm of each one's root mean squared error at this noise, and of what is expected of the best estimates
 *   of D, f and Dp (`expectedErrors`);
 * - the logarithms of the noise and of the root of the number of measurements;
 * - the logarithm of the mean of exp(-b d) over the measurements at twelve rates d;
 * - the posterior mode, its standard deviations and correlations, and the room to either bound of the prior in these deviations;
 * - that room in the unit of the answer. No quantile is beyond a bound, and where f is small most of them are close to it.
 *
 * What it answers is relative: an output t stands for `centre` + `scale` t, the linear estimate and the expected error.
 */
export class ProtocolInputs {
  /** After `write`: where D, f and Dp are counted from, and in which unit. */
  readonly centre = new Float64Array(3);
  readonly scale = new Float64Array(3);
  /** After `write`: what is expected of the best estimates of D, f and Dp at this noise, tissue being unknown. */
  readonly expected = new Float64Array(3);
  /** After `write`: whether the signals are far from those of any tissue. */
  isStrange = false;

  readonly #linear: LinearEstimator;
  readonly #mode: PosteriorMode;
  readonly #start = new Float64Array(3);
  readonly #middle: readonly number[];
  readonly #spread: readonly number[];
  /** The bounds of the prior of each parameter. */
  readonly #low: readonly number[];
  readonly #high: readonly number[];
  /** LEVELS x ERRORS. */
  readonly #errors: Float64Array;
  /** What depends on the protocol alone. */
  readonly #constants: Float64Array;

  constructor(measured: MeasuredAt, grid: PriorGrid) {
    this.#linear = new LinearEstimator(measured, grid);
    this.#mode = new PosteriorMode(measured.bValues, rootShares(measured), grid);
    this.#middle = [grid.D.mean, grid.f.mean, grid.Dp.mean];
    this.#spread = [grid.D.sd, grid.f.sd, grid.Dp.sd];
    this.#low = [grid.D.low, grid.f.low, grid.Dp.low];
    this.#high = [grid.D.high, grid.f.high, grid.Dp.high];
    this.#errors = new Float64Array(LEVELS * ERRORS);
    const noises = Float64Array.from({ length: LEVELS }, (_, t) => FIRST * Math.exp(t / PER_STEP));
    const expected = expectedErrors(measured, grid, noises);
    for (let t = 0; t < LEVELS; t++) {
      const at = t * ERRORS;
      for (let c = 0; c < FUNCTIONS; c++) {
        this.#errors[at + c] = 0.5 * Math.log(Math.max(1e-12, this.#linear.errorAt(c, noises[t])));
      }
      for (let j = 0; j < 3; j++) this.#errors[at + FUNCTIONS + j] = Math.log(expected[3 * t + j]);
    }
    const { bValues, repeats } = measured;
    const all = repeats.reduce((sum, count) => sum + count);
    const meanDecay = (rate: number) =>
      bValues.reduce((sum, b, k) => sum + repeats[k] * Math.exp(-b * rate), 0) / all;
    this.#constants = Float64Array.of(0.5 * Math.log(all), ...RATES.map((rate) => Math.log(meanDecay(rate))));
  }

  /**
   * Writes the inputs of the voxel whose signals start at `offset` to `to[at…]`.
   * @param sigma noise of one measurement per quadrature channel, in the unit of the signals, above 0
   */
  write(values: Float64Array, offset: number, sigma: number, to: Float64Array, at: number): void {
    const linear = this.#linear;
    linear.estimate(values, offset, sigma);
    this.isStrange = false;
    for (let c = 0; c < FUNCTIONS; c++) {
      const estimate = linear.estimates[c];
      const near = estimate > FARTHEST ? FARTHEST : estimate < -FARTHEST ? -FARTHEST : estimate;
      if (near !== estimate) this.isStrange = true;
      to[at + c] = near;
      if (c < 3) this.#start[c] = this.#middle[c] + this.#spread[c] * near;
    }
    const logNoise = Math.log(linear.noise);
    const place = Math.min(LEVELS - 1.001, Math.max(0, (logNoise - Math.log(FIRST)) * PER_STEP));
    const level = place | 0;
    const part = place - level;
    const errors = this.#errors;
    for (let e = 0, from = level * ERRORS; e < ERRORS; e++, from++) {
      to[at + FUNCTIONS + e] = errors[from] + part * (errors[from + ERRORS] - errors[from]);
    }
    const rest = at + FUNCTIONS + ERRORS;
    for (let j = 0; j < 3; j++) this.expected[j] = this.#spread[j] * Math.exp(to[rest - 3 + j]);
    to[rest] = logNoise;
    for (let c = 0; c < this.#constants.length; c++) to[rest + 1 + c] = this.#constants[c];
    this.#writeMode(values, offset, to, rest + 1 + this.#constants.length);
  }

  #writeMode(values: Float64Array, offset: number, to: Float64Array, at: number): void {
    const mode = this.#mode;
    mode.find(values, offset, this.#linear.norm, this.#linear.noise, this.#start);
    for (let j = 0; j < 3; j++) {
      this.centre[j] = mode.value[j];
      this.scale[j] = Math.hypot(mode.sd[j], LEAST_SCALE * this.expected[j]);
      to[at + j] = mode.u[j];
      to[at + 3 + j] = Math.log(mode.spread[j]);
      to[at + 6 + j] = mode.correlation[j];
      to[at + 9 + j] = Math.min(AMPLE, mode.roomBelow(j));
      to[at + 12 + j] = Math.min(AMPLE, mode.roomAbove(j));
      const perScale = 1 / this.scale[j];
      to[at + OF_MODE + j] = Math.min(AMPLE, (mode.value[j] - this.#low[j]) * perScale);
      to[at + OF_MODE + 3 + j] = Math.min(AMPLE, (this.#high[j] - mode.value[j]) * perScale);
    }
  }
}
