import type { RunContext } from '../contracts/cell.ts';
import type { TestNoise } from '../config/sections/phantom-data.ts';
import type { Parameters } from '../contracts/voxels.ts';
import { estimatesFromNpy } from '../data/estimates-npy.ts';
import type { Condition } from './condition.ts';
import { noiseName } from '../simulated/noise-name.ts';
import { decodeMeasures, MEASURES_FILE, type MeasuredValue } from './measures.ts';

/** A finished training, as read by the cell that compares runs. */
export interface FinishedRun {
  readonly run: number;
  /** Returns the value of a measure; NaN if the run does not have it. */
  at(measure: SoughtMeasure): number;
  readonly measures: readonly MeasuredValue[];
  /** Reads the estimates of the test voxels with this noise, if they were kept. */
  estimates(noise: TestNoise): Promise<Parameters>;
}

/** What identifies a measure of a run: its name and, for errors, the parameter and the noise of the test voxels. */
type SoughtMeasure = Pick<MeasuredValue, 'metric' | 'snr' | 'sigma'> &
  Partial<Pick<MeasuredValue, 'parameter'>>;

/** All runs of one network under one condition. */
export interface ConditionRuns {
  readonly condition: Condition;
  readonly runs: readonly FinishedRun[];
}

/** Name of the file with the estimates of the test voxels with this noise. */
export const estimatesFile = (noise: TestNoise): string => `estimates-${noiseName(noise)}.npy`;

export async function finishedRun(context: RunContext, need: string, run: number): Promise<FinishedRun> {
  const measures = decodeMeasures(await context.read(need, MEASURES_FILE));
  return {
    run,
    measures,
    at: ({ metric, parameter = '', snr, sigma }) =>
      measures.find(
        (measure) =>
          measure.metric === metric &&
          measure.parameter === parameter &&
          measure.snr === snr &&
          measure.sigma === sigma,
      )?.value ?? NaN,
    estimates: async (noise) => estimatesFromNpy(await context.read(need, estimatesFile(noise))),
  };
}
