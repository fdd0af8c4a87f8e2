import type { Picture } from '../contracts/picture.ts';
import { PARAMETERS, type Estimates, type LabelledSignals, type Parameters } from '../contracts/voxels.ts';
import { centralInterval } from '../metrics/intervals/central-interval.ts';
import { median } from 'simple-statistics';

/** Where an example comes from, as rows say it, and how the signal of some parameters decays. */
export interface ExampleOf extends Pick<Picture, 'experiment' | 'method' | 'factors'> {
  readonly decay: (b: number, D: number, f: number, Dp: number) => number;
}

/** Points of a curve: closer where the signal falls faster. */
const POINTS = 32;

/** The voxel whose true parameters are nearest to the medians of all, each in units of its median absolute deviation. */
export function typicalVoxel(truth: Parameters): number {
  const scaled = PARAMETERS.map((name) => {
    const values = truth[name];
    const middle = median(Array.from(values));
    const distances = Array.from(values, (value) => Math.abs(value - middle));
    const spread = median(distances) || 1;
    return distances.map((distance) => distance / spread);
  });
  let best = 0;
  let least = Infinity;
  for (let i = 0; i < truth.n; i++) {
    const distance = scaled.reduce((sum, distances) => sum + distances[i] ** 2, 0);
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}

/** The signals of the typical voxel as they were measured, its true decay and its true parameters. */
export function exampleVoxel(
  { signals, truth }: LabelledSignals,
  measured: ExampleOf,
  true_: ExampleOf,
): Picture[] {
  const voxel = typicalVoxel(truth);
  const { bValues, values } = signals;
  const own = values.subarray(voxel * bValues.length, (voxel + 1) * bValues.length);
  const [D, f, Dp] = PARAMETERS.map((name) => truth[name][voxel]);
  return [
    picture(measured, 'decay', [bValues, own]),
    picture(
      true_,
      'decay',
      curve(bValues, (b) => true_.decay(b, D, f, Dp)),
    ),
    picture(true_, 'estimate', [
      [D, NaN, NaN],
      [f, NaN, NaN],
      [Dp, NaN, NaN],
    ]),
  ];
}

/** The estimates for the typical voxel with their 95 % intervals, and the decay they describe. */
export function exampleFit(
  { signals, truth }: LabelledSignals,
  estimates: Estimates,
  example: ExampleOf,
): Picture[] {
  const voxel = typicalVoxel(truth);
  const levels = (estimates.quantiles?.D.length ?? 0) / estimates.n;
  const rows = PARAMETERS.map((parameter) => {
    const estimate = estimates[parameter].subarray(voxel, voxel + 1);
    const quantiles = estimates.quantiles?.[parameter].subarray(levels * voxel, levels * (voxel + 1));
    const sd = estimates.sd?.[parameter].subarray(voxel, voxel + 1);
    const { low, high } = centralInterval(
      {
        parameter,
        estimate,
        truth: truth[parameter].subarray(voxel, voxel + 1),
        ...(quantiles && !Number.isNaN(quantiles[0]) ? { quantiles } : sd ? { sd } : {}),
      },
      0.95,
    );
    return [estimate[0], low[0], high[0]];
  });
  const [[D], [f], [Dp]] = rows;
  const S0 = estimates.S0[voxel] / signals.scale[voxel];
  const scale = Number.isFinite(S0) && S0 > 0 ? S0 : 1;
  return [
    picture(example, 'estimate', rows),
    ...(Number.isNaN(D + f + Dp)
      ? []
      : [
          picture(
            example,
            'decay',
            curve(signals.bValues, (b) => scale * example.decay(b, D, f, Dp)),
          ),
        ]),
  ];
}

function curve(bValues: Float64Array, signal: (b: number) => number): number[][] {
  const last = bValues[bValues.length - 1];
  const b = Array.from({ length: POINTS }, (_, i) => last * (i / (POINTS - 1)) ** 2);
  return [b, b.map(signal)];
}

function picture(
  { experiment, method, factors }: ExampleOf,
  quantity: 'decay' | 'estimate',
  rows: readonly ArrayLike<number>[],
): Picture {
  return {
    ...{ experiment, method, factors, quantity },
    width: rows[0].length,
    height: rows.length,
    pixel: [1, 1],
    values: Float32Array.from(rows.flatMap((row) => Array.from(row))),
  };
}
