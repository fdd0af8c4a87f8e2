import assert from 'node:assert/strict';
import type { Fitter } from '../contracts/fitter.ts';
import {
  failedFrom,
  PARAMETERS,
  QUANTILE_LEVELS,
  Status,
  type Estimates,
  type ParameterName,
  type Parameters,
  type Signals,
} from '../contracts/voxels.ts';
import { guaranteesOf } from './promises.ts';

/**
 * Checks that every voxel is either failed and NaN throughout, or a possible tissue. Parameters that the fitter does not
 * estimate are NaN too.
 */
export function checkEstimates(out: Estimates, signals: Signals, fitter: Fitter, where: string): void {
  const guarantees = guaranteesOf(fitter);
  const estimated = fitter.estimates ?? PARAMETERS;
  const has = (name: ParameterName) => estimated.includes(name);
  for (let i = 0; i < out.n; i++) {
    const at = `${where}, voxel ${i}, status ${out.status[i]}`;
    const { status, S0, D, f, Dp } = out;
    assert.notEqual(status[i], Status.notFitted, `${at}: not written`);
    assert.ok(
      Object.values(Status).some((known) => known === status[i]),
      `${at}: a known status`,
    );
    if (status[i] >= failedFrom) {
      for (const column of columns(out)) assert.ok(Number.isNaN(column[i]), `${at}: failed, so NaN`);
      for (const quantile of quantilesOf(out, i)) assert.ok(Number.isNaN(quantile), `${at}: failed, so NaN`);
      continue;
    }
    assert.ok(Number.isFinite(S0[i]), `${at}: S0 is finite`);
    for (const name of PARAMETERS) {
      if (has(name)) assert.ok(Number.isFinite(out[name][i]), `${at}: ${name} is finite`);
      else assert.ok(Number.isNaN(out[name][i]), `${at}: ${name} is not estimated and must be NaN`);
    }
    if (has('f')) assert.ok(f[i] >= 0 && f[i] <= 1, `${at}: f is ${f[i]}`);
    if (has('D')) assert.ok(D[i] >= 0, `${at}: D is ${D[i]}`);
    if (has('Dp')) assert.ok(Dp[i] >= 0, `${at}: Dp is ${Dp[i]}`);
    assert.ok(S0[i] > 0 || signals.values[i * signals.bValues.length] <= 0, `${at}: S0 is ${S0[i]}`);
    if (guarantees.includes('ordered') && has('D') && has('Dp'))
      assert.ok(Dp[i] >= D[i], `${at}: Dp ${Dp[i]} is below D ${D[i]}`);
    if (!out.sd) continue;
    for (const parameter of PARAMETERS) {
      const sd = out.sd[parameter][i];
      assert.ok(Number.isNaN(sd) || (sd >= 0 && sd < Infinity), `${at}: sd of ${parameter} is ${sd}`);
    }
    quantilesOf(out, i).forEach((quantile, k, all) => {
      if (Number.isNaN(quantile) || k % QUANTILE_LEVELS.length === 0) return;
      assert.ok(quantile >= all[k - 1], `${at}: quantiles ascend`);
    });
  }
}

export function columns({ S0, D, f, Dp, sd }: Estimates): Float64Array[] {
  return [S0, D, f, Dp, ...(sd ? [sd.D, sd.f, sd.Dp] : [])];
}

/** Returns the quantiles of D, then those of f and Dp. */
function quantilesOf({ quantiles }: Estimates, i: number): number[] {
  const width = QUANTILE_LEVELS.length;
  return PARAMETERS.flatMap((name) => [...(quantiles?.[name].subarray(i * width, (i + 1) * width) ?? [])]);
}

export function part(out: Estimates, from: number, to: number): Estimates {
  const cut = ({ D, f, Dp }: Omit<Parameters, 'n'>) => ({
    D: D.slice(from, to),
    f: f.slice(from, to),
    Dp: Dp.slice(from, to),
  });
  const width = QUANTILE_LEVELS.length;
  const cutRows = ({ D, f, Dp }: Omit<Parameters, 'n'>) => ({
    D: D.slice(from * width, to * width),
    f: f.slice(from * width, to * width),
    Dp: Dp.slice(from * width, to * width),
  });
  return {
    n: to - from,
    S0: out.S0.slice(from, to),
    ...cut(out),
    status: out.status.slice(from, to),
    ...(out.sd ? { sd: cut(out.sd) } : {}),
    ...(out.quantiles ? { quantiles: cutRows(out.quantiles) } : {}),
  };
}

/** Asserts bitwise equality, including NaN; columns that only `b` has are ignored. */
export function sameBits(a: Estimates, b: Estimates, what: string): void {
  assert.deepEqual(a.status, b.status, `${what}: the status differs`);
  const others = columns(b);
  columns(a).forEach((column, k) => {
    column.forEach((x, i) =>
      assert.ok(Object.is(x, others[k][i]), `${what}: ${x} and ${others[k][i]} should be the same`),
    );
  });
  if (!a.quantiles || !b.quantiles) return;
  for (const name of PARAMETERS) {
    const other = b.quantiles[name];
    const same = a.quantiles[name].every((x, i) => Object.is(x, other[i]));
    assert.ok(same, `${what}: quantiles of ${name}`);
  }
}

export function failures(out: Estimates): number {
  return out.status.filter((status) => status >= failedFrom).length;
}
