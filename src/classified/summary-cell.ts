import type { Task } from '../contracts/cell.ts';
import type { Row } from '../contracts/metric.ts';
import { auc } from '../image-metrics/auc.ts';
import { compareAucs } from '../image-metrics/delong-test.ts';
import { median, span } from '../metrics/runs/summaries.ts';
import { AUC_DIFFERENCE, AUC_MEDIAN, AUC_OF_IDEAL } from '../measures/classification.ts';
import { twoSidedT } from '../statistics/f-distribution.ts';
import { measuredRow, type RowSubject } from '../measures/measured-rows.ts';
import { reliabilityRows, rocAtRates, rocRows } from './rows.ts';
import { decodeScores, SCORES, type ScoredSet } from './scores.ts';

/** One classifier under one condition, on all splits and seeds. */
export interface SummaryInput {
  /** Without factors of split and seed. */
  readonly about: RowSubject;
  /** The split of each training, in the order of the needs `training 1`, `training 2`, … */
  readonly splits: readonly number[];
  /** What it is compared with on the same cases: names, and of the k-th the split of each of the needs `rival k, training 1`, … */
  readonly rivals: readonly { readonly name: string; readonly splits: readonly number[] }[];
  /** AUC of the ideal observer of what the classifier sees; null where it is not known. */
  readonly ideal: number | null;
}

/**
 * What all trainings of a classifier say together: the median of its AUC and how far trainings differ, its ROC curve and
 * reliability diagram, and differences from other classifiers.
 */
export const summarise: Task<SummaryInput> = {
  module: import.meta.url,
  name: 'summarise',
  async run(input, context) {
    const { about, splits, rivals, ideal } = input;
    const scoresOf = (name: string, of: readonly number[]): Promise<(readonly ScoredSet[])[]> =>
      Promise.all(of.map(async (_, i) => decodeScores(await context.read(`${name} ${i + 1}`, SCORES))));
    const trainings = await scoresOf('training', splits);
    const rows: Row[] = [];
    for (const set of ['train', 'validation', 'test', 'population'] as const) {
      const scored = trainings.map((sets) => sets.find((each) => each.set === set));
      if (scored.some((each) => each === undefined)) continue;
      const all = scored as ScoredSet[];
      const of = { ...about, factors: { ...about.factors, set } };
      const aucs = all.map((each) => auc(each).value);
      const n = all[0].scores.length;
      rows.push(measuredRow(of, AUC_MEDIAN, { value: median(aucs), ...span(aucs), n }));
      if (ideal !== null && set !== 'train') {
        const share = aucs.map((value) => (value - 0.5) / (ideal - 0.5));
        rows.push(measuredRow(of, AUC_OF_IDEAL, { value: median(share), ...span(share), n }));
      }
      if (set !== 'test' && set !== 'population') continue;
      const curves = all.map(rocAtRates);
      rows.push(
        ...rocRows(
          of,
          curves[0].map((_, i) => median(curves.map((curve) => curve[i]))),
          n,
        ),
      );
      rows.push(...reliabilityRows(of, pooled(all)));
    }
    for (const [k, { name, splits: theirs }] of rivals.entries()) {
      const rival = { name, splits: theirs, trainings: await scoresOf(`rival ${k + 1}, training`, theirs) };
      rows.push(...differences(about, { splits, trainings }, rival));
    }
    return { rows };
  },
};

interface Trainings {
  readonly splits: readonly number[];
  readonly trainings: readonly (readonly ScoredSet[])[];
}

/**
 * The mean difference of AUCs on the population, each split's trainings averaged first. Its variance has two parts: splits differ
 * (s² / k over k splits), and the population is a sample (DeLong's variance of a difference, averaged over trainings). The interval is
 * Student's, with k - 1 degrees of freedom, for their sum.
 */
function differences(about: RowSubject, own: Trainings, rival: Trainings & { readonly name: string }): Row[] {
  const bySplit = new Map<number, number[]>();
  const variances: number[] = [];
  let n = 0;
  own.splits.forEach((split, i) => {
    const mine = own.trainings[i].find(({ set }) => set === 'population');
    rival.splits.forEach((other, k) => {
      if (other !== split) return;
      const their = rival.trainings[k].find(({ set }) => set === 'population');
      if (!mine || !their) return;
      const { value, variance } = compareAucs({
        first: mine.scores,
        second: their.scores,
        positive: mine.positive,
      });
      bySplit.set(split, [...(bySplit.get(split) ?? []), value]);
      variances.push(variance);
      n = mine.scores.length;
    });
  });
  if (bySplit.size === 0) return [];
  const means = [...bySplit.values()].map(mean);
  const value = mean(means);
  const between = means.reduce((sum, each) => sum + (each - value) ** 2, 0) / Math.max(1, means.length - 1);
  const error = Math.sqrt(between / means.length + mean(variances));
  const degrees = means.length - 1;
  const reach = degrees === 0 ? NaN : twoSidedT(0.95, degrees) * error;
  const of = { ...about, factors: { ...about.factors, set: 'population' } };
  return [
    measuredRow(
      of,
      AUC_DIFFERENCE,
      { value, low: value - reach, high: value + reach, n },
      {
        compared_with: rival.name,
      },
    ),
  ];
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length;

/** The scores of all trainings, as if they were of different cases. */
const pooled = (sets: readonly ScoredSet[]) => ({
  scores: sets.flatMap(({ scores }) => scores),
  positive: sets.flatMap(({ positive }) => positive),
});
