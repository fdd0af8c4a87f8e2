import { InputError } from '../contracts/input-error.ts';
import type { Json } from '../contracts/experiment.ts';
import type { Learner, Model } from '../contracts/learner.ts';
import { canonicalGrid } from '../images/canonical-grid.ts';
import { nearestLabels } from '../images/nearest-labels.ts';
import { foregroundMedian } from '../images/normalise.ts';
import { resample } from '../images/resample.ts';
import type { Grid, Triple } from '../images/volume.ts';
import { voxelCount } from '../images/volume.ts';
import { everyPlace } from '../learning/cases.ts';
import { openLearner } from '../learning/open-learner.ts';
import { plannedEngine } from '../learning/planned-engine.ts';
import { evaluate } from '../learning/train.ts';
import { loadModel } from '../plugins/discover.ts';
import type { NetworkRecord } from './saved-network.ts';
import { SEGMENTATION_LOSSES } from './segmentation-losses.ts';
import { largestClass, scanCases, sliceCases } from './slice-cases.ts';

/** A scan whose regions are to be marked. */
export interface MarkableScan {
  /** Names it in errors. */
  readonly name: string;
  readonly grid: Grid;
  /** s/mm², one per volume, in any order. */
  readonly bValues: ArrayLike<number>;
  /** The numbers of some volumes, x fastest, in the unit of the scan. */
  readonly volumes: (which: readonly number[]) => Promise<Float32Array[]>;
}

export interface MarkedScan {
  /** On the grid of the scan: 0 is background, regions are numbered from 1. */
  readonly labels: Uint8Array;
  /** What was done to the scan to make it what the network knows. */
  readonly notes: readonly string[];
}

/** b-values are the same where they differ by no more than this share, or by no more than 2 s/mm². */
const SAME_B = 0.02;
const SAME_SMALL_B = 2;
/** Slices evaluated at once. */
const BATCH = 8;
/** Numbers of the resampled scan, all b-values together: 1 GiB. */
const MOST_NUMBERS = 2 ** 28;
/** Voxels that differ by more than this factor along an axis are far from what was trained on. */
const FAR = 1.5;

/**
 * Marks the regions of a scan: the mean of its volumes at every b-value that the network is given, with axes and voxels as in its training,
 * divided by the median of the foreground at b=0. The label map is brought back to the voxels of the scan, the nearest voxel's label each.
 * @param files of the saved network
 * @throws InputError where the scan lacks a b-value that the network is given, or holds nothing
 */
export async function markScan(
  record: NetworkRecord,
  files: ReadonlyMap<string, Uint8Array>,
  scan: MarkableScan,
): Promise<MarkedScan> {
  const { inputs, regions, shape, trainedOn, volumes, seed } = record;
  const groups = volumesAt(scan, inputs.bValues);
  const [height, width, slices = 1] = [...shape.slice(-3, -1), ...(volumes ? [shape[0]] : [])];
  const multiples: Triple = [powerOfTwo(width), powerOfTwo(height), volumes ? powerOfTwo(slices) : 1];
  const { grid, turned, resized } = canonicalGrid(scan.grid, trainedOn.voxel, multiples);
  const each = voxelCount(grid);
  if (each * groups.length > MOST_NUMBERS) {
    throw new InputError(
      `${scan.name}: the network takes ${groups.length} volumes of ${grid.shape.join(' x ')} voxels, ${trainedOn.voxel.join(' x ')} mm each; ` +
        `allowed: up to ${MOST_NUMBERS} numbers`,
    );
  }
  const series = new Float32Array(each * groups.length);
  const read = await scan.volumes(groups.flat());
  for (const [k, { length }] of groups.entries()) {
    const values = meanOf(read.splice(0, length));
    series.set(resample({ ...scan.grid, values }, grid).values, k * each);
  }
  const b0 = inputs.bValues.indexOf(Math.min(...inputs.bValues));
  const level = foregroundMedian(series.slice(b0 * each, (b0 + 1) * each));
  if (!(level > 0)) throw new InputError(`${scan.name}: holds no value above 0 at b=${inputs.bValues[b0]}`);
  for (let i = 0; i < series.length; i++) series[i] /= level;

  const person = { name: scan.name, grid, series, labels: new Map<string, Uint8Array>() };
  const packed = { bValues: inputs.bValues, regions, people: [person] };
  const casesOf = volumes ? scanCases : sliceCases;
  const cases = casesOf(packed, [person], inputs, () => []);
  const classes = regions.length + 1;
  const { module, value: model } = await loadModel(record.model.use);
  const settings = settingsOf(model, record.model.settings, scan.name);
  const { learner } = await naming(
    scan.name,
    openLearner({
      model: { use: record.model.use, name: record.model.use, module: module.href, settings },
      engine: plannedEngine('auto'),
      shape: cases.shape,
      outputs: [...cases.shape.slice(0, -1), classes],
      loss: SEGMENTATION_LOSSES.both,
      seed,
      weightDecay: 0,
      averaging: record.averaging,
      mostWeights: numbersIn(files),
    }),
  );
  try {
    restored(learner, files, scan.name);
    const labels = largestClass(evaluate(learner, cases, everyPlace(cases.n), BATCH).values, classes);
    return {
      labels: nearestLabels(labels, grid, scan.grid),
      notes: notesOf(scan, record, { turned, resized }),
    };
  } finally {
    learner.dispose();
  }
}

