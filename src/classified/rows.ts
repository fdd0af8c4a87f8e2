import type { Row } from '../contracts/metric.ts';
import { accuracy } from '../image-metrics/accuracy.ts';
import { auc } from '../image-metrics/auc.ts';
import { brier } from '../image-metrics/brier.ts';
import { confusion } from '../image-metrics/confusion.ts';
import { ece } from '../image-metrics/ece.ts';
import type { ScoredCases } from '../image-metrics/estimate.ts';
import { reliabilityBins } from '../image-metrics/reliability.ts';
import { rocCurve } from '../image-metrics/roc.ts';
import { sensitivity } from '../image-metrics/sensitivity.ts';
import { specificity } from '../image-metrics/specificity.ts';
import {
  ACCURACY,
  AUC,
  BRIER,
  CONFUSION,
  ECE,
  OBSERVED_SHARE,
  PREDICTED_SHARE,
  SENSITIVITY,
  SPECIFICITY,
  TRUE_POSITIVE_RATE,
} from '../measures/classification.ts';
import { measuredRow, plainRow, type RowSubject } from '../measures/measured-rows.ts';

/** How well probabilities tell the classes apart, and how far they can be believed. */
export function scoreRows(subject: RowSubject, cases: ScoredCases): Row[] {
  const counts = confusion(cases);
  const { truePositive, falseNegative, falsePositive, trueNegative } = counts;
  const ofCounts = [truePositive, falseNegative, falsePositive, trueNegative];
  const n = cases.scores.length;
  return [
    measuredRow(subject, AUC, auc(cases)),
    measuredRow(subject, ACCURACY, accuracy(counts)),
    measuredRow(subject, SENSITIVITY, sensitivity(counts)),
    measuredRow(subject, SPECIFICITY, specificity(counts)),
    measuredRow(subject, ECE, ece(cases)),
    measuredRow(subject, BRIER, brier(cases)),
    ...CONFUSION.map((measure, i) => plainRow(subject, measure, ofCounts[i], n)),
  ];
}

/** The false-positive rates at which curves of several classifiers are compared and averaged. */
export const RATES: readonly number[] = Array.from({ length: 51 }, (_, i) => i / 50);

/** An ROC curve at `RATES`: the highest sensitivity with at most that rate of false alarms. */
export const atRates = (
  falsePositiveRate: readonly number[],
  truePositiveRate: readonly number[],
): number[] =>
  RATES.map((rate) => {
    let best = 0;
    falsePositiveRate.forEach((each, i) => {
      if (each <= rate + 1e-9) best = Math.max(best, truePositiveRate[i]);
    });
    return best;
  });

/** The empirical ROC curve at `RATES`. */
export function rocAtRates(cases: ScoredCases): number[] {
  const { falsePositiveRate, truePositiveRate } = rocCurve(cases);
  return atRates(falsePositiveRate, truePositiveRate);
}

export const rocRows = (subject: RowSubject, curve: readonly number[], n: number): Row[] =>
  curve.map((value, i) => plainRow(subject, TRUE_POSITIVE_RATE, value, n, { false_positive_rate: RATES[i] }));

/** A reliability diagram: the bins that hold cases. */
export const reliabilityRows = (subject: RowSubject, cases: ScoredCases): Row[] =>
  reliabilityBins(cases)
    .filter(({ n }) => n > 0)
    .flatMap(({ from, to, n, predicted, observed, low, high }) => [
      plainRow(subject, PREDICTED_SHARE, predicted, n, { from, to }),
      measuredRow(subject, OBSERVED_SHARE, { value: observed, low, high, n }, { from, to }),
    ]);
