import { LOSS } from '../../src/measures/training.ts';
import { RMSE } from '../../src/measures/errors.ts';
import { PARAMETERS, type ParameterName } from '../../src/contracts/voxels.ts';
import { bootstrapRuns, type RunsBootstrap } from '../../src/metrics/runs/bootstrap-runs.ts';
import { byLoss, CHOSEN } from '../../src/metrics/runs/by-loss.ts';
import { geometricMean, median } from '../../src/metrics/runs/summaries.ts';
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
 * choosing it, at each level and as the geometric mean over levels.
 */
export function worthOfBest(levels: readonly ConditionRuns[], bootstrap: RunsBootstrap): Summary[] {
  const losses = levels.flatMap(({ condition, runs }): Summary[] => {
    const scored = runs.map((run) => ({ loss: run.at(LOSS.name) }));
    return CHOSEN.map((chosen) => ({
      factors: { ...condition.factors, chosen },
      n: runs.length,
      metric: CHOSEN_LOSS.name,
      ...bootstrapRuns([scored], ([own]) => byLoss(own, chosen)?.loss ?? NaN, bootstrap),
    }));
  });
  return [...losses, ...PARAMETERS.flatMap((parameter) => ofParameter(levels, parameter, bootstrap))];
}

function ofParameter(
  levels: readonly ConditionRuns[],
  parameter: ParameterName,
  bootstrap: RunsBootstrap,
): Summary[] {
  const all = levels.map(({ condition, runs }) =>
    runs.map((run): Scored => ({
      loss: run.at(LOSS.name),
      error: run.at(RMSE.name, parameter, condition.factors.snr),
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
        ...bootstrapRuns([all[i]], ([own]) => byLoss(own, chosen)?.error ?? NaN, bootstrap),
      })),
      {
        ...place,
        metric: BEST_RMSE_RATIO.name,
        ...bootstrapRuns([all[i]], ([own]) => bestOverMedian(own), bootstrap),
      },
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
  const overall = bootstrapRuns(all, (groups) => geometricMean(groups.map(bestOverMedian)), bootstrap);
  return [...perLevel, { parameter, metric: BEST_RMSE_RATIO.name, n: all[0].length, ...overall }];
}

const bestOverMedian = (runs: readonly Scored[]): number =>
  (byLoss(runs, 'best')?.error ?? NaN) / median(runs.map(({ error }) => error));
