import type { Task } from '../contracts/cell.ts';
import { imageFeatures } from '../image-baselines/features.ts';
import { fitLogistic, logisticProbability } from '../image-baselines/logistic-regression.ts';
import type { Modality } from '../images/modality.ts';
import type { SplitOptions } from '../learning/splits.ts';
import { dividedCases } from './divided-cases.ts';
import { decodeCases, positives, type PackedCases } from './packed-cases.ts';
import type { RowSubject } from '../measures/measured-rows.ts';
import { scoredResult, scoredPopulation, scoreSplit } from './scores.ts';

/** A classifier without a network, on the cases of one split. */
export interface BaselineInput {
  readonly about: RowSubject;
  readonly baseline: BaselineName;
  readonly modalities: readonly Modality[];
  readonly positiveFrom: number;
  readonly split: SplitOptions;
  readonly population: boolean;
}

export const BASELINES = { 'mean-adc': 'mean ADC', 'logistic-regression': 'logistic regression' } as const;
export type BaselineName = keyof typeof BASELINES;

/**
 * A logistic regression, fitted to the training cases of a split: on the mean ADC alone, or on mean, standard deviation and gradient of
 * every image.
 */
export const baseline: Task<BaselineInput> = {
  module: import.meta.url,
  name: 'baseline',
  async run({ about, baseline: name, modalities, positiveFrom, split, population }, context) {
    const packed = decodeCases(await context.files('cases'));
    const { labels, sets } = dividedCases(packed, { positiveFrom, split });
    const features = featuresOf(packed, modalities, name);
    const model = fitLogistic(
      sets.training.map((i) => features[i]),
      sets.training.map((i) => labels[i]),
    );
    const scored = scoreSplit(packed, labels, sets, (which) =>
      which.map((i) => logisticProbability(model, features[i])),
    );
    if (population) {
      const others = decodeCases(await context.files('population'));
      const scores = featuresOf(others, modalities, name).map((row) => logisticProbability(model, row));
      scored.push(scoredPopulation(others, positives(others, positiveFrom), scores));
    }
    return scoredResult(about, scored);
  },
};

function featuresOf(
  { subjects, shape, modalities: all, values }: PackedCases,
  modalities: readonly Modality[],
  name: BaselineName,
): number[][] {
  const width = values.length / subjects.length;
  return subjects.map((_, i) => {
    const image = values.subarray(i * width, (i + 1) * width);
    return modalities.flatMap((modality) => {
      const [mean, sd, gradient] = imageFeatures(image, all.indexOf(modality), all.length, shape);
      return name === 'mean-adc' ? [mean] : [mean, sd, gradient];
    });
  });
}
