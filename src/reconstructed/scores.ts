import { z } from 'zod';
import type { Row } from '../contracts/metric.ts';
import { storedJson, StoredNumber } from '../files/stored-file.ts';
import { detectability } from '../image-metrics/detectability.ts';
import { largestDiscMean } from '../image-metrics/largest-disc-mean.ts';
import { COUNTS_FROM, type ComparedPixels } from '../image-metrics/pixels.ts';
import { psnr } from '../image-metrics/psnr.ts';
import { rmsePercent } from '../image-metrics/rmse-percent.ts';
import { shareOfChange } from '../image-metrics/share-of-change.ts';
import { ssim } from '../image-metrics/ssim.ts';
import type { ComplexImage } from '../images/k-space/complex-image.ts';
import type { Measured } from '../images/k-space/measure.ts';
import { measuredRow, plainRow, type RowSubject } from '../measures/measured-rows.ts';
import {
  DATA_RESIDUAL,
  FALSE_CONTRAST,
  LESION_DETECTABILITY,
  LESION_KEPT,
  NRMSE_PERCENT,
} from '../measures/reconstruction.ts';
import { PSNR, SSIM } from '../measures/synthesis.ts';
import { percentileInterval } from '../metrics/resampling/percentile-interval.ts';
import { QuickRandom } from '../random/quick-random.ts';
import { entriesWith, entrySize, ofEntry } from '../synthesised/packed-brains.ts';
import { meanRow } from '../synthesised/rows.ts';
import { Scanner, type Sampling } from './measured-slices.ts';
import type { PackedHeads } from './packed-heads.ts';

/** The sets that results are of, and the one that something was chosen on, as the factor `set` has them. */
export const SCORED_SETS = ['validation', 'test', 'other'] as const;
export type ScoredSet = (typeof SCORED_SETS)[number];

/** The error of every subject under some factors, for comparisons. */
export interface SubjectErrors {
  readonly set: ScoredSet;
  readonly acceleration: number;
  readonly subjects: readonly string[];
  /** NRMSE in per cent. */
  readonly values: readonly number[];
}

/** What a method makes of measured slices, in their order. */
export type Reconstruct = (slices: readonly Measured[], acceleration: number) => readonly ComplexImage[];

export interface Assessed {
  readonly rows: readonly Row[];
  readonly errors: SubjectErrors;
  /** Magnitudes of all entries, one after the other. */
  readonly magnitudes: Float32Array;
}

export interface AssessOptions {
  readonly set: ScoredSet;
  readonly sampling: Sampling;
  /** Of lines and noise. */
  readonly seed: number;
  /** Radius of a lesion, pixels. */
  readonly radius: number;
  /** As the factor `changed` has it; absent where everything is as in training. */
  readonly changed?: string;
}

const RESAMPLED = 1000;

/** Measures every slice of a set, reconstructs it, and compares it with the truth. */
export function assess(
  about: RowSubject,
  heads: PackedHeads,
  { set, sampling, seed, radius, changed }: AssessOptions,
  reconstruct: Reconstruct,
): Assessed {
  const { magnitudes, residual } = reconstructed(
    heads,
    new Scanner(heads, sampling, seed),
    sampling,
    reconstruct,
  );
  const { acceleration, coils, contrast } = sampling;
  const factors = { set, coils, acceleration, ...(changed === undefined ? {} : { changed }) };
  const healthy = entriesWith(heads, 'none');
  const truth = heads.images[contrast];
  const of = healthy.map((entry) => errorsOf(heads, truth, magnitudes, entry));
  const rows: Row[] = [NRMSE_PERCENT, PSNR, SSIM].map((measure, k) =>
    meanRow(
      about,
      measure,
      of.map((values) => values[k]),
      factors,
    ),
  );
  const slices = healthy.length * heads.shape[0];
  rows.push(plainRow(about, DATA_RESIDUAL, residual, slices, factors));
  const pairs = pairsOf(heads);
  if (pairs.length > 0)
    rows.push(...lesionRows(about, heads, { truth, magnitudes, pairs, radius, factors, seed }));
  const subjects = healthy.map((entry) => heads.subjects[entry]);
  return {
    rows,
    errors: { set, acceleration, subjects, values: of.map(([nrmse]) => nrmse) },
    magnitudes,
  };
}

