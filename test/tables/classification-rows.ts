import { type RowSubject, measuredRow, plainRow } from '../../src/measures/measured-rows.ts';
import { reliabilityRows, rocAtRates, rocRows, scoreRows } from '../../src/classified/rows.ts';
import { median, span } from '../../src/metrics/runs/summaries.ts';
import type { Row } from '../../src/contracts/metric.ts';
import type { Picture } from '../../src/contracts/picture.ts';
import { CONDITIONS } from '../../src/measures/conditions.ts';
import { OCCLUSION } from '../../src/measures/quantities.ts';
import { auc } from '../../src/image-metrics/auc.ts';
import { AUC_DIFFERENCE, AUC_IDEAL, AUC_MEDIAN, AUC_OF_IDEAL } from '../../src/measures/classification.ts';
import {
  TRAINING_ACCURACY,
  TRAINING_LOSS,
  VALIDATION_ACCURACY,
  VALIDATION_LOSS,
} from '../../src/measures/training.ts';
import { QuickRandom } from '../../src/random/quick-random.ts';
import { deriveSeed } from '../../src/random/seed.ts';

const EXPERIMENT = 'liver-fibrosis';
const SETS = { train: 30, validation: 10, test: 40, population: 60 } as const;

/** Rows of a study that classifies: two networks, a baseline, a condition and a learning curve, on two splits from two seeds. */
export function classificationRows(networks: readonly string[] = ['cnn3d', 'mlp']): Row[] {
  return [
    ...['all', 'T1w', 'adc'].map((modality, i) =>
      plainRow(
        { experiment: EXPERIMENT, method: 'ideal observer', factors: { modality } },
        AUC_IDEAL,
        [0.98, 0.8, 0.93][i],
        0,
      ),
    ),
    ...networks.flatMap((name, i) => classifier(name, { modality: 'all' }, 2.6 - 0.8 * i, 2)),
    ...networks.flatMap(curves),
    ...classifier('mean ADC', { modality: 'adc' }, 1.2, 1),
    ...classifier(networks[0], { modality: 'T1w', condition: 'T1w alone' }, 1, 1),
    ...[50, 100].flatMap((size) =>
      classifier(
        networks[0],
        { modality: 'all', condition: CONDITIONS.learningCurve, training_cases: size },
        1 + size / 80,
        1,
      ),
    ),
    ...[0, 10].flatMap((size) => transferred(networks[0], CONDITIONS.fineTuned, size, 1.6 + size / 20)),
    ...transferred(networks[0], CONDITIONS.fromScratch, 10, 0.8),
    ...networks.map((name) =>
      measuredRow(
        { experiment: EXPERIMENT, method: name, factors: { modality: 'all', set: 'population' } },
        AUC_DIFFERENCE,
        { value: 0.05, low: 0.01, high: 0.09, n: 200 },
        { compared_with: 'mean ADC' },
      ),
    ),
  ];
}

/** Curves of two trainings over three epochs. */
const curves = (method: string): Row[] =>
  [1, 2].flatMap((split) =>
    [1, 2, 3].flatMap((epoch) => {
      const about = { experiment: EXPERIMENT, method, factors: { modality: 'all', split, seed: 1, epoch } };
      return [
        plainRow(about, TRAINING_LOSS, 0.7 / epoch, SETS.train),
        plainRow(about, TRAINING_ACCURACY, 1 - 0.4 / epoch, SETS.train),
        plainRow(about, VALIDATION_LOSS, 0.7 / epoch + 0.05 * split, SETS.validation),
        plainRow(about, VALIDATION_ACCURACY, 0.95 - 0.4 / epoch, SETS.validation),
      ];
    }),
  );

const transferred = (method: string, condition: string, size: number, effect: number): Row[] =>
  classifier(method, { modality: 'all', condition, training_cases: size }, effect, 1);

/** An image and an occlusion map of two cases. */
export const classificationPictures = (): Picture[] =>
  ['sub-001', 'sub-002'].flatMap((subject, k) =>
    ['adc', OCCLUSION].map((quantity) => ({
      experiment: EXPERIMENT,
      method: quantity === OCCLUSION ? 'cnn3d' : '',
      quantity,
      factors: { subject, disease_stage: 3 - 2 * k, slice: 4, probability: 0.9 - 0.6 * k },
      width: 4,
      height: 3,
      pixel: [2, 2] as const,
      values: Float32Array.from({ length: 12 }, (_, i) =>
        quantity === OCCLUSION ? Math.sin(i + k) : i / 12,
      ),
    })),
  );

function classifier(method: string, factors: Row['factors'], effect: number, seeds: number): Row[] {
  const about: RowSubject = { experiment: EXPERIMENT, method, factors };
  const trainings = [1, 2].flatMap((split) =>
    Array.from({ length: seeds }, (_, i) => ({ split, ...(seeds > 1 ? { seed: i + 1 } : {}) })),
  );
  return (Object.keys(SETS) as (keyof typeof SETS)[]).flatMap((set) => {
    const scored = trainings.map((training) => {
      const random = new QuickRandom(
        deriveSeed(1, method, JSON.stringify(factors), set, JSON.stringify(training)),
      );
      const positive = Array.from({ length: SETS[set] }, (_, i) => Number(i % 5 < 3));
      const scores = positive.map((each) => 1 / (1 + Math.exp(-(effect * (each - 0.5) + random.gaussian()))));
      return { training, cases: { scores, positive } };
    });
    const of = { ...about, factors: { ...factors, set } };
    const aucs = scored.map(({ cases }) => auc(cases).value);
    const share = aucs.map((value) => (value - 0.5) / 0.48);
    const curves = scored.map(({ cases }) => rocAtRates(cases));
    return [
      ...scored.flatMap(({ training, cases }) =>
        scoreRows({ ...of, factors: { ...of.factors, ...training } }, cases),
      ),
      measuredRow(of, AUC_MEDIAN, { value: median(aucs), ...span(aucs), n: SETS[set] }),
      measuredRow(of, AUC_OF_IDEAL, { value: median(share), ...span(share), n: SETS[set] }),
      ...(set === 'population'
        ? [
            ...rocRows(
              of,
              curves[0].map((_, i) => median(curves.map((curve) => curve[i]))),
              SETS[set],
            ),
            ...reliabilityRows(of, scored[0].cases),
          ]
        : []),
    ];
  });
}
