import type { NoiseLevel } from '../../src/config/sections/phantom-data.ts';
import type { Task } from '../../src/contracts/cell.ts';
import type { PreparedFitter } from '../../src/contracts/fitter.ts';
import type { Row } from '../../src/contracts/metric.ts';
import type { Estimates, ParameterName, Signals } from '../../src/contracts/voxels.ts';
import { signalColumns } from '../../src/data/signal-columns.ts';
import { signalsAt } from '../../src/data/signals-at.ts';
import { resampleCounts } from '../../src/metrics/resampling/resample-counts.ts';
import { rmseRatio } from '../../src/metrics/resampling/rmse-ratio.ts';
import rmse from '../../src/metrics/rmse.ts';
import { fitVoxels } from '../../src/preparation/fit-voxels.ts';
import { errorStatistics, summingKernel } from '../../src/simulated/error-statistics.ts';
import {
  prepareSimulated,
  preparedBefore,
  type SimulatedPreparation,
} from '../../src/simulated/preparation.ts';
import {
  testVoxels,
  trainingVoxels,
  type ProtocolMeasured,
  type TestData,
  type TrainingData,
} from '../../src/simulated/voxels.ts';
import { RMSE, RMSE_RATIO } from '../../src/measures/errors.ts';

/** A fitter prepared for one condition, and the test voxels of that condition. */
export interface UsedOn {
  /** Name of the condition. */
  readonly on: string;
  readonly preparation: SimulatedPreparation;
  readonly protocol: ProtocolMeasured;
  readonly data: TestData<NoiseLevel>;
  /** The parameters that the fitter estimates. */
  readonly parameters: readonly ParameterName[];
  readonly statistics: { readonly resamples: number; readonly seed: number };
}

interface TrainInput extends UsedOn {
  /** One seed per training: the training with the lowest final loss is kept. */
  readonly seeds: readonly number[];
}

/** Trains a network under one condition, keeps the best of its trainings, and computes its errors there. */
export const train: Task<TrainInput> = {
  module: import.meta.url,
  name: 'train',
  async run({ seeds, ...used }, { onProgress }) {
    let best: PreparedFitter | undefined;
    for (const seed of seeds) {
      const { ready } = await prepareSimulated({ ...used.preparation, seed }, { onProgress });
      if (best && finalLoss(best) <= finalLoss(ready)) ready.dispose?.();
      else {
        best?.dispose?.();
        best = ready;
      }
    }
    const saved = await best!.save?.();
    const rows = await errorRows(used, { trained_on: used.on }, best!);
    const { notes = [] } = best!;
    best!.dispose?.();
    return { rows, notes, ...(saved ? { files: saved.files } : {}) };
  },
};

const finalLoss = ({ losses = [] }: PreparedFitter): number => losses.at(-1)?.loss ?? 0;

interface CarryInput extends UsedOn {
  /** The condition under which the network was trained. */
  readonly from: Pick<UsedOn, 'on' | 'preparation'>;
  /** Voxels of the other condition for further training; absent for none. */
  readonly training?: TrainingData;
}

/**
 * Uses a network under a condition other than that of its training, and compares its errors with those of a network trained
 * there. The network keeps the b-values it was trained for: signals of another protocol are interpolated.
 */
export const carry: Task<CarryInput> = {
  module: import.meta.url,
  name: 'carry',
  async run({ from, training, ...used }, context) {
    const own = await preparedBefore(used.preparation, context, 'own');
    const ready = training
      ? await trainedFurther(from.preparation, used.protocol, training, await context.files('from'))
      : await preparedBefore(from.preparation, context, 'from');
    const bValues = signalColumns(from.preparation.protocol.bValues);
    const asTrained: PreparedFitter = { fit: (signals, out) => ready.fit(signalsAt(signals, bValues), out) };
    const factors = { trained_on: from.on, tuned_on: training?.first ?? 0 };
    const rows = await errorRows(used, factors, asTrained, own);
    ready.dispose?.();
    own.dispose?.();
    return { rows };
  },
};

async function trainedFurther(
  preparation: SimulatedPreparation,
  protocol: ProtocolMeasured,
  training: TrainingData,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<PreparedFitter> {
  const { signals, truth } = trainingVoxels(protocol, training);
  const voxels = { signals: signalsAt(signals, signalColumns(preparation.protocol.bValues)), truth };
  const small = withBatch(preparation, signals.n);
  return (await prepareSimulated(small, { initial: { files }, training: voxels })).ready;
}

/** Limits batches to the number of voxels. */
function withBatch(preparation: SimulatedPreparation, voxels: number): SimulatedPreparation {
  const { fitter } = preparation;
  const settings = fitter.settings as Readonly<Record<string, unknown>>;
  if (typeof settings.batch !== 'number') return preparation;
  const batch = Math.min(settings.batch, voxels);
  return { ...preparation, fitter: { ...fitter, settings: { ...(settings as object), batch } } };
}

interface UseInput extends UsedOn {
  /** The network trained under this condition, for comparison. */
  readonly network: SimulatedPreparation;
}

/** Uses a fitter that needs no training, and compares its errors with those of the network trained under that condition. */
export const use: Task<UseInput> = {
  module: import.meta.url,
  name: 'use',
  async run({ network, ...used }, context) {
    const own = await preparedBefore(network, context, 'own');
    const { ready } = await prepareSimulated(used.preparation);
    const rows = await errorRows(used, {}, ready, own);
    ready.dispose?.();
    own.dispose?.();
    return { rows };
  },
};

const COMPARED = new Map([[RMSE.name, rmse]]);

/**
 * Computes the RMSE of a fitter on the test voxels of one condition, and its ratio to that of a fitter trained for it
 * (`rmse_ratio`), at every noise level.
 */
async function errorRows(
  { on, preparation, protocol, data, parameters, statistics }: UsedOn,
  place: { readonly trained_on?: string; readonly tuned_on?: number },
  ready: PreparedFitter,
  own?: PreparedFitter,
): Promise<Row[]> {
  const { resamples, seed } = statistics;
  const rows: Row[] = [];
  for (const { sigma, snr } of data.noise) {
    const { signals, truth } = testVoxels(protocol, data, sigma);
    const estimates = await fitted(ready, signals);
    const reference = own && (await fitted(own, signals));
    const row = (
      statistic: Pick<Row, 'parameter' | 'metric' | 'value' | 'ciLow' | 'ciHigh' | 'unit'>,
    ): Row => ({
      ...statistic,
      experiment: 'transfer',
      method: preparation.fitter.name,
      factors: { ...place, used_on: on, tuned_on: place.tuned_on ?? 0, snr },
      n: signals.n,
    });
    rows.push(
      ...errorStatistics(estimates, truth, { metrics: COMPARED, parameters, resamples, seed }).map(row),
    );
    if (!reference) continue;
    const counts = { [Symbol.iterator]: () => resampleCounts(signals.n, resamples, seed)[Symbol.iterator]() };
    const kernel = summingKernel();
    for (const parameter of parameters) {
      const sample = (of: Estimates) => ({
        parameter,
        estimate: of[parameter],
        truth: truth[parameter],
        ...(kernel && { kernel }),
      });
      const ratio = rmseRatio(sample(estimates), sample(reference), counts);
      rows.push(row({ ...ratio, parameter, metric: RMSE_RATIO.name, unit: '' }));
    }
  }
  return rows;
}

const fitted = (ready: PreparedFitter, signals: Signals): Promise<Estimates> =>
  fitVoxels(ready, signals, { sd: true, quantiles: true });
