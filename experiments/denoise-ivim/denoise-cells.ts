import { z } from 'zod';
import type { CellResult, RunContext, Task } from '../../src/contracts/cell.ts';
import type { Row } from '../../src/contracts/metric.ts';
import type { PluginEntry } from '../../src/contracts/study.ts';
import { storedJson } from '../../src/files/stored-file.ts';
import { gaussianFilter } from '../../src/image-baselines/gaussian.ts';
import { mpPca } from '../../src/image-baselines/mp-pca.ts';
import { meanOverSubjects } from '../../src/image-metrics/mean-over-subjects.ts';
import { everyPlace, joinCases, trainingFirst, type Cases } from '../../src/learning/cases.ts';
import { concatenated } from '../../src/learning/concatenated.ts';
import { squaredError } from '../../src/learning/losses.ts';
import type { PlannedEngine } from '../../src/learning/planned-engine.ts';
import { openLearner } from '../../src/learning/open-learner.ts';
import { evaluate, keptNote, train, type Vary } from '../../src/learning/train.ts';
import {
  AS_ACQUIRED,
  DENOISER_SETTING,
  GAUSSIAN,
  MP_PCA,
  SIGNAL_ERROR,
} from '../../src/measures/denoising.ts';
import { curveRows, measuredRow, plainRow, type RowSubject } from '../../src/measures/measured-rows.ts';
import { deriveSeed } from '../../src/random/seed.ts';
import { addNoiseToSeries } from '../../src/signal/rician.ts';
import type { DenoiserTraining } from './config.ts';
import { decodeScans, type DenoisedScan, type Scans } from './scans.ts';

/** What a denoising leaves for fits: the series of every test scan, and how much noise is left. */
export const DENOISED = 'denoised.f32';
export const NOISE_LEFT = storedJson('left.json', z.number());

type Denoise = (scan: DenoisedScan, scans: Scans) => Float32Array;

/** Filters of single series, with the settings that are tried. */
export const FILTERS = {
  [AS_ACQUIRED]: { settings: [0], apply: ({ noisy }: DenoisedScan) => noisy },
  [GAUSSIAN]: {
    settings: [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1, 1.2],
    apply: ({ noisy }: DenoisedScan, { shape: [width, height] }: Scans, sd: number) =>
      gaussianFilter(noisy, { width, height }, sd),
  },
  [MP_PCA]: {
    settings: [1, 2],
    apply: ({ noisy }: DenoisedScan, { shape, bValues }: Scans, radius: number) =>
      mpPca(noisy, { shape, volumes: bValues.length }, radius),
  },
} as const satisfies Record<
  string,
  { settings: readonly number[]; apply: (scan: DenoisedScan, scans: Scans, setting: number) => Float32Array }
>;
export type FilterName = keyof typeof FILTERS;

export interface FilterInput {
  readonly experiment: string;
  readonly filter: FilterName;
}

/** Series through a filter, with the setting of the lowest error of signals on validation subjects. */
export const filterSeries: Task<FilterInput> = {
  module: import.meta.url,
  name: 'filterSeries',
  async run({ experiment, filter }, context) {
    const { settings, apply } = FILTERS[filter];
    const about: RowSubject = { experiment, method: filter, factors: { denoising: filter } };
    const validation = decodeScans(await context.files('validation'));
    const errors = settings.map((setting, i) => {
      context.onProgress((i + 1) / (settings.length + 1), `${filter} ${setting}`);
      const values = signalErrors(validation, (scan, scans) => apply(scan, scans, setting));
      return values.reduce((sum, each) => sum + each, 0) / values.length;
    });
    const best = errors.indexOf(Math.min(...errors));
    const atEdge = settings.length > 2 && (best === 0 || best === settings.length - 1);
    const result = await denoised(about, context, errors[best], (scan, scans) =>
      apply(scan, scans, settings[best]),
    );
    return {
      ...result,
      rows: [
        ...result.rows,
        ...(filter === AS_ACQUIRED
          ? []
          : [plainRow(about, DENOISER_SETTING, settings[best], validation.scans.length)]),
      ],
      notes: atEdge
        ? [`${filter}: the best setting, ${settings[best]}, is at the edge of those that were tried`]
        : [],
    };
  },
};

export interface DenoiserInput {
  readonly experiment: string;
  readonly model: PluginEntry;
  readonly training: DenoiserTraining;
  readonly seed: number;
  readonly engine: PlannedEngine;
}

/** Slices evaluated at once, and the ways to mirror one. */
const BATCH = 16;
const MIRRORS = 4;

/**
 * Trains a network to make slices without noise of slices with fresh Rician noise, one channel a b-value, and applies it. Signals are in units of the
 * noise: in the unit of the scanner, or divided by b = 0, the loss is so small beside what the network adds at first that it learns to add nothing.
 */
