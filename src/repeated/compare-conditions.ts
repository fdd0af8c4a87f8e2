import { COMPARED_MEASURES } from '../measures/repeated-trainings.ts';
import { RUNNING_LOSS } from '../measures/training.ts';
import { medianOverRuns, ratioOfMedians } from '../metrics/runs/over-runs.ts';
import type { ConditionRuns } from './finished-run.ts';
import { noiseOfMeasure, type MeasuredValue, type Summary } from './measures.ts';

/**
 * Returns, per condition and measure, the median over runs (`median_loss`) and its ratio to that of the reference condition
 * (`loss_ratio`), with intervals over runs; and the lowest running loss of all runs.
 */
export function compareConditions(conditions: readonly ConditionRuns[]): Summary[] {
  const reference = conditions.find(({ condition }) => condition.reference);
  return conditions.flatMap((own) =>
    own.runs[0].measures.flatMap((measure): Summary[] => {
      const { metric, parameter, unit } = measure;
      if (metric === RUNNING_LOSS.name) {
        const running = valuesOf(own, measure);
        const value = Math.min(...running);
        return [{ parameter, factors: own.condition.factors, metric, unit, value, n: running.length }];
      }
      const compared = COMPARED_MEASURES.find(({ of }) => of.name === metric);
      if (!compared) return [];
      const values = valuesOf(own, measure);
      const place = {
        parameter,
        factors: { ...own.condition.factors, ...noiseOfMeasure(measure) },
        n: values.length,
      };
      const summary: Summary = { ...place, metric: compared.median.name, unit, ...medianOverRuns(values) };
      if (!reference || own === reference) return [summary];
      const others = valuesOf(reference, measure);
      return [summary, { ...place, metric: compared.ratio.name, ...ratioOfMedians(values, others) }];
    }),
  );
}

const valuesOf = ({ runs }: ConditionRuns, measure: MeasuredValue): number[] =>
  runs.map((run) => run.at(measure));
