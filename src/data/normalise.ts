import { Status, type Signals } from '../contracts/voxels.ts';
import type { MeasuredProtocol } from './measured-protocol.ts';

/**
 * Rows prepared for a fitter. Rows that can't be fitted are omitted from `signals` and have the reason in `status`, so that no
 * fitter spends time on background.
 */
export interface NormalisedRows {
  /** Capacity for `count` rows; the first `n` are used. */
  readonly values: Float64Array;
  readonly scale: Float64Array;
  /** Noise of each used row relative to its b=0 signal, if sigma is known. */
  readonly sigma?: Float64Array;
  /** Original index of every used row. */
  readonly rows: Uint32Array;
  /** Why a row is not used: `Status.background` or `Status.notFinite`; 0 for used rows. */
  readonly status: Uint8Array;
}

/** Allocates up to `count` rows; `allocate` may return shared memory. */
export function allocateRows(
  count: number,
  width: number,
  withSigma: boolean,
  allocate: (bytes: number) => ArrayBufferLike = (bytes) => new ArrayBuffer(bytes),
): NormalisedRows {
  return {
    values: new Float64Array(allocate(count * width * 8)),
    scale: new Float64Array(allocate(count * 8)),
    ...(withSigma ? { sigma: new Float64Array(allocate(count * 8)) } : {}),
    rows: new Uint32Array(allocate(count * 4)),
    status: new Uint8Array(allocate(count)),
  };
}

/**
 * Averages repeated b-values, sorts, and divides every row by its b=0 mean.
 * @param raw count x columns, row-major, as measured
 * @param inside 0 for rows outside the mask; without a mask, only rows that are 0 throughout, to within one step of scaling,
 * are background
 * @param sigma noise per quadrature channel of one measurement, in the unit of `raw`, of every row or of all; used if `out.sigma` exists
 * @returns the number of rows used
 */
export function normalise(
  raw: Float64Array,
  count: number,
  protocol: MeasuredProtocol,
  out: NormalisedRows,
  inside?: Uint8Array,
  sigma: number | Float64Array = NaN,
): number {
  const { place, repeats, zeroWithin = 0 } = protocol;
  const columns = place.length;
  const width = protocol.bValues.length;
  const { values } = out;
  const averaged = Math.sqrt(measurementsPerBValue(protocol));
  let n = 0;
  for (let i = 0; i < count; i++) {
    if (inside !== undefined && inside[i] === 0) {
      out.status[i] = Status.background;
      continue;
    }
    const at = n * width;
    for (let k = 0; k < width; k++) values[at + k] = 0;
    let sum = 0;
    let silent = true;
    for (let c = 0, from = i * columns; c < columns; c++) {
      const value = raw[from + c];
      if (!(Math.abs(value) <= zeroWithin)) silent = false;
      sum += value;
      values[at + place[c]] += value;
    }
    const b0 = repeats[0] === 0 ? 1 : values[at] / repeats[0];
    if (silent || !(b0 > 0) || !Number.isFinite(sum / b0)) {
      out.status[i] = silent ? Status.background : Status.notFinite;
      continue;
    }
    for (let k = 1; k < width; k++) values[at + k] /= repeats[k] * b0;
    values[at] = 1;
    out.scale[n] = b0;
    if (out.sigma) out.sigma[n] = (typeof sigma === 'number' ? sigma : sigma[i]) / averaged / b0;
    out.rows[n] = i;
    out.status[i] = 0;
    n++;
  }
  return n;
}

/** Returns the average number of measurements per b-value above 0. */
export function measurementsPerBValue({ repeats }: MeasuredProtocol): number {
  let sum = 0;
  for (let k = 1; k < repeats.length; k++) sum += repeats[k];
  return sum / (repeats.length - 1);
}

/** Returns the first `n` rows as signals for a fitter. */
export function usedSignals(bValues: Float64Array, rows: NormalisedRows, n: number): Signals {
  return {
    bValues,
    n,
    values: rows.values.subarray(0, n * bValues.length),
    scale: rows.scale.subarray(0, n),
    ...(rows.sigma ? { sigma: rows.sigma.subarray(0, n) } : {}),
  };
}
