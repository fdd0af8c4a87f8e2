import { REFERENCE_COLOR } from './series-looks.ts';
import { shorten } from './shorten.ts';

/** An axis of AUCs on the population, from a round number below the lowest to 1. */
export const populationAucAxis = (aucs: readonly number[]) => ({
  field: 'auc',
  type: 'quantitative' as const,
  scale: { domain: [Math.floor(20 * Math.min(...aucs)) / 20, 1] },
  axis: { title: 'AUC on the population' },
});

/** The ideal observer as a line across a figure; no layer where its AUC is not known. */
export const idealRule = (ideal: number | undefined, y: ReturnType<typeof populationAucAxis>) =>
  ideal === undefined
    ? []
    : [
        {
          data: { values: [{ auc: shorten(ideal) }] },
          mark: {
            type: 'rule' as const,
            color: REFERENCE_COLOR,
            strokeDash: [4, 2],
            strokeWidth: 2,
            tooltip: false,
          },
          encoding: { y },
        },
      ];
