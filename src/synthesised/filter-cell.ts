import type { Task } from '../contracts/cell.ts';
import { gaussianFilter } from '../image-baselines/gaussian.ts';
import { nonLocalMeans } from '../image-baselines/non-local-means.ts';
import { totalVariation } from '../image-baselines/total-variation.ts';
import { FILTER_NAMES, FILTER_SETTING } from '../measures/synthesis.ts';
import { decodeBrains, noiseOf, withoutLesions, type PackedBrains } from './packed-brains.ts';
import { PERFUSION } from '../measures/quantities.ts';
import { pictureOf } from './pictures.ts';
import { plainRow, type RowSubject } from '../measures/measured-rows.ts';
import {
  errorsBySubject,
  scoredResult,
  scoredSets,
  scoreImages,
  scoreLesions,
  type ScoredSet,
  type Scores,
} from './scores.ts';

interface Filter {
  readonly label: string;
  /** Settings that are tried, from weak to strong. */
  readonly settings: readonly number[];
  /** @param sigma of the noise of the image */
  readonly apply: (image: Float32Array, brains: PackedBrains, setting: number, sigma: number) => Float32Array;
}

const sizeOf = ({ shape }: PackedBrains) => ({ height: shape[1], width: shape[2] });

/** Filters of one repetition, slice by slice, in the order of tables. Non-local means and total variation are given the noise's SD. */
export const FILTERS = {
  gaussian: {
    label: FILTER_NAMES.gaussian,
    settings: [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.5],
    apply: (image, brains, setting) => gaussianFilter(image, sizeOf(brains), setting),
  },
  'non-local-means': {
    label: FILTER_NAMES.nonLocalMeans,
    settings: [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1, 1.25, 1.6],
    apply: (image, brains, strength, sigma) => nonLocalMeans(image, sizeOf(brains), { strength, sigma }),
  },
  'total-variation': {
    label: FILTER_NAMES.totalVariation,
    settings: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1, 1.25, 1.6],
    apply: (image, brains, setting, sigma) => totalVariation(image, sizeOf(brains), setting * sigma),
  },
} as const satisfies Record<string, Filter>;
export type FilterName = keyof typeof FILTERS;

export interface FilterInput {
  readonly about: RowSubject;
  readonly filter: FilterName;
  readonly sets: readonly ScoredSet[];
}

/** One repetition through a filter, whose setting is that of the lowest error against six repetitions on validation subjects. */
export const filterImages: Task<FilterInput> = {
  module: import.meta.url,
  name: 'filterImages',
  async run({ about, filter, sets }, context) {
    const { label, settings, apply }: Filter = FILTERS[filter];
    const validation = decodeBrains(await context.files('validation'));
    const sigma = noiseOf(validation);
    const errors = settings.map((setting, i) => {
      const images = apply(withoutLesions(validation, validation.images.one), validation, setting, sigma);
      context.onProgress((i + 1) / (settings.length + 2), `${label} ${setting}`);
      const scores = scoreImages(validation, 'validation', images);
      const values = [...errorsBySubject([scores], 'validation', 'six').values()];
      return values.reduce((sum, each) => sum + each, 0) / values.length;
    });
    const best = errors.indexOf(Math.min(...errors));
    const scores: Scores[] = [];
    const pictures = [];
    for await (const [set, brains] of scoredSets(sets, context)) {
      const images = apply(brains.images.one, brains, settings[best], sigma);
      scores.push(
        ...scoreImages(brains, set, withoutLesions(brains, images)),
        ...scoreLesions(brains, set, images),
      );
      if (set !== 'validation')
        pictures.push(...pictureOf(about, brains, set, { image: images, quantity: PERFUSION }));
    }
    const { rows, files } = scoredResult(about, scores);
    const atEdge = best === 0 || best === settings.length - 1;
    return {
      rows: [...rows, plainRow(about, FILTER_SETTING, settings[best], validation.subjects.length)],
      files,
      pictures,
      notes: atEdge
        ? [`${label}: the best setting, ${settings[best]}, is at the edge of those that were tried`]
        : [],
    };
  },
};