export const trainDenoiser: Task<DenoiserInput> = {
  module: import.meta.url,
  name: 'trainDenoiser',
  async run({ experiment, model, training, seed, engine }, context) {
    const about: RowSubject = { experiment, method: model.name, factors: { denoising: model.name } };
    const learnt = decodeScans(await context.files('training'));
    const validation = decodeScans(await context.files('validation'));
    const own = slicesOf(learnt, ({ clean }) => clean);
    const held = slicesOf(validation, ({ noisy }) => noisy);
    const cases = joinCases([own, held]);
    const sets = trainingFirst(cases.n, own.n);
    const channels = learnt.bValues.length;
    const { learner, description } = await openLearner({
      ...{ model, engine, shape: cases.shape, outputs: cases.shape },
      ...{ loss: squaredError, weightDecay: 0, averaging: training.averaging },
      seed: deriveSeed(seed, 'weights'),
    });
    const [height, width] = cases.shape;
    const vary: Vary = ({ n, inputs, targets }, random) => {
      addNoiseToSeries(inputs, 1, random);
      const size = height * width * channels;
      for (let i = 0; i < n; i++) {
        const mirror = Math.floor(MIRRORS * random.uniform());
        for (const values of [inputs, targets])
          mirrored(values.subarray(i * size, (i + 1) * size), width, channels, mirror);
      }
    };
    try {
      const trained = await train(
        learner,
        cases,
        sets,
        { ...training, patience: null, seed },
        { checkpoint: context.checkpoint, onProgress: context.onProgress, vary },
      );
      const { curve } = trained;
      const apply: Denoise = (scan, scans) => {
        const { n, shape, inputs, targets } = slicesOf({ ...scans, scans: [scan] }, ({ noisy }) => noisy);
        const sum = new Float32Array(inputs.length);
        for (let mirror = 0; mirror < MIRRORS; mirror++) {
          const turned = inputs.slice();
          mirrored(turned, width, channels, mirror);
          const { values } = evaluate(learner, { n, shape, inputs: turned, targets }, everyPlace(n), BATCH);
          mirrored(values, width, channels, mirror);
          for (let i = 0; i < sum.length; i++) sum[i] += values[i] / MIRRORS;
        }
        return seriesOf(sum, channels, scans.sigma);
      };
      const errors = signalErrors(validation, apply);
      const left = errors.reduce((total, each) => total + each, 0) / errors.length;
      const result = await denoised(about, context, left, apply);
      return {
        rows: [
          ...curveRows({ ...about, factors: { ...about.factors, seed: 1 } }, curve, sets, false),
          ...result.rows,
        ],
        files: new Map([...result.files, ...learner.save()]),
        notes: keptNote(model.name, trained),
        facts: { seed, backend: description, epochs: curve.length },
      };
    } finally {
      learner.dispose();
    }
  },
};

/** Test series through a denoiser, their errors, and files for fits. */
async function denoised(
  about: RowSubject,
  context: Pick<RunContext, 'files'>,
  left: number,
  apply: Denoise,
): Promise<Required<Pick<CellResult, 'rows' | 'files'>>> {
  const test = decodeScans(await context.files('test'));
  const series = test.scans.map((scan) => apply(scan, test));
  const values = test.scans.flatMap((scan, i) => (scan.lesion ? [] : [signalError(scan, test, series[i])]));
  const row: Row = measuredRow(about, SIGNAL_ERROR, meanOverSubjects(values), { set: 'test' });
  const all = concatenated(series);
  return {
    rows: [row],
    files: new Map([
      [DENOISED, new Uint8Array(all.buffer, all.byteOffset, all.byteLength)],
      NOISE_LEFT.encode(left),
    ]),
  };
}

const signalErrors = (scans: Scans, apply: Denoise): number[] =>
  scans.scans.map((scan) => signalError(scan, scans, apply(scan, scans)));

/** Root-mean-square error of the signals of the organs, in units of the noise. */
function signalError({ clean, organs }: DenoisedScan, { sigma }: Scans, series: Float32Array): number {
  let [sum, n] = [0, 0];
  for (let i = 0; i < series.length; i++) {
    if (organs[i % organs.length] === 0) continue;
    sum += (series[i] - clean[i]) ** 2;
    n++;
  }
  return Math.sqrt(sum / n) / sigma;
}

/** Slices of scans in units of the noise, [height, width, b-values]; targets are without noise. */
function slicesOf(all: Scans, inputOf: (scan: DenoisedScan) => Float32Array): Cases {
  const {
    shape: [width, height, depth],
    bValues,
    sigma,
    scans,
  } = all;
  const channels = bValues.length;
  const voxels = width * height * depth;
  const laid = (series: Float32Array): Float32Array => {
    const out = new Float32Array(series.length);
    for (let b = 0; b < channels; b++)
      for (let i = 0; i < voxels; i++) out[i * channels + b] = series[b * voxels + i] / sigma;
    return out;
  };
  return {
    n: scans.length * depth,
    shape: [height, width, channels],
    inputs: concatenated(scans.map((scan) => laid(inputOf(scan)))),
    targets: concatenated(scans.map(({ clean }) => laid(clean))),
  };
}

/** Back to volumes in the unit of the scanner; there is no magnitude below 0. */
function seriesOf(slices: Float32Array, channels: number, sigma: number): Float32Array {
  const voxels = slices.length / channels;
  const out = new Float32Array(slices.length);
  for (let b = 0; b < channels; b++)
    for (let i = 0; i < voxels; i++) out[b * voxels + i] = Math.max(0, sigma * slices[i * channels + b]);
  return out;
}

/** Mirrors images in place: bit 0 along x, bit 1 along y. Twice is not at all. Of several images of one size, y may run through all of one. */
function mirrored(values: Float32Array, width: number, channels: number, mirror: number): void {
  if (mirror === 0) return;
  const before = values.slice();
  const lines = values.length / (width * channels);
  for (let y = 0; y < lines; y++) {
    const from = mirror & 2 ? lines - 1 - y : y;
    for (let x = 0; x < width; x++) {
      const source = (from * width + (mirror & 1 ? width - 1 - x : x)) * channels;
      const target = (y * width + x) * channels;
      for (let c = 0; c < channels; c++) values[target + c] = before[source + c];
    }
  }
}
