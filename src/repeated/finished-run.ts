import type { RunContext } from '../contracts/cell.ts';
import type { ParameterName, Parameters } from '../contracts/voxels.ts';
import { estimatesFromNpy } from '../data/estimates-npy.ts';
import type { Condition } from './condition.ts';
import { decodeMeasures, MEASURES_FILE, type MeasuredValue } from './measures.ts';

/** A finished training, as read by the cell that compares runs. */
export interface FinishedRun {
  readonly run: number;
  /** Returns a measure; NaN if the run does not have it. */
  at(metric: string, parameter?: ParameterName, snr?: number): number;
  readonly measures: readonly MeasuredValue[];
  /** Reads the estimates of the test voxels of a noise level, if they were kept. */
  estimates(snr: number): Promise<Parameters>;
}

/** All runs of one network under one condition. */
export interface ConditionRuns {
  readonly condition: Condition;
  readonly runs: readonly FinishedRun[];
}

/** Name of the file with the estimates of one noise level. */
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
