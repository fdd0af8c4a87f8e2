import { InputError } from '../../contracts/input-error.ts';
import { fail, PARAMETERS, QUANTILE_LEVELS, Status } from '../../contracts/voxels.ts';
import type { Estimates, Signals } from '../../contracts/voxels.ts';
import type { Predictor } from '../../nets/engine.ts';
import { expOfMinus } from '../../solvers/exponential.ts';
import { isMeasured } from '../../solvers/measurements.ts';
import { sdOfQuantiles } from '../../solvers/sd-of-quantiles.ts';
import { OUTPUTS, PER_PARAMETER } from './manifest.ts';
import { SignalInputs } from './signal-inputs.ts';
import type { PriorScale } from './signal-inputs.ts';

/** Number of voxels passed to the network at once. */
const CHUNK = 1024;
const LEVELS = QUANTILE_LEVELS.length;
/** Tolerance of the noise range: sigma is divided by a b=0 signal, which is noisy itself. */
const LEAST = 0.9;
const MOST = 2;
/** Fits voxels of the protocol that the network was trained for. */
export class NetworkInUse {
  readonly #predictor: Predictor;
  readonly #inputs: SignalInputs;
  readonly #scale: PriorScale;
  readonly #noise: readonly [number, number];
  readonly #knowsNoise: boolean;
  readonly #rows: Float32Array;
  readonly #outputs = new Float32Array(CHUNK * OUTPUTS);
  readonly #usable = new Uint8Array(CHUNK);
  readonly #quantiles = new Float64Array(LEVELS);

  /** @param noise least and largest standard deviation it was trained for, S0 being 1 */
  constructor(
    predictor: Predictor,
    signals: number,
    scale: PriorScale,
    noise: readonly [number, number],
    knowsNoise: boolean,
  ) {
    this.#predictor = predictor;
    this.#inputs = new SignalInputs(signals, knowsNoise);
    this.#scale = scale;
    this.#noise = [LEAST * noise[0], MOST * noise[1]];
    this.#knowsNoise = knowsNoise;
    this.#rows = new Float32Array(CHUNK * this.#inputs.count);
  }

  fit(signals: Signals, out: Estimates): void {
    if (this.#knowsNoise && !signals.sigma) {
      throw new InputError(
        'posterior-net needs the noise level of every voxel, which these signals come without: give it, or set ' +
          'sigma: unknown',
      );
    }
    for (let start = 0; start < signals.n; start += CHUNK) {
      const n = Math.min(CHUNK, signals.n - start);
      for (let i = 0; i < n; i++) this.#gather(signals, start + i, i);
      this.#predictor.predict(this.#rows, n, this.#outputs);
      for (let i = 0; i < n; i++) this.#write(signals, start + i, i, out);
    }
  }

  /** Gathers the inputs of a voxel. An unusable one keeps the inputs of an earlier one; its output is ignored. */
  #gather(signals: Signals, voxel: number, i: number): void {
    const { values, bValues, sigma } = signals;
    const noise = sigma && this.#knowsNoise ? sigma[voxel] : 1;
    const usable = isMeasured(signals, voxel) && noise >= 0 && noise < Infinity;
    this.#usable[i] = usable ? 1 : 0;
    if (!usable) return;
    const { count } = this.#inputs;
    this.#inputs.write(values, voxel * bValues.length, this.#withinRange(noise), this.#rows, i * count);
  }

  #withinRange(noise: number): number {
    const [least, largest] = this.#noise;
    return noise < least ? least : noise > largest ? largest : noise;
  }

  #write(signals: Signals, voxel: number, i: number, out: Estimates): void {
    const at = i * OUTPUTS;
    const outputs = this.#outputs;
    const D = outputs[at];
    const f = outputs[at + PER_PARAMETER];
    const Dp = outputs[at + 2 * PER_PARAMETER];
    if (!this.#usable[i] || !Number.isFinite(D + f + Dp)) {
      fail(out, voxel, Status.notFinite);
      return;
    }
    out.D[voxel] = this.#within(D, 0);
    out.f[voxel] = this.#within(f, 1);
    out.Dp[voxel] = Math.max(out.D[voxel], this.#within(Dp, 2));
    if (!this.#writeAmplitude(signals, voxel, out) || (!out.sd && !out.quantiles)) return;
    for (let k = 0; k < PARAMETERS.length; k++) {
      const name = PARAMETERS[k];
      this.#order(at + k * PER_PARAMETER + 1, k);
      if (out.sd) out.sd[name][voxel] = sdOfQuantiles(this.#quantiles, 0);
      if (out.quantiles) out.quantiles[name].set(this.#quantiles, voxel * LEVELS);
    }
  }

  #within(value: number, k: number): number {
    const low = this.#scale.low[k];
    const high = this.#scale.high[k];
    return value < low ? low : value > high ? high : value;
  }

  /**
   * Reads the quantiles from output `at` on, moves them into the prior and sorts them: training does not prevent them from
   * crossing.
   */
  #order(at: number, k: number): void {
    const quantiles = this.#quantiles;
    for (let q = 0; q < LEVELS; q++) {
      const value = this.#within(this.#outputs[at + q], k);
      let place = q;
      while (place > 0 && quantiles[place - 1] > value) quantiles[place] = quantiles[--place];
      quantiles[place] = value;
    }
  }

  /**
   * Computes S0 by least squares along the decay of the estimate, and the status. Returns false if S0 would be negative, and
   * the voxel fails.
   */
  #writeAmplitude({ bValues, values, scale, sigma }: Signals, voxel: number, out: Estimates): boolean {
    const { D, f, Dp, S0, status } = out;
    const width = bValues.length;
    let along = 0;
    let square = 0;
    for (let k = 0; k < width; k++) {
      const slow = expOfMinus(bValues[k] * D[voxel]);
      const decay = slow + f[voxel] * (expOfMinus(bValues[k] * Dp[voxel]) - slow);
      along += decay * values[voxel * width + k];
      square += decay * decay;
    }
    if (along <= 0) {
      fail(out, voxel, Status.background);
      return false;
    }
    S0[voxel] = (scale[voxel] * along) / square;
    const isBeyond = sigma && this.#knowsNoise && this.#withinRange(sigma[voxel]) !== sigma[voxel];
    status[voxel] = isBeyond ? Status.outOfRange : Status.converged;
    return true;
  }
}
