import { bootstrapRuns, type RunsBootstrap } from '../metrics/runs/bootstrap-runs.ts';
import { median } from '../metrics/runs/median.ts';
import type { ConditionRuns } from './finished-run.ts';
import type { Measure, Summary } from './measures.ts';

/** What conditions are compared by: losses and errors. */
const COMPARED = ['loss', 'loss_all', 'rmse'];

/**
 * Per condition and measure the median over runs (`median_loss`), and its ratio to that of the reference condition
 * (`loss_ratio`), with intervals over runs.
 */
export function compareConditions(conditions: readonly ConditionRuns[], bootstrap: RunsBootstrap): Summary[] {
  const reference = conditions.find(({ condition }) => condition.reference);
  return conditions.flatMap((own) =>
    own.runs[0].measures
      .filter(({ metric }) => COMPARED.includes(metric))
      .flatMap((measure): Summary[] => {
        const { metric, parameter, unit, snr } = measure;
        const values = valuesOf(own, measure);
        const place = {
          parameter,
          factors: { ...own.condition.factors, ...(snr === undefined ? {} : { snr }) },
          n: values.length,
        };
        const middle = bootstrapRuns([values], ([runs]) => median(runs), bootstrap);
        const summary: Summary = { ...place, metric: `median_${metric}`, unit, ...middle };
        if (!reference || own === reference) return [summary];
        const others = valuesOf(reference, measure);
        const ratio = bootstrapRuns([values, others], ([a, b]) => median(a) / median(b), bootstrap);
        return [summary, { ...place, metric: `${metric}_ratio`, ...ratio }];
      }),
  );
}

const valuesOf = ({ runs }: ConditionRuns, { metric, parameter, snr }: Measure): number[] =>
  runs.map((run) => run.at(metric, parameter === '' ? undefined : parameter, snr));