/** The volumes of a scan at each of the b-values. @throws InputError where one has none */
function volumesAt({ name, bValues }: MarkableScan, wanted: readonly number[]): number[][] {
  const all = Array.from(bValues);
  return wanted.map((b) => {
    const found = all.flatMap((each, i) =>
      Math.abs(each - b) <= Math.max(SAME_SMALL_B, SAME_B * b) ? [i] : [],
    );
    // Others are taken only where there is none that is the same.
    const exact = found.filter((i) => all[i] === b);
    if (found.length > 0) return exact.length > 0 ? exact : found;
    throw new InputError(
      `${name}: has no volume at b=${b}, which the network is given; it was trained at b = ${wanted.join(', ')} s/mm², the scan has ${[...new Set(all)].sort((a, c) => a - c).join(', ')}`,
    );
  });
}

function meanOf(volumes: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(volumes[0].length);
  for (const volume of volumes)
    volume.forEach((value, i) => (mean[i] += (Number.isFinite(value) ? value : 0) / volumes.length));
  return mean;
}

/** @throws InputError where they are not those of the model */
function settingsOf(model: Model, stored: Json, name: string): Json {
  const result = model.settings.safeParse(stored);
  if (result.success) return result.data as Json;
  const [{ path, message }] = result.error.issues;
  throw new InputError(`${name}: manifest.json: ${['model.settings', ...path].join('.')}: ${message}`);
}

/** Has errors of input name what they are about. */
function naming<T>(name: string, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof InputError ? new InputError(`${name}: ${error.message}`, { cause: error }) : error;
  });
}

/** How many numbers the files of a network have room for: it can have no more weights. */
const numbersIn = (files: ReadonlyMap<string, Uint8Array>): number =>
  Math.floor(
    [...files.values()].reduce((sum, { length }) => sum + length, 0) / Float32Array.BYTES_PER_ELEMENT,
  );

/** @throws InputError where the weights are missing, damaged, or those of another network */
function restored(learner: Learner, files: ReadonlyMap<string, Uint8Array>, name: string): void {
  try {
    learner.restore(files);
  } catch (error) {
    throw new InputError(
      `${name}: the weights of the saved network are missing, damaged, or of another network`,
      {
        cause: error,
      },
    );
  }
}

/** The largest power of two that divides a size: what fits into it by halving fits into multiples of this. */
const powerOfTwo = (size: number): number => size & -size;

function notesOf(
  { grid, bValues }: MarkableScan,
  { inputs, trainedOn }: NetworkRecord,
  { turned, resized }: { readonly turned: boolean; readonly resized: boolean },
): string[] {
  const notes: string[] = [];
  const size = (voxel: readonly number[]) => `${voxel.map((mm) => Number(mm.toPrecision(3))).join(' x ')} mm`;
  if (turned) {
    notes.push(
      'the axes of the scan run otherwise than to the left, front and head; the network was given it turned',
    );
  }
  if (resized) {
    const ratios = [...grid.voxel]
      .sort((a, b) => a - b)
      .map((mm, i) => mm / [...trainedOn.voxel].sort((a, b) => a - b)[i]);
    const far = ratios.some((ratio) => ratio > FAR || ratio < 1 / FAR);
    notes.push(
      `the scan has voxels of ${size(grid.voxel)}; the network was given it resampled to the ${size(trainedOn.voxel)} it was trained on` +
        (far ? ', which is far from them: look at the regions with care' : ''),
    );
  }
  const near = inputs.bValues.filter((b) => !Array.from(bValues).includes(b));
  if (near.length > 0)
    notes.push(`b = ${near.join(', ')} s/mm² of the network are those of the scan within 2 % or 2 s/mm²`);
  return notes;
}
