import type { RunContext } from '../../src/contracts/experiment.ts';
import type { ParameterName, Parameters } from '../../src/contracts/voxels.ts';
import { estimatesFromNpy } from '../../src/data/estimates-npy.ts';
import type { Condition } from './condition.ts';
import { decodeMeasures, MEASURES_FILE, type Measure } from './measure.ts';
import { estimatesFile } from './run-cell.ts';

/** A training that is done, as the cell that compares runs reads it. */
export interface FinishedRun {
  readonly run: number;
  /** A measure; NaN where the run has none such. */
  at(metric: string, parameter?: ParameterName, snr?: number): number;
  readonly measures: readonly Measure[];
  /** Estimates of the test voxels of a noise level, where they were kept. */
  estimates(snr: number): Promise<Parameters>;
}

/** All runs of one network under one condition. */
export interface ConditionRuns {
  readonly condition: Condition;
  readonly runs: readonly FinishedRun[];
}

export async function finishedRun(context: RunContext, cell: string, run: number): Promise<FinishedRun> {
  const measures = decodeMeasures(await context.read(cell, MEASURES_FILE));
  return {
    run,
    measures,
    at: (metric, parameter, snr) =>
      measures.find(
        (measure) =>
          measure.metric === metric && measure.parameter === (parameter ?? '') && measure.snr === snr,
      )?.value ?? NaN,
    estimates: async (snr) => estimatesFromNpy(await context.read(cell, estimatesFile(snr))),
  };
}
