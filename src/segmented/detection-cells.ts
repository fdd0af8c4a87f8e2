import type { Task } from '../contracts/cell.ts';
import { TRUTH } from '../contracts/metric.ts';
import { falsePositives, overScans, sensitivityAt } from '../image-metrics/froc.ts';
import {
  DETECTION_FLOORS,
  FALSE_POSITIVES,
  FROC_SENSITIVITY,
  LESION,
  LESIONS,
  SENSITIVITY_AT_ONE,
} from '../measures/lesion-detection.ts';
import { measuredRow, plainRow, type RowSubject } from '../measures/measured-rows.ts';
import { channelsOf } from './channels.ts';
import { PEOPLE } from './data-cells.ts';
import { decodeDetections, DETECTIONS, detectionsOf, encodeDetections } from './detections.ts';
import { decodeAbdomens, type PackedAbdomens, type Person } from './packed-abdomens.ts';

export interface BrightnessInput {
  readonly method: (typeof DETECTION_FLOORS)[keyof typeof DETECTION_FLOORS];
}

/** Voxels that are brighter than the liver by this share are candidates. */
const BRIGHTER = 0.15;

/**
 * Takes what is brighter than the rest of the liver for lesions, given the true liver with all that is in it: the mean of a voxel and its neighbours within the slice,
 * relative to the median of the liver.
 */
export const detectByBrightness: Task<BrightnessInput> = {
  module: import.meta.url,
  name: 'detectByBrightness',
  async run({ method }, context) {
    const abdomens = decodeAbdomens(await context.files(PEOPLE));
    const b = method === DETECTION_FLOORS.b0 ? Math.min(...abdomens.bValues) : Math.max(...abdomens.bValues);
    const all = abdomens.people.map((person) =>
      detectionsOf(abdomens, person, brightness(abdomens, person, b), BRIGHTER),
    );
    return { rows: [], files: new Map([encodeDetections(all)]) };
  },
};

/** By how much voxels of the liver are brighter than its median; 0 elsewhere. */
export function brightness(abdomens: PackedAbdomens, person: Person, b: number): Float32Array {
  const [volume] = channelsOf(person, abdomens, [b]);
  const truth = person.labels.get(TRUTH)!;
  const inLiver = abdomens.regions.map((region) => region === LESION || region.includes('liver'));
  const isLiver = (i: number) => truth[i] > 0 && inLiver[truth[i] - 1];
  const liver = [...volume].filter((_, i) => isLiver(i)).sort((x, y) => x - y);
  const median = liver[liver.length >> 1];
  const [nx, ny] = person.grid.shape;
  return volume.map((_, i) => {
    if (!isLiver(i)) return 0;
    let [sum, count] = [0, 0];
    const [x, y] = [i % nx, Math.floor(i / nx) % ny];
    for (let v = Math.max(0, y - 1); v <= Math.min(ny - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(nx - 1, x + 1); u++) {
        const at = i + (u - x) + nx * (v - y);
        if (!isLiver(at)) continue;
        sum += volume[at];
        count++;
      }
    }
    return sum / count / median - 1;
  });
}

export interface DetectionSummaryInput {
  readonly about: RowSubject;
  /** The needs `detected 1`, … */
  readonly cells: number;
  readonly seed: number;
}

export const detectedNeed = (number: number): string => `detected ${number}`;

/** False positives per scan at which sensitivities are given. */
export const RATES = [0.125, 0.25, 0.5, 1, 2, 4, 8] as const;

/** The FROC of one method over all people, everyone tested once. */
export const summariseDetection: Task<DetectionSummaryInput> = {
  module: import.meta.url,
  name: 'summariseDetection',
  async run({ about, cells, seed }, context) {
    const read = Array.from({ length: cells }, async (_, i) =>
      decodeDetections(await context.read(detectedNeed(i + 1), DETECTIONS)),
    );
    const scans = (await Promise.all(read)).flat();
    const at = (most: number) => overScans(scans, (some) => sensitivityAt(some, most), seed);
    const total = scans.reduce((sum, { lesions }) => sum + lesions, 0);
    return {
      rows: [
        plainRow(about, LESIONS, total, scans.length, { set: 'test' }),
        ...RATES.map((most) =>
          measuredRow(about, FROC_SENSITIVITY, at(most), { set: 'test', false_positives: most }),
        ),
        measuredRow(about, SENSITIVITY_AT_ONE, at(1), { set: 'test' }),
        measuredRow(about, FALSE_POSITIVES, overScans(scans, falsePositives, seed), { set: 'test' }),
      ],
    };
  },
};
