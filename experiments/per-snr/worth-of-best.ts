import { LOSS } from '../../src/measures/training.ts';
import { RMSE } from '../../src/measures/errors.ts';
import { PARAMETERS, type ParameterName } from '../../src/contracts/voxels.ts';
import { byLoss, CHOSEN } from '../../src/metrics/runs/by-loss.ts';
import { geometricMeanOverRuns } from '../../src/metrics/runs/over-runs.ts';
import { median } from '../../src/metrics/runs/summaries.ts';
import { rankCorrelation } from '../../src/metrics/runs/rank-correlation.ts';
import { quantityUnit } from '../../src/measures/quantities.ts';
import type { ConditionRuns } from '../../src/repeated/finished-run.ts';
import type { Summary } from '../../src/repeated/measures.ts';
import {
  BEST_RMSE_RATIO,
  CHOSEN_LOSS,
  CHOSEN_RMSE,
  LOSS_RANK_CORRELATION,
} from '../../src/measures/repeated-trainings.ts';

interface Scored {
  readonly loss: number;
  readonly error: number;
}

/**
 * Computes the loss and the errors of the runs with the lowest, median and highest loss at each noise level; the correlation of
 * loss and error; and the error of the run with the lowest loss relative to the median error of all, which is the benefit of
 * choosing it, at each level and as the geometric mean over levels. That mean has Student's interval over levels; the others
 * are those of single runs and have none.
 */
export function worthOfBest(levels: readonly ConditionRuns[]): Summary[] {
  const losses = levels.flatMap(({ condition, runs }): Summary[] => {
    const scored = runs.map((run) => ({ loss: run.at({ metric: LOSS.name }) }));
    return CHOSEN.map((chosen) => ({
      factors: { ...condition.factors, chosen },
      n: runs.length,
      metric: CHOSEN_LOSS.name,
      value: byLoss(scored, chosen)?.loss ?? NaN,
    }));
  });
  return [...losses, ...PARAMETERS.flatMap((parameter) => ofParameter(levels, parameter))];
}

function ofParameter(levels: readonly ConditionRuns[], parameter: ParameterName): Summary[] {
  const all = levels.map(({ condition, runs }) =>
    runs.map((run): Scored => ({
      loss: run.at({ metric: LOSS.name }),
      error: run.at({ metric: RMSE.name, parameter, snr: condition.factors.snr }),
    })),
  );
  const perLevel = levels.flatMap(({ condition: { factors } }, i): Summary[] => {
    const place = { parameter, factors, n: all[i].length };
    return [
      ...CHOSEN.map((chosen) => ({
        ...place,
        factors: { ...factors, chosen },
        metric: CHOSEN_RMSE.name,
        unit: quantityUnit(parameter),
        value: byLoss(all[i], chosen)?.error ?? NaN,
      })),
      { ...place, metric: BEST_RMSE_RATIO.name, value: bestOverMedian(all[i]) },
      {
        ...place,
        metric: LOSS_RANK_CORRELATION.name,
        value: rankCorrelation(
          all[i].map(({ loss }) => loss),
          all[i].map(({ error }) => error),
        ),
      },
    ];
  });
  const overall = geometricMeanOverRuns(all.map(bestOverMedian));
  return [...perLevel, { parameter, metric: BEST_RMSE_RATIO.name, n: all[0].length, ...overall }];
}

const bestOverMedian = (runs: readonly Scored[]): number =>
  (byLoss(runs, 'best')?.error ?? NaN) / median(runs.map(({ error }) => error));