/** Slices that are reconstructed at once. */
const BATCH = 6;

function reconstructed(
  heads: PackedHeads,
  scanner: Scanner,
  { acceleration }: Sampling,
  reconstruct: Reconstruct,
): { readonly magnitudes: Float32Array; readonly residual: number } {
  const [slices, height, width] = heads.shape;
  const magnitudes = new Float32Array(heads.subjects.length * entrySize(heads));
  let residual = 0;
  for (let from = 0; from < heads.subjects.length * slices; from += BATCH) {
    const count = Math.min(BATCH, heads.subjects.length * slices - from);
    const measured = Array.from({ length: count }, (_, i) =>
      scanner.measure(Math.floor((from + i) / slices), (from + i) % slices),
    );
    reconstruct(measured, acceleration).forEach((image, i) => {
      const { encoding, data } = measured[i];
      residual = Math.max(residual, encoding.residual(image, data));
      const at = (from + i) * height * width;
      image.real.forEach((value, pixel) => {
        magnitudes[at + pixel] = Math.hypot(value, image.imaginary[pixel]);
      });
    });
  }
  return { magnitudes, residual };
}

/** NRMSE in per cent, PSNR and SSIM of one entry, over the brain; the range is the largest true value there. */
function errorsOf(
  heads: PackedHeads,
  truth: Float32Array,
  images: Float32Array,
  entry: number,
): readonly [number, number, number] {
  const compared: ComparedPixels = {
    image: ofEntry(heads, images, entry),
    reference: ofEntry(heads, truth, entry),
    within: ofEntry(heads, heads.images.brain, entry),
  };
  let range = 0;
  for (let i = 0; i < compared.reference.length; i++) {
    if (compared.within[i] > COUNTS_FROM) range = Math.max(range, compared.reference[i]);
  }
  const [, height, width] = heads.shape;
  return [rmsePercent(compared), psnr(compared, range), ssim(compared, { width, height, range })];
}

/** A subject's entries without and with lesions. */
interface Pair {
  readonly before: number;
  readonly after: number;
}

function pairsOf(heads: PackedHeads): Pair[] {
  const without = entriesWith(heads, 'none');
  return entriesWith(heads, 'seen').flatMap((after) => {
    const before = without.find((entry) => heads.subjects[entry] === heads.subjects[after]);
    return before === undefined ? [] : [{ before, after }];
  });
}

interface LesionOptions {
  readonly truth: Float32Array;
  readonly magnitudes: Float32Array;
  readonly pairs: readonly Pair[];
  readonly radius: number;
  readonly factors: Row['factors'];
  readonly seed: number;
}

