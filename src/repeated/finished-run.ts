import type { RunContext } from '../contracts/cell.ts';
import type { ParameterName, Parameters } from '../contracts/voxels.ts';
import { estimatesFromNpy } from '../data/estimates-npy.ts';
import type { Condition } from './condition.ts';
import { decodeMeasures, MEASURES_FILE, type MeasuredValue } from './measures.ts';

/** A training that is done, as the cell that compares runs reads it. */
export interface FinishedRun {
  readonly run: number;
  /** A measure; NaN where the run has none such. */
  at(metric: string, parameter?: ParameterName, snr?: number): number;
  readonly measures: readonly MeasuredValue[];
  /** Estimates of the test voxels of a noise level, where they were kept. */
  estimates(snr: number): Promise<Parameters>;
}

/** All runs of one network under one condition. */
export interface ConditionRuns {
  readonly condition: Condition;
  readonly runs: readonly FinishedRun[];
}

/** Where the estimates of one noise level are kept. */
export const estimatesFile = (snr: number): string => `estimates-snr-${snr}.npy`;

export async function finishedRun(context: RunContext, need: string, run: number): Promise<FinishedRun> {
  const measures = decodeMeasures(await context.read(need, MEASURES_FILE));
  return {
    run,
    measures,
    at: (metric, parameter, snr) =>
      measures.find(
        (measure) =>
          measure.metric === metric && measure.parameter === (parameter ?? '') && measure.snr === snr,
      )?.value ?? NaN,
    estimates: async (snr) => estimatesFromNpy(await context.read(need, estimatesFile(snr))),
  };
}
