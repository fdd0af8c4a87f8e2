import {
  PARAMETERS,
  QUANTILE_LEVELS,
  Status,
  allocateEstimates,
  type Estimates,
} from '../contracts/voxels.ts';
import type { PreparedFitter } from '../contracts/fitter.ts';
import { allocateRows, normalise, usedSignals, type NormalisedRows } from '../data/normalise.ts';
import type { MeasuredProtocol } from '../data/measured-protocol.ts';
import { measureResiduals } from '../preparation/measure-residuals.ts';
import { withInputGuard } from '../preparation/input-guard.ts';
import { testResiduals } from '../preparation/residual-test.ts';

/** Buffers for a piece of a file: its rows as measured, and their estimates. They may be shared between threads. */
export interface Slot {
  /** rows x columns, row-major. */
  readonly raw: Float64Array;
  /** 0 for rows outside the mask; absent if there is none. */
  readonly inside?: Uint8Array;
  /** Noise of each row in the unit of the rows; absent if it is the same for all, or not known. */
  readonly sigma?: Float64Array;
  readonly estimates: Estimates;
}

/** Working memory of a thread in addition to a slot, allocated once. */
export interface Scratch {
  readonly rows: NormalisedRows;
  readonly used: Estimates;
}

/** Sizes of the buffers of a slot. */
export interface SlotShape {
  readonly rows: number;
  readonly columns: number;
  readonly masked: boolean;
  /** Whether every row has a noise level of its own. */
  readonly noisy?: boolean;
  /** Whether to include standard deviations and quantiles. */
  readonly intervals: boolean;
}

const LEVELS = QUANTILE_LEVELS.length;

/** Allocates buffers for pieces of up to `rows` rows; `allocate` may return shared memory. */
export function allocateSlot(
  { rows, columns, masked, noisy = false, intervals }: SlotShape,
  allocate: (bytes: number) => ArrayBufferLike,
): Slot {
  const real = (n: number) => new Float64Array(allocate(n * 8));
  const three = (n: number) => ({ D: real(n), f: real(n), Dp: real(n) });
  return {
    raw: real(rows * columns),
    ...(masked ? { inside: new Uint8Array(allocate(rows)) } : {}),
    ...(noisy ? { sigma: real(rows) } : {}),
    estimates: {
      n: rows,
      S0: real(rows),
      D: real(rows),
      f: real(rows),
      Dp: real(rows),
      status: new Uint8Array(allocate(rows)),
      p: real(rows),
      residual: real(rows),
      rSquared: real(rows),
      ...(noisy ? { sigma: real(rows) } : {}),
      ...(intervals ? { sd: three(rows), quantiles: three(rows * LEVELS) } : {}),
    },
  };
}

export function allocateScratch(
  rows: number,
  width: number,
  withSigma: boolean,
  intervals: boolean,
): Scratch {
  return {
    rows: allocateRows(rows, width, withSigma),
    used: allocateEstimates(rows, { sd: intervals, quantiles: intervals, p: true, residuals: true }),
  };
}

/**
 * Fits the first `count` rows of a slot. Rows that can't be fitted are set to NaN with a status that gives the reason.
 * @param sigma noise per quadrature channel in the unit of the rows, if known and the rows have none of their own
 */
export async function fitPiece(
  fitter: PreparedFitter,
  protocol: MeasuredProtocol,
  slot: Slot,
  count: number,
  bench: Scratch,
  sigma: number | undefined,
): Promise<void> {
  const { rows } = bench;
  const n = normalise(slot.raw, count, protocol, rows, slot.inside, slot.sigma ?? sigma);
  const used = firstOf(bench.used, n);
  used.status.fill(Status.notFitted);
  for (const values of columnsOf(used)) values.fill(NaN);
  if (n > 0) {
    const signals = usedSignals(protocol.bValues, rows, n);
    await withInputGuard([signals], () => fitter.fit(signals, used));
    if (fitter.residualTest) testResiduals(signals, used, fitter.residualTest);
    measureResiduals(signals, used, protocol.repeats);
  }

  const all = slot.estimates;
  for (const values of columnsOf(firstOf(all, count))) values.fill(NaN);
  for (let i = 0; i < count; i++) all.status[i] = rows.status[i];
  for (let j = 0; j < n; j++) {
    const i = rows.rows[j];
    all.S0[i] = used.S0[j];
    all.D[i] = used.D[j];
    all.f[i] = used.f[j];
    all.Dp[i] = used.Dp[j];
    all.status[i] = used.status[j];
    if (all.p && used.p) all.p[i] = used.p[j];
    if (all.residual && used.residual) all.residual[i] = used.residual[j];
    if (all.sigma && slot.sigma) all.sigma[i] = slot.sigma[i];
    if (all.rSquared && used.rSquared) all.rSquared[i] = used.rSquared[j];
  }
  if (used.sd && used.quantiles && all.sd && all.quantiles) {
    for (const name of PARAMETERS) {
      scatter(used.sd[name], all.sd[name], rows.rows, n, 1);
      scatter(used.quantiles[name], all.quantiles[name], rows.rows, n, LEVELS);
    }
  }
}

/** Copies the j-th group of `width` numbers to the position of its row. */
function scatter(from: Float64Array, to: Float64Array, rows: Uint32Array, n: number, width: number): void {
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < width; k++) to[rows[j] * width + k] = from[j * width + k];
  }
}

function columnsOf({ S0, D, f, Dp, sd, quantiles, p, residual, rSquared, sigma }: Estimates): Float64Array[] {
  const intervals = [sd, quantiles].flatMap((each) => (each ? [each.D, each.f, each.Dp] : []));
  return [S0, D, f, Dp, ...intervals, ...[p, residual, rSquared, sigma].filter((each) => each !== undefined)];
}

/** Returns the first `n` estimates, without copying. */
export function firstOf(estimates: Estimates, n: number): Estimates {
  const { sd, quantiles, p, residual, rSquared, sigma } = estimates;
  const cut = ({ D, f, Dp }: Pick<Estimates, 'D' | 'f' | 'Dp'>, to: number) => ({
    D: D.subarray(0, to),
    f: f.subarray(0, to),
    Dp: Dp.subarray(0, to),
  });
  return {
    n,
    S0: estimates.S0.subarray(0, n),
    ...cut(estimates, n),
    status: estimates.status.subarray(0, n),
    ...(sd ? { sd: cut(sd, n) } : {}),
    ...(quantiles ? { quantiles: cut(quantiles, n * LEVELS) } : {}),
    ...(p ? { p: p.subarray(0, n) } : {}),
    ...(residual ? { residual: residual.subarray(0, n) } : {}),
    ...(rSquared ? { rSquared: rSquared.subarray(0, n) } : {}),
    ...(sigma ? { sigma: sigma.subarray(0, n) } : {}),
  };
}
