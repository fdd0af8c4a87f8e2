import { InputError } from '../../contracts/input-error.ts';
import {
  fail,
  failedFrom,
  PARAMETERS,
  QUANTILE_LEVELS,
  Status,
  type Estimates,
  type Signals,
  type StatusCode,
} from '../../contracts/voxels.ts';
import type { Predictor } from '../../nets/engine.ts';
import { expOfMinus } from '../../solvers/exponential.ts';
import { isMeasured } from '../../solvers/measurements.ts';
import { sdOfQuantiles } from '../../solvers/sd-of-quantiles.ts';
import { meanRepeats, type MeasuredAt } from './measured-at.ts';
import { INPUTS, ProtocolInputs } from './protocol-inputs.ts';
import { OUTPUTS, PER_PARAMETER } from './manifest.ts';
import type { PriorGrid } from './posterior-mode.ts';
import { SNR } from './lessons.ts';

/** Number of voxels passed to the network at once. */
const CHUNK = 1024;

/** Fits voxels of one protocol. */
export class NetworkInUse {
  readonly #predictor: Predictor;
  readonly #inputs: ProtocolInputs;
  /** The bounds of the prior of each parameter. */
  readonly #low: readonly number[];
  readonly #high: readonly number[];
  readonly #repeats: Float64Array;
  /** Noise of one measurement relative to that of `Signals.sigma`. */
  readonly #perSignal: number;
  readonly #row = new Float64Array(INPUTS);
  readonly #rows = new Float32Array(CHUNK * INPUTS);
  readonly #outputs = new Float32Array(CHUNK * OUTPUTS);
  /** Status of each voxel if the network gives an estimate, or the status with which it fails. */
  readonly #status = new Uint8Array(CHUNK);
  /** Centre and scale of D, f and Dp. */
  readonly #places = new Float64Array(CHUNK * 6);
  readonly #quantiles = new Float64Array(QUANTILE_LEVELS.length);

  constructor(predictor: Predictor, measured: MeasuredAt, grid: PriorGrid) {
    this.#predictor = predictor;
    this.#repeats = measured.repeats;
    this.#low = [grid.D.low, grid.f.low, grid.Dp.low];
    this.#high = [grid.D.high, grid.f.high, grid.Dp.high];
    this.#inputs = new ProtocolInputs(measured, grid);
    this.#perSignal = Math.sqrt(meanRepeats(measured.repeats));
  }

  fit(signals: Signals, out: Estimates): void {
    if (!signals.sigma) {
      throw new InputError(
        'any-protocol-net needs the noise level of every voxel, which these signals come without',
      );
    }
    for (let start = 0; start < signals.n; start += CHUNK) {
      const n = Math.min(CHUNK, signals.n - start);
      for (let i = 0; i < n; i++)
        this.#status[i] = this.#gather(signals, signals.sigma[start + i], start + i, i);
      this.#predictor.predict(this.#rows, n, this.#outputs);
      for (let i = 0; i < n; i++) this.#write(signals, start + i, i, out);
    }
  }

  /**
   * Prepares voxel `voxel`, the `i`-th of its chunk. A failed one keeps the inputs of an earlier one; its output is ignored.
   */
  #gather(signals: Signals, sigma: number, voxel: number, i: number): number {
    if (!isMeasured(signals, voxel) || !(sigma >= 0 && sigma < Infinity)) return Status.notFinite;
    const width = signals.bValues.length;
    if (sigma * SNR.lowest > 1) return Status.background;
    const inputs = this.#inputs;
    const known = Math.max(sigma, 1 / SNR.highest);
    inputs.write(signals.values, voxel * width, known * this.#perSignal, this.#row, 0);
    this.#rows.set(this.#row, i * INPUTS);
    for (let j = 0; j < 3; j++) {
      this.#places[6 * i + j] = inputs.centre[j];
      this.#places[6 * i + 3 + j] = inputs.scale[j];
    }
    return inputs.isStrange || known > sigma ? Status.outOfRange : Status.converged;
  }

  #write(signals: Signals, voxel: number, i: number, out: Estimates): void {
    const status = this.#status[i] as StatusCode;
    if (status >= failedFrom) {
      fail(out, voxel, status);
      return;
    }
    const at = i * OUTPUTS;
    const D = this.#value(at, i, 0);
    const f = this.#value(at + PER_PARAMETER, i, 1);
    const Dp = this.#value(at + 2 * PER_PARAMETER, i, 2);
    if (!Number.isFinite(D + f + Dp)) {
      fail(out, voxel, Status.notFinite);
      return;
    }
    out.D[voxel] = this.#within(D, 0);
    out.f[voxel] = this.#within(f, 1);
    out.Dp[voxel] = Math.max(out.D[voxel], this.#within(Dp, 2));
    const isMoved = out.D[voxel] !== D || out.f[voxel] !== f || out.Dp[voxel] !== Dp;
    out.S0[voxel] = signals.scale[voxel] * this.#amplitude(signals, voxel, out);
    if (!(out.S0[voxel] > 0)) {
      fail(out, voxel, Status.background);
      return;
    }
    out.status[voxel] = status === Status.converged && isMoved ? Status.atBound : status;
    if (!out.sd && !out.quantiles) return;
    for (let j = 0; j < 3; j++) {
      const quantiles = this.#order(at + j * PER_PARAMETER, i, j);
      const name = PARAMETERS[j];
      if (out.sd) out.sd[name][voxel] = sdOfQuantiles(quantiles, 0);
      if (out.quantiles) out.quantiles[name].set(quantiles, voxel * quantiles.length);
    }
  }

  /** Converts output `at` of the chunk's `i`-th voxel to a value of parameter `j`. */
  #value(at: number, i: number, j: number): number {
    return this.#places[6 * i + j] + this.#places[6 * i + 3 + j] * this.#outputs[at];
  }

  #within(value: number, j: number): number {
    return value < this.#low[j] ? this.#low[j] : value > this.#high[j] ? this.#high[j] : value;
  }

  /** Moves the quantiles after output `at` into the prior and sorts them: training does not prevent them from crossing. */
  #order(at: number, i: number, j: number): Float64Array {
    const quantiles = this.#quantiles;
    for (let k = 0; k < quantiles.length; k++) {
      const value = this.#within(this.#value(at + 1 + k, i, j), j);
      let place = k;
      while (place > 0 && quantiles[place - 1] > value) quantiles[place] = quantiles[--place];
      quantiles[place] = value;
    }
    return quantiles;
  }

  /** Returns S0 relative to the measured b=0 signal: the least-squares amplitude of the estimated decay. */
  #amplitude({ bValues, values }: Signals, voxel: number, { D, f, Dp }: Estimates): number {
    let along = 0;
    let square = 0;
    for (let k = 0; k < bValues.length; k++) {
      const decay =
        f[voxel] * expOfMinus(bValues[k] * Dp[voxel]) + (1 - f[voxel]) * expOfMinus(bValues[k] * D[voxel]);
      along += this.#repeats[k] * decay * values[voxel * bValues.length + k];
      square += this.#repeats[k] * decay * decay;
    }
    return along / square;
  }
}
