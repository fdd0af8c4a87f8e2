import type { Task } from '../contracts/cell.ts';
import type { ParameterName } from '../contracts/voxels.ts';
import { estimatesToNpy } from '../data/estimates-npy.ts';
import { prepareSimulated, type SimulatedPreparation } from '../simulated/preparation.ts';
import { trainingVoxels, type TrainingData } from '../simulated/voxels.ts';
import type { Condition } from './condition.ts';
import { estimatesFile } from './finished-run.ts';
import { encodeMeasures, lossOver, noiseOfMeasure, testErrors, type MeasuredValue } from './measures.ts';
import { EPOCHS, LOSS, LOSS_ALL, RUNNING_LOSS } from '../measures/training.ts';

/** Identifies a training: network, condition, run. */
export interface TrainInput extends Pick<Condition, 'factors' | 'protocol' | 'data'> {
  readonly experiment: string;
  /** Counts from 1. */
  readonly run: number;
  readonly preparation: SimulatedPreparation;
  /** The parameters that the fitter estimates. */
  readonly parameters: readonly ParameterName[];
  /** See `PlannedCondition.all`. */
  readonly all?: TrainingData;
  /** Whether the estimates of the test voxels are kept for the cell that compares runs. */
  readonly keepEstimates: boolean;
}

/** Trains a network once and measures it. */
export const train: Task<TrainInput> = {
  module: import.meta.url,
  name: 'train',
  async run(
    { experiment, factors, run, protocol, data, preparation, parameters, all, keepEstimates },
    { onProgress },
  ) {
    const voxels = preparation.training && trainingVoxels(protocol, preparation.training);
    const { ready } = await prepareSimulated(preparation, { onProgress });
    const { losses = [], backend = 'JavaScript', backendReason } = ready;
    const measures: MeasuredValue[] = [];
    if (voxels) {
      const { signals } = voxels;
      measures.push(await lossOver(LOSS, ready, signals));
      if (losses.length > 0) {
        const value = Math.min(...losses.map(({ loss }) => loss));
        measures.push({ metric: RUNNING_LOSS.name, parameter: '', value, unit: '', n: signals.n });
      }
      measures.push({ metric: EPOCHS.name, parameter: '', value: losses.length, unit: '', n: signals.n });
    }
    if (all) measures.push(await lossOver(LOSS_ALL, ready, trainingVoxels(protocol, all).signals));
    const errors = await testErrors(ready, { protocol, data }, parameters);
    measures.push(...errors.measures);
    ready.dispose?.();
    const files = new Map([encodeMeasures(measures)]);
    if (keepEstimates) {
      for (const [noise, found] of errors.estimates)
        files.set(estimatesFile(noise), estimatesToNpy(found).get('estimates.npy')!);
    }
    return {
      // Rows of a single run have no interval; the comparison computes intervals over runs.
      rows: measures.map(({ snr, sigma, ...measure }) => ({
        experiment,
        method: preparation.fitter.name,
        factors: { ...factors, run, ...noiseOfMeasure({ snr, sigma }) },
        ciLow: NaN,
        ciHigh: NaN,
        ...measure,
      })),
      facts: { seed: preparation.seed, backend, ...(backendReason ? { backendReason } : {}) },
      files,
    };
  },
};
