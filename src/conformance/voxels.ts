import type { TissuePrior } from '../contracts/fitter.ts';
import type { LabelledSignals, Signals } from '../contracts/voxels.ts';
import { simulatePhantom } from '../data/phantom.ts';

/** Tissue parameters as simulated in the study. */
export const TISSUE: TissuePrior = {
  Dp: { uniform: [0.01, 0.1] },
  D: { uniform: [0.0005, 0.002] },
  f: { uniform: [0.1, 0.4] },
};

const S0 = 1500;

/** Simulates voxels with noise of standard deviation S0 / `snr`; `Infinity` for none. */
export function voxels(bValues: Float64Array, n: number, snr: number, seed: number): LabelledSignals {
  return simulatePhantom({
    bValues,
    voxels: n,
    S0,
    tissue: TISSUE,
    sigma: { constant: S0 / snr },
    seeds: { parameters: seed, noise: seed + 1 },
  });
}

/** Returns signals that no tissue produces. `finite` is false for rows with a missing number. */
export function oddSignals(bValues: Float64Array): { signals: Signals; finite: readonly boolean[] } {
  const width = bValues.length;
  const row = (value: (k: number) => number) => Float64Array.from({ length: width }, (_, k) => value(k));
  const rows = [
    row(() => NaN),
    row((k) => (k === 2 ? NaN : Math.exp(-k / 4))),
    row((k) => (k === width - 1 ? Infinity : Math.exp(-k / 4))),
    row((k) => (k === 1 ? -Infinity : 1)),
    row(() => 0),
    row((k) => (k === 0 ? 1 : 0)),
    row(() => 1),
    row((k) => (k === 0 ? 1 : 0.5)),
    row(() => -1),
    row((k) => (k === 0 ? 1 : -0.3)),
    row((k) => 1 + k),
    row((k) => (k % 2 === 0 ? 1 : 0)),
    row((k) => (k === 0 ? 1 : 1e-300)),
    row((k) => (k === 0 ? 1 : 1e15)),
    row((k) => (k === 0 ? 1 : 1e30)),
    row((k) => (k === 0 ? 1 : 1e150)),
    row((k) => (k === 0 ? 1 : 1e300)),
    row((k) => Math.exp(-bValues[k] * 1e-3)),
    row((k) => Math.exp(-bValues[k] * 0.9)),
    row((k) => Math.exp(-bValues[k] * 1e-9)),
  ];
  const values = new Float64Array(rows.length * width);
  rows.forEach((row, i) => values.set(row, i * width));
  return { signals: signalsOf(bValues, values), finite: rows.map((row) => row.every(Number.isFinite)) };
}

/** Returns voxels with odd ones in between, as in a scan. */
export function amongOdd(bValues: Float64Array, n: number, snr: number, seed: number): LabelledSignals {
  const { signals, truth } = voxels(bValues, n, snr, seed);
  signals.values.set(oddSignals(bValues).signals.values, Math.floor(n / 2) * bValues.length);
  return { signals, truth };
}

/** Wraps normalised rows as signals, with a noise level for fitters that need it. */
export function signalsOf(bValues: Float64Array, values: Float64Array): Signals {
  const n = values.length / bValues.length;
  return { bValues, n, values, scale: new Float64Array(n).fill(S0), sigma: new Float64Array(n).fill(0.01) };
}

/** Returns rows `from` to `to` as separate signals. */
export function slice(signals: Signals, from: number, to: number): Signals {
  const width = signals.bValues.length;
  return {
    bValues: signals.bValues,
    n: to - from,
    values: signals.values.slice(from * width, to * width),
    scale: signals.scale.slice(from, to),
    ...(signals.sigma ? { sigma: signals.sigma.slice(from, to) } : {}),
  };
}
