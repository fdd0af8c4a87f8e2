import * as agreement from './agreement.ts';
import * as classification from './classification.ts';
import * as denoising from './denoising.ts';
import * as errors from './errors.ts';
import * as intervals from './intervals.ts';
import * as lesionDetection from './lesion-detection.ts';
import type { Measure } from './measure.ts';
import * as networkReader from './network-reader.ts';
import * as reconstruction from './reconstruction.ts';
import * as regions from './regions.ts';
import * as repeatedTrainings from './repeated-trainings.ts';
import * as segmentationTransfer from './segmentation-transfer.ts';
import * as segmentation from './segmentation.ts';
import * as synthesis from './synthesis.ts';
import * as timing from './timing.ts';
import * as training from './training.ts';

/** Measures that are read together, as a chapter of `docs/rows.md`. */
export interface MeasureFamily {
  readonly title: string;
  readonly measures: readonly Measure[];
}

export const FAMILIES_OF_MEASURES: readonly MeasureFamily[] = [
  { title: 'Errors', measures: exportedBy(errors) },
  { title: 'Intervals of fitters', measures: exportedBy(intervals) },
  { title: 'Times', measures: exportedBy(timing) },
  { title: 'Single trainings', measures: exportedBy(training) },
  { title: 'Repeated trainings', measures: exportedBy(repeatedTrainings) },
  { title: 'Data sets and region means', measures: exportedBy(regions) },
  { title: 'Agreement and variation', measures: exportedBy(agreement) },
  { title: 'A network as a reader', measures: exportedBy(networkReader) },
  { title: 'Classification of cases', measures: exportedBy(classification) },
  { title: 'Images made from images', measures: exportedBy(synthesis) },
  { title: 'Denoising before the fit', measures: exportedBy(denoising) },
  { title: 'Images from undersampled k-space', measures: exportedBy(reconstruction) },
  { title: 'Segmentation', measures: exportedBy(segmentation) },
  { title: 'Detection of lesions', measures: exportedBy(lesionDetection) },
  { title: 'Segmentation at another field', measures: exportedBy(segmentationTransfer) },
];

/** Every measure that the files of this folder declare. */
export const ALL_MEASURES: readonly Measure[] = FAMILIES_OF_MEASURES.flatMap(({ measures }) => measures);

const byName = new Map(ALL_MEASURES.map((measure) => [measure.name, measure]));

/** The measure of that name; undefined where a plug-in reports one of its own. */
export const measureNamed = (name: string): Measure | undefined => byName.get(name);

/** Every measure of a module, in alphabetical order of its exports. */
function exportedBy(module: object): Measure[] {
  return [...new Set(Object.values<unknown>({ ...module }).flatMap(measuresIn))];
}

/** Measures among an exported value: itself, its variants, or the elements of a list. */
function measuresIn(value: unknown): Measure[] {
  if (Array.isArray(value)) return value.flatMap(measuresIn);
  if (!isMeasure(value)) return [];
  return 'withinRegions' in value ? [value, value.withinRegions as Measure] : [value];
}

function isMeasure(value: unknown): value is Measure {
  return typeof value === 'object' && value !== null && 'name' in value && 'definition' in value;
}