function lesionRows(
  about: RowSubject,
  heads: PackedHeads,
  { truth, magnitudes, pairs, radius, factors, seed }: LesionOptions,
): Row[] {
  const [, height, width] = heads.shape;
  const subjects = pairs.map(({ before, after }) => {
    const images = (all: Float32Array) => ({
      before: ofEntry(heads, all, before),
      after: ofEntry(heads, all, after),
    });
    const [made, real] = [images(magnitudes), images(truth)];
    const within = ofEntry(heads, heads.images.brain, before);
    const change = real.after.map((value, i) => value - real.before[i]);
    const error = made.before.map((value, i) => value - real.before[i]);
    const options = { width, height, radius };
    const pixels = width * height;
    const contrasts = Array.from({ length: change.length / pixels }, (_, slice) =>
      largestDiscMean(
        change.subarray(slice * pixels, (slice + 1) * pixels),
        within.subarray(slice * pixels, (slice + 1) * pixels),
        options,
      ),
    ).filter((contrast) => contrast > 0);
    const contrast = contrasts.reduce((sum, each) => sum + each, 0) / contrasts.length;
    return {
      kept: shareOfChange(made, real),
      falseContrast: largestDiscMean(error, within, options) / contrast,
      scores: lesionsIn(change, width, height).map((lesion) => observerScores(lesion, change, made, real)),
    };
  });
  // A subject whose lesions all lie between the slices has none to keep.
  const shown = subjects.filter(({ kept }) => Number.isFinite(kept));
  const dOf = (some: readonly { readonly scores: readonly ObserverScores[] }[]) => {
    const all = some.flatMap(({ scores }) => scores);
    return detectability(
      all.map(({ without }) => without),
      all.map(({ present }) => present),
    );
  };
  const random = new QuickRandom(seed);
  const resampled = Float64Array.from({ length: RESAMPLED }, () =>
    dOf(shown.map(() => shown[Math.floor(shown.length * random.uniform())])),
  ).filter(Number.isFinite);
  const { low, high } = percentileInterval(resampled);
  const n = shown.reduce((sum, { scores }) => sum + scores.length, 0);
  return [
    meanRow(
      about,
      LESION_KEPT,
      shown.map(({ kept }) => kept),
      factors,
    ),
    meanRow(
      about,
      FALSE_CONTRAST,
      shown.map(({ falseContrast }) => falseContrast),
      factors,
    ),
    measuredRow(about, LESION_DETECTABILITY, { value: dOf(shown), low, high, n }, factors),
  ];
}

interface ObserverScores {
  readonly without: number;
  readonly present: number;
}

/** How much of a lesion's shape, 1 being all of it, is in the error without and with it. */
function observerScores(
  lesion: readonly number[],
  change: Float32Array,
  made: { readonly before: Float32Array; readonly after: Float32Array },
  real: { readonly before: Float32Array },
): ObserverScores {
  let [square, without, present] = [0, 0, 0];
  for (const i of lesion) {
    square += change[i] ** 2;
    without += change[i] * (made.before[i] - real.before[i]);
    present += change[i] * (made.after[i] - real.before[i]);
  }
  return { without: without / square, present: present / square };
}

/** The pixels of every lesion: those of a slice that changed and touch each other along an edge. */
export function lesionsIn(change: Float32Array, width: number, height: number): number[][] {
  const left = change.map((value) => (value === 0 ? 0 : 1));
  const pixels = width * height;
  const lesions: number[][] = [];
  for (let start = 0; start < change.length; start++) {
    if (left[start] === 0) continue;
    const lesion = [start];
    left[start] = 0;
    for (let at = 0; at < lesion.length; at++) {
      const i = lesion[at];
      const [x, y] = [i % width, Math.floor((i % pixels) / width)];
      const neighbours = [
        ...(x > 0 ? [i - 1] : []),
        ...(x < width - 1 ? [i + 1] : []),
        ...(y > 0 ? [i - width] : []),
        ...(y < height - 1 ? [i + width] : []),
      ];
      for (const next of neighbours) {
        if (left[next] === 0) continue;
        left[next] = 0;
        lesion.push(next);
      }
    }
    lesions.push(lesion);
  }
  return lesions;
}

/** The file that a cell leaves the errors of subjects in. */
export const ERRORS = 'errors.json';

const STORED_ERRORS = storedJson<readonly SubjectErrors[]>(
  ERRORS,
  z.array(
    z.object({
      set: z.enum(SCORED_SETS),
      acceleration: z.number(),
      subjects: z.array(z.string()),
      values: z.array(StoredNumber),
    }),
  ),
);

export const encodeErrors = (errors: readonly SubjectErrors[]): Map<string, Uint8Array> =>
  new Map([STORED_ERRORS.encode(errors)]);

/** The errors that a cell left. @throws InputError where the file holds something else */
export const decodeErrors = (bytes: Uint8Array): readonly SubjectErrors[] => STORED_ERRORS.decode(bytes);
