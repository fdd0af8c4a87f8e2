import type { ScoredCases } from './estimate.ts';

/** Corners of an empirical ROC curve, from (0, 0) to (1, 1): one per distinct score, from the highest down. */
export interface RocCurve {
  /** 1 - specificity. */
  readonly falsePositiveRate: readonly number[];
  /** Sensitivity. */
  readonly truePositiveRate: readonly number[];
  /** The scores from which on a case counts as positive; Infinity for the first corner. */
  readonly thresholds: readonly number[];
}

/** The empirical ROC curve. Cases of equal score enter together. NaN rates where a class is missing. */
export function rocCurve({ scores, positive }: ScoredCases): RocCurve {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => scores[b] - scores[a]);
  const positives = order.filter((i) => positive[i]).length;
  const negatives = order.length - positives;
  const falsePositiveRate = [negatives > 0 ? 0 : NaN];
  const truePositiveRate = [positives > 0 ? 0 : NaN];
  const thresholds = [Infinity];
  let [hits, alarms] = [0, 0];
  order.forEach((i, k) => {
    if (positive[i]) hits++;
    else alarms++;
    if (k + 1 < order.length && scores[order[k + 1]] === scores[i]) return;
    falsePositiveRate.push(alarms / negatives);
    truePositiveRate.push(hits / positives);
    thresholds.push(scores[i]);
  });
  return { falsePositiveRate, truePositiveRate, thresholds };
}
