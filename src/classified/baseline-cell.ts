import type { Task } from '../contracts/cell.ts';
import { imageFeatures } from '../image-baselines/features.ts';
import { fitLogistic, logisticProbability } from '../image-baselines/logistic-regression.ts';
import type { Modality } from '../images/modality.ts';
import { decodeCases, positives, type PackedCases } from './packed-cases.ts';
import { scoreRows, type RowSubject } from './rows.ts';
import { encodeScores, type ScoredSet } from './scores.ts';
import { dividedCases, type SplitInput } from './train-cell.ts';

/** A classifier without a network, on the cases of one split. */
export interface BaselineInput {
  readonly about: RowSubject;
  readonly baseline: BaselineName;
  readonly modalities: readonly Modality[];
  readonly positiveFrom: number;
  readonly split: SplitInput;
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
    const { labels, sets } = dividedCases(packed, { positiveFrom, split, shuffleLabels: false, seed: 0 });
    const features = featuresOf(packed, modalities, name);
    const model = fitLogistic(
      sets.training.map((i) => features[i]),
      sets.training.map((i) => labels[i]),
    );
    const scored: ScoredSet[] = (['training', 'validation', 'test'] as const)
      .filter((set) => sets[set].length > 0)
      .map((set) => ({
        set: set === 'training' ? 'train' : set,
        subjects: sets[set].map((i) => packed.subjects[i]),
        positive: sets[set].map((i) => labels[i]),
        scores: sets[set].map((i) => logisticProbability(model, features[i])),
      }));
    if (population) {
      const others = decodeCases(await context.files('population'));
      scored.push({
        set: 'population',
        subjects: others.subjects,
        positive: positives(others, positiveFrom),
        scores: featuresOf(others, modalities, name).map((row) => logisticProbability(model, row)),
      });
    }
    return {
      rows: scored.flatMap(({ set, scores, positive }) =>
        scoreRows({ ...about, factors: { ...about.factors, set } }, { scores, positive }, true),
      ),
      files: encodeScores(scored),
    };
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
