import { readFileSync } from 'node:fs';
import type { Fitter } from '../../src/contracts/fitter.ts';
import { allocateEstimates, type Estimates, type Signals } from '../../src/contracts/voxels.ts';

/** The study's b-values. */
export const STUDY = Float64Array.of(0, 10, 20, 60, 150, 300, 500, 1000);

/** Voxels of the study with what SciPy's `curve_fit` made of them. */
export interface ReferenceVoxels {
  readonly signals: Signals;
  /** SciPy's sum of squares per voxel. */
  readonly sse: Float64Array;
}

/** The 200 reference voxels of one noise level: 15, 75 or 150 at S0 = 1500. */
export function referenceVoxels(sigma: 15 | 75 | 150): ReferenceVoxels {
  const text = readFileSync(new URL(`../fixtures/voxels-sigma${sigma}.csv`, import.meta.url), 'utf8');
  const [head, ...rows] = text.trim().split('\n');
  const columns = head.split(',');
  const cells = rows.map((row) => row.split(',').map(Number));
  const values = cells.flatMap((row) => [1, ...row.slice(1, 8)]);
  return {
    signals: asSignals(STUDY, Float64Array.from(values)),
    sse: Float64Array.from(cells, (row) => row[columns.indexOf('ls_sse')]),
  };
}

/** Normalised rows as signals. */
export function asSignals(bValues: Float64Array, values: Float64Array): Signals {
  const n = values.length / bValues.length;
  return { bValues, n, values, scale: new Float64Array(n).fill(1) };
}

/** Fits with settings as YAML would give them. */
export async function estimate<S>(
  fitter: Fitter<S>,
  signals: Signals,
  settings: unknown = {},
): Promise<Estimates> {
  const prepared = await fitter.prepare(
    { bValues: signals.bValues, seed: 1 },
    fitter.settings!.parse(settings),
  );
  const out = allocateEstimates(signals.n, { sd: true });
  await prepared.fit(signals, out);
  return out;
}

/** Sum of squares over the b-values above 0 of voxel `i`. */
export function sumOfSquares(
  { bValues, values }: Signals,
  i: number,
  D: number,
  f: number,
  Dp: number,
): number {
  let sum = 0;
  for (let k = 1; k < bValues.length; k++) {
    const model = f * Math.exp(-bValues[k] * Dp) + (1 - f) * Math.exp(-bValues[k] * D);
    sum += (model - values[i * bValues.length + k]) ** 2;
  }
  return sum;
}
