import { Status, allocateEstimates, type Estimates } from '../contracts/voxels.ts';
import type { PreparedFitter } from '../contracts/fitter.ts';
import { allocateRows, normalise, usedSignals, type NormalisedRows } from '../data/normalise.ts';
import type { Scheme } from '../data/scheme.ts';

/** Room for a piece of a file: its rows as measured, and their estimates. It may be shared between threads. */
export interface Slot {
  /** rows x columns, row-major. */
  readonly raw: Float64Array;
  /** 0 for rows outside the mask; absent where there is none. */
  readonly inside?: Uint8Array;
  readonly estimates: Estimates;
}

/** What a thread needs beside a slot, allocated once. */
export interface Bench {
  readonly rows: NormalisedRows;
  readonly used: Estimates;
}

/** Room for pieces of up to `rows` rows; `allocate` may hand out shared memory. */
export function allocateSlot(
  rows: number,
  columns: number,
  masked: boolean,
  allocate: (bytes: number) => ArrayBufferLike,
): Slot {
  const real = (n: number) => new Float64Array(allocate(n * 8));
  return {
    raw: real(rows * columns),
    ...(masked ? { inside: new Uint8Array(allocate(rows)) } : {}),
    estimates: {
      n: rows,
      S0: real(rows),
      D: real(rows),
      f: real(rows),
      Dp: real(rows),
      status: new Uint8Array(allocate(rows)),
    },
  };
}

export function allocateBench(rows: number, width: number, withSigma: boolean): Bench {
  return { rows: allocateRows(rows, width, withSigma), used: allocateEstimates(rows) };
}

/**
 * Fits the first `count` rows of a slot. Rows that can't be fitted get NaN and their reason.
 * @param sigma noise per quadrature channel in the unit of the rows, where known
 */
export async function fitPiece(
  fitter: PreparedFitter,
  scheme: Scheme,
  slot: Slot,
  count: number,
  bench: Bench,
  sigma: number | undefined,
): Promise<void> {
  const { rows } = bench;
  const n = normalise(slot.raw, count, scheme, rows, slot.inside, sigma);
  const used = firstOf(bench.used, n);
  used.status.fill(Status.notFitted);
  for (const values of [used.S0, used.D, used.f, used.Dp]) values.fill(NaN);
  if (n > 0) await fitter.fit(usedSignals(scheme.bValues, rows, n), used);

  const all = slot.estimates;
  for (let i = 0; i < count; i++) {
    all.S0[i] = all.D[i] = all.f[i] = all.Dp[i] = NaN;
    all.status[i] = rows.status[i];
  }
  for (let j = 0; j < n; j++) {
    const i = rows.rows[j];
    all.S0[i] = used.S0[j];
    all.D[i] = used.D[j];
    all.f[i] = used.f[j];
    all.Dp[i] = used.Dp[j];
    all.status[i] = used.status[j];
  }
}

/** The first `n` of the estimates, without copying. */
export function firstOf(estimates: Estimates, n: number): Estimates {
  return {
    n,
    S0: estimates.S0.subarray(0, n),
    D: estimates.D.subarray(0, n),
    f: estimates.f.subarray(0, n),
    Dp: estimates.Dp.subarray(0, n),
    status: estimates.status.subarray(0, n),
  };
}
